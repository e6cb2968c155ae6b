"""Who was still waiting at each month end, worked out from the dates of their referrals.

A person waits for a step at a month end who had been asked for it by then and had neither had it
nor been discharged. A step on the day of the month end counts as had.
"""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.months import months_between
from loaders.tables import STEPS

GROUPS = ("provider", "practice", "ccg", "presentation", "start_back")
"""What the lists are split by, beside the step and the week."""

_NEVER = np.iinfo(np.int32).max


def waiting_lists(referrals: pa.Table, extracted: date) -> pa.Table:
    """The table `waiting` from rows of `referral`, for every month that was over when the extract was drawn."""
    ends = month_ends(pc.min(referrals["received"]).as_py(), extracted)
    groups = referrals.select(GROUPS)
    first, group = _numbered(groups)
    discharged = _days(referrals["discharged"])
    lists = []
    for step in STEPS:
        asked = _days(referrals[f"{step}_requested"])
        over = np.minimum(_days(referrals[step]), discharged)
        group_at, week, end, patients = _counts(group, asked, over, ends)
        rows = groups.take(first[group_at])
        rows = rows.append_column("step", pa.repeat(pa.scalar(step), len(patients)))
        rows = rows.append_column("week", pa.array(week, pa.int32()))
        rows = rows.append_column("patients", pa.array(patients, pa.int32()))
        lists.append(rows.append_column("month", pa.array(ends[end].astype("datetime64[M]").astype("datetime64[D]"))))
    return pa.concat_tables(lists)


def month_ends(first: date, extracted: date) -> np.ndarray:
    """Last days of the months from that of `first` to the last month that was over on `extracted`."""
    after = [
        date(month.year + month.month // 12, month.month % 12 + 1, 1) for month in months_between(first, extracted)
    ]
    ends = [day - timedelta(days=1) for day in after]
    return np.array([day for day in ends if day <= extracted], dtype="datetime64[D]")


def week_waited(days: np.ndarray) -> np.ndarray:
    """Band of whole weeks as in RTT: 0 is up to 7 days, 1 is 8 to 14 days."""
    return (np.maximum(days, 1) - 1) // 7


def _numbered(groups: pa.Table) -> tuple[np.ndarray, np.ndarray]:
    """A row that shows each distinct combination, and for every row the number of its combination."""
    number = np.zeros(groups.num_rows, dtype=np.int64)
    for column in groups.columns:
        codes = column.combine_chunks().dictionary_encode(null_encoding="encode")
        number = number * len(codes.dictionary) + codes.indices.to_numpy()
    return np.unique(number, return_index=True, return_inverse=True)[1:]


def _days(dates: pa.ChunkedArray) -> np.ndarray:
    """Days since 1970; never, where there is no date."""
    return pc.fill_null(dates.combine_chunks().cast(pa.int32()), _NEVER).to_numpy()


def _counts(group: np.ndarray, asked: np.ndarray, over: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, ...]:
    """Group, week, month end and number of people, for each combination in which somebody waits."""
    days = ends.astype(np.int64)
    start, stop = np.searchsorted(days, asked), np.searchsorted(days, over)
    listed = np.maximum(stop - start, 0)
    person = np.repeat(np.arange(len(asked)), listed)
    end = np.arange(len(person)) - np.repeat(np.cumsum(listed) - listed, listed) + start[person]
    week = week_waited(days[end] - asked[person])
    weeks = int(week.max(initial=0)) + 1
    key, patients = np.unique((group[person] * len(ends) + end) * weeks + week, return_counts=True)
    group_and_end, week = np.divmod(key, weeks)
    at, end = np.divmod(group_and_end, max(len(ends), 1))
    return at, week, end, patients
