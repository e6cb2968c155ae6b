"""The dates of go-live in the rollout ledger."""

import sqlalchemy as sa

from loaders import tables


def go_lives(synthetic: bool) -> sa.Select:
    """CCG, actual date of go-live (null until then) and the day of the ledger: a row for each CCG."""
    table = tables.MILESTONE
    return sa.select(table.c.ccg, table.c.actual, table.c.as_at).where(
        table.c.component == "go_live", table.c.practice.is_(None), table.c.synthetic.is_(synthetic)
    )
