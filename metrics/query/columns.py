"""Columns that selects count and add up, written so that every engine gives the same numbers."""

from collections.abc import Sequence

import sqlalchemy as sa


def total(column: sa.ColumnElement) -> sa.ColumnElement:
    """The sum of a column; null where no row says anything."""
    # engines sum whole numbers in types of their own; a double holds every count exactly
    return sa.cast(sa.func.sum(column), sa.Double)


def counted(table: sa.Table, column: str) -> sa.ColumnElement:
    """The sum of a column, or the number of `rows`."""
    return sa.cast(sa.func.count(), sa.Double) if column == "rows" else total(table.c[column])


def number_where(condition: sa.ColumnElement) -> sa.ColumnElement:
    """How many rows meet a condition."""
    return total(sa.case((condition, 1), else_=0))


def added(table: sa.Table, columns: Sequence[str]) -> sa.ColumnElement:
    """The sum of several columns of one row."""
    both: sa.ColumnElement = table.c[columns[0]]
    for column in columns[1:]:
        both = both + table.c[column]
    return both


def first_of_month(day: sa.ColumnElement) -> sa.ColumnElement:
    """The first day of the month of a date."""
    # date_trunc gives a timestamp in some engines
    return sa.cast(sa.func.date_trunc(sa.literal_column("'month'"), day), sa.Date)


def days_to(table: sa.Table, step: str) -> sa.ColumnElement:
    """Days from receipt to a step."""
    return sa.literal(0) if step == "received" else table.c[f"days_to_{step}"]


def word(text: str) -> sa.ColumnElement[str]:
    """A word of the select's own, which rows can be grouped by."""
    # written out: engines cannot tell that two parameters of the same expression are equal
    return sa.literal_column(f"'{text}'", sa.Text)
