"""Months as the first day of each."""

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc


def first_of_month(dates: pa.Array) -> pa.Array:
    """The first day of the month of each date; null stays null."""
    return pc.floor_temporal(dates, unit="month").cast(pa.date32())


def months_between(first: date, last: date) -> list[date]:
    """Every month from that of `first` to that of `last`, both included."""
    start, end = (day.year * 12 + day.month - 1 for day in (first, last))
    return [date(month // 12, month % 12 + 1, 1) for month in range(start, end + 1)]
