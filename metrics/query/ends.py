"""How referrals ended since the start of a cohort, by whole days."""

from collections.abc import Sequence

import sqlalchemy as sa

from loaders import tables
from metrics.kinds import Conversion
from metrics.query.columns import days_to, first_of_month, word
from metrics.query.scope import Scope, grouped

NEVER = 10**6
"""More days than anybody is followed."""


def ends(how: Conversion, scope: Scope) -> sa.Select:
    """People by cohort, `days` since the origin and `end`: converted, ended or open.

    Whoever converts is converted, also after a discharge: it was not the end. An end before the origin,
    which a wrong date makes, counts on the day of the origin.
    """
    table = tables.REFERRAL
    origin = "cppp_requested" if how.origin == "cppp" else how.origin
    start = days_to(table, origin)
    converted = _first([_since(table, step, start, how.outcome) for step in how.reach])
    discharged = table.c.days_to_discharged
    ended = sa.case((discharged.is_not(None), sa.func.greatest(discharged - start, sa.literal_column("0"))))
    end = sa.case((converted.is_not(None), word("converted")), (ended.is_not(None), word("ended")), else_=word("open"))
    days = sa.func.coalesce(converted, ended, table.c.followed - start)
    rows = grouped(table, scope, how.where, first_of_month(table.c[origin])).where(table.c[origin].is_not(None))
    return rows.add_columns(days.label("days"), end.label("end"), sa.func.count().label("people")).group_by(days, end)


def _since(table: sa.Table, step: str, start: sa.ColumnElement, outcome: str | None) -> sa.ColumnElement:
    """Days from the origin to a step, on the day of it or after; null where not reached."""
    reached = days_to(table, step) >= start
    if outcome:
        reached = sa.and_(reached, table.c.outcome == word(outcome))
    return sa.case((reached, days_to(table, step) - start))


def _first(days: Sequence[sa.ColumnElement]) -> sa.ColumnElement:
    """The smallest of several numbers of days, null where all are."""
    if len(days) == 1:
        return days[0]
    never: sa.ColumnElement[int] = sa.literal_column(str(NEVER))
    return sa.func.nullif(sa.func.least(*[sa.func.coalesce(day, never) for day in days]), never)
