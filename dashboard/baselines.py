"""Where each CCG started: the year before anybody was live, with intervals."""

from collections.abc import Sequence
from functools import partial

import plotly.graph_objects as go

from dashboard import tables, words
from dashboard.card import Card
from dashboard.identity import ARMS, TEMPLATE
from loaders.register import Release
from metrics.figure import Figure
from metrics.measure import Measure

WARNING = "A CCG that started better is not a result of the pathway: nobody was live in these months."


NAME_WIDTH = 14
"""Letters in a line of a CCG's name."""


def card(measure: Measure, figures: Sequence[Figure], release: Release) -> Card:
    """A dot with its 95% interval for each CCG, the early implementers on top."""
    headline = _headline(measure, figures)
    subtitle = f"{words.subtitle(measure, figures)}, with 95% intervals. {WARNING}"
    return Card(
        key="baselines",
        headline=headline,
        subtitle=subtitle,
        chart=dots(measure, figures),
        alt=f"Dot plot. {headline}. {subtitle} The table beside it has every value.",
        table=tables.figure_table(measure, figures),
        data=partial(tables.figure_data, figures),
        about=words.definition(measure),
        stamp=words.stamp(measure, figures, release),
    )


def _headline(measure: Measure, figures: Sequence[Figure]) -> str:
    valued = [figure for figure in figures if figure.value is not None]
    early, following = ([figure for figure in valued if figure.arm == arm] for arm in ("early", "following"))
    where = f"the early implementers stood {_range(measure, early)}, the others {_range(measure, following)}"
    return f"Before anybody was live ({figures[0].period}) {where}"


def _range(measure: Measure, figures: Sequence[Figure]) -> str:
    if not figures:
        return "where nothing can be shown"
    ordered = [words.shown(measure, figure) for figure in sorted(figures, key=lambda figure: figure.value or 0)]
    return f"at {ordered[0]}" if ordered[0] == ordered[-1] else f"between {ordered[0]} and {ordered[-1]}"


def dots(measure: Measure, figures: Sequence[Figure]) -> go.Figure:
    """A row for each CCG in the order given; one without a value has a word in its place."""
    chart = go.Figure(layout={"template": TEMPLATE, "height": 120 + 62 * len(figures)})
    for arm in ("early", "following"):
        _dots(chart, measure, [figure for figure in figures if figure.arm == arm])
    for figure in figures:
        if figure.value is None:
            name, text = words.folded(figure.area_name, NAME_WIDTH), words.shown(measure, figure)
            chart.add_annotation(x=0, y=name, text=text, showarrow=False, xanchor="left")
    chart.update_xaxes(title_text=words.axis_title(measure), rangemode="tozero")
    order = [words.folded(figure.area_name, NAME_WIDTH) for figure in figures]
    chart.update_yaxes(categoryorder="array", categoryarray=order[::-1], rangemode="normal")
    chart.update_layout(hovermode="closest", showlegend=True)
    return chart


def _dots(chart: go.Figure, measure: Measure, figures: Sequence[Figure]) -> None:
    if not figures:
        return
    style = ARMS[figures[0].arm]
    values = [figure.value for figure in figures]
    chart.add_scatter(
        x=values,
        y=[words.folded(figure.area_name, NAME_WIDTH) for figure in figures],
        mode="markers",
        name=style.name,
        marker={"symbol": style.marker, "size": 13, "color": style.colour, "line": {"width": 2, "color": style.colour}},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [_apart(figure.upper, figure.value) for figure in figures],
            "arrayminus": [_apart(figure.value, figure.lower) for figure in figures],
            "color": style.colour,
            "thickness": 2,
        },
        customdata=[words.shown(measure, figure) for figure in figures],
        hovertemplate="%{y}: %{customdata}<extra></extra>",
    )


def _apart(one: float | None, other: float | None) -> float:
    return 0.0 if one is None or other is None else one - other
