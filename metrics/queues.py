"""The queue for every step of the pathway, side by side, so that one that has only moved on is seen.

Demand is who joined a list, capacity who was seen (not who could have been), over the last whole months
that were sent in full. All that is worked out follows from counts as they may be shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import pandas as pd

from loaders.tables import STEPS
from metrics.areas import Area, areas_of, members_of
from metrics.catalogue import load
from metrics.counts import counts_of, received_in_full, scope_of
from metrics.disclosure import Policy, Shown, disclose, policy_in_force
from metrics.engines import Engine
from metrics.evidence import Estimate, Evidence, Nothing, Tally
from metrics.kinds import Wait
from metrics.measure import Target
from metrics.periods import month_after
from metrics.query.queues import joined_and_left, lists
from metrics.queue_arithmetic import RELIEF_WEEKS, Arithmetic, Change, Counted, arithmetic, changed, moved
from metrics.queue_window import DAYS_A_WEEK, Window, window_of
from metrics.selection import Selection

MIDDLE_OF_BAND = 0.5
"""Weeks: everybody in a band of one week is taken to have waited to its middle."""

_NOT_RECEIVED = Nothing("not_received", "No list was received for this month.")


@dataclass(frozen=True)
class StepQueue:
    """The queue for one step. `joined`, `seen` and `left` (unseen) are people of the months looked at.

    `waiting` is the list at the end of them, `mean_wait` that of those on it in weeks, `year_before` the list of
    twelve months earlier and `change` how it compares. `target` is in days, as its measure gives it. There is no
    `arithmetic` where who joined, was seen or waits may not be shown.
    """

    step: str
    waiting: Shown
    mean_wait: Shown
    year_before: Shown
    change: Change
    joined: Shown
    seen: Shown
    left: Shown
    target: Target | None
    arithmetic: Arithmetic | None


@dataclass(frozen=True)
class Queues:
    """Every step's queue of one area, in pathway order; `sentence` says whether queues were cured or moved."""

    area: Area
    window: Window
    steps: Sequence[StepQueue]
    sentence: str
    release: int
    synthetic: bool


def queues(
    engine: Engine,
    selection: Selection,
    policy: Policy | None = None,
    months: int = 3,
    relief_weeks: float = RELIEF_WEEKS,
) -> list[Queues]:
    """The queues of every area of the selection that has lists, over its last `months` whole months.

    Steps that nobody was asked for are left out. Raises ValueError for a selection by practice.
    """
    in_force = policy or policy_in_force()
    ever = replace(selection, first=None, last=None)  # those on a list joined it long before
    scope = scope_of(ever, engine, "waiting")
    flows, waiting = (counts_of(engine, ever, scope, select) for select in (joined_and_left, lists))
    if waiting.empty:
        return []
    whole = received_in_full(engine, scope, "waiting", "referral")
    windows = {area: window_of(whole, ccgs, selection.last, months) for area, ccgs in members_of(selection).items()}
    return [
        Queues(area, window, steps, _moved(steps), engine.release.number, scope.synthetic)
        for area in areas_of(selection)
        if (window := windows[area.code])
        for steps in [_steps(_of(flows, area), _of(waiting, area), window, in_force, relief_weeks)]
    ]


def _of(rows: pd.DataFrame, area: Area) -> pd.DataFrame:
    return rows[rows.area == area.code]


def _moved(steps: Sequence[StepQueue]) -> str:
    return moved({queue.step: queue.change for queue in steps})


def _steps(
    flows: pd.DataFrame, waiting: pd.DataFrame, window: Window, policy: Policy, relief_weeks: float
) -> Sequence[StepQueue]:
    asked, first = set(flows.step), waiting.month.min()
    return [
        _step(step, flows[flows.step == step], waiting[waiting.step == step], first, window, policy, relief_weeks)
        for step in STEPS
        if step in asked
    ]


def _step(
    step: str,
    flows: pd.DataFrame,
    waiting: pd.DataFrame,
    first: date,
    window: Window,
    policy: Policy,
    relief_weeks: float,
) -> StepQueue:
    """One step, from its own rows; the area's lists begin in the month `first`."""
    people = flows[(flows.month >= window.first) & (flows.month <= window.last)].groupby("change").people.sum()
    joined, seen, left = (disclose(Tally(people.get(change, 0)), policy) for change in ("joined", "seen", "left"))
    now = waiting[waiting.month == window.last]
    on_list, mean_wait = disclose(Tally(now.people.sum()), policy), disclose(_mean_wait(now), policy)
    year_before = disclose(_list_of(month_after(window.last, -12), waiting, first), policy)
    change, target = changed(year_before.value, on_list.value), targets().get(step)
    worked_out = _arithmetic(joined, seen, left, on_list, mean_wait, window, target, relief_weeks)
    return StepQueue(step, on_list, mean_wait, year_before, change, joined, seen, left, target, worked_out)


def _list_of(month: date, waiting: pd.DataFrame, first: date) -> Evidence:
    return Tally(waiting[waiting.month == month].people.sum()) if month >= first else _NOT_RECEIVED


def _mean_wait(now: pd.DataFrame) -> Evidence:
    """The mean weeks of those on a list, from its bands."""
    people = float(now.people.sum())
    if not people:
        return Nothing("no_data", "Nobody was waiting.")
    return Estimate(float((now.week + MIDDLE_OF_BAND) @ now.people) / people, None, None, people)


def _arithmetic(
    joined: Shown,
    seen: Shown,
    left: Shown,
    on_list: Shown,
    mean_wait: Shown,
    window: Window,
    target: Target | None,
    relief_weeks: float,
) -> Arithmetic | None:
    if joined.value is None or seen.value is None or on_list.value is None:
        return None
    counted = Counted(joined.value, seen.value, left.value, on_list.value, mean_wait.value, window.weeks)
    return arithmetic(counted, target.value / DAYS_A_WEEK if target else None, relief_weeks)


@cache
def targets() -> Mapping[str, Target]:
    """The target of the wait for each step that has one, in days, as its measure gives it."""
    return {
        measure.how.step: measure.target
        for measure in load().values()
        if isinstance(measure.how, Wait) and measure.target
    }
