from time import perf_counter

import numpy as np
import pytest

from metrics.comparison.imputation import contrast, live_cells
from metrics.comparison.permutation import (
    Interval,
    arrangements,
    interval,
    number_of_arrangements,
    p_value,
    placebos,
)

EARLY_TWO = np.array([12, 12] + [24] * 10)
MONTH_APART = np.array([12, 13] + [24] * 10)
STAGGERED = np.array([12, 12] + [20] * 3 + [24] * 4 + [28] * 3)


@pytest.mark.parametrize(
    ("go_live", "number"),
    [(EARLY_TWO, 66), (MONTH_APART, 132), (STAGGERED, 277_200), (np.array([3, 9, 9, 9, 9]), 5)],
)
def test_ways_to_deal_out_the_dates(go_live: np.ndarray, number: int) -> None:
    assert number_of_arrangements(go_live) == number
    assert len(arrangements(go_live)) == min(number, 1000)


def test_all_ways_differ_and_the_first_is_what_happened() -> None:
    ways = MONTH_APART[arrangements(MONTH_APART)]
    assert len({tuple(way) for way in ways.tolist()}) == 132
    assert ways[0].tolist() == MONTH_APART.tolist()


def test_drawn_ways_are_the_same_every_time_and_start_with_what_happened() -> None:
    assert np.array_equal(arrangements(STAGGERED), arrangements(STAGGERED))
    assert arrangements(STAGGERED)[0].tolist() == list(range(12))


def test_a_placebo_is_the_estimate_with_the_dates_dealt_out_anew() -> None:
    values = np.random.default_rng(0).normal(size=(12, 24))
    ways = arrangements(MONTH_APART)
    found = placebos(contrast(MONTH_APART, live_cells(MONTH_APART, 24)), values, ways)
    for way in (0, 1, 77, 131):
        dealt = MONTH_APART[ways[way]]
        assert found[way] == pytest.approx((contrast(dealt, live_cells(dealt, 24)) * values).sum())


def test_p_counts_the_arrangements_at_least_as_far_from_nothing_ties_included() -> None:
    # of these five the first, the second (the other sign) and the fourth (a tie) are as far out
    assert p_value(np.array([2.0, -3.0, 1.0, 2.0, 0.5])) == pytest.approx(3 / 5)


def test_p_is_never_nought() -> None:
    assert p_value(np.array([9.0, 1.0, 1.0])) == pytest.approx(1 / 3)


def test_the_interval_holds_the_effects_that_are_not_rejected() -> None:
    rng = np.random.default_rng(3)
    live = live_cells(EARLY_TWO, 24)
    values, weights, ways = rng.normal(size=(12, 24)) + 1.0 * live, contrast(EARLY_TWO, live), arrangements(EARLY_TWO)
    found = interval(placebos(weights, values, ways), placebos(weights, live.astype(float), ways))

    def p_of(effect: float) -> float:
        return float(p_value(placebos(weights, values - effect * live, ways)))

    assert found.lower is not None
    assert found.upper is not None
    assert p_of(found.lower - 0.01) <= 0.05 < p_of(found.lower + 0.01)
    assert p_of(found.upper + 0.01) <= 0.05 < p_of(found.upper - 0.01)


def test_too_few_arrangements_bound_nothing() -> None:
    # five areas, one early: the smallest p there can be is 1 in 5
    assert interval(np.array([5.0, 1.0, -1.0, 0.5, 0.1]), np.array([1.0, -0.25, -0.25, -0.25, -0.25])) == Interval(
        None, None
    )


def test_every_measure_of_the_region_takes_less_than_a_second() -> None:
    values = np.random.default_rng(0).normal(size=(50, 12, 36))  # measures x CCGs x months
    weights, ways = contrast(STAGGERED, live_cells(STAGGERED, 36) & (np.arange(36) < 28)), arrangements(STAGGERED)
    began = perf_counter()
    assert placebos(weights, values, ways).shape == (50, 1000)
    assert perf_counter() - began < 1
