"""Which submission each month of each slice comes from, before and after a load."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from loaders.register import Holdings, Release, Submission
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


@dataclass(frozen=True)
class Settlement:
    """What arrivals change about the release `base`.

    `loaded` are the submissions on record, `taken` the arrivals that provide at least one month of
    the holdings `after`, `late` those that provide none, `unchanged` those that stand in the release.
    """

    base: Release | None
    loaded: Mapping[str, Submission]
    after: Holdings
    taken: Sequence[Arrival]
    late: Sequence[Arrival]
    unchanged: Sequence[Arrival]


def settlement(base: Release | None, received: Sequence[Submission], arrivals: Sequence[Arrival]) -> Settlement:
    """What these arrivals change; `received` are all submissions ever recorded."""
    standing = base.submissions if base else set()
    # A file that another load published while this one was reading must not be added a second time
    unchanged = [arrival for arrival in arrivals if arrival.submission in standing]
    new = [arrival for arrival in arrivals if arrival not in unchanged]
    loaded = {submission.submission: submission for submission in received if submission.status == "loaded"}
    after = settle(base.holdings if base else {}, {key: s.extracted for key, s in loaded.items()}, new)
    taken = [arrival for arrival in new if holds_any(arrival.submission, after)]
    return Settlement(base, loaded, after, taken, [arrival for arrival in new if arrival not in taken], unchanged)


def settle(holdings: Holdings, extracted: Mapping[str, date | None], arrivals: Sequence[Arrival]) -> Holdings:
    """The holdings after these arrivals: for each slice and month, the file drawn last.

    `extracted` gives the date of each submission held now. Of two files of the same date the one
    that arrives now wins, and of two that arrive together the one named last: so the order of the
    files on the command line only matters where nothing else decides.
    """
    settled = {slice: dict(months) for slice, months in holdings.items()}
    drawn = dict(extracted)
    for arrival in arrivals:
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
