"""Months, financial quarters and financial years (April to March), each known by its first month.

Most counts are added up over the months of a period. What is a state and no flow (a waiting list,
posts, which practices refer) is that of the last month.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from metrics.kinds import How, Milestones, Practices, Proportion, Rtt, WaitingList

Per = Literal["month", "quarter", "year"]

LENGTH: dict[Per, int] = {"month": 1, "quarter": 3, "year": 12}
"""Months in a period."""

_MARCH = 3


def month_after(month: date, count: int) -> date:
    """The first day of the month so many months later, or earlier for a negative count."""
    years, at = divmod(month.month - 1 + count, 12)
    return date(month.year + years, at + 1, 1)


def months_of(period: date, per: Per) -> Sequence[date]:
    """Every month of the period that begins with this one."""
    return [month_after(period, at) for at in range(LENGTH[per])]


def period_of(month: date, per: Per) -> date:
    """The first month of the period that a month lies in."""
    return month_after(month, -((month.month - 1 - _MARCH) % LENGTH[per]))


def name_of(period: date, per: Per) -> str:
    """What a period is called: 2016-05, 2016/17 Q1 (April to June) or 2016/17, as the NHS writes financial years."""
    if per == "month":
        return f"{period:%Y-%m}"
    begins = period_of(period, "year")
    year = f"{begins.year}/{(begins.year + 1) % 100:02}"
    return year if per == "year" else f"{year} Q{(period.month - 1 - _MARCH) % 12 // 3 + 1}"


def begins(name: str) -> date:
    """The first day of the period of this name."""
    if "/" not in name:
        return date.fromisoformat(f"{name}-01")
    april = date(int(name[:4]), _MARCH + 1, 1)
    return month_after(april, 3 * (int(name[-1]) - 1)) if "Q" in name else april


def last_month(name: str) -> date:
    """The first day of the last month of the period of this name."""
    per: Per = "month" if "/" not in name else "quarter" if "Q" in name else "year"
    return months_of(begins(name), per)[-1]


def is_state(how: How) -> bool:
    """Whether a measure is of a moment, so that months cannot be added."""
    match how:
        case WaitingList() | Practices() | Milestones() | Proportion(table="workforce"):
            return True
        case Rtt(part=part):
            return part.startswith("incomplete")
    return False
