"""Secondary suppression: what else to hide so that totals do not give a hidden count away.

A table is any cells that add up: CCGs to their arm, arms to the region, months to their quarter. From
what is shown a reader can bound what is hidden. Where a hidden count could only have a value or two,
the next smallest beside it is hidden as well, until it could have as many as the policy promises.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from metrics.disclosure.policy import Policy

UNKNOWN = 1e12
"""More people than there are: the upper bound of what nobody can bound."""

NEARLY = 1e-9
"""What dividing may be off by."""

SWEEPS = 20
"""Rounds of bounding from sum to sum, more than any table of areas and periods has been seen to need."""


@dataclass(frozen=True)
class Sums:
    """Which cells add up to which. `totals` holds the cell of each sum's total; item by item `part` is a cell of `of`.

    Cells and sums are known by their numbers.
    """

    totals: np.ndarray
    of: np.ndarray
    part: np.ndarray

    @classmethod
    def among(cls, sums: Iterable[tuple[int, Sequence[int]]]) -> "Sums":
        """From (cell of the total, cells of the parts)."""
        sums = list(sums)
        of = np.repeat(np.arange(len(sums)), np.array([len(parts) for _, parts in sums], dtype=int))
        part = np.array([cell for _, parts in sums for cell in parts], dtype=int)
        return cls(np.array([total for total, _ in sums], dtype=int), of, part)

    @classmethod
    def across(cls, sums: Sequence[tuple[int, Sequence[int]]], cells: np.ndarray) -> "Sums":
        """The same sums of rows, in every column of a table of cells."""
        one = cls.among(sums)
        number = np.arange(len(one.totals) * cells.shape[1]).reshape(-1, cells.shape[1])
        return cls(cells[one.totals].ravel(), number[one.of].ravel(), cells[one.part].ravel())

    @classmethod
    def joined(cls, several: Sequence["Sums"]) -> "Sums":
        """All of them."""
        before = np.cumsum([0, *(len(some.totals) for some in several)])
        of = [some.of + start for some, start in zip(several, before, strict=False)]
        return cls(
            np.concatenate([some.totals for some in several]),
            np.concatenate(of),
            np.concatenate([some.part for some in several]),
        )

    def without(self, cells: np.ndarray) -> "Sums":
        """The same, less the parts that are flagged."""
        kept = ~cells[self.part]
        return replace(self, of=self.of[kept], part=self.part[kept])

    def beside(self, cell: int) -> np.ndarray:
        """The cells of every sum that a cell is part or total of."""
        own = np.unique(np.concatenate([self.of[self.part == cell], np.flatnonzero(self.totals == cell)]))
        return np.unique(np.concatenate([self.totals[own], self.part[np.isin(self.of, own)]]))


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


def hidden_beside(
    counts: np.ndarray,
    sums: Sums,
    policy: Policy,
    percentages: bool = True,
    hidden_already: np.ndarray | None = None,
    may_hide: np.ndarray | None = None,
) -> np.ndarray:
    """Which cells are to be hidden for the sake of others.

    `counts` has a row a cell and a column for each count of people it shows (numerator, denominator, of which a
    percentage may be shown too); NaN where it has none. `hidden_already` were hidden for others before, and only
    of those that `may_hide` more are.
    """
    beside = np.full(len(counts), False) if hidden_already is None else hidden_already.copy()
    free = np.full(len(counts), True) if may_hide is None else may_hide
    few = small(counts, policy)
    while more := _more(counts, few, sums, policy if percentages else replace(policy, shares="rounded"), beside, free):
        beside[list(more)] = True
    return beside


def left_out_tells(some: np.ndarray, every: np.ndarray, policy: Policy, percentages: bool = True) -> np.ndarray:
    """Which counts of `some` people would tell how many are left out, were they shown beside those of everybody.

    Both have a row for each figure and a column for each of its counts.
    """
    left_out = np.where(small(every - some, policy).any(axis=1, keepdims=True), every - some, np.nan)
    cells = np.arange(3 * len(some)).reshape(-1, 3)
    sums = Sums.among((total, parts) for total, *parts in cells.tolist())
    counts = np.stack([every, some, left_out], axis=1).reshape(3 * len(some), -1)
    may = np.tile([False, True, False], len(some))
    return hidden_beside(counts, sums, policy, percentages, may_hide=may)[1::3]


def small(counts: np.ndarray, policy: Policy) -> np.ndarray:
    """`Policy.hides` of many counts at once."""
    whole = np.floor(counts + 0.5)
    return (whole >= policy.hidden.start) & (whole < policy.hidden.stop)


def _more(
    counts: np.ndarray, few: np.ndarray, sums: Sums, policy: Policy, beside: np.ndarray, free: np.ndarray
) -> set[int]:
    """For each count that is known too well, one more cell to hide."""
    more: set[int] = set()
    if not few.any():
        return more
    hidden = np.asarray(few.any(axis=1))
    may = np.where(beside, False, free)
    known_too_well = few & (narrowed(told(counts, few, beside, policy), sums).values < policy.keeps)
    for cell, column in np.argwhere(known_too_well):
        more |= _next_to(int(cell), counts[:, column], sums, hidden, may)
    return more


def _next_to(cell: int, counts: np.ndarray, sums: Sums, hidden: np.ndarray, may: np.ndarray) -> set[int]:
    """The smallest shown count in a sum with this one; else the hidden total, whose reason tells how small it is."""
    others = [other for other in sums.beside(cell) if may[other] and counts[other] > 0]
    shown = [other for other in others if not hidden[other]]
    if shown:
        return {int(min(shown, key=lambda other: counts[other]))}
    return {int(max(others, key=lambda other: counts[other]))} if others else set()


def told(counts: np.ndarray, few: np.ndarray, beside: np.ndarray, policy: Policy) -> Bounds:
    """What each cell tells by itself: shown, hidden because it is small, or hidden for the sake of others."""
    low, high = np.zeros(counts.shape), np.full(counts.shape, UNKNOWN)
    shown = ~(np.isnan(counts).any(axis=1) | few.any(axis=1) | beside)
    low[shown], high[shown] = _told_by_rounding(counts[shown], policy)
    starred = few.any(axis=1) & ~beside
    low[starred] = np.where(few[starred], policy.hidden.start, 0)
    high[starred] = np.where(few[starred], policy.hidden_to, UNKNOWN)
    low[beside, -1] = 1
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
