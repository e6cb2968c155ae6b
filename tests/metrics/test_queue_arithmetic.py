import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from metrics.queue_arithmetic import (
    Counted,
    arithmetic,
    changed,
    load,
    moved,
    pressure,
    relief_capacity,
    target_queue,
    weeks_to,
)


def test_the_published_example() -> None:
    # Fong and others; vignette of NHSRwaitinglist: ENT, 30 a week asked for and 27 done, 1,200 waiting 63 weeks on
    # average, target 52 weeks
    found = arithmetic(Counted(joined=30, seen=27, left=0, waiting=1200, mean_wait=63, weeks=1), target=52)

    assert found.load.value == pytest.approx(1.111111, abs=1e-6)
    assert found.target_queue == 390
    assert found.relief_capacity == pytest.approx(61.15385, abs=1e-5)
    assert found.pressure == pytest.approx(2.423077, abs=1e-6)
    assert found.weeks_to_target is None  # it grows


def test_the_published_pressure_of_an_urgent_list() -> None:
    assert pressure(24, 4) == 12


def test_counts_of_several_weeks_are_turned_into_people_a_week() -> None:
    found = arithmetic(Counted(joined=130, seen=143, left=26, waiting=70, mean_wait=None, weeks=13), target=6)

    assert (found.demand, found.capacity, found.leaving) == (10, 11, 2)
    # 15 may wait for a target of 6 weeks; 55 too many go at 11 + 2 - 10 a week
    assert found.target_queue == 15
    assert found.weeks_to_target == pytest.approx(55 / 3)
    assert found.pressure is None


def test_a_queue_up_to_twice_its_target_needs_no_relief() -> None:
    counted = Counted(joined=10, seen=10, left=0, waiting=30, mean_wait=3, weeks=1)

    assert arithmetic(counted, target=6).relief_capacity is None
    assert arithmetic(counted, target=5.9).relief_capacity is not None


def test_without_a_target_there_is_only_the_load() -> None:
    found = arithmetic(Counted(10, 10, 0, 30, 3, 1), target=None)

    assert found.load.value == 1
    assert (found.target_queue, found.pressure, found.weeks_to_target) == (None, None, None)


def test_a_queue_at_its_target_is_there_even_if_it_grows() -> None:
    assert (weeks_to(30, 30, -1), weeks_to(30, 31, -1)) == (0, None)


def test_those_too_few_to_tell_are_left_out_of_the_pace() -> None:
    found = arithmetic(Counted(10, 12, None, 30, 3, 1), target=4)

    assert (found.leaving, found.weeks_to_target) == (None, 10)


def test_where_nobody_was_seen_there_is_no_load() -> None:
    assert load(5, 0).value is None
    assert load(0, 5).lower == 0


@given(st.integers(1, 500), st.integers(1, 500))
def test_the_limits_of_a_load_are_those_of_the_share_who_joined(joined: int, seen: int) -> None:
    found = load(joined, seen)
    assert found.lower is not None
    assert found.upper is not None
    share = stats.binomtest(joined, joined + seen).proportion_ci(0.95, "exact")

    assert found.lower / (1 + found.lower) == pytest.approx(share.low)
    assert found.upper / (1 + found.upper) == pytest.approx(share.high)
    assert found.lower < joined / seen < found.upper


@given(st.floats(0.1, 100), st.floats(0.5, 60), st.floats(0, 5000), st.floats(1, 104))
def test_relief_brings_the_queue_to_its_target_in_time(
    demand: float, target: float, queue: float, weeks: float
) -> None:
    goal = target_queue(demand, target)
    capacity = relief_capacity(demand, queue, goal, weeks)

    assert queue + (demand - capacity) * weeks == pytest.approx(goal, abs=1e-6)
    if queue > goal + 1e-3:
        assert weeks_to(goal, queue, capacity - demand) == pytest.approx(weeks, rel=1e-6)


@given(st.integers(1, 400), st.integers(1, 400), st.integers(0, 50), st.integers(1, 900), st.integers(2, 9))
def test_twice_the_people_have_the_same_load_and_twice_the_queue(
    joined: int, seen: int, left: int, waiting: int, times: int
) -> None:
    one = arithmetic(Counted(joined, seen, left, waiting, 5, 13), target=6)
    many = arithmetic(Counted(joined * times, seen * times, left * times, waiting * times, 5, 13), target=6)

    assert many.load.value == pytest.approx(one.load.value)
    assert many.target_queue == pytest.approx(times * (one.target_queue or 0))
    assert (many.pressure, many.weeks_to_target) == pytest.approx((one.pressure, one.weeks_to_target))


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (100, 100, "no_sign"),
        (100, 70, "shorter"),  # p 0.026
        (100, 75, "no_sign"),  # p 0.070
        (100, 135, "longer"),  # p 0.026
        (0, 0, "no_sign"),
        (None, 50, "cannot_be_told"),
        (50, None, "cannot_be_told"),
    ],
)
def test_how_two_lists_compare(before: float | None, now: float | None, change: str) -> None:
    assert changed(before, now) == change


def test_a_queue_that_moved_on_is_not_called_cured() -> None:
    assert moved({"assessed": "shorter", "imaging": "no_sign", "core_therapy": "longer"}) == (
        "The list for first Triage and Treat contact is shorter than a year before. Further on, the list for core "
        "therapies has grown: part of the queue may only have moved."
    )


def test_a_list_that_grew_before_the_shorter_one_is_no_place_it_moved_to() -> None:
    assert moved({"assessed": "longer", "imaging": "shorter"}).endswith("No list further on has clearly grown.")


def test_what_is_said_when_lists_only_grew_or_nothing_changed() -> None:
    assert moved({"assessed": "longer", "imaging": "longer"}) == (
        "The lists for first Triage and Treat contact and imaging are longer than a year before."
    )
    assert moved({"imaging": "no_sign"}) == "No list is clearly shorter or longer than a year before."
