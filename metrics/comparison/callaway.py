"""Callaway and Sant'Anna's estimator, as a second opinion: it leans on one month before go-live, so it is noisier.

ATT(g, t) is the change, from the month before go-live to month t, of the areas that went live in month
g, less the same change of areas not live by then. Before g it is the change from one month to the next.
Every number is a fixed weighting of values, as in `imputation`, so that it can be permuted.

Source: Callaway and Sant'Anna (2021), J Econometrics 225(2):200-30; without covariates.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np

Controls = Literal["never", "not_yet"]
Aggregate = Literal["simple", "group", "dynamic", "calendar"]
Cell = tuple[int, int]
"""A go-live g and a month t, as columns of the panel."""


def att(go_live: np.ndarray, months: int, cell: Cell, controls: Controls = "not_yet") -> np.ndarray:
    """Weights (areas x months) of ATT(g, t). Raises ValueError where there is nobody to compare with."""
    group, month = cell
    base = group - 1 if month >= group else month - 1
    treated = go_live == group
    free = go_live >= months if controls == "never" else (go_live > max(month, base)) & ~treated
    if not free.any():
        raise ValueError(f"Nobody is without the pathway in month {month}.")
    share = treated / treated.sum() - free / free.sum()
    weights = np.zeros((len(go_live), months))
    weights[:, month] += share
    weights[:, base] -= share
    return weights


def cells(go_live: np.ndarray, months: int, controls: Controls = "not_yet") -> list[Cell]:
    """Every (g, t) that can be told: g not the first month, t after the first, somebody without the pathway at t."""
    last = months if controls == "never" and (go_live >= months).any() else min(int(np.max(go_live)), months)
    groups = [int(g) for g in np.unique(go_live) if 0 < g < months]
    return [(g, t) for g in groups for t in range(1, months) if t < last]


def aggregate(go_live: np.ndarray, months: int, how: Aggregate, controls: Controls = "not_yet") -> np.ndarray:
    """Weights of a mean effect: over all cells, or over the means by group, by months since go-live, or by month."""
    after = [(g, t) for g, t in cells(go_live, months, controls) if t >= g]
    if not after:
        raise ValueError("No area goes live while another is without the pathway.")
    return sum(share * _mean(go_live, months, part, controls) for share, part in _parts(go_live, after, how))  # type: ignore[return-value]


def since_go_live(go_live: np.ndarray, months: int, number: int, controls: Controls = "not_yet") -> np.ndarray:
    """Weights of the mean effect so many months after go-live (before it, when negative)."""
    return _mean(go_live, months, [c for c in cells(go_live, months, controls) if c[1] - c[0] == number], controls)


def _parts(go_live: np.ndarray, after: Sequence[Cell], how: Aggregate) -> Iterator[tuple[float, list[Cell]]]:
    key = {"simple": lambda c: 0, "group": lambda c: c[0], "dynamic": lambda c: c[1] - c[0], "calendar": lambda c: c[1]}
    names = sorted({key[how](c) for c in after})
    areas = [_areas(go_live, name) if how == "group" else 1 for name in names]
    for name, size in zip(names, areas, strict=True):
        yield size / sum(areas), [c for c in after if key[how](c) == name]


def _mean(go_live: np.ndarray, months: int, part: Sequence[Cell], controls: Controls) -> np.ndarray:
    """Mean over cells, each as heavy as its group has areas."""
    sizes = [_areas(go_live, group) for group, _ in part]
    weighted = [n * att(go_live, months, cell, controls) for n, cell in zip(sizes, part, strict=True)]
    return np.sum(weighted, axis=0) / sum(sizes)


def _areas(go_live: np.ndarray, group: int) -> int:
    return int((go_live == group).sum())
