"""Charts and words of what patients report: the value of each financial year with its interval."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import groupby

import plotly.graph_objects as go

from dashboard import charts, dated_notes, words
from dashboard.card import Card
from dashboard.identity import ARMS, BLUE, INK, TEMPLATE
from dashboard.milestones import NAME_WIDTH
from dashboard.tables import figure_data, figure_table
from loaders.register import Release
from metrics.dated_notes import Note
from metrics.figure import Figure
from metrics.kinds import Change
from metrics.measure import Measure
from metrics.periods import name_of, period_of

CAUTION = (
    "**There is no comparison group.** Forms are collected on the new pathway alone, and people referred at their "
    "worst tend to get better anyway: a change in score is not the effect of the pathway. Early implementers and "
    "following CCGs stand side by side to be read, not to be tested against each other."
)

DAYS = 366
"""Days of the longest year."""

PUBLISHED = 100, 136
"""Completed and referred in the published evaluation, BMJ Open Quality 10(2) e001068: an outside figure."""

PUBLISHED_WORDS = "outside figure: 100 of 136, BMJ Open Quality 10(2) e001068, no fixed horizon"

YEARS = (
    (ARMS["mixed"].colour, "circle-open"),
    (ARMS["following"].colour, "diamond"),
    (BLUE, "square"),
    (INK, "circle"),
)
"""Colour and marker of each financial year, where a chart has a row for each CCG."""


def dots(measure: Measure, figures: Sequence[Figure], notes: Sequence[Note] = ()) -> go.Figure:
    """A dot with its 95% interval for each area and year; of many areas, one above the other: notes find no place."""
    many = len({figure.area for figure in figures}) > words.FEW
    chart = _by_area(measure, figures) if many else _by_year(measure, figures)
    value_axis = chart.layout.xaxis if many else chart.layout.yaxis
    value_axis.update(title_text=words.axis_title(measure), rangemode="tozero")
    if measure.unit == "%":
        value_axis.update(range=[0, 104])
    for value, said in _levels(measure):
        charts.level(chart, value, said, upright=many)
    if not many:
        dated_notes.mark(chart, notes, stands=partial(_in_year, _years(figures)))
    return chart


def _years(figures: Sequence[Figure]) -> Sequence[str]:
    return sorted({figure.period for figure in figures})


def _in_year(years: Sequence[str], day: date) -> float:
    """Where a day stands among financial years: in the room of its own, from half before its name to half after."""
    begun = period_of(day.replace(day=1), "year")
    return years.index(name_of(begun, "year")) - 0.5 + (day - begun).days / DAYS


def _by_year(measure: Measure, figures: Sequence[Figure]) -> go.Figure:
    chart = go.Figure(layout={"template": TEMPLATE, "height": 420, "scattermode": "group", "hovermode": "closest"})
    for (name, arm), grouped in groupby(figures, key=lambda figure: (figure.area_name, figure.arm)):
        rows = list(grouped)
        look = ARMS[arm].colour, ARMS[arm].marker
        _series(chart, measure, rows, (name, *look), upright=True)
    years = _years(figures)
    every = {"categoryarray": years, "range": [-0.5, len(years) - 0.5]}  # a year without a value keeps its place
    chart.update_xaxes(title_text="Financial year", type="category", **every)
    return chart


def _by_area(measure: Measure, figures: Sequence[Figure]) -> go.Figure:
    areas = len({figure.area for figure in figures})
    chart = go.Figure(
        layout={"template": TEMPLATE, "height": 120 + 56 * areas, "scattermode": "group", "hovermode": "closest"}
    )
    years = _years(figures)
    for at, year in enumerate(years):
        rows = [figure for figure in figures if figure.period == year]
        _series(chart, measure, rows, (year, *YEARS[at % len(YEARS)]), upright=False)
    chart.update_xaxes(showgrid=True)
    names = [words.folded(name, NAME_WIDTH) for name in dict.fromkeys(figure.area_name for figure in figures)]
    every = {"categoryarray": names, "range": [len(names) - 0.5, -0.5]}
    chart.update_yaxes(title_text="", type="category", **every)
    return chart


def _series(
    chart: go.Figure, measure: Measure, rows: Sequence[Figure], look: tuple[str, str, str], upright: bool
) -> None:
    name, colour, marker = look
    values = [row.value for row in rows]
    groups = [row.period for row in rows] if upright else [words.folded(row.area_name, NAME_WIDTH) for row in rows]
    chart.add_scatter(
        x=groups if upright else values,
        y=values if upright else groups,
        **{"error_y" if upright else "error_x": _reach(rows, colour)},
        orientation="v" if upright else "h",
        mode="markers",
        name=name,
        marker={"symbol": marker, "size": 11, "color": colour, "line": {"width": 2, "color": colour}},
        customdata=[[row.area_name, row.period, words.shown(measure, row), words.counts(row)] for row in rows],
        hovertemplate="%{customdata[0]}, %{customdata[1]}<br>%{customdata[2]} %{customdata[3]}<extra></extra>",
    )


def _reach(rows: Sequence[Figure], colour: str) -> dict[str, object]:
    """How far the interval reaches from each value; nothing where there is none."""
    above = [0 if row.value is None or row.upper is None else row.upper - row.value for row in rows]
    below = [0 if row.value is None or row.lower is None else row.value - row.lower for row in rows]
    return {"type": "data", "array": above, "arrayminus": below, "color": colour, "thickness": 2, "width": 6}


def _levels(measure: Measure) -> Sequence[tuple[float, str]]:
    """Lines to read the values against: the smallest change that matters, or the published evaluation."""
    if measure.key == "cppp_completed":
        completed, referred = PUBLISHED
        return [(100 * completed / referred, f"Published: {completed} of {referred}")]
    how = measure.how
    if not isinstance(how, Change) or how.statistic != "mean_change" or how.mcid is None:
        return []
    standing = "Smallest change that matters" + ("" if how.mcid_verified else ", unverified")
    return [(how.mcid if how.rising_is_better else -how.mcid, standing)]


def without_value(figures: Sequence[Figure]) -> str:
    """'Not drawn: 3 not received, 1 hidden (small number)', or nothing where every figure has a value."""
    lacking = [words.STATUS[figure.status] for figure in figures if figure.value is None]
    counted = [f"{lacking.count(reason)} {reason}" for reason in dict.fromkeys(lacking)]
    return f"Not drawn: {', '.join(counted)}" if counted else ""


def card(measure: Measure, figures: Sequence[Figure], notes: Sequence[Note], release: Release) -> Card:
    """One measure by financial year; what the chart cannot draw is said below its headline."""
    said, finding = words.stamp(measure, figures, release), words.headline(measure, figures)
    parts = [words.subtitle(measure, figures), "by financial year with 95% intervals", without_value(figures)]
    if measure.key == "cppp_completed":
        parts.append(f"Dotted line: {PUBLISHED_WORDS}")
    subtitle = ". ".join(part[0].upper() + part[1:] for part in parts if part)
    return Card(
        key=measure.key,
        headline=finding,
        subtitle=subtitle,
        chart=dots(measure, figures, notes),
        alt=f"Dots with intervals. {finding}. {subtitle}. The table beside it has every value.",
        table=figure_table(measure, figures),
        data=partial(figure_data, figures),
        notes=notes,
        about=words.definition(measure),
        stamp=said,
    )
