"""Which practices refer to the pathway, month by month, from referrals and published lists.

A practice is open in a month when it stands, with at least `SMALLEST_LIST` patients, in the newest
list published for its CCG by then; so a merged practice drops out with the list it is last in.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from metrics.evidence import Evidence, Nothing, Quotient
from metrics.kinds import Practices
from metrics.lists import KEEPS
from metrics.periods import month_after

SMALLEST_LIST = 1000
"""Patients; smaller lists belong to special services, not general practices (notes of the programme)."""


def practice_shares(
    how: Practices, counts: pd.DataFrame, months: Sequence[date], arrived: Collection[tuple[str, date]]
) -> Mapping[tuple[str, date], Evidence]:
    """Share of open practices (or of their lists) in the state asked for, by area and month.

    `counts` has part (events or list), place (the practice), ccg, area, month and number; `arrived`
    holds (2015 CCG, month) for which referrals came.
    """
    active = _in_state(how, counts[counts.part == "events"], months)
    open_practices = _open(counts[counts.part == "list"], months)
    told = _told(how, arrived)
    at = zip(open_practices.ccg, open_practices.month, strict=True)
    kept = pd.Series([pair in told for pair in at], open_practices.index, bool)
    rows = open_practices[kept]
    within = np.array([pair in active for pair in zip(rows.place, rows.month, strict=True)], bool)
    rows = rows.assign(whole=rows["number"] if how.weight == "list" else 1.0)
    sums = rows.assign(part=rows.whole * within).groupby(["area", "month"])[["part", "whole"]].sum()
    found: dict[tuple[str, date], Evidence] = {row.Index: Quotient(row.part, row.whole) for row in sums.itertuples()}
    why = "No list of practices covers this month, or a month it looks back on was not received."
    for area in counts.area.unique():
        for month in months:
            found.setdefault((area, month), Nothing("no_data", why))
    return found


def _in_state(how: Practices, events: pd.DataFrame, months: Sequence[date]) -> set[tuple[str, date]]:
    """(practice, month) where referrals came at least once, or every month, of the last `how.months`."""
    if events.empty:
        return set()
    first = min(events.month.min(), months[0])
    calendar = pd.date_range(first, months[-1], freq="MS").date
    referred = events.pivot_table(index="month", columns="place", values="number", aggfunc="sum").reindex(calendar) > 0
    window = referred.astype(int).rolling(how.months, min_periods=1).sum()
    needed = 1 if how.state == "referring" else how.months
    held = (window >= needed).stack()
    return {(place, month) for (month, place), state in held.items() if state}


def _told(how: Practices, arrived: Collection[tuple[str, date]]) -> Collection[tuple[str, date]]:
    """(CCG, month) that arrived; what was sustained needs every month looked back on, from the CCG's first."""
    began: dict[str, date] = {}
    for ccg, month in arrived:
        began[ccg] = min(month, began.get(ccg, month))
    back = range(how.months if how.state == "sustained" else 1)
    return {
        (ccg, month)
        for ccg, month in arrived
        if all(m < began[ccg] or (ccg, m) in arrived for m in (month_after(month, -at) for at in back))
    }


def _open(lists: pd.DataFrame, months: Sequence[date]) -> pd.DataFrame:
    """A row for each open practice and month: place, ccg, area, month and its list as `number`."""
    lists = lists[lists["number"] >= SMALLEST_LIST].rename(columns={"month": "published"})
    editions = lists[["ccg", "published"]].drop_duplicates()
    editions = editions.assign(since=pd.to_datetime(editions.published)).sort_values("since")
    wanted = editions[["ccg"]].drop_duplicates().merge(pd.DataFrame({"month": list(months)}), how="cross")
    wanted = wanted.assign(at=pd.to_datetime(wanted.month)).sort_values("at")
    newest = pd.merge_asof(wanted, editions, left_on="at", right_on="since", by="ccg")
    newest = newest[newest.since + KEEPS > newest["at"]]
    return newest[["ccg", "month", "published"]].merge(lists, on=["ccg", "published"])
