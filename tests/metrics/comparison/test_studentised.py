import numpy as np
import pytest

from metrics.comparison.imputation import contrast, live_cells
from metrics.comparison.permutation import arrangements, p_value, placebos
from metrics.comparison.studentised import deviations, noise_ratio, spreads, studentised, studentised_interval

GO_LIVE = np.array([12, 12] + [24] * 10)
LIVE = live_cells(GO_LIVE, 24)


def noise(early: float = 1.0, seed: int = 0) -> np.ndarray:
    """Twelve areas, the first two `early` times as noisy."""
    values = np.random.default_rng(seed).normal(size=(12, 24))
    values[:2] *= early
    return values


def test_deviations_are_from_the_own_mean_and_the_months_median() -> None:
    values = np.array([[1.0, 3.0, 8.0], [5.0, 5.0, 5.0], [0.0, 2.0, 1.0]])
    # less the means of the two months before (2, 5, 1): -1 1 6, 0 0 0, -1 1 0; medians -1 1 0
    assert deviations(values, before=2).tolist() == [[0, 0, 6], [1, -1, 0], [0, 0, 0]]


def test_levels_months_and_units_of_an_area_do_not_matter() -> None:
    values, months = noise(), np.random.default_rng(1).normal(size=24)
    assert studentised(values + 7 + months, 12) == pytest.approx(studentised(values, 12))
    assert spreads(3 * values, 12) == pytest.approx(3 * spreads(values, 12))


def test_noise_ratio_tells_how_much_noisier_the_early_ones_are() -> None:
    # the median of 200 ratios has a standard error of 0.035: four of them
    values = np.array([noise(2.0, seed) for seed in range(200)])
    assert np.median(noise_ratio(values, 12, np.arange(12) < 2)) == pytest.approx(2, abs=0.14)


def test_the_interval_holds_the_effects_that_its_test_does_not_reject() -> None:
    values, weights, ways = noise(2.0) + LIVE, contrast(GO_LIVE, LIVE), arrangements(GO_LIVE)
    found = studentised_interval(weights, values, LIVE, ways)

    def p_of(effect: float) -> float:
        return float(p_value(placebos(weights, studentised(values - effect * LIVE, 12), ways)))

    assert found.lower is not None
    assert found.upper is not None
    assert found.lower < 1 < found.upper
    step = (found.upper - found.lower) / 50
    assert max(p_of(found.lower - step), p_of(found.upper + step)) <= 0.05
    assert min(p_of(found.lower + step), p_of(found.upper - step)) > 0.05


def test_a_test_that_can_reject_nothing_bounds_nothing() -> None:
    go_live = np.array([12, 24, 24, 24])  # four areas: the smallest p there can be is 1 in 4
    live = live_cells(go_live, 24)
    found = studentised_interval(contrast(go_live, live), noise()[:4], live, arrangements(go_live))
    assert (found.lower, found.upper) == (None, None)
