"""Which returns are whole: a month in which one of a CCG's main senders is missing is too low in any count.

A month end with half of a list looks like a cure, and a month with half of the referrals like a fall.
"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from metrics.periods import month_after
from metrics.setting import Return

MAIN = 0.2
"""Share of a CCG's rows from which a sender is a main one: without it a count says nothing."""

LATE = 3
"""Months by which a sender may trail the newest month and still be expected: it is late. Further back it has left."""


def whole_returns(arrivals: pd.DataFrame) -> set[Return]:
    """(CCG, month) for which every main sender's rows came.

    `arrivals` has ccg, sender, month and arrived (rows). A sender is expected from its first month to
    its last, and on to the newest month of all when it is only late.
    """
    if arrivals.empty:
        return set()
    newest = arrivals.month.max()
    whole: set[Return] = set()
    for ccg, rows in arrivals.groupby("ccg"):
        spans = _spans(rows, newest)
        for month, sent in rows.groupby("month"):
            expected = {sender for sender, (first, last) in spans.items() if first <= month <= last}
            if expected <= set(sent.sender):
                whole.add((str(ccg), month))
    return whole


def _spans(rows: pd.DataFrame, newest: date) -> Mapping[str, tuple[date, date]]:
    """First and last month in which each main sender of a CCG is expected."""
    totals = rows.groupby("sender").arrived.sum()
    main = totals[totals >= MAIN * totals.sum()].index
    months = rows[rows.sender.isin(main)].groupby("sender").month.agg(["min", "max"])
    late = month_after(newest, -LATE)
    return {
        sender: (first, newest if last >= late else last)
        for sender, first, last in zip(months.index, months["min"], months["max"], strict=True)
    }
