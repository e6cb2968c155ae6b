import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.conversion.difference import gray, log_rank
from metrics.conversion.incidence import Ends
from tests.metrics.cohorts import CONVERTED, ENDED, OPEN, Person, ends_of, people

groups = st.lists(people.filter(lambda cohort: len(cohort) > 2), min_size=2, max_size=4)


@given(groups)
def test_excesses_add_up_to_nothing(cohorts: list[list[Person]]) -> None:
    for test in (gray, log_rank):
        assert test([ends_of(cohort) for cohort in cohorts]).excess.sum() == pytest.approx(0, abs=1e-9)


@given(groups)
def test_groups_in_another_order_give_the_same_test(cohorts: list[list[Person]]) -> None:
    ends = [ends_of(cohort) for cohort in cohorts]
    for test in (gray, log_rank):
        assert test(ends[::-1]).chi_square == pytest.approx(test(ends).chi_square, rel=1e-6, abs=1e-6)


@given(groups)
def test_without_other_ends_grays_excesses_are_those_of_the_log_rank_test(cohorts: list[list[Person]]) -> None:
    ends = [ends_of([(day, OPEN if kind == ENDED else kind) for day, kind in cohort]) for cohort in cohorts]

    assert gray(ends).excess == pytest.approx(log_rank(ends).excess, abs=1e-9)


def test_the_same_people_twice_do_not_differ() -> None:
    cohort = [(3, CONVERTED), (5, ENDED), (9, CONVERTED), (12, OPEN)] * 5
    for test in (gray, log_rank):
        found = test([ends_of(cohort), ends_of(cohort)])
        assert (found.chi_square, found.p, found.freedom) == pytest.approx((0, 1, 1))


def test_one_group_has_nothing_to_differ_from() -> None:
    with pytest.raises(ValueError, match="two groups"):
        gray([ends_of([(1, CONVERTED)])])


def test_what_may_be_said_of_a_test() -> None:
    quick, slow = ends_of([(2, CONVERTED)] * 30), ends_of([(30, CONVERTED)] * 5 + [(30, OPEN)] * 25)

    assert log_rank([quick, slow]).sentence == (
        "The groups differ by more than chance would have them (log-rank test, p below 0.001, 60 people)."
    )
    assert log_rank([quick, quick]).sentence == "No sign of a difference (log-rank test, p = 1.000, 60 people)."


def simulated(random: np.random.Generator, size: int, faster: float = 1.0) -> Ends:
    """People of whom 45% would convert and 30% end, in time cut so fine that few events fall together."""
    fate = random.choice(3, size, p=[0.45, 0.30, 0.25])
    when = np.where(fate == CONVERTED, random.gamma(2, 50 / faster, size), random.exponential(60, size))
    when = np.where(fate == OPEN, np.inf, when)
    seen_until = random.uniform(50, 400, size)
    kind = np.where(when <= seen_until, fate, OPEN)
    day = (20 * np.minimum(when, seen_until)).astype(int)
    return Ends(*(np.bincount(day[kind == k], minlength=8_001) for k in (CONVERTED, ENDED, OPEN)))


def test_gray_finds_a_difference_in_one_of_twenty_comparisons_of_like_groups() -> None:
    random = np.random.default_rng(1988)
    found = [gray([simulated(random, 80), simulated(random, 120)]).p for _ in range(300)]

    assert np.mean(np.array(found) < 0.05) == pytest.approx(0.05, abs=3 * np.sqrt(0.05 * 0.95 / 300))


def test_gray_finds_a_large_difference() -> None:
    random = np.random.default_rng(1988)
    found = [gray([simulated(random, 150), simulated(random, 150, faster=0.3)]).p for _ in range(40)]

    assert np.mean(np.array(found) < 0.05) > 0.8
