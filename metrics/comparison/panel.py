"""A table of values without gaps, CCGs x months, with the month in which each CCG went live."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from metrics.areas import ccgs
from metrics.comparison.imputation import live_cells
from metrics.comparison.refusal import CannotBeTold
from metrics.selection import months_between

MOST_MISSING = 0.25
"""Share of the months that a CCG may lack before it, rather than its months, is left out."""


@dataclass(frozen=True)
class Panel:
    """Values on the working scale, areas x months, none missing.

    `starts` holds each area's month of go-live, None for one not live in these months. `months_left_out`
    counts the months between the first and the last that some area lacks, `areas_left_out` names those
    that lack too many.
    """

    areas: tuple[str, ...]
    months: tuple[date, ...]
    values: np.ndarray
    starts: tuple[date | None, ...]
    months_left_out: int = 0
    areas_left_out: tuple[str, ...] = ()

    @cached_property
    def go_live(self) -> np.ndarray:
        """Column of each area's first live month; the number of months where it has none."""
        number = len(self.months)
        found = [next((at for at, m in enumerate(self.months) if s and m >= s), number) for s in self.starts]
        return np.array(found)

    @cached_property
    def since(self) -> np.ndarray:
        """Months since go-live of each cell, areas x months; 0 throughout where there is none."""
        numbers = np.array([_number(month) for month in self.months])
        starts = [numbers if start is None else _number(start) for start in self.starts]
        return np.array([numbers - start for start in starts])

    @property
    def live(self) -> np.ndarray:
        """Whether the pathway is live, areas x months."""
        return live_cells(self.go_live, len(self.months))

    @property
    def before(self) -> int:
        """Months before the first go-live."""
        return int(min(self.go_live))

    def rows(self, areas: Sequence[str]) -> np.ndarray:
        """Which rows are of these areas."""
        return np.isin(self.areas, areas)


def panel_of(
    values: Mapping[tuple[str, date], float], starts: Mapping[str, date | None], needed: Sequence[str]
) -> Panel:
    """A panel of the areas in `starts` from values by area and month, NaN where one is missing.

    An area that lacks more than a quarter of the months is left out; then every month that one of the
    others lacks. Raises CannotBeTold where an area that is `needed` lacks so many, or nothing is left.
    """
    months = sorted({month for _, month in values})
    table = np.array([[values.get((area, month), np.nan) for month in months] for area in starts])
    known = ~np.isnan(table.reshape(len(starts), len(months)))
    shared = known.mean(axis=0) >= 0.5  # a month that few have is no fault of the others
    if not shared.any():
        raise CannotBeTold("Nothing was received for these months.")
    kept = known[:, shared].mean(axis=1) >= 1 - MOST_MISSING
    _require(needed, [area for area, keep in zip(starts, kept, strict=True) if keep])
    whole = shared & known[kept].all(axis=0)
    chosen = [month for month, keep in zip(months, whole, strict=True) if keep]
    return Panel(
        areas=tuple(np.array(list(starts))[kept].tolist()),
        months=tuple(chosen),
        values=table[kept][:, whole],
        starts=tuple(start for start, keep in zip(starts.values(), kept, strict=True) if keep),
        months_left_out=len(months_between(chosen[0], chosen[-1])) - len(chosen) if chosen else 0,
        areas_left_out=tuple(np.array(list(starts))[~kept].tolist()),
    )


def _require(needed: Sequence[str], kept: Sequence[str]) -> None:
    lacking = [ccgs()[area].short_name for area in needed if area not in kept]
    if lacking:
        raise CannotBeTold(f"More than a quarter of the months are missing for {' and '.join(lacking)}.")


def _number(month: date) -> int:
    return 12 * month.year + month.month
