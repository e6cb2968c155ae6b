"""The table that figures make up: CCGs in waves, arms and the region, by months in quarters and years.

Whoever can ask for one grouping can ask for all of them, so that a cell is looked at in the whole
table, whichever part of it is asked for. Then the same cells are hidden in every part.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from metrics.disclosure.policy import Policy
from metrics.disclosure.secondary import hidden_beside
from metrics.disclosure.sums import Sums

Counts = tuple[float, ...]
"""The counts of people that a figure shows: numerator and denominator, or one alone."""

Leaf = tuple[str, date]
"""The smallest cell: a CCG (or a practice) and a month."""

Block = tuple[frozenset[str], frozenset[date]]
"""CCGs (or practices) and months that a figure is of."""


@dataclass(frozen=True)
class Axis:
    """Sets of the smallest parts: first those that anybody is shown, then those that one reader asks for besides."""

    usual: Sequence[frozenset]
    besides: Sequence[frozenset] = ()

    @property
    def sets(self) -> Sequence[frozenset]:
        return [*self.usual, *self.besides]

    @cached_property
    def sums(self) -> Sequence[tuple[int, Sequence[int]]]:
        """Each set and the sets that make it up, by their places."""
        return [*self._sums(), *self._sums_besides()]

    def _sums(self) -> Iterator[tuple[int, Sequence[int]]]:
        """Each usual set is made up of the largest usual sets in it."""
        for at, whole in enumerate(self.usual):
            within = [n for n, part in enumerate(self.usual) if part < whole]
            largest = [n for n in within if not any(self.usual[n] < self.usual[other] for other in within)]
            if frozenset().union(*(self.usual[n] for n in largest)) == whole:
                yield at, largest

    def _sums_besides(self) -> Iterator[tuple[int, Sequence[int]]]:
        """A further set is made up of the smallest; the smallest usual set it lies in, of it and what it leaves."""
        for at, some in enumerate(self.besides, len(self.usual)):
            yield at, self._singles(some)
            around = min((whole for whole in self.usual if some < whole), key=len, default=None)
            if around:
                yield self.usual.index(around), [at, *self._singles(around - some)]

    def _singles(self, some: frozenset) -> Sequence[int]:
        return [self.usual.index(frozenset([part])) for part in some]


@dataclass(frozen=True)
class Grid:
    """Counts of the smallest cells, and the sets of areas and of months by which they are added up.

    Of a cell that is left out everybody knows that nobody was counted; one of which nothing is told has NaN.
    `percentages` says whether numerators are shown as percentages of denominators.
    """

    counts: Mapping[Leaf, Counts]
    areas: Axis
    periods: Axis
    percentages: bool = True

    def hidden(self, policy: Policy) -> Collection[Block]:
        """The blocks to hide for the sake of others."""
        found = self._usual_hidden(policy)
        if self.areas.besides or self.periods.besides:
            free = np.ones(self._shape, bool)
            free[: len(self.areas.usual), : len(self.periods.usual)] = False
            found = self._hidden(self.areas, self.periods, policy, found, free)
        areas, periods = self.areas.sets, self.periods.sets
        return {(areas[area], periods[period]) for area, period in np.argwhere(found)}

    def _usual_hidden(self, policy: Policy) -> np.ndarray:
        """The same whatever else a reader asks for."""
        found = np.zeros(self._shape, bool)
        usual = self._hidden(Axis(self.areas.usual), Axis(self.periods.usual), policy)
        found[: usual.shape[0], : usual.shape[1]] = usual
        return found

    @property
    def _shape(self) -> tuple[int, int]:
        return len(self.areas.sets), len(self.periods.sets)

    def _hidden(
        self,
        areas: Axis,
        periods: Axis,
        policy: Policy,
        before: np.ndarray | None = None,
        free: np.ndarray | None = None,
    ) -> np.ndarray:
        shape = len(areas.sets), len(periods.sets)
        cells = np.arange(shape[0] * shape[1]).reshape(shape)
        sums = Sums.joined([Sums.across(areas.sums, cells), Sums.across(periods.sums, cells.T)])
        counts, holds_nobody = self._added(areas, periods)
        hidden, may = (None if flags is None else flags.ravel() for flags in (before, free))
        return hidden_beside(counts, sums.without(holds_nobody), policy, self.percentages, hidden, may).reshape(shape)

    def _added(self, areas: Axis, periods: Axis) -> tuple[np.ndarray, np.ndarray]:
        """The counts of every block, a row each, NaN where they are not told; and whether nothing was counted there."""
        places, months = (sorted({part for some in axis.sets for part in some}) for axis in (areas, periods))
        width = len(next(iter(self.counts.values()), (0.0,)))
        nobody = (0.0,) * width
        leaves = np.array([[self.counts.get((place, month), nobody) for month in months] for place in places], float)
        counted = np.array([[(place, month) in self.counts for month in months] for place in places], float)
        of_area, of_period = membership(areas, places), membership(periods, months)

        def over_blocks(cells: np.ndarray) -> np.ndarray:
            return np.einsum("ap,pmc,tm->atc", of_area, cells, of_period, optimize=True)

        untold = over_blocks(np.isnan(leaves).astype(float)) > 0
        nothing = over_blocks(counted[:, :, None]) == 0
        added = np.where(untold | nothing, np.nan, over_blocks(np.nan_to_num(leaves)))
        return added.reshape(-1, width), nothing.ravel()


def membership(axis: Axis, parts: Sequence) -> np.ndarray:
    """1 where a part is in a set, sets x parts."""
    return np.array([[part in some for part in parts] for some in axis.sets], float)
