"""One slide before it is drawn: a finding, what shows it, and all that a reader needs to judge it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from dashboard.card import Card
from dashboard.dated_notes import said
from dashboard.words import FEW, month_name
from metrics.disclosure import policy_in_force

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
    numbers = " ".join(filter(None, [_numbers(card), _definition(about)]))
    standing = f"{card.stamp} {policy_in_force().words}"
    dated = "; ".join(f"{at} {said(note)}" for at, note in enumerate(card.notes, 1))
    return Slide(
        headline=headline or card.headline,
        subtitle=card.subtitle,
        body=card.table if _undrawable(card.chart) else card.chart,
        alt=card.alt,
        source="\n".join(part for part in (numbers, standing, f"Dotted lines: {dated}." if dated else "") if part),
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


def _numbers(card: Card) -> str:
    """What the newest figures rest on, for a few areas: 'n: Early implementers 380 of 1,000 in Feb 2018.'."""
    data = card.figures()
    if not {"area_name", "period", "value", "numerator", "denominator"} <= set(data.columns):
        return ""
    valued = data[data["value"].notna() & data["numerator"].notna()].groupby("area_name", sort=False).tail(1)
    if valued.empty or len(valued) > FEW:
        return ""
    counts = [f"{row.area_name} {_counts(row.numerator, row.denominator)}" for row in valued.itertuples()]
    return f"n in {month_name(max(valued['period']))}: {', '.join(counts)}."


def _counts(numerator: float, denominator: float | None) -> str:
    return f"{numerator:,.0f}" + ("" if pd.isna(denominator) else f" of {denominator:,.0f}")


def _undrawable(chart: go.Figure) -> bool:
    """Whether PowerPoint has no chart of this kind, so that its table has to do."""
    return not {trace.type for trace in chart.data} <= DRAWN


def without_markup(markdown: str) -> str:
    """Markdown as plain text; lists keep their hyphens."""
    return re.sub(r"\*\*|`|\[([^]]+)\]\([^)]*\)", r"\1", markdown).strip()
