"""Quarterly figures of CCGs, as metrics gives them."""

from collections.abc import Sequence

from metrics.areas import ccgs
from metrics.figure import Figure, Status
from metrics.periods import month_after, name_of, period_of
from tests.metrics.warehouses import day

FIRST = period_of(day("2015-04-01"), "quarter")


def figure(area: str, quarter: int, value: float | None, status: Status = "ok", measure: str = "wait") -> Figure:
    """A figure so many quarters after April to June 2015."""
    ccg, period = ccgs()[area], name_of(month_after(FIRST, 3 * quarter), "quarter")
    known = status if value is None else "ok"
    return Figure(measure, area, ccg.short_name, ccg.arm, period, None, None, value, None, None, "days", known, 1, True)


def series(area: str, values: Sequence[float | None]) -> list[Figure]:
    """Consecutive quarters from April to June 2015; None is hidden."""
    return [figure(area, at, value, "suppressed") for at, value in enumerate(values)]
