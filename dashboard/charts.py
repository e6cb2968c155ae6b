"""Charts over figures: they draw what they are given and compute nothing."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

import plotly.graph_objects as go

from dashboard import dated_notes, words
from dashboard.identity import ARMS, INK, PAPER, QUIET, TEMPLATE, ArmStyle
from metrics.dated_notes import Note
from metrics.figure import Figure
from metrics.measure import Measure
from metrics.periods import begins

BANDS_FOR = 2
"""Lines that still carry their interval as a band; more would hide each other."""

EVERY_TICK = 8
"""Periods up to which each has its tick; Plotly's own would fall between the months."""


def trend(measure: Measure, figures: Sequence[Figure], notes: Sequence[Note] = ()) -> go.Figure:
    """A line for each area by month, with dated notes and the target if there is one; a gap where there is no value."""
    lines = [(area, list(rows)) for area, rows in groupby(figures, key=lambda figure: (figure.area_name, figure.arm))]
    chart = go.Figure(layout={"template": TEMPLATE, "height": 460})
    for (name, arm), rows in lines:
        style = ARMS[arm]
        if len(lines) <= BANDS_FOR and measure.interval:
            _band(chart, rows, style)
        _line(chart, measure, name, rows, style)
    if len(lines) > words.FEW:  # a fence of marks would hide every line
        chart.update_traces(mode="lines", line={"width": 1.5}, selector={"mode": "lines+markers"})
    if measure.target:
        _target(chart, measure)
    chart.update_yaxes(title_text=words.axis_title(measure))
    if measure.unit == "%":
        chart.update_yaxes(range=[0, 104])
    chart.update_layout(showlegend=len(lines) > 1)
    if len({figure.period for figure in figures}) <= EVERY_TICK:
        chart.update_xaxes(tickvals=sorted({begins(figure.period) for figure in figures}), tickformat="%b %Y")
    dated_notes.mark(chart, notes)
    return chart


def _line(chart: go.Figure, measure: Measure, name: str, rows: Sequence[Figure], style: ArmStyle) -> None:
    chart.add_scatter(
        x=_months(rows),
        y=[row.value for row in rows],
        name=name,
        mode="lines+markers",
        line={"color": style.colour, "dash": style.dash, "width": style.width},
        marker={"symbol": style.marker, "size": 8, "color": style.colour},
        customdata=[[words.shown(measure, row), words.counts(row)] for row in rows],
        hovertemplate="%{customdata[0]} %{customdata[1]}",
        connectgaps=False,
    )


def _band(chart: go.Figure, rows: Sequence[Figure], style: ArmStyle) -> None:
    bounded = [row for row in rows if row.lower is not None and row.upper is not None]
    if not bounded:
        return
    months = _months(bounded)
    chart.add_scatter(
        x=months + months[::-1],
        y=[row.upper for row in bounded] + [row.lower for row in bounded][::-1],
        fill="toself",
        fillcolor=style.colour,
        opacity=0.15,
        line={"width": 0},
        hoverinfo="skip",
        showlegend=False,
    )


def _target(chart: go.Figure, measure: Measure) -> None:
    target = measure.target
    if target is None:
        return
    standing = "target" if target.verified else "target, unverified"
    chart.add_hline(
        y=target.value,
        line={"color": INK, "dash": "dot", "width": 1.5},
        annotation={"text": f"{measure.in_words(target.value)} {standing}", "font": {"color": QUIET}, "bgcolor": PAPER},
        annotation_position="top left",
    )


def _months(rows: Sequence[Figure]) -> list[date]:
    return [begins(row.period) for row in rows]
