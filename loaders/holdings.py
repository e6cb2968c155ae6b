"""Which submission each month of each slice comes from, before and after a load."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from loaders.register import Holdings
from loaders.submission import Kind, Reading
from loaders.warehouse import Drop

_BEFORE_ALL = date.min


@dataclass(frozen=True)
class Arrival:
    """A reading under the identity of its file."""

    submission: str
    file: str
    kind: Kind
    reading: Reading


def settle(holdings: Holdings, extracted: Mapping[str, date | None], arrivals: Sequence[Arrival]) -> Holdings:
    """The holdings after these arrivals: for each slice and month, the file drawn last.

    `extracted` gives the date of each submission held now. Of two files of the same date the one
    that arrives now wins, and of two that arrive together the one named last: so the order of the
    files on the command line only matters where nothing else decides.
    """
    settled = {slice: dict(months) for slice, months in holdings.items()}
    drawn = dict(extracted)
    for arrival in sorted(arrivals, key=lambda a: a.reading.extracted or _BEFORE_ALL):
        drawn[arrival.submission] = arrival.reading.extracted
        for slice, months in arrival.reading.covers.items():
            held = settled.setdefault(slice, {})
            for month in months:
                other = held.get(month.isoformat())
                if other is None or (drawn.get(other) or _BEFORE_ALL) <= (arrival.reading.extracted or _BEFORE_ALL):
                    held[month.isoformat()] = arrival.submission
    return settled


def drops(before: Holdings, after: Holdings) -> list[Drop]:
    """The rows of the release that the new holdings replace."""
    lost: dict[tuple[str, str], list[date]] = {}
    for slice, months in before.items():
        for month, submission in months.items():
            if after[slice][month] != submission:
                lost.setdefault((submission, slice), []).append(date.fromisoformat(month))
    return [Drop(submission, slice, months) for (submission, slice), months in lost.items()]


def held_rows(rows: pa.Table, arrival: Arrival, after: Holdings) -> pa.Table:
    """Of an arrival's rows, those whose slice and month the new holdings take from it."""
    kept = [
        f"{slice}|{month}"
        for slice in arrival.reading.covers
        for month, submission in after[slice].items()
        if submission == arrival.submission
    ]
    key = pc.binary_join_element_wise(rows["slice"], rows["month"].cast(pa.string()), "|")
    return rows.filter(pc.is_in(key, value_set=pa.array(kept, pa.string())))


def holds_any(submission: str, holdings: Holdings) -> bool:
    """Whether a submission provides at least one month."""
    return any(submission in months.values() for months in holdings.values())


def months_of(readings: Iterable[Reading]) -> list[date]:
    """Every month that the readings answer for, sorted."""
    return sorted({month for reading in readings for months in reading.covers.values() for month in months})
