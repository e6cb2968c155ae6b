"""Which rows a select counts, and what it groups them by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from metrics.query.columns import word


@dataclass(frozen=True)
class Scope:
    """A selection worked out: what the select needs to know.

    `places` lists (published code, 2015 CCG): a predecessor's rows count for its successor.
    With `by_practice` the place is the practice itself, the CCG otherwise. `synthetic` says which
    rows are counted: a figure never mixes invented and real ones.
    """

    places: tuple[tuple[str, str], ...]
    synthetic: bool
    by_practice: bool = False
    practices: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    presentation: tuple[str, ...] = ()
    start_back: tuple[str, ...] = ()


def ccg_of(table: sa.Table, scope: Scope) -> sa.ColumnElement[str]:
    """The 2015 CCG that a row counts for."""
    # no join to a list of codes: DuckDB takes up to twice as long over it
    moved = [(table.c.ccg == word(code), word(ccg)) for code, ccg in scope.places if code != ccg]
    return sa.case(*moved, else_=table.c.ccg) if moved else table.c.ccg


def in_scope(table: sa.Table, scope: Scope) -> sa.ColumnElement[bool]:
    """Whether a row is of a CCG of the scope, and invented or real as the scope is."""
    codes = [code for code, _ in scope.places]
    return sa.and_(table.c.ccg.in_(codes), table.c.synthetic.is_(scope.synthetic))


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
    ccg, month = ccg_of(table, scope), table.c.month if month is None else month
    place = table.c.practice if scope.by_practice else ccg
    query = sa.select(place.label("place"), ccg.label("ccg"), month.label("month"))
    query = query.select_from(sa.join(table, *join) if join else table)
    if scope.by_practice:
        query = query.where(table.c.practice.is_not(None)).group_by(table.c.practice)
    return _within(query, table, scope, month, where).group_by(ccg, month)


def _within(
    query: sa.Select, table: sa.Table, scope: Scope, month: sa.ColumnElement, where: Mapping[str, object]
) -> sa.Select:
    query = query.where(in_scope(table, scope))
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
