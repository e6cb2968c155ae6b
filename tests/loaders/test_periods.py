from datetime import date

import pytest

from loaders.periods import (
    april_in_name,
    day_of,
    financial_year_of,
    month_in_name,
    month_of,
    month_of_financial_year,
    quarter_of,
)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("April 2015", date(2015, 4, 1)),  # title blocks
        (" december 2014 ", date(2014, 12, 1)),
        ("RTT-April-2018", date(2018, 4, 1)),  # full extracts, in any case
        ("RTT-JANUARY-2019", date(2019, 1, 1)),
        ("Apr 2015", date(2015, 4, 1)),
        ("Febuary 2015", None),  # a slip is not guessed at
        ("2015", None),
        ("", None),
    ],
)
def test_month_and_calendar_year(text: str, month: date | None) -> None:
    assert month_of(text) == month


@pytest.mark.parametrize(
    ("year", "name", "month"),
    [
        ("2016-17", "JUNE", date(2016, 6, 1)),
        ("2016-17", "December", date(2016, 12, 1)),
        ("2016-17", "January ", date(2017, 1, 1)),  # the second year begins in January
        (" 2016-17", "March", date(2017, 3, 1)),  # as in England's row since April 2017
        ("2016-17", "April", date(2016, 4, 1)),
        ("2016/2017", "April", date(2016, 4, 1)),
        ("1999-00", "April", None),
        ("2016-18", "April", None),  # years that do not follow each other
        ("2016-17", "Juni", None),
        ("", "", None),
    ],
)
def test_month_of_a_financial_year(year: str, name: str, month: date | None) -> None:
    assert month_of_financial_year(year, name) == month


def test_financial_year_begins_in_april() -> None:
    assert financial_year_of(date(2015, 3, 1)) == "2014-15"
    assert financial_year_of(date(2015, 4, 1)) == "2015-16"
    assert financial_year_of(date(2000, 1, 1)) == "1999-00"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15th June 2012", date(2012, 6, 15)),
        ("1th September 2012", date(2012, 9, 1)),  # so in the return of July 2012
        ("2nd May 2015", date(2015, 5, 2)),
        ("01SEP2017", date(2017, 9, 1)),  # NHS Digital
        ("2015-06-11", date(2015, 6, 11)),  # a cell that is a date
        ("-", None),
        ("N/A", None),
        ("31st February 2015", None),
        ("", None),
    ],
)
def test_day(text: str, day: date | None) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("Patient_List_Size_2015_04-06.csv", date(2015, 4, 1)),
        ("Patient_List_Size_2015_07-08.csv", date(2015, 7, 1)),  # one quarter was named so
        ("2016_02_epraccur.csv", date(2016, 2, 1)),
        ("epraccur-201703.csv", date(2017, 3, 1)),
        ("returns_2014_01.zip > 2016_02_epraccur.csv", date(2016, 2, 1)),  # the file, not the zip it came in
        ("folder_2014_01/2016_02_epraccur.csv", date(2016, 2, 1)),
        ("2016_13_epraccur.csv", None),
        ("2019_epraccur.csv", None),
        ("epraccur.csv", None),
    ],
)
def test_month_in_a_file_name(name: str, month: date | None) -> None:
    assert month_in_name(name) == month


def test_boundaries_come_in_with_april() -> None:
    assert april_in_name("ne_ccgs_2019_boundaries.geojson") == date(2019, 4, 1)
    assert april_in_name("boundaries.geojson") is None


def test_quarters_begin_in_january_april_july_and_october() -> None:
    quarters = [quarter_of(date(2015, month, 1)).month for month in range(1, 13)]
    assert quarters == [1, 1, 1, 4, 4, 4, 7, 7, 7, 10, 10, 10]
