"""Files made of one card: its figures as CSV, and its picture with headline, subtitle and source in it."""

import re
from textwrap import wrap

import plotly.graph_objects as go

from dashboard.card import Card
from dashboard.identity import QUIET, TEXT_SIZE
from dashboard.tables import csv_bytes

WIDTH = 900
"""Pixels: a picture shows on a laptop beside the sidebar as it is saved."""

SCALE = 3
"""Dots of a PNG for each pixel, so that it is sharp on a projector and in print."""

HEADLINE_SIZE, SMALL_SIZE = 20, 13
LINE = 1.3 * TEXT_SIZE
"""Height of every line of the words over the chart."""

BUTTON = 190
"""Pixels that a headline leaves to the button on its right."""

LETTER = 0.52
"""Mean width of a letter of Arial in its size, bold ones included."""

NAME_LENGTH = 60


def csv_of(card: Card) -> bytes:
    """The figures of a card as CSV, under its headline, subtitle and stamp."""
    return csv_bytes(f"{card.headline}. {card.subtitle}", card.stamp, card.figures())


def file_name(card: Card) -> str:
    """What its files are called, from what the chart shows: wait-for-assessment-jan-2016-to-mar-2016-days."""
    words = re.findall(r"[a-z0-9]+", card.subtitle.lower())
    name = "-".join(words)
    return name if len(name) <= NAME_LENGTH else name[:NAME_LENGTH].rsplit("-", 1)[0]


def picture(card: Card) -> go.Figure:
    """The chart on its own, to be understood where the page is not beside it."""
    said = _words_over(card)
    height = LINE * (said.count("<br>") + 1)
    chart = go.Figure(card.drawn)
    chart.update_layout(
        title={"text": said, "font": {"size": TEXT_SIZE}, "x": 0, "xref": "container", "pad": {"t": 28, "l": 12}},
        title_y=1,
        title_yref="container",
        title_yanchor="top",
        width=WIDTH,
        height=(card.drawn.layout.height or 450) + height,
        margin={"t": height + 80, "l": 12, "r": 12, "b": 12},
    )
    return chart


def _words_over(card: Card) -> str:
    """Headline, subtitle and stamp in the lines that there is room for."""
    headline = "<br>".join(_lines(card.headline, HEADLINE_SIZE, WIDTH - BUTTON))
    subtitle = "<br>".join(_lines(card.subtitle, TEXT_SIZE, WIDTH))
    stamp = "<br>".join(_lines(card.stamp, SMALL_SIZE, WIDTH))
    return (
        f'<b style="font-size:{HEADLINE_SIZE}px">{headline}</b><br>{subtitle}<br>'
        f'<span style="font-size:{SMALL_SIZE}px;color:{QUIET}">{stamp}</span>'
    )


def _lines(text: str, size: int, room: int) -> list[str]:
    return wrap(text, int((room - 40) / (LETTER * size)))
