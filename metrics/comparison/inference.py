"""An effect with everything that says how sure it is, on the working scale."""

from dataclasses import dataclass
from math import comb

import numpy as np

from metrics.comparison.panel import Panel
from metrics.comparison.permutation import (
    ALPHA,
    SAME,
    Interval,
    arrangements,
    interval,
    number_of_arrangements,
    p_value,
    placebos,
)
from metrics.comparison.refusal import CannotBeTold
from metrics.comparison.studentised import noise_ratio, spreads, studentised, studentised_interval

UNEQUAL = 1.5
"""How many times noisier or quieter the early areas may be before the studentised test is the one that counts."""
SEEN_FOUR_TIMES_IN_FIVE = 1.43
"""(1.96 + 0.84) / 1.96: half an interval to the change that is detected with a power of 80%."""


@dataclass(frozen=True)
class Effect:
    """A mean effect. `interval` and `p` are those of the test that counts, `studentised` says which that is.

    `rank` is the place of the estimate by size among the `arrangements` of the dates, 1 for the largest.
    `p` is never below one over the ways to choose the early areas, 1 in 66 for two of twelve.
    """

    estimate: float
    interval: Interval
    p_plain: float
    p_studentised: float
    studentised: bool
    noise_ratio: float
    rank: int
    arrangements: int
    lowest_p: float

    @property
    def p(self) -> float:
        return max(self.p_studentised if self.studentised else self.p_plain, self.lowest_p)

    @property
    def smallest_detectable(self) -> float | None:
        """The change that such data show four times in five; None where they bound no interval."""
        half = self.interval.half_width
        return None if half is None else half * SEEN_FOUR_TIMES_IN_FIVE


def effect_of(panel: Panel, weights: np.ndarray, early: np.ndarray) -> Effect:
    """The effect that weights give, which are one over the live cells. `early` says which rows are early.

    Raises CannotBeTold where the dates can be dealt out in too few ways, or an area does not vary.
    """
    _require_arrangements(panel.go_live)
    own = spreads(panel.values, panel.before)
    if (own <= SAME).any():
        raise CannotBeTold("In some CCG it is the same in every month before go-live, mostly none at all.")
    ways = arrangements(panel.go_live)
    plain = placebos(weights, panel.values, ways)
    by_noise = placebos(weights, studentised(panel.values, panel.before), ways)
    ratio = float(noise_ratio(panel.values, panel.before, early))
    unequal = not 1 / UNEQUAL <= ratio <= UNEQUAL
    return Effect(
        estimate=float(plain[0]),
        interval=studentised_interval(weights, panel.values, panel.live, ways)
        if unequal
        else interval(plain, placebos(weights, panel.live.astype(float), ways)),
        p_plain=float(p_value(plain)),
        p_studentised=float(p_value(by_noise)),
        studentised=unequal,
        noise_ratio=ratio,
        rank=rank_of(by_noise if unequal else plain),
        arrangements=len(ways),
        lowest_p=1 / comb(len(panel.areas), int(early.sum())),
    )


def rank_of(estimates: np.ndarray) -> int:
    """Place of the first estimate by size, ties counting against it."""
    return int((np.abs(estimates) >= abs(estimates[0]) - SAME).sum())


def _require_arrangements(go_live: np.ndarray) -> None:
    number = number_of_arrangements(go_live)
    if number * ALPHA < 1:
        raise CannotBeTold(
            f"The dates of go-live can be dealt out in {number} ways only, and 20 are needed to tell chance apart."
        )
