"""A table in which not only areas add up: week bands to a list, ways on from a step to those who came to it.

Like the table of a measure's figures it is always looked at whole, for all CCGs and what they make up, so that the
same cells are hidden whichever area is asked for.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from metrics.areas import ccgs, members_of
from metrics.disclosure.bounds import small
from metrics.disclosure.grid import Axis, membership
from metrics.disclosure.policy import Policy
from metrics.disclosure.secondary import hidden_beside, left_out_tells
from metrics.disclosure.sums import Sums
from metrics.selection import Selection

Item = tuple[Any, ...]
"""What people are counted by: a step and a band, a way from one step to another."""


def usual_areas(codes: Iterable[str]) -> Iterator[frozenset[str]]:
    """The sets of these CCGs that anybody is shown: each by itself, then waves, arms and the region."""
    codes = list(codes)
    yield from (frozenset([code]) for code in codes)
    together: dict[object, set[str]] = defaultdict(set)
    for code in codes:
        if code in ccgs():
            for group in (("wave", ccgs()[code].wave), ("arm", ccgs()[code].arm), "region"):
                together[group].add(code)
    yield from map(frozenset, together.values())


@dataclass(frozen=True)
class Layout:
    """What a table counts people by. `sums` are (total, parts); a total may be made up in two ways.

    Items that are `settled` are shown elsewhere too and add up by area alone: they are looked at first, and no
    further item hides them. Where a settled total is hidden, nothing may be shown of its parts. Items that are
    `untold` are nowhere shown. Percentages of these counts have to follow from the counts as rounded.
    """

    items: Sequence[Item]
    sums: Sequence[tuple[Item, Sequence[Item]]] = ()
    settled: Collection[Item] = ()
    untold: Collection[Item] = ()

    def flags(self, some: Collection[Item]) -> np.ndarray:
        """Whether each item is one of these."""
        chosen = set(some)
        return np.array([item in chosen for item in self.items], bool)


def hidden_items(
    rows: pd.DataFrame, everybody: Iterable[pd.DataFrame], layout: Layout, selection: Selection, policy: Policy
) -> Collection[tuple[str, Item]]:
    """(code of an area, item) for every count of a selection to be hidden for the sake of others.

    `rows` have ccg, item and people, for all CCGs whichever are selected; `everybody` are the same without each of the
    filters that leave people out.
    """
    if not policy.keeps:
        return ()
    members = members_of(selection)
    codes = tuple(dict.fromkeys([*ccgs(), *(code for own in members.values() for code in own)]))
    areas = [frozenset(own) for own in members.values()]
    table = _Table.of(rows, codes, layout)
    hidden = table.hidden(areas, policy)
    for every in everybody:
        hidden |= table.tells_left_out(areas, policy, _Table.of(every, codes, layout))
    names = list(members)
    return {(names[area], layout.items[item]) for area, item in np.argwhere(hidden)}


@dataclass(frozen=True)
class _Table:
    """Counts of people, CCGs by items."""

    codes: Sequence[str]
    counts: np.ndarray
    layout: Layout

    @classmethod
    def of(cls, rows: pd.DataFrame, codes: Sequence[str], layout: Layout) -> "_Table":
        counts = np.zeros((len(codes), len(layout.items)))
        places = {code: at for at, code in enumerate(codes)}
        items = {item: at for at, item in enumerate(layout.items)}
        for code, item, people in zip(rows.ccg, rows["item"], rows.people, strict=True):
            if code in places and item in items:
                counts[places[code], items[item]] += people
        return cls(codes, counts, layout)

    def hidden(self, areas: Sequence[frozenset[str]], policy: Policy) -> np.ndarray:
        """Which items of these areas to hide for the sake of others, areas x items."""
        usual = list(dict.fromkeys(usual_areas(self.codes)))
        axis = Axis(usual, [area for area in dict.fromkeys(areas) if area not in usual])
        found = self._hidden(Axis(usual), policy)
        if axis.besides:
            found = np.vstack([found, np.zeros((len(axis.besides), found.shape[1]), bool)])
            found = self._hidden(axis, policy, found, len(usual))
        return found[[axis.sets.index(area) for area in areas]]

    def _hidden(self, axis: Axis, policy: Policy, before: np.ndarray | None = None, fixed: int = 0) -> np.ndarray:
        """The first `fixed` areas are hidden as they were `before` and no further."""
        counts = membership(axis, self.codes) @ self.counts
        settled = self.layout.flags(self.layout.settled)
        cells = np.arange(counts.size).reshape(counts.shape)
        by_area = Sums.across(axis.sums, cells)
        by_item = Sums.across(self._sums(), cells.T)
        may = np.ones(counts.shape, bool)
        may[:fixed] = False
        hidden = np.zeros(counts.shape, bool) if before is None else before
        if settled.any():
            hidden = _beside(np.where(settled, counts, np.nan), by_area, policy, hidden, may & settled)
        counts = np.where(self.layout.flags(self.layout.untold), np.nan, counts)
        within = self._within(settled & (hidden | small(counts, policy)))
        return _beside(counts, Sums.joined([by_area, by_item]), policy, hidden, may & ~settled & ~within, within)

    def _within(self, totals: np.ndarray) -> np.ndarray:
        """The parts of these totals, both areas x items."""
        parts = np.zeros_like(totals)
        for total, items in self._sums():
            parts[:, items] |= totals[:, [total]]
        return parts

    def _sums(self) -> Sequence[tuple[int, Sequence[int]]]:
        at = {item: number for number, item in enumerate(self.layout.items)}
        return [(at[total], [at[part] for part in parts]) for total, parts in self.layout.sums]

    def tells_left_out(self, areas: Sequence[frozenset[str]], policy: Policy, everybody: "_Table") -> np.ndarray:
        """Which items would tell how few are left out, were they shown beside those of everybody."""
        some, every = (membership(Axis(areas), self.codes) @ table.counts for table in (self, everybody))
        return left_out_tells(some.reshape(-1, 1), every.reshape(-1, 1), policy, False).reshape(some.shape)


def _beside(
    counts: np.ndarray,
    sums: Sums,
    policy: Policy,
    hidden: np.ndarray,
    may: np.ndarray,
    untold: np.ndarray | None = None,
) -> np.ndarray:
    already, free, nowhere = (None if flags is None else flags.ravel() for flags in (hidden, may, untold))
    return hidden_beside(counts.reshape(-1, 1), sums, policy, False, already, free, nowhere).reshape(counts.shape)
