"""The rollout ledger as a whole: where each CCG stands, how many milestones slip, and the dated notes sent with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Literal

from metrics.adoption.milestones import Milestone, milestones
from metrics.areas import ccgs
from metrics.dated_notes import Note, sent_notes
from metrics.engines import Engine
from metrics.selection import Selection

GO_LIVE = "go_live"

CcgStanding = Literal["live_early", "live_following", "not_live"]


@dataclass(frozen=True)
class Ledger:
    """The CCGs' milestones as at a day, and the dated notes sent with them, the newest first."""

    milestones: Sequence[Milestone]
    notes: Sequence[Note]
    as_at: date
    synthetic: bool

    def standings(self) -> dict[str, CcgStanding]:
        """Where each of the 12 CCGs stands, by name; one without a go-live in the ledger is not live."""
        live = {row.ccg for row in self.milestones if row.component == GO_LIVE and row.actual}
        return {code: _standing(ccg.arm, code in live) for code, ccg in ccgs().items()}

    def slipped(self) -> list[Milestone]:
        """Milestones reached or expected after the day planned, or overdue."""
        return [row for row in self.milestones if row.slip and row.slip > 0]

    def median_slip(self) -> float | None:
        """Median weeks of slip of those that slip; None when none does."""
        slips = [row.slip for row in self.milestones if row.slip and row.slip > 0]
        return median(slips) if slips else None

    def stopped(self) -> list[Milestone]:
        """Milestones given up, which have no slip."""
        return [row for row in self.milestones if row.standing == "stopped"]


def _standing(arm: str, live: bool) -> CcgStanding:
    if not live:
        return "not_live"
    return "live_early" if arm == "early" else "live_following"


def ledger(engine: Engine) -> Ledger | None:
    """The ledger of a release; None where none was received."""
    rows = milestones(engine, Selection())
    synthetic = engine.is_synthetic("milestone")
    return Ledger(rows, sent_notes(engine), max(row.as_at for row in rows), synthetic) if rows else None
