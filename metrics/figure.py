"""One figure of one measure: a value with everything that is needed to read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from metrics.periods import Per, begins, period_of

Status = Literal["ok", "suppressed", "no_data", "not_received", "immature"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure for an area and a month, as it may be shown.

    Numbers are in `unit` and unrounded; None where there is none. `lower` and `upper` bound the
    value at 95%. `status` tells apart a value, a hidden one, none to work out, none received and a
    cohort too young; `reason` says it in a sentence where there is no value.
    """

    measure: str
    area: str
    area_name: str
    arm: str
    period: str
    numerator: float | None
    denominator: float | None
    value: float | None
    lower: float | None
    upper: float | None
    unit: str
    status: Status
    release: int
    synthetic: bool
    reason: str = ""


def within(figures: Iterable[Figure], first: date | None, last: date | None, per: Per) -> list[Figure]:
    """The figures of the periods in which any month from `first` to `last` lies; None is no bound.

    Periods stay whole, so that a quarter always holds its three months.
    """
    start = period_of(first, per) if first else date.min
    return [figure for figure in figures if start <= begins(figure.period) <= (last or date.max)]


def latest(figures: Iterable[Figure]) -> dict[str, Figure]:
    """The newest figure with a value of each area; its newest figure where none has a value."""
    newest: dict[str, Figure] = {}
    for figure in figures:
        held = newest.get(figure.area)
        if held is None or held.value is None or figure.value is not None:
            newest[figure.area] = figure
    return newest


def fullest(figures: Iterable[Figure]) -> Sequence[Figure]:
    """Figures with a value of the newest of the periods in which the most areas have one; none where none has."""
    by_period: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.value is not None:
            by_period.setdefault(figure.period, []).append(figure)
    return max(by_period.items(), key=lambda found: (len(found[1]), found[0]))[1] if by_period else []


def spread(figures: Iterable[Figure]) -> Sequence[tuple[str, float, float]]:
    """Period, lowest and highest value of the areas, of every period in which at least two have one."""
    by_period: dict[str, list[float]] = {}
    for figure in figures:
        if figure.value is not None:
            by_period.setdefault(figure.period, []).append(figure.value)
    return [(period, min(held), max(held)) for period, held in sorted(by_period.items()) if len(held) > 1]
