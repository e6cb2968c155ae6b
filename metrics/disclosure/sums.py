"""Which cells of a table add up to which: CCGs to their arm, arms to the region, months to their quarter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


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

    def beside(self, cells: np.ndarray) -> np.ndarray:
        """These cells, and those of every sum that one of them is part or total of."""
        own = np.concatenate([self.of[np.isin(self.part, cells)], np.flatnonzero(np.isin(self.totals, cells))])
        return np.unique(np.concatenate([cells, self.totals[own], self.part[np.isin(self.of, own)]]))

    def parts(self, cells: int) -> np.ndarray:
        """The number of the part of the table that each cell lies in: two parts have no sum in common."""
        links = coo_array((np.ones(len(self.of)), (self.totals[self.of], self.part)), (cells, cells))
        return connected_components(links, directed=False)[1]
