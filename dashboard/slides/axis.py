"""An axis of a chart on a slide: where a value stands, between which ends, and what its ticks say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil, floor, log10
from typing import Any

DAY_ZERO = date(1899, 12, 30)
"""The day from which spreadsheets count days."""

STEPS = ((8, 31), (24, 92), (48, 184))
"""Months of a span and days between its ticks. A little long, so that each tick falls into its own month for years."""

A_YEAR = 366


@dataclass(frozen=True)
class Axis:
    """Ends and step in positions: numbers, days since 1899 (`dates`), or the places of `names` counted from 1.

    `ticks` are positions with texts that the axis has instead of its numbers.
    """

    title: str
    low: float
    high: float
    step: float
    dates: bool = False
    names: Sequence[str] = ()
    ticks: Sequence[tuple[float, str]] = ()

    def at(self, value: Any, apart: float = 0.0) -> float | None:
        """Where a value of the figure stands; None for no value. Between names figures give a number, from 0."""
        if value is None:
            return None
        if not self.names:
            return _number(value)
        return (self.names.index(value) if isinstance(value, str) else value) + 1 + apart


def axis_of(layout: Any, values: Sequence[Any], upright: bool) -> Axis:
    """The axis of a figure for the values drawn on it; `upright` for the vertical one, which counts from zero."""
    known = [value for value in values if value is not None]
    title = (layout.title.text or "").replace("<br>", " ")
    if any(isinstance(value, str) for value in known) or layout.type == "category":
        return _by_name(title, layout, known)
    ends = [_number(value) for value in (layout.range or ())]
    positions = [_number(value) for value in known] or [0.0, 1.0]
    if isinstance(known[0] if known else None, date):
        return _by_date(title, *(ends or (min(positions), max(positions))))
    ticks = [(float(at), str(text)) for at, text in zip(layout.tickvals or (), layout.ticktext or (), strict=True)]
    if upright and layout.rangemode != "normal" and not ends:
        positions.append(0.0)
    low, high, step = _asked(*ends) if ends else nice(min(positions), max(positions))
    return Axis(title, low, high, step, ticks=[(at, text) for at, text in ticks if low <= at <= high])


def _by_name(title: str, layout: Any, values: Sequence[str]) -> Axis:
    names = list(layout.categoryarray) if layout.categoryarray is not None else list(dict.fromkeys(values))
    if layout.range and layout.range[0] > layout.range[1]:  # the first on top
        names.reverse()
    ticks = [(float(number), name) for number, name in enumerate(names, 1)]
    return Axis(title, 0.5, len(names) + 0.5, 1, names=names, ticks=ticks)


def _by_date(title: str, first: float, last: float) -> Axis:
    days = next((days for months, days in STEPS if (last - first) / 30.4 <= months), A_YEAR)
    start = _number(date.fromordinal(DAY_ZERO.toordinal() + int(first)).replace(day=1))
    return Axis(title, start, last + days / 12, days, dates=True)


def _asked(low: float, high: float) -> tuple[float, float, float]:
    """The ends that the figure asks for; a little room above the last tick, which screens need, is cut off."""
    _, _, step = nice(low, high)
    last = low + floor((high - low) / step + 1e-9) * step
    return low, last if high - last < step / 2 else high, step


def nice(low: float, high: float, intervals: int = 6) -> tuple[float, float, float]:
    """Ends and step in round numbers that hold both."""
    width = (high - low or abs(high) or 1.0) / intervals
    power = 10.0 ** floor(log10(width))
    step = next(power * size for size in (1, 2, 2.5, 5, 10) if power * size >= width * 0.999)
    return floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step, step


def _number(value: Any) -> float:
    if isinstance(value, datetime):
        value = value.date()
    return float((value - DAY_ZERO).days) if isinstance(value, date) else float(value)
