"""Many areas by month: a panel for each, on one scale, with the early implementers as a band behind every line."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard import charts, dated_notes, too_young, words
from dashboard.identity import ARMS, TEMPLATE, ArmStyle
from metrics.dated_notes import Note
from metrics.figure import Figure
from metrics.measure import Measure
from metrics.periods import begins

COLUMNS = 3
"""Panels in a row: those of a phone are then still wide enough."""

TALL = 205
"""Pixels of a row of panels with its names."""

NAME_WIDTH, NAME_SIZE = 13, 12
"""Letters in a line of an area's name, and their size."""


def panels(measure: Measure, figures: Sequence[Figure], notes: Sequence[Note] = ()) -> go.Figure | None:
    """A panel for each area in the order given; None for so few that one chart holds them."""
    lines = charts.by_area(figures)
    if len(lines) <= words.FEW:
        return None
    chart = _grid([rows[0].area_name for rows in lines])
    edges = charts.early_edges([rows for rows in lines if rows[0].arm == "early"])
    for number, rows in enumerate(lines):
        at = {"row": number // COLUMNS + 1, "col": number % COLUMNS + 1}
        charts.band(chart, edges, ARMS["early"], charts.EARLY_BAND, at, legend=number == 0)
        charts.line(chart, measure, rows, _alone(rows[0].arm), at)
        beyond = len(lines) + COLUMNS + number  # no axis of the grid has this number
        too_young.hatch(chart, rows, axis=str(number + 1) if number else "", own=str(beyond))
    chart.update_traces(mode="lines", selector={"mode": "lines+markers"})
    if measure.target:
        charts.level(chart, measure.target.value, charts.target_words(measure))
    chart.update_layout(showlegend=any(trace.showlegend for trace in chart.data) or bool(measure.target))
    chart.update_yaxes(title_text=words.axis_title(measure), row=1, col=1)
    periods = sorted({begins(figure.period) for figure in figures})
    if len(periods) <= charts.EVERY_TICK:
        chart.update_xaxes(tickvals=[periods[0], periods[-1]], tickformat="%b %y")
    dated_notes.mark(chart, notes, from_top=False)
    return chart


def _alone(arm: str) -> ArmStyle:
    """A line that is alone in its panel needs no dash to be told apart; that of a mixed CCG keeps it."""
    return ARMS[arm] if arm == "mixed" else replace(ARMS[arm], dash="solid", width=2)


def _grid(names: Sequence[str]) -> go.Figure:
    rows = ceil(len(names) / COLUMNS)
    chart = make_subplots(
        rows=rows,
        cols=COLUMNS,
        shared_xaxes="all",
        shared_yaxes="all",
        horizontal_spacing=0.03,
        vertical_spacing=0.34 / rows,
        subplot_titles=[words.folded(name, NAME_WIDTH) for name in names],
    )
    chart.update_annotations(font_size=NAME_SIZE)
    chart.update_layout(template=TEMPLATE, height=90 + TALL * rows, legend={"y": 1 + 0.3 / rows}, margin={"t": 8})
    chart.update_xaxes(nticks=4, tickfont={"size": NAME_SIZE}, tickangle=0)
    return chart
