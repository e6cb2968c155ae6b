"""The rollout workbook: milestones that slip, practices trained and live, workforce, and dated notes.

Dates of going live, owners and reasons are invented; see places.py.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np

from loaders.demo.faults import ABSENT, ABSENT_MONTH, LATE, UNRECORDED, UNRECORDED_MONTHS
from loaders.demo.files import Rows
from loaders.demo.places import MERGED, PROVIDERS, SILENT, Ccg
from loaders.demo.programme import EXTRACTED, MONTHS
from loaders.demo.world import World

COMPONENTS = {
    # component: days from going live in the plan, owner, what shows that it happened
    "contract_signed": (-120, "Head of contracting", "Contract variation signed by both parties"),
    "ttps_appointed": (-75, "Provider service manager", "Start dates confirmed by the provider"),
    "gp_template_live": (-30, "GP IT lead", "Template in use in the first practice"),
    "go_live": (0, "Programme manager", "First patient seen by a Triage and Treat Practitioner"),
    "imaging_route": (7, "Radiology manager", "First scan requested by a practitioner"),
    "core_therapy_slots": (30, "Physiotherapy lead", "Slots open to direct booking"),
    "nerve_root_block_slots": (75, "Spinal services manager", "Day-case slots open to direct booking"),
    "cppp_running": (120, "Clinical psychology lead", "First cohort started"),
}
ON_TIME, SLIP_DAYS = 0.55, 60
"""Chance that a component does not slip by itself, and by how much at most when it does."""

STOPPED = ("99C", "imaging_route")
"""A component that was given up."""

SOON = 180
"""Days before its expected date from which a component counts as in progress."""

PATIENTS_A_POST = 50_000
"""Registered patients for each whole-time practitioner in the plan."""

MILESTONE_COLUMNS = ("ccg", "practice", "component", "planned", "forecast", "actual", "status", "owner", "evidence")


def rollout_sheets(world: World) -> dict[str, Rows]:
    """The sheets of the workbook as rows of cells."""
    ccgs, rng = world.ccgs, world.stream(11)
    about = [("Prepared by", "Synthetic programme office"), ("As at", _date(EXTRACTED)), ("Data status", "synthetic")]
    return {
        "About": about,
        "Milestones": [MILESTONE_COLUMNS, *(row for ccg in ccgs for row in _milestones(ccg, rng))],
        "Practices": [("practice", "ccg", "trained", "live"), *_practices(world, rng)],
        "Workforce": [
            ("ccg", "month", "planned", "in_post", "trained"),
            *(row for ccg in ccgs for row in _workforce(ccg, rng)),
        ],
        "Notes": [("date", "ccg", "text", "source"), *_notes(ccgs)],
    }


def _date(day: np.datetime64) -> date | None:
    """A cell: None for a day that does not exist or that the workbook cannot know yet."""
    return None if np.isnat(day) or day > EXTRACTED else day.astype("datetime64[D]").item()


def _milestones(ccg: Ccg, rng: np.random.Generator) -> Iterator[tuple]:
    late = rng.random(len(COMPONENTS)) >= ON_TIME
    slips = np.where(late, rng.integers(1, SLIP_DAYS, len(COMPONENTS)), 0)
    for (component, (offset, owner, evidence)), slip in zip(COMPONENTS.items(), slips, strict=True):
        planned = (ccg.planned + offset).item()
        expected = _expected(ccg, offset, int(slip))
        if (ccg.code, component) == STOPPED:
            reason = "Stays with the contract of the general practices"
            yield ccg.code, None, component, planned, None, None, "stopped", owner, reason
        elif expected <= EXTRACTED:
            yield ccg.code, None, component, planned, None, expected.item(), "done", owner, evidence
        else:
            status = "in_progress" if expected - EXTRACTED < SOON else "not_started"
            yield ccg.code, None, component, planned, expected.item(), None, status, owner, None


def _expected(ccg: Ccg, offset: int, slip: int) -> np.datetime64:
    """When a component comes: one before going live by its own plan, but by that day; one after it follows that day."""
    if offset < 0:
        return min(ccg.planned + offset + slip, ccg.live)
    return ccg.live + offset + (slip if offset else 0)


def _practices(world: World, rng: np.random.Generator) -> Iterator[tuple]:
    practices = world.practices
    lead = rng.integers(10, 60, len(practices.code)).astype("timedelta64[D]")
    for code, ccg, live, before in zip(practices.code, practices.ccg, practices.adopted, lead, strict=True):
        yield str(code), world.ccg_codes[ccg], _date(live - before), _date(live)


def _workforce(ccg: Ccg, rng: np.random.Generator) -> Iterator[tuple]:
    """Month-end posts from half a year before the planned date: in post follows the real one, training follows that."""
    target, reached = ccg.patients / PATIENTS_A_POST, rng.uniform(0.8, 1.02)
    for month in MONTHS[ccg.planned.astype("datetime64[M]") - 6 <= MONTHS]:
        since_plan, since_live = ((month - day.astype("datetime64[M]")).astype(int) for day in (ccg.planned, ccg.live))
        planned = target * _ramp(since_plan, -4, 8)
        in_post = target * reached * _ramp(since_live, -4, 10)
        trained = target * reached * _ramp(since_live, -2, 13)
        yield ccg.code, str(month), *(round(float(posts), 1) for posts in (planned, in_post, trained))


def _ramp(month: int, first: int, last: int) -> float:
    """None before the first month, all from the last on."""
    return float(np.clip((month - first + 1) / (last - first + 1), 0, 1))


def _notes(ccgs: list[Ccg]) -> list[tuple]:
    """What a reader of the charts should know: slips of going live, and what is odd in the returns."""
    office = "Synthetic programme office"
    slipped = [ccg for ccg in ccgs if ccg.live - ccg.planned > 14]
    first = UNRECORDED_MONTHS[0]
    absent = f"{PROVIDERS[ABSENT]} could not send {ABSENT_MONTH} after a change of system"
    lost = f"{PROVIDERS[UNRECORDED]} lost STarT Back from its form for three months"
    notes = [
        *((ccg.planned, ccg.code, f"{ccg.name} puts off going live to {ccg.live}", office) for ccg in slipped),
        (MERGED[2], MERGED[0][:3], f"Practice {MERGED[0]} closes; its patients join {MERGED[1]}", office),
        (SILENT[1], SILENT[0][:3], f"Practice {SILENT[0]} stops referring: being followed up", office),
        (ABSENT_MONTH.astype("datetime64[D]"), "00L", absent, PROVIDERS[ABSENT]),
        (first.astype("datetime64[D]"), None, lost, PROVIDERS[UNRECORDED]),
        (EXTRACTED, None, f"{PROVIDERS[LATE]} sent an extract that is a month old", office),
    ]
    known = [note for note in notes if note[0] <= EXTRACTED]
    return [(_date(day), *rest) for day, *rest in sorted(known, key=lambda note: (note[0], note[2]))]
