"""Permutation inference: what the estimate would have been, had other CCGs been the early ones.

The dates of go-live are dealt out anew among the CCGs and the estimate is worked out again. Standard
errors that cluster by CCG find an effect in one quiet comparison of six with 2 treated of 12.

An estimate is a weighting W of values y, areas x months. To give area i the dates of area j is to weigh
its values by row j, so that all arrangements follow from one table of W_j . y_i.

Source: MacKinnon and Webb (2020), J Econometrics 218(2):435-50; Abadie, Diamond and Hainmueller (2010).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np

DRAWN = 999
"""Arrangements drawn where all cannot be counted out; the actual one makes a thousand."""
ALPHA = 0.05
SEED = 2015
SAME = 1e-9
"""Estimates closer than this are ties: sums in another order differ in their last digits."""


@dataclass(frozen=True)
class Interval:
    """Effects that the data do not reject; None on a side that they do not bound."""

    lower: float | None
    upper: float | None

    @property
    def half_width(self) -> float | None:
        return None if self.lower is None or self.upper is None else (self.upper - self.lower) / 2


def arrangements(go_live: np.ndarray, seed: int = SEED) -> np.ndarray:
    """Ways to deal out the dates: rows of which area's date each area is given. The first is what happened.

    All that differ, when they are no more than a thousand; otherwise what happened and 999 drawn at random.
    """
    go_live = np.asarray(go_live)
    if number_of_arrangements(go_live) <= DRAWN + 1:
        return _all_arrangements(go_live)
    rng = np.random.default_rng(seed)
    drawn = rng.permuted(np.tile(np.arange(len(go_live)), (DRAWN, 1)), axis=1)
    return np.vstack([np.arange(len(go_live)), drawn])


def number_of_arrangements(go_live: np.ndarray) -> int:
    """How many ways of dealing out the dates differ: 66 for two of twelve on one date."""
    _, sizes = np.unique(go_live, return_counts=True)
    number, left = 1, len(go_live)
    for size in sizes:
        number *= comb(left, int(size))
        left -= int(size)
    return number


def _all_arrangements(go_live: np.ndarray) -> np.ndarray:
    groups = [np.flatnonzero(go_live == date) for date in np.unique(go_live)]
    dealt = np.array([[given[at] for at in range(len(go_live))] for given in _deals(groups, range(len(go_live)))])
    actual = (go_live[dealt] == go_live).all(axis=1)
    return np.vstack([dealt[actual], dealt[~actual]])


def _deals(groups: Sequence[np.ndarray], free: Iterable[int]) -> Iterator[dict[int, int]]:
    """Every way to give the dates of groups of areas to the free places: from place to area whose date it gets."""
    if not groups:
        yield {}
        return
    free = list(free)
    for chosen in combinations(free, len(groups[0])):
        given = dict(zip(chosen, map(int, groups[0]), strict=True))
        for rest in _deals(groups[1:], [place for place in free if place not in given]):
            yield {**given, **rest}


def placebos(weights: np.ndarray, values: np.ndarray, ways: np.ndarray) -> np.ndarray:
    """The estimate under each arrangement: the last axis, with what happened first.

    `values` may have leading axes (measures, replicates, tried effects), which are kept.
    """
    table = values @ weights.T  # area by whose date
    areas = np.arange(ways.shape[1])
    return table[..., areas, ways].sum(axis=-1)


def p_value(estimates: np.ndarray) -> np.ndarray:
    """Share of arrangements whose estimate is at least as far from nothing as the first one's: last axis."""
    far = np.abs(estimates)
    return np.mean(far >= far[..., :1] - SAME, axis=-1)


def interval(estimates: np.ndarray, doses: np.ndarray, alpha: float = ALPHA) -> Interval:
    """All constant effects that are not rejected, by trying every effect at which some arrangement overtakes.

    `doses` is what each arrangement's estimate would be, had the effect been one and nothing else: the
    estimate it keeps once an effect is taken out is estimate - effect * dose.
    """
    edges = _crossings(estimates, doses)
    between = np.concatenate([[edges[0] - 1], (edges[:-1] + edges[1:]) / 2, [edges[-1] + 1]])
    accepted = np.flatnonzero(p_value(estimates - np.outer(between, doses)) > alpha)
    first, last = accepted[0], accepted[-1]
    return Interval(None if first == 0 else float(edges[first - 1]), None if last == len(edges) else float(edges[last]))


def _crossings(estimates: np.ndarray, doses: np.ndarray) -> np.ndarray:
    """Effects at which an arrangement is as far from nothing as what happened."""
    actual, others, theirs = estimates[0], estimates[1:], doses[1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.concatenate([(actual - others) / (1 - theirs), (actual + others) / (1 + theirs), [actual]])
    return np.unique(found[np.isfinite(found)])
