"""Who joined and who left the list for each step, and who was on it at month ends."""

import sqlalchemy as sa

from loaders import tables
from metrics.query.columns import first_of_month, total, word
from metrics.query.scope import Scope, grouped


def joined_and_left(scope: Scope) -> sa.CompoundSelect:
    """People by month, `step` and `change`: joined when asked for it, seen, or left by being discharged first.

    Whoever is discharged is off the list from that day on, as in the lists at month ends; if the step comes all the
    same, that day counts as being seen.
    """
    both = [select for step in tables.STEPS for select in (_joined(step, scope), _off(step, scope))]
    return sa.union_all(*both)


def _joined(step: str, scope: Scope) -> sa.Select:
    asked = tables.REFERRAL.c[f"{step}_requested"]
    rows = grouped(tables.REFERRAL, scope, {}, first_of_month(asked)).where(asked.is_not(None))
    return rows.add_columns(word(step).label("step"), word("joined").label("change"), sa.func.count().label("people"))


def _off(step: str, scope: Scope) -> sa.Select:
    table = tables.REFERRAL
    asked, reached = table.c[f"{step}_requested"], table.c[step]
    day = sa.func.greatest(asked, sa.func.least(reached, table.c.discharged))  # both leave out what is null
    change = sa.case((reached.is_not(None), word("seen")), else_=word("left"))
    rows = grouped(table, scope, {}, first_of_month(day)).where(
        asked.is_not(None), sa.or_(reached.is_not(None), table.c.discharged.is_not(None))
    )
    return rows.add_columns(word(step).label("step"), change.label("change"), sa.func.count().label("people")).group_by(
        change
    )


def lists(scope: Scope) -> sa.Select:
    """People waiting at each month end by `step` and `week` (band 0 is up to 7 days)."""
    table = tables.WAITING
    rows = grouped(table, scope, {}).add_columns(table.c.step, table.c.week, total(table.c.patients).label("people"))
    return rows.group_by(table.c.step, table.c.week)
