"""Which published list size stands for a month."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

KEEPS = pd.DateOffset(months=12)
"""How long a list stands for the months after it, when no newer one was received."""


def list_of_the_month(lists: pd.DataFrame, months: Sequence[date]) -> pd.DataFrame:
    """The newest list of each place at each month, no older than a year; NaN where there is none.

    `lists` has place, ccg, area, month (of publication) and number; the answer has a row for every
    place and month, under the CCG that the place was last published in.
    """
    lists = lists.assign(since=pd.to_datetime(lists.month)).sort_values("since")
    places = lists[["place", "ccg", "area"]].drop_duplicates("place", keep="last")
    wanted = places.merge(pd.DataFrame({"month": list(months)}), how="cross")
    wanted = wanted.assign(at=pd.to_datetime(wanted.month)).sort_values("at")
    found = pd.merge_asof(wanted, lists[["place", "since", "number"]], left_on="at", right_on="since", by="place")
    too_old = found.since + KEEPS <= found["at"]
    return found.assign(number=found["number"].mask(too_old))
