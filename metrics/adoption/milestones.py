"""The rollout's milestones: planned, forecast and actual, and by how many weeks each slips."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any, Literal

from loaders.rollout_sheets import MILESTONES
from metrics.areas import known_ccgs, selected_ccgs
from metrics.counts import scope_of
from metrics.engines import Engine
from metrics.practice_names import mask_of
from metrics.query.rollout import milestones as ledger_rows
from metrics.selection import Selection

Standing = Literal["on_time", "late", "due", "expected_late", "overdue", "stopped", "unplanned"]

COMPONENTS = MILESTONES.field("component").allowed
"""What is to be in place, go-live first."""

DAYS_A_WEEK = 7
FEWEST = 3
"""CCGs that have to have reached a component before its usual slip is worked out."""

ARITHMETIC = (
    "Arithmetic, not a forecast: the plan plus the median slip of this component in the {ccgs} CCGs that have it in "
    "place. Those that still wait for it are not in it, so it leans early."
)


@dataclass(frozen=True)
class Milestone:
    """One component in one CCG, as the ledger of `as_at` has it. Dates are None where it has none.

    `slip` is in weeks after the plan, negative before it: of the actual date, else of the date now expected,
    else of the ledger's own date once the plan is past, which is the least it can come to. None without a
    plan, or while the plan still lies ahead with no other date. `arithmetic` is a date worked out for what
    is not in place, and `basis` says from what; None where fewer than `FEWEST` CCGs show how it goes.
    """

    ccg: str
    ccg_name: str
    component: str
    planned: date | None
    forecast: date | None
    actual: date | None
    status: str
    owner: str
    evidence: str
    as_at: date
    standing: Standing
    slip: float | None
    arithmetic: date | None
    basis: str

    @property
    def sentence(self) -> str:
        """Where it stands, in words."""
        weeks = "" if self.slip is None else _weeks(self.slip)
        match self.standing:
            case "on_time":
                return "Done by its planned date."
            case "late":
                return f"Done {weeks} late."
            case "expected_late":
                return f"Expected {weeks} late."
            case "overdue":
                return f"Overdue by at least {weeks}, with no new date."
            case "due":
                return f"Due on {self.forecast or self.planned}."
            case "stopped":
                return "Given up."
        return "Without a planned date nobody can tell whether it is late."


def milestones(engine: Engine, selection: Selection) -> list[Milestone]:
    """The milestones of the selected CCGs, by name and in the order of the components; empty without a ledger.

    What is usual for a component is taken from all CCGs, whichever are selected.
    """
    mask = mask_of(engine)
    rows = [
        {**row, "evidence": mask(row["evidence"] or ""), "owner": mask(row["owner"] or "")}
        for row in engine.counts(ledger_rows(scope_of(Selection(), engine, "milestone"))).to_pylist()
    ]
    slips = _slips(rows)
    chosen = {ccg.code for ccg in selected_ccgs(selection)}
    found = [_milestone(row, slips.get(row["component"], [])) for row in rows if row["ccg"] in chosen]
    return sorted(found, key=lambda one: (one.ccg_name, COMPONENTS.index(one.component)))


def _slips(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Sequence[int]]:
    """Days after the plan, for each component, where it is in place."""
    slips: dict[str, list[int]] = {}
    for row in rows:
        if row["planned"] and row["actual"]:
            slips.setdefault(row["component"], []).append((row["actual"] - row["planned"]).days)
    return slips


def _milestone(row: Mapping[str, Any], slips: Sequence[int]) -> Milestone:
    planned, as_at = row["planned"], row["as_at"]
    standing, slip = standing_of(planned, row["forecast"], row["actual"], row["status"], as_at)
    arithmetic = None
    if planned and standing in ("due", "expected_late", "overdue") and len(slips) >= FEWEST:
        arithmetic = max(planned + timedelta(days=round(median(slips))), as_at)
    return Milestone(
        ccg=row["ccg"],
        ccg_name=known_ccgs()[row["ccg"]].short_name,
        component=row["component"],
        planned=planned,
        forecast=row["forecast"],
        actual=row["actual"],
        status=row["status"],
        owner=row["owner"],
        evidence=row["evidence"],
        as_at=as_at,
        standing=standing,
        slip=slip,
        arithmetic=arithmetic,
        basis=ARITHMETIC.format(ccgs=len(slips)) if arithmetic else "",
    )


def standing_of(
    planned: date | None, forecast: date | None, actual: date | None, status: str, as_at: date
) -> tuple[Standing, float | None]:
    """Where a milestone stands on the ledger's day, and by how many weeks it slips."""
    if status == "stopped":
        return "stopped", None
    if planned is None:
        return "unplanned", None
    if actual:
        slip = _weeks_after(planned, actual)
        return ("late" if slip > 0 else "on_time"), slip
    if forecast and forecast >= as_at:
        slip = _weeks_after(planned, forecast)
        return ("expected_late" if slip > 0 else "due"), slip
    if planned < as_at:
        return "overdue", _weeks_after(planned, as_at)
    return "due", None


def _weeks_after(planned: date, day: date) -> float:
    return (day - planned).days / DAYS_A_WEEK


def _weeks(slip: float) -> str:
    number = max(round(slip), 1)
    return "1 week" if number == 1 else f"{number} weeks"
