"""Conversion of a release as it may be shown: the age of every cohort, and curves from everybody."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from metrics.areas import Area, areas_of
from metrics.conversion.cohorts import METHOD, Cohort, mature_from, within_horizon
from metrics.conversion.incidence import METHOD as CURVE_METHOD
from metrics.conversion.incidence import Ends, Incidence, incidence
from metrics.counts import counts_of, received, scope_of
from metrics.disclosure import NONE, Policy, Shown, disclose, policy_in_force
from metrics.disclosure.gate import beside_others
from metrics.disclosure.secondary import hidden_beside
from metrics.disclosure.sums import Sums
from metrics.engines import Engine
from metrics.evidence import Estimate, Nothing, Quotient, Tally
from metrics.figures import figures
from metrics.kinds import Conversion
from metrics.measure import Measure
from metrics.periods import name_of
from metrics.query import Scope, select_for
from metrics.query.ends import ends
from metrics.selection import Selection

WEEK = 7
_TOO_SHORT = Nothing("immature", "Nobody has been followed for so long yet.")


@dataclass(frozen=True)
class ShownCohort:
    """One month's people. `share` is of those old enough: of all of them where `mature`, so far where not."""

    month: date
    mature: bool
    mature_from: date
    people: Shown
    share: Shown


@dataclass(frozen=True)
class Maturity:
    """Every cohort of an area, and the share of the mature ones together."""

    area: Area
    horizon: int
    cohorts: Sequence[ShownCohort]
    share: Shown
    people: Shown
    too_young: Shown
    method: str
    sentence: str
    release: int
    synthetic: bool


@dataclass(frozen=True)
class CurvePoint:
    """The share converted within so many days."""

    days: int
    share: Shown


@dataclass(frozen=True)
class Curve:
    """The share of an area converted by the end of each week, from everybody however long followed."""

    area: Area
    horizon: int
    points: Sequence[CurvePoint]
    at_horizon: Shown
    people: Shown
    method: str
    sentence: str
    release: int
    synthetic: bool


def maturity(engine: Engine, measure: Measure, selection: Selection, policy: Policy | None = None) -> list[Maturity]:
    """The cohorts of a conversion measure and their age, for every area of the selection that has any.

    A cohort is hidden wherever the figure of its month is. Raises ValueError for a measure of another kind, or a
    selection by practice.
    """
    how, in_force = _conversion(measure), policy or policy_in_force()
    scope = scope_of(selection, engine, how.table)
    counts = _received(counts_of(engine, selection, scope, select_for, how), engine, scope)
    found = {area: _cohorts(rows) for area, rows in counts.groupby("area")}
    monthly = figures(measure, replace(selection, per="month"), engine, in_force)
    hidden = {(figure.area, figure.period) for figure in monthly if figure.status == "suppressed"}
    return [
        _maturity(area, how.horizon, found[area.code], hidden, in_force, engine.release.number, scope.synthetic)
        for area in areas_of(selection)
        if area.code in found
    ]


def _conversion(measure: Measure) -> Conversion:
    if not isinstance(measure.how, Conversion):
        raise ValueError(f"{measure.name} is not a conversion.")
    return measure.how


def _received(counts: pd.DataFrame, engine: Engine, scope: Scope) -> pd.DataFrame:
    """The counts of months whose referrals came, as in figures: of another month only a fragment is known."""
    months = received(engine, scope, "referral")
    return counts[np.array([pair in months for pair in zip(counts.ccg, counts.month, strict=True)], dtype=bool)]


def _cohorts(rows: pd.DataFrame) -> list[Cohort]:
    months = rows.groupby("month")[["people", "followed", "converted"]].sum().sort_index()
    return [Cohort(row.Index, int(row.people), int(row.followed), int(row.converted)) for row in months.itertuples()]


def _maturity(
    area: Area,
    horizon: int,
    cohorts: Sequence[Cohort],
    hidden: Collection[tuple[str, str]],
    policy: Policy,
    release: int,
    synthetic: bool,
) -> Maturity:
    pooled = within_horizon(cohorts)
    months = {cohort.month for cohort in cohorts if (area.code, name_of(cohort.month, "month")) in hidden}
    gives_away = _pooled_gives_away(cohorts, months, policy)
    share = beside_others(disclose(Quotient(pooled.converted, pooled.share.people), policy), gives_away)
    too_young = disclose(Tally(pooled.too_young), policy if pooled.too_young else NONE)  # dates alone tell of nobody
    everybody = Tally(sum(cohort.people for cohort in cohorts))
    # beside the mature ones, everybody would tell how many are too young
    people = beside_others(disclose(everybody, policy), gives_away or too_young.status == "suppressed")
    shown = [_shown_cohort(cohort, horizon, policy, cohort.month in months) for cohort in cohorts]
    sentence = f"{_told(area, share, horizon)} {_young(too_young, people)}"
    return Maturity(area, horizon, shown, share, people, too_young, METHOD, sentence, release, synthetic)


def _pooled_gives_away(cohorts: Sequence[Cohort], hidden: Collection[date], policy: Policy) -> bool:
    """Whether the mature cohorts together would tell what is hidden of one of them."""
    mature = [cohort for cohort in cohorts if cohort.mature]
    each = [(cohort.converted, cohort.people) for cohort in mature]
    counts = np.array([*each, np.sum(each, axis=0) if each else (0, 0)], dtype=float)
    already = np.array([*(cohort.month in hidden for cohort in mature), False])
    pooled = np.arange(len(counts)) == len(mature)
    sums = Sums.among([(len(mature), range(len(mature)))])
    return bool(hidden_beside(counts, sums, policy, hidden_already=already, may_hide=pooled)[-1])


def _shown_cohort(cohort: Cohort, horizon: int, policy: Policy, hidden: bool) -> ShownCohort:
    share = disclose(Quotient(cohort.converted, cohort.followed) if cohort.followed else _TOO_SHORT, policy)
    people = disclose(Tally(cohort.people), policy)
    if hidden or (not cohort.mature and policy.hides(cohort.people - cohort.followed)):
        share, people = beside_others(share, True), beside_others(people, True)
    return ShownCohort(cohort.month, cohort.mature, mature_from(cohort.month, horizon), people, share)


def _told(area: Area, share: Shown, horizon: int) -> str:
    if share.value is None:
        return f"{area.name}: no share within {horizon} days can be given. {share.reason}".strip()
    limits = "" if share.lower is None else f" (95% interval {share.lower:.0f} to {share.upper:.0f}%)"
    return f"{area.name}: {share.value:.0f}% within {horizon} days{limits}, of {share.denominator:,.0f} people."


def _young(too_young: Shown, people: Shown) -> str:
    if too_young.value == 0:
        return "Everybody is old enough to judge."
    if too_young.value is None or people.value is None:
        return "A few people are not yet old enough to judge."
    return f"{too_young.value:,.0f} of {people.value:,.0f} people are in cohorts not yet old enough to judge."


def curves(
    engine: Engine, measure: Measure, selection: Selection, policy: Policy | None = None, days: int | None = None
) -> list[Curve]:
    """The curve of a conversion measure by the week up to `days` (its horizon), for every area that has people.

    All cohorts of the selection count together. Raises ValueError as `maturity` does.
    """
    how, in_force = _conversion(measure), policy or policy_in_force()
    scope = scope_of(selection, engine, how.table)
    counts = counts_of(engine, selection, scope, ends, how)
    found = {area: incidence(_ends(rows)) for area, rows in counts.groupby("area")}
    # where everybody together would tell of a few who are too young, or of a month, so would the curve of everybody
    ages = maturity(engine, measure, selection, in_force)
    untold = {age.area.code for age in ages if age.people.status == "suppressed"}
    upto, release = days or how.horizon, engine.release.number
    return [
        _curve(area, how.horizon, found[area.code], upto, area.code in untold, in_force, release, scope.synthetic)
        for area in areas_of(selection)
        if area.code in found
    ]


def _ends(rows: pd.DataFrame) -> Ends:
    """People by day from rows of (days, end, people)."""
    length = int(rows.days.max()) + 1

    def by_day(end: str) -> np.ndarray:
        some = rows[rows.end == end]
        return np.bincount(some.days, some.people, minlength=length).astype(int)

    return Ends(by_day("converted"), by_day("ended"), by_day("open"))


def _curve(
    area: Area, horizon: int, found: Incidence, upto: int, untold: bool, policy: Policy, release: int, synthetic: bool
) -> Curve:
    people = beside_others(disclose(Tally(found.ends.people), policy), untold)
    at_horizon = beside_others(share_shown(found, horizon, policy), untold)
    points = [] if untold else list(_points(found, upto, policy))
    sentence = f"{_told(area, at_horizon, horizon)} Those not yet followed so long count for as long as they were."
    return Curve(area, horizon, points, at_horizon, people, CURVE_METHOD, sentence, release, synthetic)


def _points(found: Incidence, upto: int, policy: Policy) -> Iterator[CurvePoint]:
    """Week by week, as far as more people are followed than may be told apart."""
    for day in range(0, upto + 1, WEEK):
        followed = int(found.ends.at_risk[day]) if day < len(found.ends.at_risk) else 0
        if policy.hides(followed):
            return
        yield CurvePoint(day, share_shown(found, day, policy))


def share_shown(found: Incidence, days: int, policy: Policy) -> Shown:
    """The share within so many days as it may be shown.

    It passes as the number of people that the share stands for, out of all: from one week to the next
    only as many can be seen to convert as the policy lets be counted. There is no numerator, for that
    number is no count.
    """
    share = found.by(days)
    if share.value is None:
        return disclose(_TOO_SHORT, policy)
    converted = share.value * share.people
    shown = disclose(Quotient(converted, share.people), policy, limits=False)
    shown = replace(shown, numerator=None)
    if shown.value is None or share.lower is None or share.upper is None:
        return shown
    around = disclose(Estimate(100 * share.value, 100 * share.lower, 100 * share.upper, converted), policy, decimals=0)
    assert around.lower is not None
    assert around.upper is not None
    # the value follows from rounded counts, its limits do not
    return replace(shown, lower=min(around.lower, shown.value), upper=max(around.upper, shown.value))
