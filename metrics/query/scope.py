"""Which rows a select counts, and what it groups them by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa


@dataclass(frozen=True)
class Scope:
    """A selection worked out: what the select needs to know.

    `places` lists (published code, 2015 CCG): a predecessor's rows count for its successor.
    With `by_practice` the place is the practice itself, the CCG otherwise. `synthetic` says which
    rows are counted: a figure never mixes invented and real ones.
    """

    places: Sequence[tuple[str, str]]
    synthetic: bool
    by_practice: bool = False
    practices: Sequence[str] = ()
    first: date | None = None
    last: date | None = None
    presentation: Sequence[str] = ()
    start_back: Sequence[str] = ()


def places(scope: Scope) -> sa.Values:
    """The codes of a scope as a table to join: code, ccg."""
    columns = [sa.column("code", sa.Text), sa.column("ccg", sa.Text)]
    return sa.values(*columns, name="places").data([tuple(place) for place in scope.places])


def grouped(
    table: sa.Table,
    scope: Scope,
    where: Mapping[str, object],
    month: sa.ColumnElement | None = None,
    join: tuple[sa.FromClause, sa.ColumnElement] | None = None,
) -> sa.Select:
    """Rows of a table within the scope, grouped by place, CCG and month; the caller adds the counts.

    `month` is what a row counts in, the table's own month when None; `join` is a further source and its condition.
    """
    own, month = places(scope), table.c.month if month is None else month
    place = table.c.practice if scope.by_practice else own.c.ccg
    source = sa.join(table, own, table.c.ccg == own.c.code)
    if join:
        source = source.join(*join)
    query = sa.select(place.label("place"), own.c.ccg.label("ccg"), month.label("month")).select_from(source)
    if scope.by_practice:
        query = query.where(table.c.practice.is_not(None)).group_by(table.c.practice)
    return _within(query, table, scope, month, where).group_by(own.c.ccg, month)


def _within(
    query: sa.Select, table: sa.Table, scope: Scope, month: sa.ColumnElement, where: Mapping[str, object]
) -> sa.Select:
    query = query.where(table.c.synthetic.is_(scope.synthetic))
    for column, value in where.items():
        query = query.where(
            table.c[column].in_(value) if isinstance(value, (list, tuple)) else table.c[column] == value
        )
    chosen = {"practice": scope.practices, "presentation": scope.presentation, "start_back": scope.start_back}
    for column, values in chosen.items():
        if values and column in table.c:
            query = query.where(table.c[column].in_(values))
    if scope.first:
        query = query.where(month >= scope.first)
    if scope.last:
        query = query.where(month <= scope.last)
    return query
