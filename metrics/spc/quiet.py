"""How often an XmR chart signals when nothing happens: more than one expects, most of all where months resemble."""

from functools import lru_cache

import numpy as np

from metrics.spc.chart import Chart
from metrics.spc.rules import RuleSet, limits_of, marks_of

REPLICATES = 5000
"""Simulated series: the share is then known to within 2 percentage points, three standard errors."""
SEED = 2015
STEP = 0.05
"""Autocorrelation is rounded to this: finer differences are far below what a few years of months can tell."""
HIGHEST = 0.95
"""Beyond this a series wanders and has no mean to draw limits around."""


def lag_one_autocorrelation(chart: Chart) -> float | None:
    """How much each point resembles the one before, from -1 to 1, about the mean of its group.

    None without limits and for a constant series. Pairs that a gap parts are left out, as R's
    acf(na.action = na.pass) does. In a short series it comes out too low, by about (1 + 4r)/n; a
    real change that was not rebased pushes it up.
    """
    deviations = np.array([_deviation(point.value, point.mean) for point in chart.points])
    known = ~np.isnan(deviations)
    squares = np.nansum(deviations**2)
    if squares == 0:
        return None
    products = deviations[1:] * deviations[:-1]
    pairs = np.sum(~np.isnan(products))
    return float((np.nansum(products) / (pairs + 1)) / (squares / np.sum(known)))


def _deviation(value: float | None, mean: float | None) -> float:
    return np.nan if value is None or mean is None else value - mean


def quiet_signal_share(points: int, autocorrelation: float, rule_set: RuleSet) -> float:
    """The share, from 0 to 1, of series so long and so autocorrelated with a signal somewhere though nothing happens.

    Simulated with normal values and a fixed seed. 0.0 where there are too few points for limits.
    """
    steps = round(min(max(autocorrelation, -HIGHEST), HIGHEST) / STEP)
    return _share(points, steps, rule_set)


@lru_cache(maxsize=1024)
def _share(points: int, steps: int, rule_set: RuleSet) -> float:
    if points < rule_set.fewest:
        return 0.0
    series = quiet_series(REPLICATES, points, steps * STEP)
    marks = marks_of(series, limits_of(series, rule_set), rule_set)
    return float(marks.any.any(axis=-1).mean())


def quiet_series(replicates: int, points: int, autocorrelation: float, seed: int = SEED) -> np.ndarray:
    """Series in which nothing happens, of shape (replicates, points): mean 0, variance 1, AR(1) throughout."""
    series = np.random.default_rng(seed).standard_normal((replicates, points))
    series[:, 1:] *= np.sqrt(1 - autocorrelation**2)
    for month in range(1, points):
        series[:, month] += autocorrelation * series[:, month - 1]
    return series
