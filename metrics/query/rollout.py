"""The rollout: its ledger, and what referrals say of who uses the pathway as it is meant to be used."""

import sqlalchemy as sa

from loaders import tables
from metrics.query.columns import number_where
from metrics.query.scope import Scope, ccg_of, grouped, in_scope
from metrics.query.selects import PATHWAY


def milestones(scope: Scope) -> sa.Select:
    """The CCGs' own milestones as they stand in the ledger: a row for each CCG and component."""
    table = tables.MILESTONE
    ccg = ccg_of(table, scope)
    names = ("month", "component", "planned", "forecast", "actual", "status", "owner", "evidence", "as_at")
    query = sa.select(ccg.label("place"), ccg.label("ccg"), *(table.c[name] for name in names))
    return query.where(in_scope(table, scope), table.c.practice.is_(None))


def practice_milestones(synthetic: bool) -> sa.Select:
    """When each practice was trained and live, as the ledger says: practice, component, actual."""
    table = tables.MILESTONE
    return sa.select(table.c.practice, table.c.component, table.c.actual).where(
        table.c.practice.is_not(None), table.c.actual.is_not(None), table.c.synthetic.is_(synthetic)
    )


def use(target: int, scope: Scope) -> sa.Select:
    """By month received: all referrals, those on the pathway, and of these who was dealt with as meant.

    `recorded` have a STarT Back risk; `due` could be followed for `target` days, `in_time` of them were
    assessed by then.
    """
    table = tables.REFERRAL
    on_pathway = table.c.route == PATHWAY
    due = sa.and_(on_pathway, table.c.followed >= target)
    return grouped(table, scope, {}).add_columns(
        sa.func.count().label("referrals"),
        number_where(on_pathway).label("pathway"),
        number_where(sa.and_(on_pathway, table.c.start_back.is_not(None))).label("recorded"),
        number_where(due).label("due"),
        number_where(sa.and_(due, table.c.days_to_assessed <= target)).label("in_time"),
    )
