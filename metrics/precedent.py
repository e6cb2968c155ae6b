"""Who was here before: the early implementer that stood where a follower stands now, and what it did next.

A CCG stands at the mean of its last three months with a value. An early implementer stood at the same
value when its own mean of three months came within the ordinary movement of its months: what one month
differs from the next. What it did next came after; nothing here says that it brought anything about.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from metrics.adoption.milestones import Milestone
from metrics.areas import ccgs
from metrics.dated_notes import Note
from metrics.figure import Figure
from metrics.ledger import Ledger
from metrics.live import Rollout
from metrics.periods import begins, month_after

TOGETHER = 3
"""Months that tell where a CCG stands."""

STAFF = "ttps_in_post"
"""The measure of practitioners in post against the plan."""

AHEAD = 6
"""Months that are looked at after an early implementer stood there."""


@dataclass(frozen=True)
class Stand:
    """Where a CCG stood in a month: the mean of that month and the two before it that have a value.

    `since` is how many months it had been live, negative before it was; None where it is not live.
    """

    ccg: str
    month: date
    since: int | None
    value: float


@dataclass(frozen=True)
class Precedent:
    """An early implementer that stood there before. `nearest` is the nearest that any came where none stood there.

    `later` is where it stood `AHEAD` months after, None where that is not known; `staff` its practitioners
    in post (WTE) then and `AHEAD` months after. Milestones and notes are of the months between.
    """

    follower: Stand
    early: Stand | None
    nearest: Stand | None
    later: Stand | None
    milestones: Sequence[Milestone]
    notes: Sequence[Note]
    staff: tuple[float | None, float | None]

    @property
    def same_stage(self) -> bool:
        """Whether it stood there after as many months as the follower has been live."""
        return self.early is not None and self.early.since == self.follower.since


def stands(figures: Sequence[Figure], dates: Rollout) -> Mapping[str, Sequence[Stand]]:
    """Where each CCG stood, month by month, from monthly figures as they may be shown."""
    valued: dict[str, list[tuple[date, float]]] = {}
    for figure in figures:
        if figure.value is not None:
            valued.setdefault(figure.area, []).append((begins(figure.period), figure.value))
    return {ccg: list(_stands(ccg, sorted(rows), dates)) for ccg, rows in valued.items()}


def _stands(ccg: str, rows: Sequence[tuple[date, float]], dates: Rollout) -> Iterator[Stand]:
    for at in range(TOGETHER, len(rows) + 1):
        month = rows[at - 1][0]
        mean = float(np.mean([value for _, value in rows[at - TOGETHER : at]]))
        yield Stand(ccg, month, dates.months_since(ccg, month), mean)


def ordinary_movement(figures: Sequence[Figure], ccg: str) -> float:
    """What one month of a CCG with a value differs from the next, in the mean; 0 with fewer than two."""
    rows = sorted((begins(figure.period), figure.value) for figure in figures if figure.area == ccg and _has(figure))
    steps = np.abs(np.diff([value for _, value in rows]))
    return float(steps.mean()) if len(steps) else 0.0


def _has(figure: Figure) -> bool:
    return figure.value is not None


def precedent(
    ccg: str, figures: Sequence[Figure], dates: Rollout, ledger: Ledger | None, staff: Sequence[Figure]
) -> Precedent | None:
    """Who stood where a follower stands now; None where it has too few months with a value to stand anywhere.

    `figures` are of one measure, `staff` those of practitioners in post; both monthly, by CCG. Of several stands at
    the same value the one nearest in months since go-live counts; a follower that is not live is taken to be at 0.
    """
    known = stands(figures, dates)
    if not known.get(ccg):
        return None
    here = known[ccg][-1]
    before = [one for code, found in known.items() if ccgs()[code].arm == "early" for one in found]
    reach = {one.ccg: ordinary_movement(figures, one.ccg) for one in before}
    there = [one for one in before if abs(one.value - here.value) <= reach[one.ccg] and one.since is not None]
    early = min(there, key=lambda one: (_stages_apart(one, here), abs(one.value - here.value)), default=None)
    if early is None:
        nearest = min(before, key=lambda one: abs(one.value - here.value), default=None)
        return Precedent(here, None, nearest, None, [], [], (None, None))
    after, end = month_after(early.month, 1), month_after(early.month, AHEAD)
    later = next((one for one in known[early.ccg] if one.month == end), None)
    done, told = _recorded(ledger, early.ccg, after, month_after(end, 1))
    return Precedent(
        here, early, None, later, done, told, (_in_post(staff, early.ccg, early.month), _in_post(staff, early.ccg, end))
    )


def _stages_apart(one: Stand, here: Stand) -> int:
    return abs((one.since or 0) - (here.since or 0))


def _recorded(ledger: Ledger | None, ccg: str, first: date, end: date) -> tuple[list[Milestone], list[Note]]:
    """Milestones reached and notes of a CCG (or the region) from a day up to another, the earliest first."""
    if ledger is None:
        return [], []
    done = [row for row in ledger.milestones if row.ccg == ccg and row.actual and first <= row.actual < end]
    told = [note for note in ledger.notes if note.ccg in (ccg, None) and first <= note.date < end]
    return sorted(done, key=lambda row: row.actual or first), sorted(told, key=lambda note: note.date)


def _in_post(staff: Sequence[Figure], ccg: str, month: date) -> float | None:
    return next((one.numerator for one in staff if one.area == ccg and begins(one.period) == month), None)
