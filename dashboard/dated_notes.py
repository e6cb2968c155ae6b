"""Dated notes on charts over calendar time: thin lines with a number, and the list that says what each was."""

from collections.abc import Callable, Sequence
from datetime import date
from html import escape

import plotly.graph_objects as go

from dashboard.identity import INK, PAPER, QUIET
from dashboard.ruled import rule
from metrics.areas import ccgs
from metrics.dated_notes import Note

ROWS = 3
"""Numbers go down this many rows before they begin again at the top, so that near ones do not hide each other."""

ROW_HEIGHT = 22


Place = Callable[[date], date | float]
"""Where a day stands on the horizontal axis."""


def _on_days(day: date) -> date:
    return day


def mark(chart: go.Figure, notes: Sequence[Note], from_top: bool = True, stands: Place = _on_days) -> None:
    """Draw the notes on a chart whose horizontal axis is of days; the list numbers them alike.

    `stands` says where a day stands on another axis of time. A chart of panels has its numbers at the foot of the
    first, where its lines leave the most room.
    """
    days = [stands(note.date) for note in notes]
    rule(chart, days, upright=True, line={"color": QUIET, "width": 1, "dash": "dot"}, layer="below")
    numbers = [_number(note, at, from_top, stands) for at, note in enumerate(notes)]
    chart.layout.annotations = [*chart.layout.annotations, *numbers]


def _number(note: Note, at: int, from_top: bool, stands: Place) -> go.layout.Annotation:
    down = ROW_HEIGHT * (at % ROWS)
    return go.layout.Annotation(
        x=stands(note.date),
        y=1 if from_top else 0,
        yref="paper" if from_top else "y domain",
        yanchor="top" if from_top else "bottom",
        yshift=-down if from_top else down,
        text=str(at + 1),
        showarrow=False,
        font={"size": 13, "color": INK},
        bgcolor=PAPER,
        bordercolor=QUIET,
        hovertext=said(note),
    )


def are_marked(chart: go.Figure) -> bool:
    """Whether a chart has numbered lines for its notes; one without an axis of time has them in its list alone."""
    return any(annotation.text == "1" for annotation in chart.layout.annotations)


def said(note: Note) -> str:
    """'Nov 2016: NICE guideline NG59 replaces CG88 ...', with its CCG and that it is invented."""
    where = f"{ccgs()[note.ccg].short_name}: " if note.ccg in ccgs() else ""
    return f"{note.date:%b %Y}: {where}{note.text}{' (synthetic)' if note.synthetic else ''}"


def listed(notes: Sequence[Note], sources: bool = False) -> str:
    """The notes as an HTML list, with who says so where that is wanted."""
    items = "".join(f"<li>{escape(said(note))}{_source(note) if sources else ''}</li>" for note in notes)
    return f'<p class="legend"><strong>Dated notes</strong></p><ol class="legend">{items}</ol>'


def _source(note: Note) -> str:
    return f'<span class="note">{escape(note.source or "no source was given")}</span>'
