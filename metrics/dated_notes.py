"""Dated notes: what happened on a day that may have moved the figures, from the reference files and the ledger."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from loaders.places import reference_rows
from metrics.engines import Engine
from metrics.practice_names import mask_of
from metrics.query.ledger import notes


@dataclass(frozen=True)
class Note:
    """What happened on a day, and who says so. `ccg` is None for the whole region."""

    date: date
    ccg: str | None
    text: str
    source: str | None
    synthetic: bool = False


@cache
def published_notes() -> Sequence[Note]:
    """The notes of data/reference/notes.csv, each with its source."""
    rows = reference_rows("notes")
    return [Note(date.fromisoformat(row["date"]), row["ccg"] or None, row["text"], row["source"]) for row in rows]


def sent_notes(engine: Engine) -> Sequence[Note]:
    """The notes sent with the rollout ledger, the newest first; practices in them are masked where they must be."""
    synthetic, mask = engine.is_synthetic("note"), mask_of(engine)
    rows = engine.counts(notes(synthetic)).to_pylist()
    return [Note(**{**row, "text": mask(row["text"])}, synthetic=synthetic) for row in rows]


def dated_notes(engine: Engine) -> Sequence[Note]:
    """Every note, published and sent, the oldest first."""
    return sorted([*published_notes(), *sent_notes(engine)], key=lambda note: note.date)


def notes_on(
    every: Sequence[Note], ccgs: Collection[str], months: tuple[date, date], synthetic: bool
) -> Sequence[Note]:
    """Those that belong on a chart of these CCGs and months: invented notes only beside invented figures."""
    first, last = months
    return [
        note
        for note in every
        if first <= note.date.replace(day=1) <= last
        and (note.ccg is None or note.ccg in ccgs)
        and (synthetic or not note.synthetic)
    ]
