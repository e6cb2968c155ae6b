"""Figures by months since each CCG's own go-live, and the band of the early implementers.

The figures come as they may be shown: a hidden or missing one leaves a gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from metrics.figure import Figure
from metrics.live import Rollout

FEWEST = 2
"""CCGs that make a band: below it a band would be one CCG's line."""


@dataclass(frozen=True)
class Aligned:
    """A figure of a CCG so many months after its go-live; before it: negative."""

    months: int
    figure: Figure


@dataclass(frozen=True)
class BandMonth:
    """Lowest and highest value so many months after go-live, over `ccgs` CCGs that have one then."""

    months: int
    lower: float
    upper: float
    ccgs: int


def aligned(figures: Sequence[Figure], rollout: Rollout) -> list[Aligned]:
    """Monthly figures by CCG, those of CCGs that are live by the end of what is known, up to that end.

    In the order given. Raises ValueError for a figure that is not of one month.
    """
    found = []
    for figure in figures:
        month = date.fromisoformat(f"{figure.period}-01")
        months = rollout.months_since(figure.area, month)
        if months is not None and month <= rollout.known_to:
            found.append(Aligned(months, figure))
    return found


def ccgs_under(points: Sequence[Aligned], arm: str = "") -> dict[int, int]:
    """How many CCGs (of one arm, where named) have a value at each number of months since go-live, in order."""
    shown = [p for p in points if p.figure.value is not None and arm in ("", p.figure.arm)]
    return {
        months: len({p.figure.area for p in shown if p.months == months})
        for months in sorted({p.months for p in shown})
    }


def early_band(points: Sequence[Aligned]) -> list[BandMonth]:
    """The band of the early implementers, in order. A month that fewer than two of them have is not part of it."""
    band = []
    for months, ccgs in ccgs_under(points, "early").items():
        values = [p.figure.value for p in points if p.months == months and p.figure.arm == "early"]
        known = [value for value in values if value is not None]
        if ccgs >= FEWEST:
            band.append(BandMonth(months, min(known), max(known), ccgs))
    return band
