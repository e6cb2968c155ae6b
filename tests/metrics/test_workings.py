"""Workings on counts given by hand, where no row of the small programme reaches."""

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
import pytest

from metrics.evidence import Evidence, Nothing, PerHead, Quotient, Tally
from metrics.kinds import Conversion, Count, How, Proportion, Rate, Rtt, Wait
from metrics.lists import list_of_the_month
from metrics.periods import Per
from metrics.selection import months_between
from metrics.setting import setting_of
from metrics.workings import LEFT_OUT, Cell, without_rows, work_out

JANUARY, FEBRUARY, MARCH = date(2016, 1, 1), date(2016, 2, 1), date(2016, 3, 1)
MONTHS = [JANUARY, FEBRUARY, MARCH]
SPELLS = Count(table="procedure", count="spells")
RATE = Rate(table="procedure", count="spells", per=1000)


def found(
    how: How, per: Per, *rows: dict[str, Any], missing: tuple[tuple[str, date], ...] = ()
) -> dict[Cell, Evidence]:
    """The evidence of three months, of which all returns came but those that are missing; a place is its own area."""
    counts = pd.DataFrame([{"place": "00M", "ccg": "00M", "area": "00M", **row} for row in rows])
    arrived = {(ccg, month) for ccg in ("00M", "03D") for month in MONTHS} - set(missing)
    return dict(work_out(how, counts, setting_of(how, MONTHS, arrived, per)))


def test_a_kind_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(TypeError, match="No working is known for SimpleNamespace"):
        work_out(cast(How, SimpleNamespace()), pd.DataFrame(), setting_of(SPELLS, MONTHS, set(), "month"))


def test_a_month_without_a_row_is_zero_for_counts_and_nobody_for_shares() -> None:
    assert without_rows(SPELLS) == Tally(0)
    assert without_rows(RATE) == Nothing("no_data", "There was nobody to count.")


def test_no_rows_at_all() -> None:
    one = pd.DataFrame([{"place": "00M", "ccg": "00M", "area": "00M", "month": JANUARY, "number": 1.0}])
    assert work_out(SPELLS, one.head(0), setting_of(SPELLS, MONTHS, {("00M", JANUARY)}, "month")) == {}


def test_months_not_asked_for_or_not_received_are_left_out() -> None:
    rows = [{"month": month, "number": 1.0} for month in (date(2015, 12, 1), *MONTHS, date(2016, 4, 1))]
    assert found(SPELLS, "quarter", *rows) == {("00M", JANUARY): Tally(3)}
    assert found(SPELLS, "quarter", *rows, missing=(("00M", FEBRUARY),)) == {("00M", JANUARY): Tally(2)}


def test_what_no_row_says_is_no_zero() -> None:
    silent = {"month": JANUARY, "number": None}
    assert found(SPELLS, "month", silent, {"month": FEBRUARY, "number": 2.0}) == {
        ("00M", JANUARY): LEFT_OUT,
        ("00M", FEBRUARY): Tally(2),
    }


def test_two_ccgs_of_an_area_are_added() -> None:
    both = [
        {"ccg": ccg, "area": "early", "month": JANUARY, "numerator": 1.0, "denominator": 4.0} for ccg in ("00M", "03D")
    ]
    how = Proportion(table="practice_coding", numerator=("start_back_low",), denominator=("episodes",))
    assert found(how, "month", *both) == {("early", JANUARY): Quotient(2, 8)}


def listed(month: date, number: float, place: str = "00M", ccg: str = "00M") -> dict[str, Any]:
    return {"part": "list", "month": month, "number": number, "place": place, "ccg": ccg, "area": place}


def events(month: date, number: float, place: str = "00M") -> dict[str, Any]:
    return {"part": "events", "month": month, "number": number, "place": place, "area": place}


def test_a_rate_of_a_quarter_is_over_the_lists_of_its_months() -> None:
    rows = [listed(JANUARY, 1000.0), listed(MARCH, 1300.0), events(JANUARY, 3.0), events(MARCH, 6.0)]
    # January's list stands in February too
    assert found(RATE, "quarter", *rows) == {("00M", JANUARY): PerHead(9, 3300, 1000)}
    assert found(RATE, "month", *rows)["00M", FEBRUARY] == PerHead(0, 1000, 1000)


def test_a_rate_needs_a_list_with_somebody_on_it() -> None:
    for rows in ([events(JANUARY, 3.0)], [listed(JANUARY, 0.0), events(JANUARY, 3.0)]):
        answer = found(RATE, "month", *rows)["00M", JANUARY]
        assert isinstance(answer, Nothing)
        assert answer.status == "no_data"


def test_no_rows_and_no_lists_are_no_rates() -> None:
    counts = pd.DataFrame([listed(JANUARY, 900.0)]).head(0)
    assert list_of_the_month(counts, [JANUARY]).empty


def test_a_list_stands_for_a_year() -> None:
    counts = pd.DataFrame([listed(date(2015, 4, 1), 900.0), listed(date(2015, 3, 1), 800.0)])
    months = months_between(date(2015, 2, 1), date(2016, 4, 1))
    stands = list_of_the_month(counts, months).set_index("month")["number"]
    assert pd.isna(stands[date(2015, 2, 1)])  # none yet
    assert [stands[date(2015, 3, 1)], stands[date(2015, 4, 1)]] == [800, 900]
    assert stands[date(2016, 3, 1)] == 900  # eleven months later
    assert pd.isna(stands[date(2016, 4, 1)])


def test_a_practice_that_changes_ccg_is_counted_once() -> None:
    rows = [listed(JANUARY, 1000.0, "P1", "00M"), listed(MARCH, 1000.0, "P1", "03D"), events(MARCH, 2.0, "P1")]
    assert found(RATE, "month", *rows)["P1", MARCH] == PerHead(2, 1000, 1000)


def test_a_wait_of_a_quarter_is_that_of_all_its_people() -> None:
    # medians of 10 and 40 days by month; of the three together 10, the two who waited 10 being most
    rows = [
        {"month": JANUARY, "days": 10, "reached": True, "people": 2},
        {"month": FEBRUARY, "days": 40, "reached": True, "people": 1},
    ]
    quarter = found(Wait(step="imaging"), "quarter", *rows)["00M", JANUARY]
    assert (quarter.value, quarter.people, quarter.of) == (10, 3, 3)  # type: ignore[union-attr]


def test_one_young_cohort_makes_its_quarter_immature() -> None:
    rows = [
        {"month": JANUARY, "people": 5, "followed": 5.0, "converted": 2.0},
        {"month": FEBRUARY, "people": 5, "followed": 4.0, "converted": 2.0},
    ]
    how = Conversion(origin="received", reach=("assessed",), horizon=84)
    assert found(how, "month", *rows)["00M", JANUARY] == Quotient(2, 5)
    answer = found(how, "quarter", *rows)["00M", JANUARY]
    assert isinstance(answer, Nothing)
    assert answer.status == "immature"


def test_completed_pathways_are_added_over_months_and_waiting_ones_are_not() -> None:
    rows = [
        {"month": month, "week": week, "people": 10.0, "open_band": 52, "median_rule": "n"}
        for month, week in ((JANUARY, 3), (MARCH, 20))
    ]
    admitted = Rtt(function="110", part="admitted", statistic="within_18_weeks")
    waiting = Rtt(function="110", statistic="within_18_weeks")
    assert found(admitted, "quarter", *rows) == {("00M", JANUARY): Quotient(10, 20)}
    assert found(waiting, "quarter", *rows) == {("00M", JANUARY): Quotient(0, 10)}  # March
