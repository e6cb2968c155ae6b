"""The rules of an XmR chart: named rule sets as data, and how they mark points.

Arrays have shape (..., points): time runs along the last axis, and NaN is a gap that no moving range,
run, trend or window spans. The same code marks one chart and thousands of simulated series.

Source: Making Data Count, as NHSRplotthedots 0.2.2 (NHS-R Community, 2025) works it out.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

Signal = Literal["outside", "trend", "two_of_three", "run"]
Direction = Literal["up", "down"]

REACH = 2.66
"""Mean moving ranges from the mean to a limit: 3/1.128 rounded, as Making Data Count has it."""
NEAR = 2 * (REACH / 3)
"""Mean moving ranges from the mean to a near limit, two thirds of the way out."""
SCREEN = 3.267
"""Moving ranges of this many means and more are outliers (Nelson 1982)."""


@dataclass(frozen=True)
class RuleSet:
    """Which rules mark a point. `words` belong on every chart that is drawn by them.

    `length`: points in a run or a trend. `screens`: outlying moving ranges are left out once, and the
    limits worked out again. `outside_is_near`: a point beyond a limit counts towards two of three.
    `improvement_wins`: a point that rules mark both ways is shown as improving; without it, the way
    of the first rule in the order outside, trend, two of three, run. `fewest`: points for limits.
    """

    key: str
    words: str
    length: int
    screens: bool
    outside_is_near: bool
    improvement_wins: bool
    fewest: int

    def in_words(self, signal: Signal, direction: Direction) -> str:
        """Why a point is marked, to follow "this point is": "above the upper limit"."""
        side, limit, way = ("above", "upper", "rising") if direction == "up" else ("below", "lower", "falling")
        match signal:
            case "outside":
                return f"{side} the {limit} limit"
            case "trend":
                return f"one of {self.length} or more {way} in a row"
            case "two_of_three":
                return f"one of two in three near the {limit} limit"
            case "run":
                return f"one of {self.length} or more {side} the mean in a row"


def making_data_count_excel(length: Literal[6, 7]) -> RuleSet:
    """The rules of the official Excel tool since the end of 2023, where its user chose `length` points.

    As its makers and users describe it (NHSRplotthedots issues 194 and 202). The order of the rules and
    what a tie does to a trend are not described: both are taken from NHSRplotthedots, unverified.
    """
    return RuleSet(
        key=f"making_data_count_excel_{length}",
        words=f"Making Data Count rules as in the Excel tool: {length} points in a run or trend, "
        "two of three beyond the near limits, outliers kept in the limits, limits from 13 points.",
        length=length,
        screens=False,
        outside_is_near=True,
        improvement_wins=True,
        fewest=13,
    )


MAKING_DATA_COUNT_R = RuleSet(
    key="making_data_count_r",
    words="Making Data Count rules as in NHSRplotthedots 0.2.2: 7 points in a run or trend, "
    "two of three between the near limits and the limits, outliers screened from the limits once.",
    length=7,
    screens=True,
    outside_is_near=False,
    improvement_wins=False,
    fewest=5,
)
RULE_SETS = {
    rule_set.key: rule_set for rule_set in (MAKING_DATA_COUNT_R, making_data_count_excel(6), making_data_count_excel(7))
}


@dataclass(frozen=True)
class Limits:
    """The mean of each series and its mean moving range, both of shape (..., 1); NaN where there is none."""

    mean: np.ndarray
    moving_range: np.ndarray

    @property
    def lower(self) -> np.ndarray:
        return self.mean - REACH * self.moving_range

    @property
    def upper(self) -> np.ndarray:
        return self.mean + REACH * self.moving_range

    @property
    def near_lower(self) -> np.ndarray:
        return self.mean - NEAR * self.moving_range

    @property
    def near_upper(self) -> np.ndarray:
        return self.mean + NEAR * self.moving_range


def limits_of(values: np.ndarray, rule_set: RuleSet) -> Limits:
    """The limits of each series. Screening leaves the mean alone; a constant series has its mean as limits."""
    mean = _mean(values)
    mean = mean + _mean(values - mean)  # a second pass, as in R: the mean of equal values is that value
    ranges = np.abs(np.diff(values))
    moving_range = _mean(ranges)
    if rule_set.screens:
        screened = _mean(np.where(ranges < SCREEN * moving_range, ranges, np.nan))
        moving_range = np.where(moving_range == 0, 0.0, screened)
    return Limits(mean, moving_range)


def _mean(values: np.ndarray) -> np.ndarray:
    """The mean of what is known, NaN where nothing is; numpy's nanmean would warn of that."""
    known = ~np.isnan(values)
    total = np.sum(values, axis=-1, keepdims=True, where=known)
    count = np.sum(known, axis=-1, keepdims=True)
    return np.divide(total, count, out=np.full_like(total, np.nan), where=count > 0)


@dataclass(frozen=True)
class Marks:
    """For each rule, in order of precedence, how it marks each point: 1 upwards, -1 downwards, 0 not at all.

    `conflict` is true where rules mark a point both ways.
    """

    by_rule: dict[Signal, np.ndarray]
    conflict: np.ndarray

    @property
    def any(self) -> np.ndarray:
        """Whether any rule marks the point."""
        return np.any([marks != 0 for marks in self.by_rule.values()], axis=0)


def marks_of(values: np.ndarray, limits: Limits, rule_set: RuleSet) -> Marks:
    """What the rules mark. A run, two of three and a point outside mark their side of the mean, a trend its way."""
    side = np.sign(values - limits.mean)
    outside = (values > limits.upper) | (values < limits.lower)
    near = (values > limits.near_upper) | (values < limits.near_lower)
    if not rule_set.outside_is_near:
        near &= ~outside
    two_of_three = near & in_two_of_three(near, side)
    run = in_run(side, rule_set.length)
    rising, falling = in_trend(values, rule_set.length)
    off_mean = outside | two_of_three | run
    by_rule: dict[Signal, np.ndarray] = {
        "outside": np.where(outside, side, 0),
        "trend": np.where(rising | falling, _way(values, rising | falling), 0),
        "two_of_three": np.where(two_of_three, side, 0),
        "run": np.where(run, side, 0),
    }
    return Marks(by_rule, (rising | off_mean & (side > 0)) & (falling | off_mean & (side < 0)))


def in_run(side: np.ndarray, length: int) -> np.ndarray:
    """Points in a row of `length` on the same side (1 or -1); one on the mean (0) breaks the row."""
    return _spread(_starts(side == 1, length) | _starts(side == -1, length), length)


def in_trend(values: np.ndarray, length: int) -> tuple[np.ndarray, np.ndarray]:
    """Points in a row of `length` that rise at every step, and those in one that falls; a tie breaks the row."""
    steps = np.diff(values)
    rising, falling = (_spread(_starts(steps * way > 0, length - 1), length - 1) for way in (1, -1))
    return _ends(rising), _ends(falling)


def in_two_of_three(near: np.ndarray, side: np.ndarray) -> np.ndarray:
    """Points in a window of three, all on the same side, at least two of which are `near` a limit."""
    one_side = _starts(side == 1, 3) | _starts(side == -1, 3)
    return _spread(one_side & (_windows(near, 3, before=0).sum(axis=-1) >= 2), 3)


def _way(values: np.ndarray, trend: np.ndarray) -> np.ndarray:
    """1 where a trend goes up, -1 where down: by the step from a point, and at its last point the step to it.

    As in NHSRplotthedots; so a point where a rise turns into a fall already counts for the fall.
    """
    steps = np.diff(values)
    last = trend & ~_padded(trend[..., 1:], before=0, after=1)
    step = np.where(last, _padded(steps, before=1, after=0), _padded(steps, before=0, after=1))
    return np.where(step > 0, 1, -1)


def _ends(steps: np.ndarray) -> np.ndarray:
    """The points at either end of the steps."""
    return _padded(steps, before=1, after=0) | _padded(steps, before=0, after=1)


def _starts(match: np.ndarray, length: int) -> np.ndarray:
    """Where a row of `length` matches starts."""
    return np.all(_windows(match, length, before=0), axis=-1)


def _spread(starts: np.ndarray, length: int) -> np.ndarray:
    """Everything in the rows of `length` that start there."""
    return np.any(_windows(starts, length, before=length - 1), axis=-1)


def _windows(match: np.ndarray, length: int, before: int) -> np.ndarray:
    """A window for each item, with `before` items before it; nothing matches beyond the ends."""
    return sliding_window_view(_padded(match, before, length - 1 - before), length, axis=-1)


def _padded(array: np.ndarray, before: int, after: int) -> np.ndarray:
    return np.pad(array, [(0, 0)] * (array.ndim - 1) + [(before, after)])
