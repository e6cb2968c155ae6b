"""Charts over figures: they draw what they are given and compute nothing."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, pairwise

import plotly.graph_objects as go

from dashboard import dated_notes, words
from dashboard.identity import ARMS, INK, MANY, TEMPLATE, ArmStyle, told_apart
from dashboard.ruled import rule
from metrics.dated_notes import Note
from metrics.figure import Figure, spread
from metrics.measure import Measure
from metrics.periods import begins

BANDS_FOR = 2
"""Lines that still carry their interval as a band; more would hide each other."""

IN_LEGEND = 24
"""Letters in a line of a legend: a phone cuts longer ones off."""

EVERY_TICK = 8
"""Periods up to which each has its tick; Plotly's own would fall between the months."""

FAINT = 0.2
"""Opacity of a strip: lines and other strips are seen through it."""

EARLY_BAND = "Early implementers, lowest to highest"

Rows = Sequence[Figure]
Place = Mapping[str, int]
"""Row and column of a panel, counted from 1."""

Edge = tuple[date, float, float]
"""Where a band stands: the start of a period, its lower and its upper end."""


def trend(measure: Measure, figures: Rows, notes: Sequence[Note] = ()) -> go.Figure:
    """Values by month, with dated notes and the target if there is one; a gap where there is no value.

    A few areas have a line each. Of many, the early implementers are a band and the others thin lines, none of which
    stands out: areas are never ranked. The screen shows many areas in panels instead.
    """
    lines = by_area(figures)
    chart = go.Figure(layout={"template": TEMPLATE, "height": 460, "showlegend": len(lines) > 1})
    if len(lines) > words.FEW:
        _many(chart, measure, lines)
    else:
        _few(chart, measure, lines)
    if measure.target:
        level(chart, measure.target.value, target_words(measure))
    chart.update_yaxes(title_text=words.axis_title(measure))
    if measure.unit == "%":
        chart.update_yaxes(range=[0, 104])
    if len({figure.period for figure in figures}) <= EVERY_TICK:
        days = sorted({begins(figure.period) for figure in figures})
        chart.update_xaxes(tickvals=days, tickformat="%b<br>%Y", tickangle=0)
    dated_notes.mark(chart, notes)
    return chart


def by_area(figures: Rows) -> Sequence[Rows]:
    """The figures of each area, in the order given."""
    return [list(rows) for _, rows in groupby(figures, key=lambda figure: (figure.area_name, figure.arm))]


def _few(chart: go.Figure, measure: Measure, lines: Sequence[Rows]) -> None:
    drawn: Counter[str] = Counter()
    for rows in lines:
        style = told_apart(rows[0].arm, drawn[rows[0].arm])
        drawn[rows[0].arm] += 1
        if len(lines) <= BANDS_FOR and measure.interval:
            bounded = [row for row in rows if row.lower is not None and row.upper is not None]
            band(chart, [(begins(r.period), r.lower or 0.0, r.upper or 0.0) for r in bounded], style)
        line(chart, measure, rows, style)


def _many(chart: go.Figure, measure: Measure, lines: Sequence[Rows]) -> None:
    early = [rows for rows in lines if rows[0].arm == "early"]
    others = [rows for rows in lines if rows[0].arm != "early"]
    for rows in others:
        line(chart, measure, rows, MANY)
    the_others(chart)
    band(chart, early_edges(early), ARMS["early"], EARLY_BAND)
    for rows in early if len(early) == 1 else []:
        line(chart, measure, rows, ARMS["early"])


def the_others(chart: go.Figure) -> None:
    """One entry in the legend for all the lines that are drawn as one of many."""
    chart.add_scatter(x=[None], y=[None], mode="lines", name=MANY.name, line={"color": MANY.colour, "width": 1.5})


def early_edges(early: Sequence[Rows]) -> Sequence[Edge]:
    """Lowest and highest early implementer of every period in which two have a value."""
    return [(begins(period), low, high) for period, low, high in spread(row for rows in early for row in rows)]


def line(chart: go.Figure, measure: Measure, rows: Rows, style: ArmStyle, at: Place | None = None) -> None:
    """A line of one area, at a place of its own in a chart of panels."""
    chart.add_scatter(
        x=[begins(row.period) for row in rows],
        y=[row.value for row in rows],
        name=words.folded(rows[0].area_name, IN_LEGEND),
        mode="lines" if style is MANY else "lines+markers",
        line={"color": style.colour, "dash": style.dash, "width": style.width},
        marker={"symbol": style.marker, "size": 7, "color": style.colour},
        customdata=[[words.shown(measure, row), words.counts(row)] for row in rows],
        hovertemplate="%{customdata[0]} %{customdata[1]}",
        connectgaps=False,
        showlegend=None if style is not MANY and at is None else False,
        **(at or {}),
    )


def band(
    chart: go.Figure,
    edges: Sequence[Edge],
    style: ArmStyle,
    name: str = "",
    at: Place | None = None,
    legend: bool = True,
) -> None:
    """A strip for each stretch of neighbouring periods: over a gap there is none."""
    for nth, stretch in enumerate(_stretches(edges)):
        days, lower, upper = zip(*stretch, strict=True)
        strip(chart, days, lower, upper, style.colour, name if nth == 0 and legend else "", at=at)


def strip(
    chart: go.Figure,
    along: Sequence[date] | Sequence[int],
    lower: Sequence[float | None],
    upper: Sequence[float | None],
    colour: str,
    name: str = "",
    opacity: float = FAINT,
    at: Place | None = None,
) -> None:
    """The room between two edges, filled. A name puts it in the legend."""
    chart.add_scatter(
        x=[*along, *reversed(along)],
        y=[*upper, *reversed(lower)],
        fill="toself",
        fillcolor=colour,
        opacity=opacity,
        mode="lines",
        line={"width": 0},
        hoverinfo="skip",
        name=words.folded(name, IN_LEGEND),
        showlegend=bool(name),
        **(at or {}),
    )


def _stretches(edges: Sequence[Edge]) -> Iterator[Sequence[Edge]]:
    step = min((_months(one[0], two[0]) for one, two in pairwise(edges)), default=1)
    start = 0
    for at in range(1, len(edges) + 1):
        if at == len(edges) or _months(edges[at - 1][0], edges[at][0]) > step:
            yield edges[start:at]
            start = at


def _months(first: date, last: date) -> int:
    return 12 * (last.year - first.year) + last.month - first.month


def target_words(measure: Measure) -> str:
    """'Target: 42 days, unverified'."""
    target = measure.target
    assert target is not None
    return f"Target: {measure.in_words(target.value)}{'' if target.verified else ', unverified'}"


def level(chart: go.Figure, value: float, name: str, upright: bool = False) -> None:
    """A dotted line across the chart, named in the legend: words beside it would hide what is drawn there."""
    rule(chart, [value], upright=upright, name=name, line={"color": INK, "dash": "dot", "width": 1.5})
    chart.update_layout(showlegend=True)
