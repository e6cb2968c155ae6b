"""An XmR chart: every point with the lines it is read against and the rule that marks it, if any."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import isfinite

import numpy as np

from metrics.spc.rules import MAKING_DATA_COUNT_R, Direction, Limits, Marks, RuleSet, Signal, limits_of, marks_of

SETTLED = 12
"""Points from which limits are no longer trial limits."""

Entry = tuple[date, float | None]
"""A date and its value; None where it is missing, suppressed or was not received."""


@dataclass(frozen=True)
class Rebase:
    """Somebody's decision to start new limits on a date, for a reason that the chart prints. Never automatic."""

    date: date
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError(f"The rebase on {self.date} needs a reason.")


@dataclass(frozen=True)
class Point:
    """A date on the chart. `value` is None for a gap, which has lines but is marked by nothing.

    The lines are None where there are too few points for limits. `signal` is the rule that marks the
    point and `direction` which way; None for common cause. `conflict`: rules mark it both ways.
    """

    date: date
    value: float | None
    mean: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    signal: Signal | None
    direction: Direction | None
    conflict: bool


@dataclass(frozen=True)
class Group:
    """A stretch of the chart with limits of its own, and the rebase that started it; the first has none.

    `count` leaves gaps out.
    """

    start: date
    count: int
    rebase: Rebase | None
    has_limits: bool

    @property
    def trial(self) -> bool:
        """Whether the limits rest on so few points that they will still move."""
        return self.has_limits and self.count < SETTLED


@dataclass(frozen=True)
class Chart:
    """All dates in order, gaps included."""

    points: tuple[Point, ...]
    groups: tuple[Group, ...]
    rule_set: RuleSet

    @property
    def last(self) -> Point | None:
        """The latest point that has a value; None when none has."""
        return next((point for point in reversed(self.points) if point.value is not None), None)

    @property
    def count(self) -> int:
        """How many points have a value."""
        return sum(group.count for group in self.groups)


def xmr(series: Iterable[Entry], rule_set: RuleSet = MAKING_DATA_COUNT_R, rebases: Sequence[Rebase] = ()) -> Chart:
    """The chart of a series, in any order. A month without a value is given as None, or neighbours would close up.

    A rebase starts a group with the first date on or after its own. Raises ValueError for two values
    or two rebases on one date, and for a value that is not a finite number.
    """
    entries = sorted(series, key=lambda entry: entry[0])
    _refuse_repeats([day for day, _ in entries], "values")
    _refuse_repeats([rebase.date for rebase in rebases], "rebases")
    _refuse_odd_numbers(entries)

    def started_by(entry: Entry) -> Rebase | None:
        return max((rebase for rebase in rebases if rebase.date <= entry[0]), key=lambda r: r.date, default=None)

    parts = [_part(list(group), rebase, rule_set) for rebase, group in groupby(entries, started_by)]
    points = tuple(point for _, group_points in parts for point in group_points)
    return Chart(points, tuple(group for group, _ in parts), rule_set)


def _part(entries: list[Entry], rebase: Rebase | None, rule_set: RuleSet) -> tuple[Group, list[Point]]:
    values = np.array([np.nan if value is None else value for _, value in entries], dtype=float)
    count = int(np.sum(~np.isnan(values)))
    limits = limits_of(values, rule_set)
    # where every neighbour is a gap there is no moving range, and so nothing to draw limits from
    has_limits = count >= rule_set.fewest and not np.isnan(limits.moving_range).any()
    group = Group(entries[0][0], count, rebase, has_limits)
    return group, _marked(entries, values, limits, rule_set) if has_limits else _dots(entries)


def _dots(entries: list[Entry]) -> list[Point]:
    """Points of a group too short for limits: nothing to read them against."""
    return [Point(*entry, None, None, None, None, None, None, None, False) for entry in entries]


def _marked(entries: list[Entry], values: np.ndarray, limits: Limits, rule_set: RuleSet) -> list[Point]:
    lines = (limits.mean, limits.lower, limits.upper, limits.near_lower, limits.near_upper)
    mean, lower, upper, near_lower, near_upper = (float(line[0]) for line in lines)
    marks = marks_of(values, limits, rule_set)
    return [
        Point(*entry, mean, lower, upper, near_lower, near_upper, *_signal(marks, i), bool(marks.conflict[i]))
        for i, entry in enumerate(entries)
    ]


def _signal(marks: Marks, i: int) -> tuple[Signal | None, Direction | None]:
    """The first rule that marks point i, and which way."""
    for signal, ways in marks.by_rule.items():
        if ways[i]:
            return signal, "up" if ways[i] > 0 else "down"
    return None, None


def _refuse_repeats(days: list[date], what: str) -> None:
    repeated = sorted({day for day in days if days.count(day) > 1})
    if repeated:
        raise ValueError(f"Two {what} on one date: {', '.join(map(str, repeated))}.")


def _refuse_odd_numbers(entries: list[Entry]) -> None:
    odd = [day for day, value in entries if value is not None and not isfinite(value)]
    if odd:
        raise ValueError(f"Not a finite number, on {', '.join(map(str, odd))}. A month without a value is None.")
