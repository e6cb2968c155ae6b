"""The dates of go-live in the rollout ledger."""

import sqlalchemy as sa

from loaders import tables


def go_lives(synthetic: bool) -> sa.Select:
    """CCG, actual date of go-live (null until then) and the day of the ledger: a row for each CCG."""
    table = tables.MILESTONE
    return sa.select(table.c.ccg, table.c.actual, table.c.as_at).where(
        table.c.component == "go_live", table.c.practice.is_(None), table.c.synthetic.is_(synthetic)
    )


def notes(synthetic: bool) -> sa.Select:
    """Dated notes, the newest first: date, CCG (null for the whole region), text and source."""
    table = tables.NOTE
    columns = (table.c.date, table.c.ccg, table.c.text, table.c.source)
    return sa.select(*columns).where(table.c.synthetic.is_(synthetic)).order_by(table.c.date.desc(), table.c.text)
