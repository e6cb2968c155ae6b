"""From counts to evidence: each kind of measure, worked out once for every engine.

`work_out` takes the counts of `metrics.query`, with the area of each place, and the months and CCGs
for which rows arrived, and gives the evidence of each (area, period). Where it gives none, no row came.
"""

from collections.abc import Mapping
from datetime import date
from functools import singledispatch
from typing import Any

import numpy as np
import pandas as pd

from loaders.rtt_percentile import Rule
from metrics import outcomes, rtt, waits
from metrics.evidence import Estimate, Evidence, Nothing, PerHead, Quotient, Tally
from metrics.intervals import Statistic
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
from metrics.lists import list_of_the_month
from metrics.practices import practice_shares
from metrics.setting import Setting

Cell = tuple[str, date]
"""An area and the first month of a period."""

FEWEST_FOR_MEDIAN = 50
"""Patients below which the RTT returns of 2014-15 print no median or percentile."""

LEFT_OUT = Nothing("no_data", "The rows received do not say it.")


NOBODY = "There was nobody to count."


def without_rows(how: How) -> Evidence:
    """What it means that a month arrived and holds no row of this kind: nought, where people are counted.

    A nought is evidence like any other, for there are policies that hide it.
    """
    match how:
        case Count() | WaitingList():
            return Tally(0)
        case Wait():
            return Estimate(None, None, None, 0, 0, NOBODY)
        case Change(statistic="mean_change"):
            return Estimate(None, None, None, 0, reason=NOBODY)
        case Proportion() | Conversion() | Change():
            return Quotient(0, 0)
    return Nothing("no_data", NOBODY)


@singledispatch
def work_out(how: How, counts: pd.DataFrame, setting: Setting) -> Mapping[Cell, Evidence]:
    """The evidence of every area and period that has counts: `counts` has place, ccg, month and area."""
    raise TypeError(f"No working is known for {type(how).__name__}.")


def _of_periods(counts: pd.DataFrame, setting: Setting) -> pd.DataFrame:
    """The counts of the months asked for, of CCGs whose rows arrived, each in the month its period begins.

    A cohort can hold people of a month whose referrals never came; by itself it would be a fragment.
    """
    months = set(setting.months)
    counting = [(ccg, month, setting.period_of(month)) for ccg, month in setting.arrived if month in months]
    periods = pd.DataFrame(counting, columns=["ccg", "month", "period"])
    return counts.merge(periods, on=["ccg", "month"]).drop(columns="month").rename(columns={"period": "month"})


def _added(counts: pd.DataFrame, setting: Setting) -> pd.DataFrame:
    """The sums of every count, by area and period; NaN where no row says anything."""
    by_cell = _of_periods(counts, setting).groupby(["area", "month"], as_index=False)
    return by_cell.sum(numeric_only=True, min_count=1)


@work_out.register
def _(how: Proportion, counts: pd.DataFrame, setting: Setting) -> Mapping[Cell, Evidence]:
    added = _added(counts, setting)
    return {(row.area, row.month): Quotient(row.numerator, row.denominator) for row in added.itertuples()}


@work_out.register(Count | WaitingList)
def _(how: Count | WaitingList, counts: pd.DataFrame, setting: Setting) -> Mapping[Cell, Evidence]:
    added = _added(counts, setting)
    return {(row.area, row.month): LEFT_OUT if pd.isna(row.number) else Tally(row.number) for row in added.itertuples()}


@work_out.register
def _(how: Rate, counts: pd.DataFrame, setting: Setting) -> Mapping[Cell, Evidence]:
    """Events over the sum of monthly lists, so that a rate is one a month, however long the period.

    Only places whose rows arrived are in the population, or a missing return would look like a low rate.
    """
    lists = list_of_the_month(counts, setting.months)
    events = counts[counts.part == "events"].groupby(["place", "month"])["number"].sum(min_count=1)
    lists["events"] = events.reindex(pd.MultiIndex.from_frame(lists[["place", "month"]]), fill_value=0.0).to_numpy()
    by_cell = _of_periods(lists, setting).groupby(["area", "month"])[["events", "number"]]
    sums = by_cell.sum(skipna=False).itertuples()
    return {row.Index: _per_head(row.events, row.number, how.per) for row in sums}


def _per_head(events: float, population: float, per: int) -> Evidence:
    if pd.isna(population) or population == 0:
        return Nothing("no_data", "No list size is known: none was received for the month or the year before it.")
    return LEFT_OUT if pd.isna(events) else PerHead(events, population, per)


@work_out.register
def _(how: Wait, counts: pd.DataFrame, setting: Setting) -> Mapping[Cell, Evidence]:
    rows = _of_periods(counts, setting)
    days, reached, people = (rows[name].to_numpy() for name in ("days", "reached", "people"))
    found: dict[Cell, Evidence] = {}
    for cell, at in rows.groupby(["area", "month"]).indices.items():
        events, censored = by_day(days[at], reached[at], people[at])
        median = waits.median(waits.survival(events, censored))
        found[cell] = _estimate(median, "Fewer than half of the cohort have reached this step.", int(events.sum()))
    return found


def by_day(days: np.ndarray, reached: np.ndarray, people: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """People who reached the step, and who left or still wait without it, by whole days."""
    length = int(days.max()) + 1
    events = np.bincount(days[reached], people[reached], minlength=length)
    return events, np.bincount(days[~reached], people[~reached], minlength=length)


def _estimate(statistic: Statistic, reason: str, people: int | None = None) -> Estimate:
    """A statistic as evidence; `people` are those it was seen in, out of all it is from."""
    of = None if people is None else statistic.people
    seen = statistic.people if people is None else people
    why = "" if statistic.value is not None else reason
    return Estimate(statistic.value, statistic.lower, statistic.upper, seen, of, why)


@work_out.register
def _(how: Conversion, counts: pd.DataFrame, setting: Setting) -> Mapping[Cell, Evidence]:
    young = Nothing("immature", f"Not everyone in this cohort has been followed for {how.horizon} days.")
    return {
        (row.area, row.month): young if row.followed < row.people else Quotient(row.converted, row.people)
        for row in _added(counts, setting).itertuples()
    }


@work_out.register
def _(how: Rtt, counts: pd.DataFrame, setting: Setting) -> Mapping[Cell, Evidence]:
    return {cell: _rtt(how, rows) for cell, rows in _of_periods(counts, setting).groupby(["area", "month"])}


def _rtt(how: Rtt, rows: pd.DataFrame) -> Evidence:
    """Bands of one area and period. Extracts that print no medians are read by the rule in force today."""
    bands = np.bincount(rows.week, rows.people, minlength=int(rows.open_band.max()) + 1).astype(int)
    if how.statistic == "within_18_weeks":
        return Quotient(*rtt.within_18_weeks(bands))
    if bands.sum() < FEWEST_FOR_MEDIAN:
        return Nothing("no_data", f"Fewer than {FEWEST_FOR_MEDIAN} patients: too few for a median or percentile.")
    printed = rows.median_rule.dropna()
    rule: Rule = "n" if printed.empty else printed.iloc[-1]
    return _estimate(rtt.percentile(bands, 0.5 if how.statistic == "median" else 0.95, rule), "")


@work_out.register
def _(how: Change, counts: pd.DataFrame, setting: Setting) -> Mapping[Cell, Evidence]:
    return {(row.area, row.month): _change(how, row) for row in _added(counts, setting).itertuples()}


def _change(how: Change, row: Any) -> Evidence:
    pairs = int(row.pairs)
    if how.statistic == "returned":
        young = row.due < row.baselines
        return (
            Nothing("immature", "Not every form of this month is due yet.") if young else Quotient(pairs, row.baselines)
        )
    if how.statistic == "improved":
        return Quotient(row.improved, pairs)
    return _estimate(outcomes.mean_change(pairs, row.total, row.squares), "No pair of forms was returned.")


@work_out.register
def _(how: Practices, counts: pd.DataFrame, setting: Setting) -> Mapping[Cell, Evidence]:
    shares = practice_shares(how, counts, setting.months, setting.arrived)
    return {(area, setting.period_of(month)): share for (area, month), share in shares.items()}


@work_out.register
def _(how: Milestones, counts: pd.DataFrame, setting: Setting) -> Mapping[Cell, Evidence]:
    ledger = counts.assign(**{day: pd.to_datetime(counts[day]) for day in ("planned", "actual")})
    return {
        (area, setting.period_of(month)): _milestones(how, rows, pd.Timestamp(month) + pd.offsets.MonthEnd(1))
        for area, rows in ledger.groupby("area")
        for month in setting.months
    }


def _milestones(how: Milestones, rows: pd.DataFrame, end: pd.Timestamp) -> Evidence:
    if how.statistic == "reached":
        return Quotient(int((rows.actual <= end).sum()), len(rows))
    due = rows[rows.planned <= end]
    if due.empty:
        return Nothing("no_data", "No milestone was due yet.")
    return Quotient(int((due.actual <= due.planned).sum()), len(due))
