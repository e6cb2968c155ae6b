"""What a reader can tell of each count, from what is shown of it and, sum by sum, of those beside it.

That is quick, and as good as can be done for a single sum. In a table where each cell is in several it may find less
than the `programme`, that has all sums at once.
"""

from dataclasses import dataclass, replace

import numpy as np

from metrics.disclosure.policy import Policy
from metrics.disclosure.sums import Sums

UNKNOWN = 1e12
"""More people than there are: the upper bound of what nobody can bound."""

NEARLY = 1e-9
"""What dividing may be off by."""

SWEEPS = 20
"""Rounds of bounding from sum to sum, more than any table of areas and periods has been seen to need."""


@dataclass(frozen=True)
class Bounds:
    """The fewest and the most people there can be, for a reader who sees what is shown: a row a cell, a column a count.

    Of two columns the first is a share of the second, from `least` to `most`.
    """

    low: np.ndarray
    high: np.ndarray
    least: np.ndarray
    most: np.ndarray

    @property
    def values(self) -> np.ndarray:
        """How many whole numbers lie between."""
        return self.high - self.low + 1


def small(counts: np.ndarray, policy: Policy) -> np.ndarray:
    """`Policy.hides` of many counts at once."""
    whole = np.floor(counts + 0.5)
    return (whole >= policy.hidden.start) & (whole < policy.hidden.stop)


def told(counts: np.ndarray, few: np.ndarray, beside: np.ndarray, policy: Policy, untold: np.ndarray) -> Bounds:
    """What each cell tells by itself: shown, hidden because it is small, or for the sake of others; or not at all.

    Of a share that is hidden because it is small nobody is told which of its counts is: at any rate the numerator is.
    """
    low, high = np.zeros(counts.shape), np.full(counts.shape, UNKNOWN)
    small_ones = few.any(axis=1) & ~beside & ~untold
    low[small_ones, -1], high[small_ones, 0] = policy.hidden.start, policy.hidden_to
    low[beside & ~untold, -1] = 1
    shown = ~(np.isnan(counts).any(axis=1) | few.any(axis=1) | beside | untold)
    low[shown], high[shown] = _told_by_rounding(counts[shown], policy)
    return Bounds(low, high, *_told_by_percentages(counts, shown, policy))


def _told_by_rounding(counts: np.ndarray, policy: Policy) -> tuple[np.ndarray, np.ndarray]:
    """`Policy.told_by` of many counts at once."""
    half, zero = policy.rounded_to / 2, counts == 0
    shown = policy.rounded_to * np.floor(counts / policy.rounded_to + 0.5)
    low = np.maximum(np.ceil(shown - half), policy.hidden.stop)
    return np.where(zero, 0, low), np.where(zero, 0, np.ceil(shown + half) - 1)


def _told_by_percentages(counts: np.ndarray, shown: np.ndarray, policy: Policy) -> tuple[np.ndarray, np.ndarray]:
    """The smallest and the largest share that each cell can have: 0 to 1 where no percentage of exact counts tells.

    Where counts are shown as they are, a percentage tells nothing besides.
    """
    least, most = np.zeros(len(counts)), np.ones(len(counts))
    if policy.shares == "exact" and policy.coarse and counts.shape[1] > 1:
        of_people = shown & (counts[:, -1] > 0)
        percent = np.floor(100 * counts[of_people, 0] / counts[of_people, -1] + 0.5)
        least[of_people] = np.maximum(percent - 0.5, 0) / 100
        most[of_people] = np.minimum(percent + 0.5, 100) / 100
    return least, most


def narrowed(known: Bounds, sums: Sums) -> Bounds:
    """The bounds that follow when every sum is as large as its parts together, and every share holds.

    Those who are in the denominator and not in the numerator add up too: of two columns a third is made.
    """
    shares = known.low.shape[1] > 1
    others = [np.zeros((len(known.low), 1)), np.full((len(known.low), 1), UNKNOWN)]
    low, high = (
        np.hstack([bound, rest]) if shares else bound.copy()
        for bound, rest in zip((known.low, known.high), others, strict=True)
    )
    for _ in range(SWEEPS):
        before = np.concatenate([low, high])
        for column in range(low.shape[1]):
            _add_up(low[:, column], high[:, column], sums)
        if shares:
            _share_out(low, high, known)
        if np.array_equal(before, np.concatenate([low, high])):
            break
    width = known.low.shape[1]
    return replace(known, low=low[:, :width], high=high[:, :width])


def _add_up(low: np.ndarray, high: np.ndarray, sums: Sums) -> None:
    """A total is what its parts can be together, and a part what the others leave of the total."""
    total = sums.totals[sums.of]
    least, most = (np.bincount(sums.of, bound[sums.part], len(sums.totals)) for bound in (low, high))
    np.maximum.at(low, sums.totals, least)
    np.minimum.at(high, sums.totals, most)
    others_least, others_most = least[sums.of] - low[sums.part], most[sums.of] - high[sums.part]
    np.maximum.at(low, sums.part, low[total] - others_most)
    np.minimum.at(high, sums.part, high[total] - others_least)


def _share_out(low: np.ndarray, high: np.ndarray, known: Bounds) -> None:
    """A numerator is the share of its denominator, and the others are the rest of it."""
    (few, all_, rest), (few_high, all_high, rest_high) = low.T, high.T
    _raise(few, np.ceil(known.least * all_ - NEARLY), all_ - rest_high)
    _raise(rest, np.ceil((1 - known.most) * all_ - NEARLY), all_ - few_high)
    _raise(all_, np.ceil(few / known.most - NEARLY), few + rest)
    _lower(few_high, np.floor(known.most * all_high + NEARLY), all_high - rest)
    _lower(rest_high, np.floor((1 - known.least) * all_high + NEARLY), all_high - few)
    least = np.where(known.least > 0, known.least, np.nan)  # nought can be a share of any number
    _lower(all_high, few_high + rest_high, np.nan_to_num(np.floor(few_high / least + NEARLY), nan=UNKNOWN))


def _raise(bound: np.ndarray, *others: np.ndarray) -> None:
    for other in others:
        np.maximum(bound, other, out=bound)


def _lower(bound: np.ndarray, *others: np.ndarray) -> None:
    for other in others:
        np.minimum(bound, other, out=bound)
