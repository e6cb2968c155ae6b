"""A measure and a selection, as one select of counts. The only SQL outside `loaders`.

Every select gives rows of (area, month, ... counts). Nothing is divided here: counts of several
CCGs can be added before dividing, and every engine gives the same whole numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
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

BELOW_15 = ("0-4", "5-14")
"""Age bands that adults' rates leave out: 15 is the nearest to adult that published lists allow."""

PATHWAY = "triage_and_treat"
"""The route of referrals made through the pathway."""


@dataclass(frozen=True)
class Scope:
    """A selection worked out: what the select needs to know.

    `places` lists (published code, 2015 CCG, area): a predecessor's rows count for its successor.
    With `by_practice` the area is the practice itself. `synthetic` says which rows are counted:
    a figure never mixes invented and real ones.
    """

    places: Sequence[tuple[str, str, str]]
    synthetic: bool
    by_practice: bool = False
    practices: Sequence[str] = ()
    first: date | None = None
    last: date | None = None
    presentation: Sequence[str] = ()
    start_back: Sequence[str] = ()


Counting = sa.Select | sa.CompoundSelect


@singledispatch
def select_for(how: How, scope: Scope) -> Counting:
    """The select of one kind of measure."""
    raise TypeError(f"No select is known for {type(how).__name__}.")


@select_for.register
def _(how: Proportion, scope: Scope) -> sa.Select:
    table = tables.FACTS.tables[how.table]
    numerator = _added(table, how.numerator)
    denominator = _added(table, how.denominator)
    return _grouped(table, scope, table.c.month, how.where).add_columns(
        _sum(numerator).label("numerator"), _sum(denominator).label("denominator")
    )


@select_for.register
def _(how: Count, scope: Scope) -> sa.Select:
    table = tables.FACTS.tables[how.table]
    return _grouped(table, scope, table.c.month, how.where).add_columns(_counted(table, how.count).label("number"))


@select_for.register
def _(how: Rate, scope: Scope) -> sa.CompoundSelect:
    """Two parts: events by place and month, and list sizes by place and the month they were published for."""
    table = tables.FACTS.tables[how.table]
    place = "practice" if scope.by_practice else "ccg"
    events = _by_place(table, scope, place, how.where).add_columns(
        sa.literal("events").label("part"), sa.cast(_counted(table, how.count), sa.Double).label("number")
    )
    return sa.union_all(events, list_sizes(scope, how.membership, how.ages, place))


@select_for.register
def _(how: Wait, scope: Scope) -> sa.Select:
    """People by cohort (month of the request), whole days, and whether the step was reached."""
    table = tables.REFERRAL
    waited, unmet = table.c[f"wait_{how.step}"], table.c[f"unmet_{how.step}"]
    requested = table.c[f"{how.step}_requested"]
    days, reached = sa.func.coalesce(waited, unmet), waited.is_not(None)
    return (
        _grouped(table, scope, _month(requested), how.where)
        .where(requested.is_not(None), days.is_not(None))
        .add_columns(days.label("days"), reached.label("reached"), sa.func.count().label("people"))
        .group_by(days, reached)
    )


@select_for.register
def _(how: Conversion, scope: Scope) -> sa.Select:
    """People by cohort (month of the origin): all, those followed to the horizon, and of these the converted."""
    table = tables.REFERRAL
    origin = _origin(how.origin)
    start = _days_to(table, origin)
    followed = table.c.followed - start >= how.horizon
    reached = sa.or_(
        *[sa.and_(_days_to(table, step) >= start, _days_to(table, step) - start <= how.horizon) for step in how.reach]
    )
    if how.outcome:
        reached = sa.and_(reached, table.c.outcome == how.outcome)
    return (
        _grouped(table, scope, _month(table.c[origin]), how.where)
        .where(table.c[origin].is_not(None))
        .add_columns(
            sa.func.count().label("people"),
            _number_where(followed).label("followed"),
            _number_where(sa.and_(followed, reached)).label("converted"),
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
        _grouped(table, scope, table.c.month, where, join=(rules, rules.c.month == table.c.month))
        .add_columns(table.c.week, rules.c.open_band, rules.c.median_rule, _sum(table.c.patients).label("people"))
        .group_by(table.c.week, rules.c.open_band, rules.c.median_rule)
    )


@select_for.register
def _(how: WaitingList, scope: Scope) -> sa.Select:
    table = tables.WAITING
    return (
        _grouped(table, scope, table.c.month, {"step": how.step})
        .add_columns(table.c.week, _sum(table.c.patients).label("people"))
        .group_by(table.c.week)
    )


@select_for.register
def _(how: Change, scope: Scope) -> sa.Select:
    """Forms by month of baseline: baselines, paired forms, and sums from which means and spreads follow."""
    table = tables.OUTCOME_SCORE
    paired = sa.and_(table.c.time_point == how.time_point, table.c.change.is_not(None))
    change = sa.case((paired, table.c.change), else_=0.0)
    improved = _improved(table.c.change, how)
    return _grouped(table, scope, table.c.month, {"instrument": how.instrument}).add_columns(
        _number_where(table.c.time_point == "baseline").label("baselines"),
        _number_where(sa.and_(table.c.time_point == "baseline", table.c.followed >= (how.horizon or 0))).label("due"),
        _number_where(paired).label("pairs"),
        _sum(change).label("total"),
        _sum(change * change).label("squares"),
        _number_where(sa.and_(paired, improved)).label("improved"),
    )


@select_for.register
def _(how: Practices, scope: Scope) -> sa.CompoundSelect:
    """Two parts by practice: referrals on the pathway a month, and list sizes, which tell what is open."""
    referral = tables.REFERRAL
    everything = replace(scope, first=None)  # what is sustained looks back
    events = _by_place(referral, everything, "practice", {"route": PATHWAY}).add_columns(
        sa.literal("events").label("part"), sa.cast(sa.func.count(), sa.Double).label("number")
    )
    return sa.union_all(events, list_sizes(scope, "of_the_time", "all", "practice"))


@select_for.register
def _(how: Milestones, scope: Scope) -> sa.Select:
    """The ledger itself: it is short, and what is due depends on the month that is asked about."""
    table, places = tables.MILESTONE, _places(scope)
    query = sa.select(
        places.c.area, places.c.ccg, table.c.component, table.c.planned, table.c.actual, table.c.as_at
    ).where(table.c.ccg == places.c.code, table.c.practice.is_(None), table.c.synthetic.is_(scope.synthetic))
    return query.where(table.c.component == how.component) if how.component else query


def _improved(change: sa.ColumnElement, how: Change) -> sa.ColumnElement[bool]:
    """Whether a change is for the better by at least the smallest that matters; nobody's where none is known."""
    if how.mcid is None:
        return sa.false()
    return change >= how.mcid if how.rising_is_better else change <= -how.mcid


def list_sizes(scope: Scope, membership: str, ages: str, place: str) -> sa.Select:
    """Registered patients by place and month of publication, in the columns of a rate's events."""
    table = tables.LIST_SIZE
    ever = replace(scope, first=None, last=None)  # the list of a month may have been published before it
    query = _by_place(table, ever, place, {"membership": membership})
    if ages == "15_and_over":
        query = query.where(sa.or_(table.c.age_band.is_(None), table.c.age_band.not_in(BELOW_15)))
    return query.add_columns(sa.literal("list").label("part"), _sum(table.c.patients).label("number"))


def arrivals(fact: str, scope: Scope) -> sa.Select:
    """Months for which each 2015 CCG's rows of a table arrived."""
    table, places = tables.RECEIVED, _places(scope)
    return (
        sa.select(places.c.ccg, places.c.area, table.c.month)
        .where(table.c.ccg == places.c.code, table.c.fact == fact, table.c.synthetic.is_(scope.synthetic))
        .distinct()
    )


def provenance() -> sa.Select:
    """Which tables hold real rows, and which synthetic ones."""
    table = tables.RECEIVED
    return sa.select(table.c.fact, table.c.synthetic).distinct()


def practice_names(synthetic: bool) -> sa.Select:
    """Name and CCG of every practice in every ODS extract, the newest first."""
    table = tables.PRACTICE
    query = sa.select(table.c.practice, table.c.name, table.c.ccg).where(table.c.synthetic.is_(synthetic))
    return query.order_by(table.c.month.desc())


def columns_of(how: How) -> frozenset[str]:
    """Columns of the rows that a measure counts: what a selection can narrow it by."""
    return frozenset(tables.FACTS.tables[how.table].columns.keys())


def _places(scope: Scope) -> sa.Values:
    columns = [sa.column("code", sa.Text), sa.column("ccg", sa.Text), sa.column("area", sa.Text)]
    return sa.values(*columns, name="places").data([tuple(place) for place in scope.places])


def _grouped(
    table: sa.Table,
    scope: Scope,
    period: sa.ColumnElement,
    where: Mapping[str, object],
    join: tuple[sa.FromClause, sa.ColumnElement] | None = None,
) -> sa.Select:
    """Rows of a table within the scope, grouped by area and month; the caller adds the counts."""
    places = _places(scope)
    area = table.c.practice if scope.by_practice else places.c.area
    source = sa.join(table, places, table.c.ccg == places.c.code)
    if join:
        source = source.join(*join)
    query = sa.select(area.label("area"), period.label("month")).select_from(source)
    if scope.by_practice:
        query = query.add_columns(places.c.ccg).group_by(places.c.ccg)
    return _within(query, table, scope, period, where).group_by(area, period)


def _by_place(table: sa.Table, scope: Scope, place: str, where: Mapping[str, object]) -> sa.Select:
    """Rows of a table within the scope, grouped by place (2015 CCG or practice), its CCG, area and month."""
    places = _places(scope)
    at = table.c.practice if place == "practice" else places.c.ccg
    area = table.c.practice if scope.by_practice else places.c.area
    query = sa.select(at.label("place"), places.c.ccg.label("ccg"), area.label("area"), table.c.month).select_from(
        sa.join(table, places, table.c.ccg == places.c.code)
    )
    if place == "practice":
        query = query.where(table.c.practice.is_not(None))
    return _within(query, table, scope, table.c.month, where).group_by(at, places.c.ccg, area, table.c.month)


def _within(
    query: sa.Select, table: sa.Table, scope: Scope, period: sa.ColumnElement, where: Mapping[str, object]
) -> sa.Select:
    query = query.where(table.c.synthetic.is_(scope.synthetic))
    for column, value in where.items():
        query = query.where(
            table.c[column].in_(value) if isinstance(value, (list, tuple)) else table.c[column] == value
        )
    for column, chosen in (
        ("practice", scope.practices),
        ("presentation", scope.presentation),
        ("start_back", scope.start_back),
    ):
        if chosen and column in table.c:
            query = query.where(table.c[column].in_(chosen))
    if scope.first:
        query = query.where(period >= scope.first)
    if scope.last:
        query = query.where(period <= scope.last)
    return query


def _added(table: sa.Table, columns: Sequence[str]) -> sa.ColumnElement:
    total: sa.ColumnElement = table.c[columns[0]]
    for column in columns[1:]:
        total = total + table.c[column]
    return total


def _counted(table: sa.Table, column: str) -> sa.ColumnElement:
    return sa.func.count() if column == "rows" else _sum(table.c[column])


def _number_where(condition: sa.ColumnElement) -> sa.ColumnElement:
    return _sum(sa.case((condition, 1), else_=0))


def _sum(column: sa.ColumnElement) -> sa.ColumnElement:
    # engines sum whole numbers in types of their own; a double holds every count exactly
    return sa.cast(sa.func.sum(column), sa.Double)


def _month(day: sa.ColumnElement) -> sa.ColumnElement:
    # date_trunc gives a timestamp in some engines
    return sa.cast(sa.func.date_trunc(sa.literal_column("'month'"), day), sa.Date)


def _origin(origin: str) -> str:
    """A programme is entered by referral to it; every other origin is the step itself."""
    return "cppp_requested" if origin == "cppp" else origin


def _days_to(table: sa.Table, step: str) -> sa.ColumnElement:
    """Days from receipt to a step."""
    return sa.literal(0) if step == "received" else table.c[f"days_to_{step}"]
