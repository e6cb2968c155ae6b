"""The queue for every step of the pathway, side by side, so that one that has only moved on is seen.

Demand is who joined a list, capacity who was seen (not who could have been), over the last whole months
that were sent in full. All that is worked out follows from counts as they may be shown.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from itertools import product

import pandas as pd

from loaders.tables import STEPS
from metrics.areas import Area, areas_of, members_of
from metrics.catalogue import load
from metrics.counts import counts_of, everywhere, received_in_full, require_enough_left_out, scope_of
from metrics.disclosure import Policy, Shown, disclose, policy_in_force
from metrics.disclosure.beside import unfiltered
from metrics.disclosure.gate import beside_others
from metrics.disclosure.table import Item, Layout, hidden_items
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

_WHAT = ("joined", "seen", "left", "waiting", "year_before", "before", "both")
"""What is counted of a queue; `before` is the list when the months looked at began, `both` it and those who joined."""

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
    in_force, synthetic = policy or policy_in_force(), engine.is_synthetic("waiting")
    require_enough_left_out(engine, selection, synthetic, in_force)
    ever = replace(selection, first=None, last=None)  # those on a list joined it long before
    counts = _counts(engine, ever)
    if counts.lists.empty:
        return []
    everybody = [_counts(engine, every) for every in unfiltered(ever)]
    whole = received_in_full(engine, scope_of(everywhere(ever), engine, "waiting"), "waiting", "referral")
    members, found = members_of(selection), []
    hidden_in = cache(partial(_hidden, counts, everybody, selection, in_force))
    for area in areas_of(selection):
        window = window_of(whole, members[area.code], selection.last, months)
        if window:
            hidden = {item for code, item in hidden_in(window.first, window.last) if code == area.code}
            steps = _steps(counts.of(members[area.code]), window, hidden, in_force, relief_weeks)
            found.append(Queues(area, window, steps, _moved(steps), engine.release.number, synthetic))
    return found


@dataclass(frozen=True)
class _Counts:
    """Who joined and left the list for each step, and who was on it at month ends, by CCG."""

    flows: pd.DataFrame
    lists: pd.DataFrame

    def of(self, ccgs: Sequence[str]) -> "_Counts":
        return _Counts(*(rows[rows.ccg.isin(ccgs)] for rows in (self.flows, self.lists)))

    def within(self, first: date, last: date) -> pd.DataFrame:
        """People by ccg and item: those who joined, were seen or left in these months, and the lists beside them."""
        flows = self.flows[(self.flows.month >= first) & (self.flows.month <= last)]
        at = {last: "waiting", month_after(last, -12): "year_before", month_after(first, -1): "before"}
        lists = self.lists[self.lists.month.isin(at)]
        both = pd.concat([flows.assign(what=flows.change), lists.assign(what=lists.month.map(at))])
        added = both.groupby(["ccg", "step", "what"], as_index=False).people.sum()
        return added.assign(item=list(zip(added.step, added.what, strict=True)))


def _counts(engine: Engine, ever: Selection) -> _Counts:
    wanted = everywhere(ever)
    scope = scope_of(wanted, engine, "waiting")
    return _Counts(*(counts_of(engine, wanted, scope, select) for select in (joined_and_left, lists)))


def _hidden(
    counts: _Counts, everybody: Sequence[_Counts], selection: Selection, policy: Policy, first: date, last: date
) -> Collection[tuple[str, Item]]:
    """What to hide of every area in these months.

    Whoever was on the list before or joined it has been seen, has left or still waits: where the counts bear that
    out, a reader can reckon with it.
    """
    rows = counts.within(first, last)
    people = rows.groupby("item").people.sum()
    sums: list[tuple[Item, Sequence[Item]]] = []
    for step in dict.fromkeys(rows.step):
        came, went = ([(step, what) for what in half] for half in (("before", "joined"), ("seen", "left", "waiting")))
        if sum(people.get(item, 0) for item in came) == sum(people.get(item, 0) for item in went):
            sums += [((step, "both"), came), ((step, "both"), went)]
    items = list(product(dict.fromkeys(rows.step), _WHAT))
    on_lists = [item for item in items if item[1] in ("waiting", "year_before", "before")]
    layout = Layout(items, sums, settled=on_lists, untold=[item for item in items if item[1] == "both"])
    return hidden_items(rows, [every.within(first, last) for every in everybody], layout, selection, policy)


def _moved(steps: Sequence[StepQueue]) -> str:
    return moved({queue.step: queue.change for queue in steps})


def _steps(
    counts: _Counts, window: Window, hidden: Collection[Item], policy: Policy, relief_weeks: float
) -> Sequence[StepQueue]:
    asked, first = set(counts.flows.step), counts.lists.month.min()
    people = counts.within(window.first, window.last).groupby("item").people.sum()
    return [
        _step(step, counts.lists, people, first, window, hidden, policy, relief_weeks)
        for step in STEPS
        if step in asked
    ]


def _step(
    step: str,
    lists: pd.DataFrame,
    people: pd.Series,
    first: date,
    window: Window,
    hidden: Collection[Item],
    policy: Policy,
    relief_weeks: float,
) -> StepQueue:
    """One step; the area's lists begin in the month `first`."""

    def shown(what: str, evidence: Evidence | None = None) -> Shown:
        found = evidence or Tally(people.get((step, what), 0))
        return beside_others(disclose(found, policy), (step, what) in hidden)

    joined, seen, left, on_list = (shown(what) for what in ("joined", "seen", "left", "waiting"))
    now = lists[(lists.month == window.last) & (lists.step == step)]
    mean_wait = shown("waiting", _mean_wait(now))
    year_before = shown("year_before", None if month_after(window.last, -12) >= first else _NOT_RECEIVED)
    change, target = changed(year_before.value, on_list.value), targets().get(step)
    worked_out = _arithmetic(joined, seen, left, on_list, mean_wait, window, target, relief_weeks)
    return StepQueue(step, on_list, mean_wait, year_before, change, joined, seen, left, target, worked_out)


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
