"""The month a published return stands for, and the day it came out, however they are written."""

import re
from datetime import date

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)

_MONTH_YEAR = re.compile(r"\b([a-z]+)[ _-]+(20\d\d)\b", re.IGNORECASE)
_FINANCIAL_YEAR = re.compile(r"^(20\d\d)[-/](?:20)?(\d\d)$")
_DAY = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[ -]*([a-z]+)[ -]*(20\d\d)$", re.IGNORECASE)
_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[_-]?(0[1-9]|1[0-2])(?!\d)")


def month_of(text: str) -> date | None:
    """First of the month in 'April 2015' or 'RTT-APRIL-2018'; None where there is none."""
    found = _MONTH_YEAR.search(text)
    month = _month_number(found[1]) if found else None
    return date(int(found[2]), month, 1) if found and month else None


def month_of_financial_year(year: str, month: str) -> date | None:
    """First of the month from '2016-17' and 'JUNE'; January to March belong to the second year."""
    years, number = _FINANCIAL_YEAR.match(year.strip()), _month_number(month)
    if not years or not number or (int(years[1]) + 1) % 100 != int(years[2]):
        return None
    return date(int(years[1]) + (number < 4), number, 1)


def financial_year_of(month: date) -> str:
    """The financial year of a month as returns write it: 2015-16."""
    start = month.year - (month.month < 4)
    return f"{start}-{(start + 1) % 100:02d}"


def day_of(text: str) -> date | None:
    """The day in '15th June 2012', '01SEP2017' or '2015-06-11'; None for '-', 'N/A' and days that do not exist."""
    found = _DAY.match(text.strip())
    try:
        if not found:
            return date.fromisoformat(text.strip())
        return date(int(found[3]), _month_number(found[2]) or 0, int(found[1]))
    except ValueError:
        return None


def month_in_name(name: str) -> date | None:
    """First of the month in a file's name, such as 2016_02_epraccur.csv; of a span the first month, else None."""
    found = _IN_NAME.search(_own_name(name))
    return date(int(found[1]), int(found[2]), 1) if found else None


def april_in_name(name: str) -> date | None:
    """The first of April of the year in a file's name, such as ccgs_2019.geojson; None without one."""
    found = re.search(r"(?<!\d)20\d\d(?!\d)", _own_name(name))
    return date(int(found[0]), 4, 1) if found else None


def quarter_of(month: date) -> date:
    """First month of the quarter that holds the month."""
    return date(month.year, month.month - (month.month - 1) % 3, 1)


def _own_name(name: str) -> str:
    """The name of the file itself, where it came in a zip."""
    return re.split(r" > |/", name)[-1]


def _month_number(word: str) -> int | None:
    word = word.strip().lower()
    for number, month in enumerate(MONTHS, 1):
        if word in (month, month[:3]):
            return number
    return None
