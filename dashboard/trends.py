"""The card of a measure over calendar time: a line for each area."""

from collections.abc import Sequence
from functools import partial

from dashboard import charts, panels, tables, too_young, words
from dashboard.card import Card
from loaders.register import Release
from metrics.dated_notes import Note
from metrics.figure import Figure
from metrics.measure import Measure


def card(key: str, measure: Measure, figures: Sequence[Figure], notes: Sequence[Note], release: Release) -> Card:
    """Its headline is the newest value, its table and download hold every figure."""
    return Card(
        key=key,
        headline=words.headline(measure, figures),
        subtitle=words.subtitle(measure, figures),
        chart=too_young.hatched(charts.trend(measure, figures, notes), figures),
        alt=f"{words.alt_text(measure, figures)}{too_young.said(figures)}",
        table=tables.figure_table(measure, figures),
        data=partial(tables.figure_data, figures),
        notes=notes,
        panels=panels.panels(measure, figures, notes),
        about=words.definition(measure),
        stamp=words.stamp(measure, figures, release),
    )
