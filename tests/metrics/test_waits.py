import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from metrics.waits import Curve, limits, median, restricted_mean, share_within, survival

DAYS = 60

Cohort = list[tuple[int, bool]]
"""People: the day on which each was last seen, and whether it was the day of the step."""

counts = arrays(np.int64, DAYS, elements=st.integers(0, 20))
cohorts = st.lists(st.tuples(st.integers(0, DAYS - 1), st.booleans()), max_size=40)


def by_day(people: Cohort) -> list[np.ndarray]:
    """The people as counts by day: those who reached the step, and the others."""
    return [np.bincount([d for d, reached in people if reached is seen], minlength=DAYS) for seen in (True, False)]


def share_waiting_person_by_person(people: Cohort) -> list[float]:
    """Kaplan and Meier's product, straight from the people: a second way to the same curve."""
    share, curve = 1.0, []
    for day in range(DAYS):
        at_risk = [person for person in people if person[0] >= day]
        seen = [person for person in at_risk if person == (day, True)]
        share *= 1 - len(seen) / len(at_risk) if at_risk else 1
        curve.append(share)
    return curve


def curve(seen: dict[int, int], waiting: dict[int, int] | None = None) -> Curve:
    """A cohort from day to number of people: those who reached the step, and those last seen without it."""
    days = range(max([*seen, *(waiting or {})], default=-1) + 1)
    return survival(
        np.array([seen.get(day, 0) for day in days], dtype=int),
        np.array([(waiting or {}).get(day, 0) for day in days], dtype=int),
    )


def test_without_anybody_still_waiting_it_is_the_plain_median() -> None:
    assert median(curve({3: 1, 8: 1, 20: 1})).value == 8


def test_people_still_waiting_make_the_median_longer_than_the_completed_one() -> None:
    # 5 seen, after 1, 2, 3, 4 and 40 days; the plain median of these is 3. Another 5 have waited 30 days so far.
    cohort = curve({1: 1, 2: 1, 3: 1, 4: 1, 40: 1}, {30: 5})

    assert median(cohort).value == 40
    assert cohort.people == 10


def test_when_fewer_than_half_are_seen_the_median_is_not_reached() -> None:
    # the longest wait so far, 90 days, is not the median
    assert median(curve({10: 4}, {90: 6})).value is None


def test_nobody_has_no_median() -> None:
    nobody = median(curve({}))

    assert (nobody.value, nobody.lower, nobody.upper, nobody.people) == (None, None, None, 0)


def test_a_curve_that_lies_at_one_half_gives_the_middle_of_that_stretch() -> None:
    # of four, two are seen by day 10; the third only on day 20
    assert median(curve({5: 1, 10: 1, 20: 1, 25: 1})).value == 15


def test_a_curve_that_ends_at_one_half_gives_the_day_it_came_there() -> None:
    assert median(curve({5: 1, 10: 1}, {30: 2})).value == 10


def test_someone_last_seen_on_the_day_of_an_event_was_at_risk_that_day() -> None:
    # day 10: one of two is seen and the other is last seen, so half still wait, not none
    assert curve({10: 1}, {10: 1}).waiting[10] == 0.5


def test_a_wait_of_no_days_counts() -> None:
    assert median(curve({0: 3, 7: 1})).value == 0


def test_the_limits_say_nothing_once_nobody_is_left() -> None:
    lower, upper = limits(curve({1: 5, 2: 5}))

    assert np.isnan(lower[2])
    assert np.isnan(upper[2])


def test_the_share_within_a_target_takes_its_last_day_in() -> None:
    cohort = curve({42: 3, 43: 1})

    assert share_within(cohort, 42).value == 0.75
    assert share_within(cohort, 41).value == 0


def test_the_share_within_is_unknown_before_anybody_was_followed_so_long() -> None:
    # two still waiting after 20 days: nothing is known of day 42
    assert share_within(curve({5: 2}, {20: 2}), 42).value is None


def test_the_share_within_is_all_once_all_were_seen() -> None:
    everybody = share_within(curve({5: 2, 9: 1}), 42)

    assert (everybody.value, everybody.lower) == (1, None)


def test_the_restricted_mean_is_the_plain_mean_when_all_were_seen() -> None:
    # 2, 4 and 9 days
    assert restricted_mean(curve({2: 1, 4: 1, 9: 1}), 30).value == pytest.approx(5)


def test_the_restricted_mean_counts_longer_waits_as_the_limit() -> None:
    # 2, 4 and 10 in place of 30 days
    assert restricted_mean(curve({2: 1, 4: 1, 30: 1}), 10).value == pytest.approx(16 / 3)


def test_the_restricted_mean_is_unknown_beyond_what_was_followed() -> None:
    assert restricted_mean(curve({2: 1}, {5: 1}), 10).value is None


@pytest.mark.parametrize(("events", "censored"), [([1, 2], [1]), ([1, -1], [0, 0])])
def test_what_are_not_counts_of_the_same_days_is_refused(events: list[int], censored: list[int]) -> None:
    with pytest.raises(ValueError, match="counts for the same days"):
        survival(np.array(events), np.array(censored))


@given(counts, counts)
def test_the_curve_comes_down_from_all_and_lies_within_its_limits(events: np.ndarray, censored: np.ndarray) -> None:
    found = survival(events, censored)
    lower, upper = limits(found)
    known = np.isfinite(lower)

    assert np.all(np.diff(found.waiting, prepend=1.0) <= 0)
    assert np.all(found.waiting >= 0)
    assert np.all(lower[known] <= found.waiting[known] + 1e-12)
    assert np.all(found.waiting[known] <= upper[known] + 1e-12)


@given(counts, counts, st.integers(2, 20))
def test_the_median_does_not_depend_on_how_many_times_over_the_people_are(
    events: np.ndarray, censored: np.ndarray, times: int
) -> None:
    one, many = median(survival(events, censored)), median(survival(events * times, censored * times))

    assert many.value == one.value
    assert many.people == times * one.people


@given(cohorts, cohorts)
def test_the_added_counts_of_two_ccgs_give_the_curve_of_all_their_people(one: Cohort, other: Cohort) -> None:
    added = [a + b for a, b in zip(by_day(one), by_day(other), strict=True)]

    assert survival(*added).waiting == pytest.approx(share_waiting_person_by_person(one + other))
