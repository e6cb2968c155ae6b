"""How far each practice has come, and whether those that refer are like those that do not."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Literal, get_args

import numpy as np

from metrics.adoption.practices import Known, Practice, practices_of
from metrics.areas import Area, areas_of
from metrics.disclosure import Policy, Shown, disclose, policy_in_force
from metrics.disclosure.gate import beside_others
from metrics.disclosure.secondary import hidden_beside
from metrics.disclosure.sums import Sums
from metrics.engines import Engine
from metrics.evidence import Tally
from metrics.intervals import Statistic, wilson
from metrics.periods import month_after
from metrics.selection import Selection

State = Literal["not_started", "trained", "live", "sustained", "lapsed"]
STATES: tuple[State, ...] = get_args(State)

LOOKED_BACK = 3
"""Months: sustained means a referral in each of them, lapsed none in any after an earlier one."""

UNLIKE = "Whether they serve poorer or richer places is not in the data: representativeness is told by list size alone."


@dataclass(frozen=True)
class PracticeState:
    """One open practice and where it stands. `referrals` are people of the months looked back on.

    `trained` and `said_live` are the ledger's dates, None where it has none.
    """

    code: str
    name: str
    ccg: str
    patients: float
    state: State
    first_referral: date | None
    last_referral: date | None
    referrals: Shown
    trained: date | None
    said_live: date | None


@dataclass(frozen=True)
class AreaPractices:
    """The open practices of an area at the end of a month, by code, and how many are in each state.

    `adopted` is the share that refers now (live or sustained) and `coverage` the share of all lists that is
    theirs, from 0 to 1; they differ where large practices lead. `median_list` compares lists of those that
    refer and those that do not. `silent` are live by the ledger and have sent nobody.
    """

    area: Area
    month: date
    practices: Sequence[PracticeState]
    counts: Mapping[State, int]
    adopted: Statistic
    coverage: float
    median_list: Mapping[str, float | None]
    sentence: str
    note: str
    release: int
    synthetic: bool

    def in_state(self, state: State) -> Sequence[PracticeState]:
        """The practices in one state."""
        return [practice for practice in self.practices if practice.state == state]

    @property
    def silent(self) -> Sequence[PracticeState]:
        """Practices that are live by the ledger and have never referred."""
        return [practice for practice in self.practices if practice.said_live and not practice.first_referral]


def practice_states(engine: Engine, selection: Selection, policy: Policy | None = None) -> list[AreaPractices]:
    """Where every open practice stands, for every area of the selection that has practices and referrals.

    As at the last month of the selection, or the last that was sent in full. Which practices refer
    says nothing of patients; how many people they referred passes the small-number policy.
    Raises ValueError for a selection by practice.
    """
    in_force = policy or policy_in_force()
    known, synthetic = practices_of(engine, selection)
    return [
        _area(area, known[area.code], in_force, engine.release.number, synthetic)
        for area in areas_of(selection)
        if area.code in known
    ]


def state_of(practice: Practice, month: date, months: int = LOOKED_BACK) -> State:
    """Where a practice stands at the end of a month, looking back on so many."""
    recent = practice.referred(month, months)
    if all(recent):
        return "sustained"
    if any(recent):
        return "live"
    if practice.first_referral(month):
        return "lapsed"
    return "trained" if _by(month, practice.trained) else "not_started"


def _by(month: date, day: date | None) -> date | None:
    """A date that was known by the end of a month; None for a later one."""
    return day if day and day < month_after(month, 1) else None


def _area(area: Area, known: Known, policy: Policy, release: int, synthetic: bool) -> AreaPractices:
    hidden = _hidden(known, policy)
    found = [
        _practice(practice, known.upto, policy, practice.code in hidden)
        for practice in known.practices
        if practice.open_in(known.upto)
    ]
    counts = Counter(practice.state for practice in found)
    refer, others = ([p.patients for p in found if (p.state in ("live", "sustained")) is so] for so in (True, False))
    share = wilson(len(refer), len(found)) if found else None
    adopted = Statistic(
        len(refer) / len(found) if found else None,
        share.lower if share else None,
        share.upper if share else None,
        len(found),
        "share of open practices, Wilson interval",
    )
    lists = sum(refer) + sum(others)
    return AreaPractices(
        area=area,
        month=known.upto,
        practices=found,
        counts={state: counts[state] for state in STATES},
        adopted=adopted,
        coverage=sum(refer) / lists if lists else 0.0,
        median_list={"refer": median(refer) if refer else None, "do not": median(others) if others else None},
        sentence=_sentence(area, counts, len(found)),
        note=f"{known.note} {UNLIKE}".strip(),
        release=release,
        synthetic=synthetic,
    )


def _hidden(known: Known, policy: Policy) -> Collection[str]:
    """Practices whose referrals would give those of another away beside the total of their CCG."""
    found: set[str] = set()
    for ccg in {practice.ccg for practice in known.practices}:
        own = [practice for practice in known.practices if practice.ccg == ccg]
        people = [sum(practice.referred(known.upto, LOOKED_BACK)) for practice in own]
        counts = np.array([*people, sum(people)], dtype=float).reshape(-1, 1)
        total = len(own)
        may_hide = np.arange(len(counts)) != total  # the total is shown elsewhere
        hidden = hidden_beside(counts, Sums.among([(total, range(total))]), policy, may_hide=may_hide)
        found |= {practice.code for practice, hide in zip(own, hidden, strict=False) if hide}
    return found


def _practice(practice: Practice, month: date, policy: Policy, hidden: bool) -> PracticeState:
    return PracticeState(
        practice.code,
        practice.name,
        practice.ccg,
        practice.patients,
        state_of(practice, month),
        practice.first_referral(month),
        practice.last_referral(month),
        beside_others(disclose(Tally(sum(practice.referred(month, LOOKED_BACK))), policy), hidden),
        _by(month, practice.trained),
        _by(month, practice.live),
    )


def _sentence(area: Area, counts: Mapping[State, int], practices: int) -> str:
    refer = counts["live"] + counts["sustained"]
    return (
        f"{area.name}: {refer} of {practices} practices referred in the last {LOOKED_BACK} months, "
        f"{counts['sustained']} of them in every one; {counts['lapsed']} did before and no longer do."
    )
