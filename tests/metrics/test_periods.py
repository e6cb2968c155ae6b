"""Financial quarters and years: Q1 is April to June, and a year ends in March."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.catalogue import load
from metrics.kinds import Rtt
from metrics.periods import LENGTH, Per, begins, is_state, last_month, month_after, months_of, name_of, period_of

months = st.dates(date(2012, 1, 1), date(2030, 12, 31)).map(lambda day: day.replace(day=1))
pers = st.sampled_from(list(LENGTH))


@pytest.mark.parametrize(
    ("month", "quarter", "year"),
    [
        ("2016-03", "2015/16 Q4", "2015/16"),
        ("2016-04", "2016/17 Q1", "2016/17"),
        ("2016-06", "2016/17 Q1", "2016/17"),
        ("2016-07", "2016/17 Q2", "2016/17"),
        ("2016-12", "2016/17 Q3", "2016/17"),
        ("2017-01", "2016/17 Q4", "2016/17"),
        ("1999-12", "1999/00 Q3", "1999/00"),
    ],
)
def test_the_period_of_a_month(month: str, quarter: str, year: str) -> None:
    day = date.fromisoformat(f"{month}-01")
    names = [name_of(period_of(day, per), per) for per in LENGTH]
    assert names == [month, quarter, year]


def test_months_before_and_after() -> None:
    assert month_after(date(2016, 12, 1), 1) == date(2017, 1, 1)
    assert month_after(date(2016, 1, 1), -1) == date(2015, 12, 1)
    assert month_after(date(2016, 3, 1), -12) == date(2015, 3, 1)


@given(months, pers)
def test_a_month_lies_in_the_period_it_is_in_and_in_no_other(month: date, per: Per) -> None:
    start = period_of(month, per)
    assert month in months_of(start, per)
    assert {period_of(other, per) for other in months_of(start, per)} == {start}
    assert len(months_of(start, per)) == LENGTH[per]


@given(months, pers)
def test_a_name_says_when_its_period_begins(month: date, per: Per) -> None:
    start = period_of(month, per)
    assert begins(name_of(start, per)) == start


@given(months, pers)
def test_a_name_says_which_month_its_period_ends_with(month: date, per: Per) -> None:
    start = period_of(month, per)
    assert last_month(name_of(start, per)) == months_of(start, per)[-1]


def test_lists_posts_practices_and_milestones_are_states() -> None:
    states = {key for key, measure in load().items() if is_state(measure.how)}
    rtt = {key for key in load() if key.startswith("rtt_")}  # patients who still wait
    assert states - rtt == {
        "ccgs_live",
        "list_covered",
        "milestones_on_time",
        "practices_referring",
        "practices_sustained",
        "ttps_in_post",
        "waiting_for_assessment",
    }
    assert rtt <= states


def test_completed_pathways_can_be_added() -> None:
    assert not is_state(Rtt(function="110", part="admitted", statistic="median"))
    assert is_state(Rtt(function="110", part="incomplete_with_decision", statistic="median"))
