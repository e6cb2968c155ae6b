"""Noise in which nothing happens, and two ways to test a difference that are known to fail in so few CCGs."""

import numpy as np
from scipy import stats

from metrics.comparison.imputation import live_cells


def noise(
    rng: np.random.Generator, replicates: int, months: int, memory: float = 0.6, early: float = 1.0, ccgs: int = 12
) -> np.ndarray:
    """Replicates x CCGs x months, AR(1) with variance one; the first two CCGs `early` times as noisy."""
    made = rng.standard_normal((replicates, ccgs, months))
    for at in range(1, months):
        made[..., at] = memory * made[..., at - 1] + np.sqrt(1 - memory**2) * made[..., at]
    made[:, :2] *= early
    return made


def two_way(values: np.ndarray) -> np.ndarray:
    """Values less the means of their area and of their month."""
    rows, columns = values.mean(axis=-1, keepdims=True), values.mean(axis=-2, keepdims=True)
    return values - rows - columns + values.mean(axis=(-2, -1), keepdims=True)


def one_dummy(values: np.ndarray, go_live: np.ndarray) -> np.ndarray:
    """The coefficient of `live` in a regression on areas, months and it (TWFE)."""
    live = two_way(live_cells(go_live, values.shape[-1]).astype(float))
    return np.asarray((values * live).sum(axis=(-2, -1)) / (live**2).sum())


def clustered_p(values: np.ndarray, go_live: np.ndarray) -> np.ndarray:
    """p of that coefficient by standard errors clustered by area (CRV1), t with areas - 1 degrees of freedom."""
    areas, months = values.shape[-2:]
    live = two_way(live_cells(go_live, months).astype(float))
    found = one_dummy(values, go_live)
    left = two_way(values) - found[..., None, None] * live
    scores = (left * live).sum(axis=-1)
    cells, known = areas * months, areas + months
    small = areas / (areas - 1) * (cells - 1) / (cells - known)
    error = np.sqrt(small * (scores**2).sum(axis=-1)) / (live**2).sum()
    return np.asarray(2 * stats.t.sf(np.abs(found / error), areas - 1))
