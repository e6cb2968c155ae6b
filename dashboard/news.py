"""What changed since the release before, and what did not arrive: as short lists with counts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dashboard import milestones
from dashboard.receipts import FACT_NAMES
from dashboard.words import month_name
from metrics.areas import ccgs
from metrics.changes import Arrival, Changes, MilestoneStep, Step
from metrics.receipt import Gap

Lines = Sequence[str]

STEPS: Mapping[Step, str] = {"done": "done", "slipped": "later than before", "stopped": "given up"}
FEW = 4
"""CCGs and months that are still named one by one."""


def change_lists(changes: Changes) -> dict[str, Lines]:
    """Heading with its count -> a line for each change; kinds of which there is none are left out."""
    found: dict[str, Lines] = {
        "New signals": [signal.sentence for signal in changes.signals],
        "Milestones that moved": [_milestone(step) for step in changes.milestones],
        "Figures revised": [revision.sentence for revision in changes.revisions],
        "Measures told for the first time": [f"{measure.name}." for measure in changes.first_told],
        "Tables with new months": _arrivals(changes.arrived),
    }
    return {f"{what}: {len(lines)}": lines for what, lines in found.items() if lines}


def gap_lines(gaps: Iterable[Gap], new: Iterable[Gap] = ()) -> dict[str, list[str]]:
    """Table -> a line for what one sender left out of it, with the CCGs; `new` marks what was not missed before."""
    missed_now = {(gap.fact, gap.sender, gap.ccg) for gap in new}
    together: dict[tuple[str, str, tuple[date, ...]], list[str]] = {}
    for gap in gaps:
        together.setdefault((gap.fact, gap.sender, gap.months), []).append(gap.ccg)
    found: dict[str, list[str]] = {}
    for (fact, sender, months), codes in together.items():
        since = " New since the release before." if all((fact, sender, code) in missed_now for code in codes) else ""
        line = f"{_months(months)}, from {sender}: {_places(codes)}.{since}"
        found.setdefault(fact, []).append(line)
    return found


def _milestone(step: MilestoneStep) -> str:
    name = milestones.NAMES[step.now.component].lower()
    return f"{step.now.ccg_name}, {name}: {STEPS[step.step]}. {step.now.sentence}"


def _arrivals(arrived: Iterable[Arrival]) -> Lines:
    """A line a table: its months from the first to the last, and for whom."""
    by_fact: dict[str, list[Arrival]] = {}
    for one in arrived:
        by_fact.setdefault(one.fact, []).append(one)
    return [_arrival(FACT_NAMES[fact], of) for fact, of in by_fact.items()]


def _arrival(name: str, of: Sequence[Arrival]) -> str:
    months = tuple(sorted({month for one in of for month in one.months}))
    kind = "synthetic" if of[0].synthetic else "real"
    return f"{name}: {_months(months)}, {_places([one.ccg for one in of])} ({kind})."


def _months(months: Sequence[date]) -> str:
    names = [month_name(f"{month:%Y-%m}") for month in months]
    return ", ".join(names) if len(names) <= FEW else f"{len(names)} months from {names[0]} to {names[-1]}"


def _places(codes: Sequence[str]) -> str:
    if len(codes) == len(ccgs()):
        return f"all {len(codes)} CCGs"
    return ", ".join(ccgs()[code].short_name for code in codes) if len(codes) <= FEW else f"{len(codes)} CCGs"
