import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from metrics.outcomes import mean_change

scores = st.lists(st.integers(-100, 100), min_size=2, max_size=200)


def of(changes: list[int]) -> tuple[int, float, float]:
    """Number, sum and sum of squares of changes, as the engine counts them."""
    return len(changes), float(sum(changes)), float(sum(change**2 for change in changes))


def test_three_changes_give_the_textbook_interval() -> None:
    # -8, -10 and -12: mean -10, sd 2, t(2) = 4.302653, so 4.302653 x 2 / sqrt(3) either side
    mean = mean_change(3, -30.0, 308.0)

    assert (mean.value, mean.lower, mean.upper) == pytest.approx((-10, -10 - 4.968276, -10 + 4.968276), abs=1e-5)
    assert mean.people == 3


def test_no_pair_has_no_mean() -> None:
    assert mean_change(0, 0.0, 0.0).value is None


def test_one_pair_has_a_mean_and_no_interval() -> None:
    one = mean_change(1, -7.0, 49.0)

    assert (one.value, one.lower, one.upper) == (-7, None, None)


def test_the_same_change_for_everybody_leaves_no_width_and_no_error() -> None:
    # 0.1 three times: the sum of squares less total x mean is a rounding error below zero
    same = mean_change(3, 0.1 + 0.1 + 0.1, 3 * 0.1**2)

    assert same.lower == pytest.approx(0.1)
    assert same.upper == pytest.approx(0.1)


@given(scores)
def test_sums_give_what_the_scores_themselves_give(changes: list[int]) -> None:
    mean = mean_change(*of(changes))

    assert mean.value == pytest.approx(np.mean(changes))
    if len(set(changes)) > 1:
        expected = stats.ttest_1samp(changes, 0).confidence_interval()
        assert (mean.lower, mean.upper) == pytest.approx((expected.low, expected.high))


@given(scores, scores)
def test_sums_of_two_ccgs_add_to_those_of_both(one: list[int], other: list[int]) -> None:
    added = [a + b for a, b in zip(of(one), of(other), strict=True)]

    assert mean_change(int(added[0]), *added[1:]) == mean_change(*of(one + other))
