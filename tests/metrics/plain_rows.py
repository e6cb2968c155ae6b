"""Rows of a small world, their months and their CCGs, for the plain implementation in plain.py."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from loaders.places import predecessors
from tests.metrics.warehouses import Row

Return = tuple[str, date]
"""A CCG of 2015 and a month."""


def ccg_of(row: Row) -> str:
    code = str(row["ccg"])
    return predecessors().get(code, code)


def number_of(month: date) -> int:
    return month.year * 12 + month.month - 1


def month_at(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def first_of(day: date) -> date:
    return date(day.year, day.month, 1)


def came(rows: Iterable[Row], column: str = "month") -> set[Return]:
    return {(ccg_of(row), first_of(row[column])) for row in rows if row["ccg"]}


def within(rows: Iterable[Row], returns: set[Return], where: Mapping[str, Any], month: str = "month") -> list[Row]:
    """Rows of these returns that match."""
    own = [row for row in rows if row.get(month) and (ccg_of(row), first_of(row[month])) in returns]
    return [row for row in own if all(row[column] in values for column, values in where.items())]
