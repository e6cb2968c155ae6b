"""What arrived, of whom, and what practices are called."""

import sqlalchemy as sa

from loaders import tables
from metrics.query.scope import Scope, ccg_of, in_scope


def arrivals(fact: str, scope: Scope) -> sa.Select:
    """Months for which each 2015 CCG's rows of a table arrived: ccg, month."""
    table = tables.RECEIVED
    arrived = sa.select(ccg_of(table, scope).label("ccg"), table.c.month)
    return arrived.where(in_scope(table, scope), table.c.fact == fact).distinct()


def provenance() -> sa.Select:
    """Which tables hold real rows, and which synthetic ones: fact, synthetic."""
    table = tables.RECEIVED
    return sa.select(table.c.fact, table.c.synthetic).distinct()


def practice_names(synthetic: bool) -> sa.Select:
    """Name and CCG of every practice in every ODS extract, the newest first."""
    table = tables.PRACTICE
    query = sa.select(table.c.practice, table.c.name, table.c.ccg).where(table.c.synthetic.is_(synthetic))
    return query.order_by(table.c.month.desc())
