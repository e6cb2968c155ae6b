"""Secondary suppression: what else to hide so that totals do not give a hidden count away.

A table is any cells that add up: CCGs to their arm, arms to the region, months to their quarter. From
what is shown a reader can bound what is hidden. Where a hidden count could only have a value or two,
the next smallest beside it is hidden as well, until it could have as many as the policy promises.
"""

import pickle
from dataclasses import dataclass, replace
from hashlib import sha256
from threading import Lock

import numpy as np
from cachetools import LRUCache, cached

from metrics.disclosure.bounds import narrowed, small, told
from metrics.disclosure.policy import Policy
from metrics.disclosure.programme import keeps_fewer
from metrics.disclosure.sums import Sums

REMEMBERED = 1024
"""Tables of which it is remembered what to hide: the same one is looked at for CCGs, waves, arms and the region."""


def _content(*table: object, **more: object) -> bytes:
    """What tells one table from another."""
    return sha256(pickle.dumps((table, more))).digest()


@cached(LRUCache(REMEMBERED), key=_content, lock=Lock())
def hidden_beside(
    counts: np.ndarray,
    sums: Sums,
    policy: Policy,
    percentages: bool = True,
    hidden_already: np.ndarray | None = None,
    may_hide: np.ndarray | None = None,
    untold: np.ndarray | None = None,
) -> np.ndarray:
    """Which cells are to be hidden for the sake of others.

    `counts` has a row a cell and a column for each count of people it shows (numerator, denominator, of which a
    percentage may be shown too); NaN where it has none. `hidden_already` were hidden for others before, and only
    of those that `may_hide` more are. Of those `untold` nothing is shown, not even that they are hidden for being few.
    The answer is remembered for everybody who asks again, so nobody can write into it.
    """
    none = np.full(len(counts), False)
    told_of = policy if percentages else replace(policy, shares="rounded")
    table = _Table(counts, sums, told_of, small(counts, policy), none if untold is None else untold)
    beside = none if hidden_already is None else hidden_already
    found = table.hidden(beside.copy(), ~none if may_hide is None else may_hide)
    found.flags.writeable = False
    return found


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


@dataclass(frozen=True)
class _Table:
    """Counts that add up, a row a cell, and which of them are `few`: those that nobody is to find out."""

    counts: np.ndarray
    sums: Sums
    policy: Policy
    few: np.ndarray
    untold: np.ndarray

    def hidden(self, beside: np.ndarray, free: np.ndarray) -> np.ndarray:
        """Those hidden `beside` before, and more that are `free` for each count that is known too well.

        What is found out sum by sum is hidden first, for the programme takes longer. It looks again only at the parts
        of the table in which more was hidden since.
        """
        if not self.few.any() or not self.policy.keeps:
            return beside
        part, unsure = self.sums.parts(len(beside)), np.full(len(beside), True)
        while True:
            known = narrowed(told(self.counts, self.few, beside, self.policy, self.untold), self.sums)
            too_well = self.few & (known.values < self.policy.keeps)
            more = self._next_to(too_well, free & ~beside)
            if not len(more):
                asked = self.few & ~too_well & unsure[:, None]
                more = self._next_to(keeps_fewer(known, self.sums, asked, self.policy.keeps), free & ~beside)
                unsure[:] = False
            if not len(more):
                return beside
            beside[more] = True
            unsure |= np.isin(part, part[more])

    def _next_to(self, too_well: np.ndarray, may: np.ndarray) -> np.ndarray:
        """One more cell to hide for each of these counts, as far as there is one that may be hidden."""
        found = (self._nearest(int(cell), self.counts[:, column], may) for cell, column in np.argwhere(too_well))
        return np.array(sorted({cell for cell in found if cell is not None}), dtype=int)

    def _nearest(self, cell: int, counts: np.ndarray, may: np.ndarray) -> int | None:
        """The smallest shown count in a sum with this one; else the hidden total, whose reason tells how small it is.

        Where there is none it is sought in the sums of those beside, and so on; None when there is none at all.
        """
        before, around = 0, np.array([cell])
        while len(around) > before:
            before, around = len(around), self.sums.beside(around)
            others = around[may[around] & (counts[around] > 0)]
            shown = others[~self.few[others].any(axis=1)]
            if len(shown):
                return int(shown[counts[shown].argmin()])
            if len(others):
                return int(others[counts[others].argmax()])
        return None
