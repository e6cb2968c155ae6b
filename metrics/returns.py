"""Which returns are whole: a month in which one of a CCG's main senders is missing is too low in any count.

A month end with half of a list looks like a cure, and a month with half of the referrals like a fall.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

import pandas as pd

from loaders.months import months_between
from metrics.periods import month_after
from metrics.setting import Return

Span = tuple[date, date]
"""First and last month."""

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
    sent, spans = _sent(arrivals), _spans(arrivals)
    return {(ccg, month) for (ccg, month), senders in sent.items() if _expected(spans[ccg], month) <= senders}


def missing_returns(arrivals: pd.DataFrame) -> Iterator[tuple[str, str, date]]:
    """(CCG, main sender, month) for every month in which a sender was expected, as above, and sent nothing."""
    sent = _sent(arrivals)
    for ccg, by_sender in (_spans(arrivals) if sent else {}).items():
        for sender, (first, last) in by_sender.items():
            for month in months_between(first, last):
                if sender not in sent.get((ccg, month), ()):
                    yield ccg, sender, month


def _sent(arrivals: pd.DataFrame) -> Mapping[Return, set[str]]:
    sent: dict[Return, set[str]] = defaultdict(set)
    for row in arrivals.itertuples():
        sent[row.ccg, row.month].add(row.sender)
    return sent


def _expected(spans: Mapping[str, Span], month: date) -> set[str]:
    return {sender for sender, (first, last) in spans.items() if first <= month <= last}


def _spans(arrivals: pd.DataFrame) -> Mapping[str, Mapping[str, Span]]:
    """For each CCG the first and last month in which each main sender is expected."""
    newest = arrivals.month.max()
    late = month_after(newest, -LATE)
    by_sender = arrivals.groupby(["ccg", "sender"]).agg({"month": ["min", "max"], "arrived": "sum"})
    by_sender.columns = ["first", "last", "rows"]
    main = by_sender[by_sender.rows >= MAIN * by_sender.groupby("ccg").rows.transform("sum")]
    spans: dict[str, dict[str, Span]] = defaultdict(dict)
    for (ccg, sender), first, last in zip(main.index, main["first"], main["last"], strict=True):
        spans[ccg][sender] = (first, newest if last >= late else last)
    return spans
