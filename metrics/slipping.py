"""Who is slipping, and why, as far as the ledger tells: of what is still to come, CCG by CCG."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from metrics.adoption.milestones import Milestone
from metrics.dated_notes import Note
from metrics.figure import Figure
from metrics.ledger import Ledger

RECENT = timedelta(days=365)
"""How far back a note may lie and still be given as the reason of what slips today."""


@dataclass(frozen=True)
class Slipping:
    """A CCG with milestones still to come that slip, or that were given up.

    `worst` slips the longest, None where all were given up. `staff` is its newest figure of practitioners in post
    against the plan and `note` its newest dated note of the last year; None where there is none.
    """

    ccg: str
    ccg_name: str
    late: Sequence[Milestone]
    stopped: Sequence[Milestone]
    worst: Milestone | None
    staff: Figure | None
    note: Note | None


def slipping(ledger: Ledger, staff: Sequence[Figure]) -> list[Slipping]:
    """Every CCG that slips in what is still to come, the longest slip first. `staff` are monthly, by CCG."""
    codes = dict.fromkeys(row.ccg for row in ledger.milestones)
    found = [one for code in codes if (one := _of(code, ledger, staff)).late or one.stopped]
    return sorted(found, key=lambda one: (-_weeks(one.worst), one.ccg_name))


def _weeks(row: Milestone | None) -> float:
    return (row.slip if row else None) or 0.0


def _of(ccg: str, ledger: Ledger, staff: Sequence[Figure]) -> Slipping:
    own = [row for row in ledger.milestones if row.ccg == ccg and row.actual is None]
    late = [row for row in own if row.slip is not None and row.slip > 0]
    stopped = [row for row in own if row.standing == "stopped"]
    name = next(row.ccg_name for row in ledger.milestones if row.ccg == ccg)
    posts = [one for one in staff if one.area == ccg and one.denominator]
    recent = [note for note in ledger.notes if note.ccg == ccg and timedelta() <= ledger.as_at - note.date <= RECENT]
    note = max(recent, key=lambda note: note.date, default=None)
    return Slipping(ccg, name, late, stopped, max(late, key=_weeks, default=None), posts[-1] if posts else None, note)
