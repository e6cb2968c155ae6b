"""Values measured by each area's own noise, for when the early CCGs are noisier than the others, or quieter.

A plain permutation takes the areas for alike. If the early two are twice as noisy it finds an effect in
18% of quiet comparisons; with values in units of each area's own spread before go-live, in 5%.
"""

import numpy as np

from metrics.comparison.permutation import ALPHA, Interval, p_value, placebos

TRIED = 401
"""Effects tried for an interval, evenly spaced; the outermost that is not rejected is a limit, and one step more."""
WIDENED = 6
"""Times the span of the effects tried is doubled before an interval is said to have no limit."""


def deviations(values: np.ndarray, before: int) -> np.ndarray:
    """How far each value (..., areas x months) is from its area's mean before go-live, less the month's median."""
    own = values - values[..., :before].mean(axis=-1, keepdims=True)
    return own - np.median(own, axis=-2, keepdims=True)


def spreads(values: np.ndarray, before: int) -> np.ndarray:
    """Standard deviation of each area's deviations before go-live."""
    return deviations(values, before)[..., :before].std(axis=-1, ddof=1)


def studentised(values: np.ndarray, before: int) -> np.ndarray:
    """Deviations in units of the area's own spread."""
    return deviations(values, before) / spreads(values, before)[..., None]


def noise_ratio(values: np.ndarray, before: int, early: np.ndarray) -> np.ndarray:
    """Spread of the early areas (root mean square) over the median spread of the others."""
    own = spreads(values, before)
    return np.sqrt((own[..., early] ** 2).mean(axis=-1)) / np.median(own[..., ~early], axis=-1)


def studentised_interval(
    weights: np.ndarray, values: np.ndarray, live: np.ndarray, ways: np.ndarray, alpha: float = ALPHA
) -> Interval:
    """All constant effects that the studentised test does not reject, found by trying them one by one."""
    before = int(live.any(axis=0).argmax())
    plain = placebos(weights, values, ways)
    span = 6 * plain[1:].std()
    for _ in range(WIDENED):
        tried = plain[0] + span * np.linspace(-1, 1, TRIED)
        without = studentised(values - tried[:, None, None] * live, before)
        accepted = np.flatnonzero(p_value(placebos(weights, without, ways)) > alpha)
        if accepted.size and accepted[0] > 0 and accepted[-1] < TRIED - 1:
            return Interval(float(tried[accepted[0] - 1]), float(tried[accepted[-1] + 1]))
        span *= 2
    return Interval(None, None)
