"""Files made of one card: its figures as CSV, and its picture with headline, subtitle and source in it."""

import re
from textwrap import wrap

import plotly.graph_objects as go

from dashboard.card import Card
from dashboard.identity import INK, QUIET, TEXT_SIZE
from dashboard.tables import csv_bytes

WIDTH = 900
"""Pixels: a picture shows on a laptop beside the sidebar as it is saved."""

SCALE = 3
"""Dots of a PNG for each pixel, so that it is sharp on a projector and in print."""

HEADLINE_SIZE, SMALL_SIZE = 22, 13
LINE = 1.3
"""Height of a line of text in its size."""

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
    headline, below = _lines(card.headline, HEADLINE_SIZE), _lines(card.subtitle, TEXT_SIZE)
    source = _lines(card.stamp, SMALL_SIZE)
    height = LINE * (HEADLINE_SIZE * len(headline) + TEXT_SIZE * len(below) + SMALL_SIZE * len(source))
    chart = go.Figure(card.chart)
    small = f"<span style='font-size:{SMALL_SIZE}px'>{'<br>'.join(source)}</span>"
    chart.update_layout(
        title={
            "text": f"<b>{'<br>'.join(headline)}</b>",
            "font": {"size": HEADLINE_SIZE, "color": INK},
            "subtitle": {"text": f"{'<br>'.join(below)}<br>{small}", "font": {"size": TEXT_SIZE, "color": QUIET}},
            "x": 0,
            "xref": "container",
            "yref": "container",
            "y": 1,
            "yanchor": "top",
            "pad": {"t": 12, "l": 12},
        },
        width=WIDTH,
        height=(card.chart.layout.height or 450) + height,
        margin={"t": height + 70, "l": 12, "r": 12, "b": 12},
    )
    return chart


def _lines(text: str, size: int) -> list[str]:
    return wrap(text, int((WIDTH - 40) / (LETTER * size)))
