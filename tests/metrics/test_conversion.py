from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.conversion.cohorts import Cohort, mature_from, within_horizon
from metrics.conversion.incidence import Ends, incidence
from metrics.waits import survival
from tests.metrics.cohorts import CONVERTED, DAYS, ENDED, OPEN, Person, ends_of, people


def share_person_by_person(cohort: list[Person]) -> list[float]:
    """Aalen and Johansen's estimator straight from the people, day by day."""
    staying, converted, curve = 1.0, 0.0, []
    for day in range(DAYS):
        at_risk = sum(1 for last, _ in cohort if last >= day)
        here = [kind for last, kind in cohort if last == day]
        if at_risk:
            converted += staying * here.count(CONVERTED) / at_risk
            staying *= 1 - (here.count(CONVERTED) + here.count(ENDED)) / at_risk
        curve.append(converted)
    return curve


def error_person_by_person(cohort: list[Person], day: int) -> float:
    """The standard error by Marubini and Valsecchi's sum, one earlier day at a time."""
    share, staying, variance = share_person_by_person(cohort), 1.0, 0.0
    for earlier in range(day + 1):
        n = sum(1 for last, _ in cohort if last >= earlier)
        here = [kind for last, kind in cohort if last == earlier]
        d, gone = here.count(CONVERTED), here.count(CONVERTED) + here.count(ENDED)
        if gone:
            rest = share[day] - share[earlier]
            variance += rest**2 * gone / (n * (n - gone)) if n > gone else 0
            variance += staying**2 * d * (n - d) / n**3 - 2 * rest * staying * d / n**2
            staying *= 1 - gone / n
    return max(variance, 0) ** 0.5


# Cohorts and their horizon


def cohort(people: int, followed: int, converted: int, month: int = 5) -> Cohort:
    return Cohort(date(2015, month, 1), people, followed, converted)


def test_mature_cohorts_are_added_before_dividing() -> None:
    # 30 of 100 and 10 of 20: 40 of 120
    pooled = within_horizon([cohort(100, 100, 30), cohort(20, 20, 10, month=6)])

    assert pooled.share.value == pytest.approx(1 / 3)
    assert (pooled.converted, pooled.share.people, pooled.too_young) == (40, 120, 0)


def test_a_cohort_of_which_one_person_is_too_young_is_left_out_whole() -> None:
    # those followed in it are the first of the month, and nobody asked whether they are like the others
    pooled = within_horizon([cohort(100, 100, 30), cohort(72, 71, 40, month=6)])

    assert pooled.share.value == 0.3
    assert pooled.too_young == 72


def test_without_a_mature_cohort_there_is_no_share() -> None:
    assert within_horizon([cohort(10, 9, 3)]).share.value is None
    assert within_horizon([]).share.people == 0


@pytest.mark.parametrize(("horizon", "day"), [(84, date(2015, 8, 23)), (1, date(2015, 6, 1))])
def test_a_month_is_mature_when_its_last_day_is_old_enough(horizon: int, day: date) -> None:
    # 31 May 2015 and 84 days
    assert mature_from(date(2015, 5, 1), horizon) == day


# The curve


def test_without_open_referrals_the_curve_is_the_plain_share() -> None:
    # ten people: three convert on days 1, 5 and 9, seven end on day 3
    ends = ends_of([(1, CONVERTED), (5, CONVERTED), (9, CONVERTED), *[(3, ENDED)] * 7])

    assert incidence(ends).share[[0, 1, 4, 5, 9]] == pytest.approx([0, 0.1, 0.1, 0.2, 0.3])


def test_an_ended_referral_can_no_longer_convert() -> None:
    # of two, one ends on day 1 and the other converts on day 2: one half, where 1 less Kaplan and Meier says all
    ends = ends_of([(1, ENDED), (2, CONVERTED)])

    assert incidence(ends).by(10).value == 0.5
    assert survival(ends.converted, ends.ended).waiting[2] == 0


def test_an_open_referral_is_shared_out_among_those_still_followed() -> None:
    # of three, one is lost sight of on day 1; of the two left, one converts: (2/3) is not known, one half is
    ends = ends_of([(1, OPEN), (2, CONVERTED), (3, ENDED)])

    assert incidence(ends).by(3).value == 0.5


def test_somebody_last_seen_on_the_day_of_a_conversion_was_at_risk_that_day() -> None:
    assert incidence(ends_of([(4, CONVERTED), (4, OPEN)])).share[4] == 0.5


def test_the_share_is_unknown_beyond_what_was_followed() -> None:
    ends = ends_of([(2, CONVERTED), (20, OPEN)])

    assert incidence(ends).by(20).value == 0.5
    assert incidence(ends).by(21).value is None


def test_the_share_is_known_for_ever_once_every_referral_has_ended() -> None:
    assert incidence(ends_of([(2, CONVERTED), (20, ENDED)])).by(182).value == 0.5


def test_the_last_to_convert_leaves_nothing_open_though_others_were_lost_before() -> None:
    assert incidence(ends_of([(2, OPEN), (20, CONVERTED)])).by(182).value == 1


def test_nobody_has_no_share() -> None:
    nobody = incidence(ends_of([])).by(0)

    assert (nobody.value, nobody.people) == (None, 0)
    assert incidence(Ends(np.array([]), np.array([]), np.array([]))).by(0).value is None


def test_where_nobody_converts_the_limits_are_not_known() -> None:
    none = incidence(ends_of([(9, OPEN), (9, OPEN)])).by(9)

    assert (none.value, none.lower, none.upper) == (0, None, None)


@pytest.mark.parametrize("parts", [([1], [1, 2], [0, 0]), ([1, -1], [0, 0], [0, 0])])
def test_what_are_not_counts_of_the_same_days_is_refused(parts: tuple[list[int], ...]) -> None:
    with pytest.raises(ValueError, match="counts for the same days"):
        Ends(*(np.array(part) for part in parts))


@given(people)
def test_the_curve_is_that_worked_out_person_by_person(cohort: list[Person]) -> None:
    found = incidence(ends_of(cohort))

    assert found.share == pytest.approx(share_person_by_person(cohort))
    # a root makes an error of rounding in the variance look like 1e-8
    assert found.error[25] == pytest.approx(error_person_by_person(cohort, 25), abs=1e-7)


@given(people)
def test_without_other_ends_it_is_one_less_kaplan_and_meier(cohort: list[Person]) -> None:
    ends = ends_of([(day, OPEN if kind == ENDED else kind) for day, kind in cohort])

    assert incidence(ends).share == pytest.approx(1 - survival(ends.converted, ends.still_open).waiting)


@given(people, people)
def test_added_counts_give_the_curve_of_all_the_people(one: list[Person], other: list[Person]) -> None:
    a, b = ends_of(one), ends_of(other)
    added = Ends(a.converted + b.converted, a.ended + b.ended, a.still_open + b.still_open)

    assert incidence(added).share == pytest.approx(share_person_by_person(one + other))


@given(people, st.integers(2, 9), st.integers(0, DAYS - 1))
def test_people_counted_several_times_have_the_same_curve_and_a_smaller_error(
    cohort: list[Person], times: int, day: int
) -> None:
    one, many = incidence(ends_of(cohort)), incidence(ends_of(cohort * times))

    assert many.share == pytest.approx(one.share)
    assert many.error == pytest.approx(one.error / times**0.5, abs=1e-7)


@given(people, st.integers(0, DAYS - 1))
def test_the_share_lies_within_its_limits_and_all_ends_add_up(cohort: list[Person], day: int) -> None:
    ends = ends_of(cohort)
    found = incidence(ends).by(day)
    if found.lower is not None and found.upper is not None:
        assert 0 <= found.lower <= (found.value or 0) + 1e-12
        assert (found.value or 0) <= found.upper + 1e-12 <= 1 + 2e-12

    otherwise = incidence(Ends(ends.ended, ends.converted, ends.still_open))
    staying = survival(ends.converted + ends.ended, ends.still_open).waiting
    assert incidence(ends).share + otherwise.share + staying == pytest.approx(1)
