"""The select of each kind of measure."""

from dataclasses import replace
from functools import singledispatch

import sqlalchemy as sa

from loaders import tables
from metrics.kinds import (
    Change,
    Conversion,
    Count,
    How,
    Milestones,
    Practices,
    Proportion,
    Rate,
    Rtt,
    Wait,
    WaitingList,
)
from metrics.query.columns import added, counted, days_to, first_of_month, number_where, total
from metrics.query.scope import Scope, ccg_of, grouped, in_scope

BELOW_15 = ("0-4", "5-14", "5-9", "10-14")
"""Age bands that adults' rates leave out: 15 is the nearest to adult that published lists allow."""

PATHWAY = "triage_and_treat"
"""The route of referrals made through the pathway."""

Counting = sa.Select | sa.CompoundSelect


def columns_of(how: How) -> frozenset[str]:
    """Columns of the rows that a measure counts: what a selection can narrow it by."""
    columns = frozenset(tables.FACTS.tables[how.table].columns.keys())
    return columns - {"practice"} if isinstance(how, Milestones) else columns


@singledispatch
def select_for(how: How, scope: Scope) -> Counting:
    """The select of one kind of measure."""
    raise TypeError(f"No select is known for {type(how).__name__}.")


@select_for.register
def _(how: Proportion, scope: Scope) -> sa.Select:
    """A row that leaves a column blank counts in neither part."""
    table = tables.FACTS.tables[how.table]
    numerator, denominator = added(table, how.numerator), added(table, how.denominator)
    return (
        grouped(table, scope, how.where)
        .where(numerator.is_not(None), denominator.is_not(None))
        .add_columns(total(numerator).label("numerator"), total(denominator).label("denominator"))
    )


@select_for.register
def _(how: Count, scope: Scope) -> sa.Select:
    table = tables.FACTS.tables[how.table]
    return grouped(table, scope, how.where).add_columns(counted(table, how.count).label("number"))


@select_for.register
def _(how: Rate, scope: Scope) -> sa.CompoundSelect:
    """Two parts: events by place and month, and list sizes by place and the month they were published for."""
    table = tables.FACTS.tables[how.table]
    events = grouped(table, scope, how.where).add_columns(
        sa.literal("events").label("part"), counted(table, how.count).label("number")
    )
    return sa.union_all(events, _list_sizes(scope, how.membership, how.ages))


@select_for.register
def _(how: Wait, scope: Scope) -> sa.Select:
    """People by cohort (month of the request), whole days, and whether the step was reached."""
    table = tables.REFERRAL
    waited, unmet = table.c[f"wait_{how.step}"], table.c[f"unmet_{how.step}"]
    requested = table.c[f"{how.step}_requested"]
    days, reached = sa.func.coalesce(waited, unmet), waited.is_not(None)
    return (
        grouped(table, scope, how.where, first_of_month(requested))
        .where(requested.is_not(None), days.is_not(None))
        .add_columns(days.label("days"), reached.label("reached"), sa.func.count().label("people"))
        .group_by(days, reached)
    )


@select_for.register
def _(how: Conversion, scope: Scope) -> sa.Select:
    """People by cohort (month of the origin): all, those followed to the horizon, and of these the converted."""
    table = tables.REFERRAL
    # a programme is entered by referral to it; every other origin is the step itself
    origin = "cppp_requested" if how.origin == "cppp" else how.origin
    start = days_to(table, origin)
    followed = table.c.followed - start >= how.horizon
    reached = sa.or_(
        *[sa.and_(days_to(table, step) >= start, days_to(table, step) - start <= how.horizon) for step in how.reach]
    )
    if how.outcome:
        reached = sa.and_(reached, table.c.outcome == how.outcome)
    return (
        grouped(table, scope, how.where, first_of_month(table.c[origin]))
        .where(table.c[origin].is_not(None))
        .add_columns(
            sa.func.count().label("people"),
            number_where(followed).label("followed"),
            number_where(sa.and_(followed, reached)).label("converted"),
        )
    )


@select_for.register
def _(how: Rtt, scope: Scope) -> sa.Select:
    """Patients by week band, with the month's open band and the rule of its published medians."""
    table, published = tables.RTT_WAIT, tables.RTT_PUBLISHED
    where = {"part": how.part, "function": how.function}
    rules = (
        sa.select(
            published.c.month,
            sa.func.max(published.c.open_band).label("open_band"),
            sa.func.max(published.c.median_rule).label("median_rule"),
        )
        .where(published.c.part == how.part, published.c.synthetic.is_(scope.synthetic))
        .group_by(published.c.month)
        .subquery("rules")
    )
    return (
        grouped(table, scope, where, join=(rules, rules.c.month == table.c.month))
        .add_columns(table.c.week, rules.c.open_band, rules.c.median_rule, total(table.c.patients).label("people"))
        .group_by(table.c.week, rules.c.open_band, rules.c.median_rule)
    )


@select_for.register
def _(how: WaitingList, scope: Scope) -> sa.Select:
    table = tables.WAITING
    query = grouped(table, scope, {"step": how.step}).add_columns(total(table.c.patients).label("number"))
    return query if how.over_weeks is None else query.where(table.c.week >= how.over_weeks)


@select_for.register
def _(how: Change, scope: Scope) -> sa.Select:
    """Forms by month of baseline: baselines, paired forms, and sums from which means and spreads follow."""
    table = tables.OUTCOME_SCORE
    baseline = table.c.time_point == "baseline"
    paired = sa.and_(table.c.time_point == how.time_point, table.c.change.is_not(None))
    change = sa.case((paired, table.c.change), else_=0.0)
    improved = _improved(table.c.change, how)
    return grouped(table, scope, {"instrument": how.instrument}).add_columns(
        number_where(baseline).label("baselines"),
        number_where(sa.and_(baseline, table.c.followed >= (how.horizon or 0))).label("due"),
        number_where(paired).label("pairs"),
        total(change).label("total"),
        total(change * change).label("squares"),
        number_where(sa.and_(paired, improved)).label("improved"),
    )


@select_for.register
def _(how: Practices, scope: Scope) -> sa.CompoundSelect:
    """Two parts by practice: referrals on the pathway a month, and list sizes, which tell what is open."""
    everything = replace(scope, by_practice=True, first=None)  # what is sustained looks back
    events = grouped(tables.REFERRAL, everything, {"route": PATHWAY}).add_columns(
        sa.literal("events").label("part"), sa.cast(sa.func.count(), sa.Double).label("number")
    )
    return sa.union_all(events, _list_sizes(everything, "of_the_time", "all"))


@select_for.register
def _(how: Milestones, scope: Scope) -> sa.Select:
    """The ledger itself: it is short, and what is due depends on the month that is asked about."""
    table, ccg = tables.MILESTONE, ccg_of(tables.MILESTONE, scope)
    query = sa.select(
        ccg.label("place"), ccg.label("ccg"), table.c.component, table.c.planned, table.c.actual, table.c.as_at
    ).where(in_scope(table, scope), table.c.practice.is_(None))
    return query.where(table.c.component == how.component) if how.component else query


def _improved(change: sa.ColumnElement, how: Change) -> sa.ColumnElement[bool]:
    """Whether a change is for the better by at least the smallest that matters; nobody's where none is known."""
    if how.mcid is None:
        return sa.false()
    return change >= how.mcid if how.rising_is_better else change <= -how.mcid


def _list_sizes(scope: Scope, membership: str, ages: str) -> sa.Select:
    """Registered patients by place and month of publication, in the columns of a rate's events."""
    table = tables.LIST_SIZE
    ever = replace(scope, first=None, last=None)  # the list of a month may have been published before it
    query = grouped(table, ever, {"membership": membership})
    if ages == "15_and_over":
        query = query.where(table.c.age_band.not_in(BELOW_15))  # nobody's age is known where there is no band
    return query.add_columns(sa.literal("list").label("part"), total(table.c.patients).label("number"))
