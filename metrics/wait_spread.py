"""How waits are spread: median and 92nd percentile of each cohort, the completed waits beside it, and all by week.

A median tells of the middle only, and the 92nd percentile of those who wait longest: the national standard is for 92 in
100. The median of completed waits leaves out whoever still waits, so that it understates a change.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from metrics import waits
from metrics.areas import Area, areas_of
from metrics.counts import counts_of, everywhere, scope_of
from metrics.disclosure import Policy, Shown, disclose, policy_in_force
from metrics.disclosure.beside import unfiltered
from metrics.disclosure.gate import beside_others
from metrics.disclosure.table import Item, Layout, hidden_items
from metrics.engines import Engine
from metrics.evidence import Estimate, Nothing, Quotient, Tally
from metrics.figure import Figure
from metrics.figures import figures
from metrics.kinds import Wait
from metrics.measure import Measure
from metrics.periods import name_of, period_of
from metrics.query import select_for
from metrics.selection import Selection
from metrics.workings import by_day

FAR = 92
"""The number in 100 that the national standard is about."""

WEEK = 7
WEEKS = 26
"""Weeks of a curve: half a year."""

DAYS = range(0, WEEK * WEEKS + 1, WEEK)

FEW_BEYOND = Shown("suppressed", reason="Too few people waited longer to give it.")


@dataclass(frozen=True)
class CohortWait:
    """One cohort: its median as the measure gives it, the 92nd percentile, and the median of completed waits."""

    cohort: Figure
    far: Shown
    completed: Shown


@dataclass(frozen=True)
class WaitCurve:
    """The share of an area's people who reached the step by the end of each week, from week 0 on."""

    area: Area
    shares: Sequence[Shown]
    people: Shown


def cohort_waits(
    engine: Engine, measure: Measure, selection: Selection, policy: Policy | None = None
) -> list[CohortWait]:
    """Every cohort of a wait measure, by area and period. Nothing is added to a cohort whose median is not shown.

    Raises ValueError for a measure of another kind, or a selection by practice.
    """
    in_force = policy or policy_in_force()
    curves = _curves(engine, measure, selection)
    return [
        CohortWait(figure, *_beside(figure, curves.get((figure.area, figure.period)), in_force))
        for figure in figures(measure, selection, engine, in_force)
    ]


def _beside(figure: Figure, curve: waits.Curve | None, policy: Policy) -> tuple[Shown, Shown]:
    if figure.value is None or curve is None:
        untold = Shown(figure.status if figure.value is None else "no_data", reason=figure.reason)
        return untold, untold
    finished = waits.survival(curve.events, np.zeros_like(curve.events))
    completed = Estimate(waits.median(finished).value, None, None, finished.people)
    return _far(curve, policy), replace(disclose(completed, policy, decimals=0), numerator=None)


def _far(curve: waits.Curve, policy: Policy) -> Shown:
    """The 92nd percentile, where enough people lie beyond it that it is no one person's wait."""
    if policy.hides(curve.people * (100 - FAR) // 100):
        return FEW_BEYOND
    day = waits.percentile(curve, FAR / 100)
    if day is None:
        return disclose(Nothing("no_data", "Fewer than 92 in 100 of the cohort have reached this step."), policy)
    return Shown("ok", day)


def _curves(engine: Engine, measure: Measure, selection: Selection) -> Mapping[tuple[str, str], waits.Curve]:
    rows = _rows(engine, measure, selection)
    periods = [name_of(period_of(month, selection.per), selection.per) for month in rows.month]
    return {cell: _curve(of) for cell, of in rows.assign(period=periods).groupby(["area", "period"])}


def _rows(engine: Engine, measure: Measure, selection: Selection) -> pd.DataFrame:
    if not isinstance(measure.how, Wait):
        raise ValueError(f"{measure.name} is not a wait.")
    return counts_of(engine, selection, scope_of(selection, engine, "referral"), select_for, measure.how)


def _curve(rows: pd.DataFrame) -> waits.Curve:
    return waits.survival(*by_day(*(rows[name].to_numpy() for name in ("days", "reached", "people"))))


def wait_curves(
    engine: Engine, measure: Measure, selection: Selection, policy: Policy | None = None
) -> list[WaitCurve]:
    """The curve of a wait measure for every area that anybody waited in; all cohorts of the selection together.

    Raises ValueError as `cohort_waits` does.
    """
    in_force = policy or policy_in_force()
    found = {area: _curve(rows) for area, rows in _rows(engine, measure, selection).groupby("area")}
    everybody = [_reached(engine, measure, some) for some in (selection, *unfiltered(selection))]
    hidden = hidden_items(everybody[0], everybody[1:], Layout([(day,) for day in DAYS]), selection, in_force)
    return [
        WaitCurve(area, list(_shares(area, curve, hidden, in_force)), disclose(Tally(curve.people), in_force))
        for area in areas_of(selection)
        if (curve := found.get(area.code))
    ]


def _reached(engine: Engine, measure: Measure, selection: Selection) -> pd.DataFrame:
    """Who had reached the step by the end of each week, by ccg and item, for all CCGs whichever are selected."""
    rows = _rows(engine, measure, everywhere(selection))
    curves = {ccg: _curve(of) for ccg, of in rows.groupby("area")}
    reached = [(ccg, (day,), round(_by(curve, day))) for ccg, curve in curves.items() for day in _days(curve)]
    return pd.DataFrame(reached, columns=["ccg", "item", "people"])


def _days(curve: waits.Curve) -> Sequence[int]:
    return [day for day in DAYS if day < len(curve.at_risk)]


def _by(curve: waits.Curve, day: int) -> float:
    """The people whom the share that had reached the step by this day stands for."""
    return (1 - float(curve.waiting[day])) * curve.people


def _shares(area: Area, curve: waits.Curve, hidden: Collection[tuple[str, Item]], policy: Policy) -> Iterator[Shown]:
    """Week by week, as far as more people are followed than may be told apart, each as the people it stands for."""
    for day in _days(curve):
        if policy.hides(int(curve.at_risk[day])):
            return
        share = disclose(Quotient(_by(curve, day), curve.people), policy, limits=False)
        yield beside_others(replace(share, numerator=None), (area.code, (day,)) in hidden)
