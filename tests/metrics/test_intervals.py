import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from metrics.intervals import (
    byar,
    detectable_ratio,
    detectable_share,
    directly_standardised,
    exact_poisson,
    indirectly_standardised,
    wilson,
)

people = st.integers(1, 100_000)


def test_nobody_of_some_has_a_lower_limit_of_nothing_and_an_upper_above_it() -> None:
    assert wilson(0, 10).lower == 0
    # z² / (n + z²) with z = 1.959964
    assert wilson(0, 10).upper == pytest.approx(3.841459 / 13.841459, abs=1e-6)


def test_all_of_some_is_the_mirror_of_none() -> None:
    assert wilson(10, 10).upper == 1
    assert wilson(10, 10).lower == pytest.approx(1 - wilson(0, 10).upper)


@pytest.mark.parametrize(("events", "whole"), [(0, 0), (5.2, 5.0), (-1, 10)])
def test_what_is_no_share_has_no_interval(events: float, whole: float) -> None:
    with pytest.raises(ValueError, match="has no Wilson interval"):
        wilson(events, whole)


@given(st.data(), people)
def test_wilson_holds_the_share_and_stays_a_share(data: st.DataObject, whole: int) -> None:
    events = data.draw(st.integers(0, whole))
    interval = wilson(events, whole)

    assert 0 <= interval.lower <= events / whole <= interval.upper <= 1


@given(st.data(), st.integers(2, 10_000), st.integers(2, 10))
def test_more_people_with_the_same_share_tell_more(data: st.DataObject, whole: int, times: int) -> None:
    events = data.draw(st.integers(1, whole - 1))
    few, many = wilson(events, whole), wilson(events * times, whole * times)

    assert many.upper - many.lower < few.upper - few.lower


@given(st.data(), people)
def test_the_interval_of_the_others_is_its_mirror(data: st.DataObject, whole: int) -> None:
    events = data.draw(st.integers(0, whole))
    one, other = wilson(events, whole), wilson(whole - events, whole)

    assert (one.lower, one.upper) == pytest.approx((1 - other.upper, 1 - other.lower))


def test_no_event_leaves_room_for_some() -> None:
    assert byar(0).lower == 0
    assert byar(0).upper == pytest.approx(3.688879, abs=1e-6)  # -ln(0.025): the chance of none is then 2.5%


def test_the_exact_method_serves_below_ten_events_and_byar_from_ten_on() -> None:
    assert byar(9).method == "exact Poisson"
    assert byar(10).method == "Byar"


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="not a count"):
        byar(-1)


@given(st.integers(0, 1_000_000))
def test_limits_of_a_count_lie_around_it_and_grow_with_it(events: int) -> None:
    here, next_up = byar(events), byar(events + 1)

    assert 0 <= here.lower <= events <= here.upper
    assert here.lower <= next_up.lower
    assert here.upper < next_up.upper


@given(st.integers(0, 10_000))
def test_a_higher_level_is_wider(events: int) -> None:
    assert byar(events, 0.998).lower <= byar(events).lower
    assert byar(events, 0.998).upper > byar(events).upper


def test_the_exact_interval_serves_large_counts_too() -> None:
    # the chance of 65 or more is 2.5% at the lower limit, that of 65 or fewer at the upper one
    limits = exact_poisson(65)

    assert stats.poisson.sf(64, limits.lower) == pytest.approx(0.025)
    assert stats.poisson.cdf(65, limits.upper) == pytest.approx(0.025)


def test_no_event_has_an_exact_interval_and_fewer_than_none_has_not() -> None:
    assert exact_poisson(0).lower == 0
    with pytest.raises(ValueError, match="not a count"):
        exact_poisson(-1)


# Two age groups: 20 events of 1,000 and 90 of 500
EVENTS, PEOPLE = np.array([20, 90]), np.array([1000, 500])


def test_a_standardised_rate_weighs_groups_as_the_standard_does() -> None:
    # 2% and 18%, three to one
    assert directly_standardised(EVENTS, PEOPLE, np.array([3, 1])).value == pytest.approx(0.06)


def test_with_its_own_people_as_the_standard_the_rate_is_the_crude_one_with_byars_limits() -> None:
    found = directly_standardised(EVENTS, PEOPLE, PEOPLE)

    assert found.value == pytest.approx(110 / 1500)
    assert (found.lower, found.upper) == pytest.approx((byar(110).lower / 1500, byar(110).upper / 1500))


def test_few_events_give_no_standardised_rate() -> None:
    assert directly_standardised(np.array([4, 5]), PEOPLE, PEOPLE).value is None
    assert directly_standardised(np.array([5, 5]), PEOPLE, PEOPLE).value is not None


@pytest.mark.parametrize("people", [np.array([1000, 0]), np.array([1000])])
def test_groups_without_people_have_no_standardised_rate(people: np.ndarray) -> None:
    with pytest.raises(ValueError, match="population"):
        directly_standardised(EVENTS, people, PEOPLE)


@given(st.integers(1, 1000))
def test_only_the_shape_of_the_standard_counts(times: int) -> None:
    one, other = (directly_standardised(EVENTS, PEOPLE, standard) for standard in (PEOPLE, PEOPLE * times))

    assert (one.value, one.lower, one.upper) == pytest.approx((other.value, other.lower, other.upper))


def test_as_many_as_expected_is_a_ratio_of_one() -> None:
    # at 2% and 18% of 1,000 and 500, 110 are expected
    found = indirectly_standardised(110, PEOPLE, EVENTS * 7, PEOPLE * 7)

    assert found.value == pytest.approx(1)
    assert (found.lower, found.upper) == pytest.approx((byar(110).lower / 110, byar(110).upper / 110))


@pytest.mark.parametrize(("cases", "reference"), [([20, 90], [1000, 0]), ([0, 0], [1000, 500])])
def test_without_anything_expected_there_is_no_ratio(cases: list[int], reference: list[int]) -> None:
    with pytest.raises(ValueError, match="reference"):
        indirectly_standardised(5, PEOPLE, np.array(cases), np.array(reference))


@given(st.floats(0.05, 0.95), st.integers(20, 5000))
def test_a_share_that_could_be_seen_is_outside_the_limits_in_four_of_five_samples(share: float, people: int) -> None:
    found, reach = detectable_share(share, people), 1.959964 * np.sqrt(share * (1 - share) * people)

    if found.above is not None:
        assert stats.binom.sf(np.floor(share * people + reach), people, found.above) == pytest.approx(0.8, abs=1e-6)
    if found.below is not None:
        assert stats.binom.cdf(np.ceil(share * people - reach) - 1, people, found.below) == pytest.approx(0.8, abs=1e-6)


@given(st.floats(5, 2000))
def test_a_ratio_that_could_be_seen_is_outside_the_limits_in_four_of_five_samples(expected: float) -> None:
    found, limits = detectable_ratio(expected), exact_poisson(expected)

    assert found.above is not None
    assert found.below is not None
    assert stats.poisson.sf(np.floor(limits.upper), found.above * expected) == pytest.approx(0.8)
    assert stats.poisson.cdf(np.ceil(limits.lower) - 1, found.below * expected) == pytest.approx(0.8)


def test_nothing_below_could_have_been_seen_where_even_none_is_within_the_limits() -> None:
    # 10% of 20: two expected, and the lower limit is below nought
    assert detectable_share(0.10, 20).below is None


def test_more_people_show_smaller_differences() -> None:
    few, many = detectable_share(0.3, 200), detectable_share(0.3, 2000)
    assert few.above is not None
    assert many.above is not None
    assert 0.3 < many.above < few.above
