"""What the numbers of a queue imply: whether it grows, how short it has to be, and what it takes to get there.

The formulas are those of Fong and others, "Understanding Waiting Lists Pressures" (medRxiv 2022.08.23.22279117),
as NHSRwaitinglist has them. Time is in weeks. They suppose that demand and capacity go on as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scipy import stats

from metrics.explanation import STEP_WORDS
from metrics.intervals import Statistic

Change = Literal["shorter", "longer", "no_sign", "cannot_be_told"]

CHANCE = 0.05
"""Lists have changed when counts so far apart would come about by chance in fewer than 5 of 100 pairs."""

QUARTER = 4
"""A mean wait of a quarter of the target leaves about 2% (e to the power -4) waiting longer than it."""

RELIEF_WEEKS = 26
"""Weeks in which a queue that is far too long is to be brought down, unless another number is asked for."""


@dataclass(frozen=True)
class Counted:
    """What was counted over so many weeks: who joined, was seen or left unseen, and who waits at the end of them.

    `left` is None where it is too small to be told, `mean_wait` (weeks, of those waiting) where it is not known.
    """

    joined: float
    seen: float
    left: float | None
    waiting: float
    mean_wait: float | None
    weeks: float


@dataclass(frozen=True)
class Arithmetic:
    """A queue worked out. `demand`, `capacity` and `leaving` (unseen, None where too few to tell) are people a week.

    What follows `target` (weeks) is None without one. `relief_capacity` is what would have to be seen a week to be
    at the target queue in `RELIEF_WEEKS`, None where the queue is at most twice that long and needs no
    relief. `weeks_to_target` is 0 when there, and None when at the present pace it never will be.
    """

    demand: float
    capacity: float
    leaving: float | None
    load: Statistic
    target: float | None
    pressure: float | None
    target_queue: float | None
    relief_capacity: float | None
    weeks_to_target: float | None


def arithmetic(counted: Counted, target: float | None, relief_weeks: float = RELIEF_WEEKS) -> Arithmetic:
    """A queue worked out from its counts, against a target in weeks where there is one."""
    demand, capacity = counted.joined / counted.weeks, counted.seen / counted.weeks
    leaving = None if counted.left is None else counted.left / counted.weeks
    burden = load(counted.joined, counted.seen)
    if target is None:
        return Arithmetic(demand, capacity, leaving, burden, None, None, None, None, None)
    goal = target_queue(demand, target)
    too_long = counted.waiting > 2 * goal
    return Arithmetic(
        demand,
        capacity,
        leaving,
        burden,
        target,
        None if counted.mean_wait is None else pressure(counted.mean_wait, target),
        goal,
        relief_capacity(demand, counted.waiting, goal, relief_weeks) if too_long else None,
        weeks_to(goal, counted.waiting, capacity + (leaving or 0.0) - demand),
    )


def load(joined: float, seen: float, level: float = 0.95) -> Statistic:
    """Demand over capacity: how many joined for each one seen. Above 1 the queue grows without end.

    The interval is that of a ratio of two Poisson counts, exact given their sum. None where nobody was seen.
    """
    people, method = int(joined + seen), "ratio of two counts, exact interval"
    if not seen:
        return Statistic(None, None, None, people, method)
    outside = (1 - level) / 2
    lower = float(stats.beta.ppf(outside, joined, seen + 1)) if joined else 0.0
    upper = float(stats.beta.ppf(1 - outside, joined + 1, seen))
    return Statistic(joined / seen, lower / (1 - lower), upper / (1 - upper), people, method)


def target_queue(demand: float, target: float) -> float:
    """How many may wait if nearly everybody is to be seen within the target: demand a week x target / 4."""
    return demand * target / QUARTER


def pressure(mean_wait: float, target: float) -> float:
    """Twice the mean wait of those waiting over the target: above 1 the target will most likely be missed."""
    return 2 * mean_wait / target


def relief_capacity(demand: float, queue: float, goal: float, weeks: float = RELIEF_WEEKS) -> float:
    """What has to be seen a week to bring a queue down to its goal in so many weeks."""
    return demand + (queue - goal) / weeks


def weeks_to(goal: float, queue: float, net: float) -> float | None:
    """Weeks until a queue that shrinks by `net` people a week is down to its goal; None where it never is."""
    if queue <= goal:
        return 0.0
    return (queue - goal) / net if net > 0 else None


def changed(before: float | None, now: float | None) -> Change:
    """How a list compares with an earlier one, by the exact test of two Poisson counts; None is not known."""
    if before is None or now is None:
        return "cannot_be_told"
    both = round(before + now)
    if not both or stats.binomtest(round(now), both).pvalue >= CHANCE:
        return "no_sign"
    return "longer" if now > before else "shorter"


def moved(changes: Mapping[str, Change]) -> str:
    """Whether queues were cured or moved on, from the change of the list for each step in pathway order."""
    steps = list(changes)
    shorter, longer = ([step for step in steps if changes[step] == way] for way in ("shorter", "longer"))
    later = [step for step in longer if shorter and steps.index(step) > steps.index(shorter[0])]
    if not shorter and not longer:
        return "No list is clearly shorter or longer than a year before."
    if not shorter:
        return f"{_lists(longer)} longer than a year before."
    cured = f"{_lists(shorter)} shorter than a year before."
    if later:
        return f"{cured} Further on, the list for {_named(later)} has grown: part of the queue may only have moved."
    return f"{cured} No list further on has clearly grown."


def _lists(steps: Sequence[str]) -> str:
    return f"The list for {_named(steps)} is" if len(steps) == 1 else f"The lists for {_named(steps)} are"


def _named(steps: Sequence[str]) -> str:
    words = [STEP_WORDS[step] for step in steps]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
