"""From counts to evidence: each kind of measure, worked out once for every engine.

`work_out` takes the counts of `metrics.query` and the months and places for which rows arrived, and
gives the evidence of each (area, month). An area and month without evidence had no rows.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
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
from metrics.practices import practice_shares

Cell = tuple[str, date]
"""An area and the first day of a month."""

FEWEST_FOR_MEDIAN = 50
"""Patients below which the RTT returns of 2014-15 print no median or percentile."""

LIST_KEEPS = pd.DateOffset(months=12)
"""How long a list size stands for the months after it, when no newer one was received."""


@dataclass(frozen=True)
class Setting:
    """What the counts are to be read against.

    `months` are those asked for; `arrived` holds (2015 CCG, month) for which rows of the table came.
    """

    months: Sequence[date]
    arrived: Collection[tuple[str, date]]


@singledispatch
def work_out(how: How, counts: pd.DataFrame, setting: Setting) -> Mapping[Cell, Evidence]:
    """The evidence of every area and month that has counts."""
    raise TypeError(f"No working is known for {type(how).__name__}.")


@singledispatch
def without_rows(how: How) -> Evidence:
    """What it means that a month arrived and holds no row of this kind."""
    return Nothing("no_data", "There was nobody to count.")


@without_rows.register(Count | WaitingList)
def _(how: Count | WaitingList) -> Evidence:
    return Tally(0)


@work_out.register
def _(how: Proportion, counts: pd.DataFrame, setting: Setting) -> Mapping[Cell, Evidence]:
    counts = counts.fillna({"numerator": 0, "denominator": 0})
    return {(row.area, row.month): Quotient(row.numerator, row.denominator) for row in counts.itertuples()}


@work_out.register
def _(how: Count, counts: pd.DataFrame, setting: Setting) -> Mapping[Cell, Evidence]:
    return {(row.area, row.month): Tally(row.number) for row in counts.itertuples()}


@work_out.register
def _(how: WaitingList, counts: pd.DataFrame, setting: Setting) -> Mapping[Cell, Evidence]:
    long = counts if how.over_weeks is None else counts[counts.week >= how.over_weeks]
    totals = long.groupby(["area", "month"])["people"].sum()
    return {cell: Tally(people) for cell, people in totals.items()}


@work_out.register
def _(how: Rate, counts: pd.DataFrame, setting: Setting) -> Mapping[Cell, Evidence]:
    """Only places whose rows arrived are in the population, or a missing return would look like a low rate."""
    lists = list_of_the_month(counts[counts.part == "list"], setting.months)
    lists = lists[[(ccg, month) in setting.arrived for ccg, month in zip(lists.ccg, lists.month, strict=True)]]
    events = counts[counts.part == "events"].groupby(["place", "month"])["number"].sum()
    lists["events"] = [events.get(key, 0.0) for key in zip(lists.place, lists.month, strict=True)]
    found: dict[Cell, Evidence] = {}
    for cell, rows in lists.groupby(["area", "month"]):
        if rows["number"].isna().any():
            found[cell] = Nothing("no_data", "No list size was received for this month or the year before it.")
        else:
            found[cell] = PerHead(rows.events.sum(), rows["number"].sum(), how.per)
    return found


def list_of_the_month(lists: pd.DataFrame, months: Sequence[date]) -> pd.DataFrame:
    """The newest list of each place at each month, no older than a year; NaN where there is none.

    `lists` has place, ccg, area, month and number; the answer has a row for every place and month.
    """
    places = lists[["place", "ccg", "area"]].drop_duplicates()
    wanted = places.merge(pd.DataFrame({"month": list(months)}), how="cross")
    wanted["at"] = pd.to_datetime(wanted.month)
    published = lists[["place", "month", "number"]].assign(since=pd.to_datetime(lists.month)).sort_values("since")
    joined = pd.merge_asof(
        wanted.sort_values("at"), published.drop(columns="month"), left_on="at", right_on="since", by="place"
    )
    too_old = joined.since + LIST_KEEPS <= joined["at"]
    return joined.assign(number=joined["number"].mask(too_old))


@work_out.register
def _(how: Wait, counts: pd.DataFrame, setting: Setting) -> Mapping[Cell, Evidence]:
    found: dict[Cell, Evidence] = {}
    for cell, rows in counts.groupby(["area", "month"]):
        events, censored = _by_day(rows)
        median = waits.median(waits.survival(events, censored))
        found[cell] = _estimate(median, "Fewer than half of the cohort have reached this step.", int(events.sum()))
    return found


def _by_day(rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """People who reached the step, and who left or still wait without it, by whole days."""
    length = int(rows.days.max()) + 1
    reached = rows.reached.to_numpy(bool)
    days, people = rows.days.to_numpy(), rows.people.to_numpy()
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
    found: dict[Cell, Evidence] = {}
    for row in counts.itertuples():
        if row.followed < row.people:
            why = f"Not everyone in this cohort has been followed for {how.horizon} days."
            found[row.area, row.month] = Nothing("immature", why)
        else:
            found[row.area, row.month] = Quotient(row.converted, row.people)
    return found


@work_out.register
def _(how: Rtt, counts: pd.DataFrame, setting: Setting) -> Mapping[Cell, Evidence]:
    return {cell: _rtt(how, rows) for cell, rows in counts.groupby(["area", "month"])}


def _rtt(how: Rtt, rows: pd.DataFrame) -> Evidence:
    """Bands of one area and month. Extracts that print no medians are read by the rule in force today."""
    bands = np.bincount(rows.week, rows.people, minlength=int(rows.open_band.iloc[0]) + 1).astype(int)
    if how.statistic == "within_18_weeks":
        return Quotient(*rtt.within_18_weeks(bands))
    if bands.sum() < FEWEST_FOR_MEDIAN:
        return Nothing("no_data", f"Fewer than {FEWEST_FOR_MEDIAN} patients: too few for a median or percentile.")
    rule: Rule = rows.median_rule.iloc[0] or "n"
    return _estimate(rtt.percentile(bands, 0.5 if how.statistic == "median" else 0.95, rule), "")


@work_out.register
def _(how: Change, counts: pd.DataFrame, setting: Setting) -> Mapping[Cell, Evidence]:
    return {(row.area, row.month): _change(how, row) for row in counts.itertuples()}


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
    return practice_shares(how, counts, setting.months)


@work_out.register
def _(how: Milestones, counts: pd.DataFrame, setting: Setting) -> Mapping[Cell, Evidence]:
    ledger = counts.assign(**{day: pd.to_datetime(counts[day]) for day in ("planned", "actual")})
    found: dict[Cell, Evidence] = {}
    for area, rows in ledger.groupby("area"):
        for month in setting.months:
            end = pd.Timestamp(month) + pd.offsets.MonthEnd(1)
            found[area, month] = _milestones(how, rows, end)
    return found


def _milestones(how: Milestones, rows: pd.DataFrame, end: pd.Timestamp) -> Evidence:
    if how.statistic == "reached":
        return Quotient(int((rows.actual <= end).sum()), len(rows))
    due = rows[rows.planned <= end]
    if due.empty:
        return Nothing("no_data", "No milestone was due yet.")
    return Quotient(int((due.actual <= due.planned).sum()), len(due))
