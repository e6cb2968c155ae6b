"""Which published list size stands for a month."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

KEEPS = pd.DateOffset(months=12)
"""How long a list stands for the months after it, when no newer one was received."""


def list_of_the_month(counts: pd.DataFrame, months: Sequence[date]) -> pd.DataFrame:
    """The newest list of each place at each month, no older than a year; NaN where there is none.

    `counts` has part (list or events), place, ccg, area, month (of publication, of a list) and
    number; the answer has a row for every place and month, under the CCG it was last counted in.
    """
    since = counts.assign(since=pd.to_datetime(counts.month)).sort_values("since")
    places = since[["place", "ccg", "area"]].drop_duplicates("place", keep="last")
    wanted = places.merge(pd.DataFrame({"month": list(months)}), how="cross")
    wanted = wanted.assign(at=pd.to_datetime(wanted.month)).sort_values("at")
    lists = since.loc[since.part == "list", ["place", "since", "number"]]
    if lists.empty:
        return wanted.assign(number=float("nan"))  # pandas cannot match nothing with nothing
    found = pd.merge_asof(wanted, lists, left_on="at", right_on="since", by="place")
    too_old = found.since + KEEPS <= found["at"]
    return found.assign(number=found["number"].mask(too_old))
