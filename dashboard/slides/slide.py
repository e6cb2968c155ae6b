"""One slide before it is drawn: a finding, what shows it, and all that a reader needs to judge it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from dashboard.card import Card


DRAWN = {"scatter", "bar", "choropleth", "scattergeo"}
"""Kinds of traces that become charts or shapes."""


@dataclass(frozen=True)
class Slide:
    """`body` is a chart, a table or paragraphs. `source` stands under it; `notes` is what the speaker reads.

    `alt` is blank where there is only text.
    """

    headline: str
    subtitle: str
    body: go.Figure | pd.DataFrame | Sequence[str]
    alt: str
    source: str
    notes: str


def slide_of(card: Card, headline: str = "", link: str = "") -> Slide:
    """The slide of a card, with a headline of one's own if there is one."""
    about = without_markup(card.about)
    notes = [card.subtitle, about, card.stamp, f"This view: {link}" if link else ""]
    return Slide(
        headline=headline or card.headline,
        subtitle=card.subtitle,
        body=card.table if _undrawable(card.chart) else card.chart,
        alt=card.alt,
        source=card.stamp,
        notes="\n\n".join(note for note in notes if note),
    )


def _undrawable(chart: go.Figure) -> bool:
    """Whether PowerPoint has no chart of this kind, so that its table has to do."""
    return not {trace.type for trace in chart.data} <= DRAWN


def without_markup(markdown: str) -> str:
    """Markdown as plain text; lists keep their hyphens."""
    return re.sub(r"\*\*|`|\[([^]]+)\]\([^)]*\)", r"\1", markdown).strip()
