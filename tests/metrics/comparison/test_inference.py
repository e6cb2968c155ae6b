import numpy as np
import pytest

from metrics.comparison.imputation import contrast, live_cells
from metrics.comparison.inference import Effect, effect_of, rank_of
from metrics.comparison.panel import Panel
from metrics.comparison.permutation import Interval
from metrics.comparison.refusal import CannotBeTold
from metrics.periods import month_after
from tests.metrics.comparison.test_panel import FIRST

MONTHS = tuple(month_after(FIRST, at) for at in range(24))


def panel(values: np.ndarray, early: int = 2) -> Panel:
    """Areas of which the first `early` go live in the thirteenth of 24 months."""
    starts = [MONTHS[12]] * early + [None] * (len(values) - early)
    return Panel(tuple("ABCDEFGHIJKL"[: len(values)]), MONTHS, values, tuple(starts))


def found(values: np.ndarray, early: int = 2) -> Effect:
    given = panel(values, early)
    weights = contrast(given.go_live, live_cells(given.go_live, 24))
    return effect_of(given, weights, np.arange(len(values)) < early)


def noise(early: float = 1.0) -> np.ndarray:
    values = np.random.default_rng(0).normal(size=(12, 24))
    values[:2] *= early
    return values


def test_a_large_effect_is_first_of_66_and_p_no_lower_than_one_in_66() -> None:
    values = noise()
    values[:2, 12:] += 3
    effect = found(values)
    assert (effect.rank, effect.arrangements, effect.studentised) == (1, 66, False)
    assert effect.p == pytest.approx(1 / 66)
    assert effect.interval.lower is not None
    assert effect.interval.lower > 0


def test_p_is_no_lower_than_one_in_66_however_many_arrangements_are_drawn() -> None:
    effect = Effect(2.0, Interval(1.0, 3.0), 0.001, 0.002, False, 1.0, 1, 1000, lowest_p=1 / 66)
    assert effect.p == 1 / 66


@pytest.mark.parametrize(("times", "studentised"), [(1.0, False), (4.0, True), (0.25, True)])
def test_noise_decides_which_test_counts(times: float, studentised: bool) -> None:
    effect = found(noise(times))
    assert effect.studentised is studentised
    assert effect.p == (effect.p_studentised if studentised else effect.p_plain)


def test_the_smallest_detectable_change_is_half_the_interval_and_a_little_more() -> None:
    effect = Effect(0.1, Interval(-0.1, 0.3), 0.5, 0.5, False, 1.0, 33, 66, 1 / 66)
    assert effect.smallest_detectable == pytest.approx(0.2 * (1.96 + 0.84) / 1.96, rel=0.01)


def test_without_a_limit_no_smallest_change_is_known() -> None:
    assert Effect(0.1, Interval(None, 0.3), 0.5, 0.5, False, 1.0, 33, 66, 1 / 66).smallest_detectable is None


def test_too_few_ccgs_to_deal_the_dates_out_to() -> None:
    with pytest.raises(CannotBeTold, match="in 15 ways only, and 20 are needed"):
        found(noise()[:6])


def test_a_ccg_that_shows_the_same_every_month_has_no_noise_to_be_measured_by() -> None:
    values = noise()
    values[:, :12] = 0.0
    with pytest.raises(CannotBeTold, match="the same in every month before go-live"):
        found(values)


def test_rank_counts_ties_against_the_estimate() -> None:
    assert rank_of(np.array([2.0, -3.0, 2.0, 1.0])) == 3
