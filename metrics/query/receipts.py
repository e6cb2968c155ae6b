"""What arrived, of whom, and what practices are called."""

import sqlalchemy as sa

from loaders import tables
from metrics.query.scope import Scope, ccg_of, in_scope


def arrivals(fact: str, scope: Scope) -> sa.Select:
    """How many rows of a table arrived for each 2015 CCG and month, by sender: ccg, sender, month, arrived."""
    table = tables.RECEIVED
    ccg = ccg_of(table, scope).label("ccg")
    rows = sa.cast(sa.func.sum(table.c.arrived), sa.Double).label("arrived")
    arrived = sa.select(ccg, table.c.sender, table.c.month, rows)
    return arrived.where(in_scope(table, scope), table.c.fact == fact).group_by(ccg, table.c.sender, table.c.month)


def provenance() -> sa.Select:
    """Which tables hold real rows, and which synthetic ones: fact, synthetic."""
    table = tables.RECEIVED
    return sa.select(table.c.fact, table.c.synthetic).distinct()


def practice_names(synthetic: bool) -> sa.Select:
    """Name and CCG of every practice in every ODS extract, the newest first."""
    table = tables.PRACTICE
    query = sa.select(table.c.practice, table.c.name, table.c.ccg).where(table.c.synthetic.is_(synthetic))
    return query.order_by(table.c.month.desc())
