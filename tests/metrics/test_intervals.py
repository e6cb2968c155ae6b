import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.intervals import byar, wilson

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
