"""One slide before it is drawn: a finding, what shows it, and all that a reader needs to judge it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from dashboard.card import Card
from dashboard.dated_notes import are_marked, said
from metrics.disclosure import policy_in_force

NUMBERED = "Numbered lines are dated notes: the speaker notes say what each was."

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
    standing = f"{card.stamp} {policy_in_force().words}"
    lines = bool(card.notes) and are_marked(card.chart)
    one = "Line" if lines else "Dated note"
    dated = "\n".join(f"{one} {at}: {said(note)}" for at, note in enumerate(card.notes, 1))
    notes = [card.subtitle, about, dated, card.stamp, f"This view: {link}" if link else ""]
    below = [_definition(about), standing, NUMBERED if lines else ""]
    return Slide(
        headline=headline or card.headline,
        subtitle=card.subtitle,
        body=card.table if _undrawable(card.chart) else card.chart,
        alt=card.alt,
        source="\n".join(part for part in below if part),
        notes="\n\n".join(note for note in notes if note),
    )


def _definition(about: str) -> str:
    """How it is worked out, which the first lines of a definition say."""
    parts = [" ".join(part.split()) for part in f"\n{about}".split("\n- ")[1:]]
    found = dict(part.split(": ", 1) for part in parts if ": " in part)
    if {"Worked out as", "Numerator", "Denominator"} <= set(found) and found["Worked out as"].startswith("Numerator"):
        return f"Definition: {found['Numerator']}; out of {found['Denominator']}. {found['Worked out as']}"
    worked_out = found.get("Worked out as") or (parts[0] if parts else "")
    return f"Definition: {worked_out}" if worked_out else ""


def _undrawable(chart: go.Figure) -> bool:
    """Whether PowerPoint has no chart of this kind, so that its table has to do."""
    return not {trace.type for trace in chart.data} <= DRAWN


def without_markup(markdown: str) -> str:
    """Markdown as plain text; lists keep their hyphens."""
    return re.sub(r"\*\*|`|\[([^]]+)\]\([^)]*\)", r"\1", markdown).strip()
