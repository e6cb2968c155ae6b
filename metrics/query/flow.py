"""From which step of the pathway people went on to which."""

import sqlalchemy as sa

from loaders import tables
from metrics.query.columns import word
from metrics.query.scope import Scope, grouped

RECEIVED, OPEN, NOT_RECORDED = "received", "open", "not_recorded"
"""Where everybody starts, who has not ended, and who has ended without an outcome being sent."""


def moves(scope: Scope) -> sa.CompoundSelect:
    """People by cohort, `source` and `target`: the next step they reached in pathway order, or how they ended.

    The order is that of the steps, whatever their dates: everybody runs through it once, forwards.
    """
    return sa.union_all(*[_onwards(at, scope) for at in range(len(tables.STEPS) + 1)])


def _onwards(at: int, scope: Scope) -> sa.Select:
    """From receipt (0) or a step (1 and on) to what follows."""
    table = tables.REFERRAL
    later = [(table.c[step].is_not(None), word(step)) for step in tables.STEPS[at:]]
    target = sa.case(
        *later,
        (table.c.discharged.is_(None), word(OPEN)),
        (table.c.outcome.is_(None), word(NOT_RECORDED)),
        else_=table.c.outcome,
    )
    rows = grouped(table, scope, {})
    if at:
        rows = rows.where(table.c[tables.STEPS[at - 1]].is_not(None))
    source = tables.STEPS[at - 1] if at else RECEIVED
    return rows.add_columns(
        word(source).label("source"), target.label("target"), sa.func.count().label("people")
    ).group_by(target)
