"""Every measure of one CCG by quarter, beside the early implementers, and which way it is going.

Everything follows from figures as they may be shown: a hidden or missing one is a gap.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from metrics.comparison.alignment import FEWEST
from metrics.figure import Figure, within
from metrics.measure import Measure
from metrics.periods import begins
from metrics.spc.chart import xmr
from metrics.verdict import Verdict, variation

MONTHS_A_QUARTER = 3

RECENT = 4
"""Quarters: what a measure said longer ago, counted from its newest quarter, is no news."""

Clock = Callable[[Figure], int | None]
"""Where a figure stands on the axis, in quarters; None where it has no place there."""


@dataclass(frozen=True)
class Spot:
    """A figure and its place on the axis, in quarters."""

    at: int
    figure: Figure


@dataclass(frozen=True)
class BandQuarter:
    """Lowest and highest value of the early implementers at one place on the axis."""

    at: int
    lower: float
    upper: float


@dataclass(frozen=True)
class Track:
    """One measure of one CCG: its quarters in order, the early implementers' band, and the direction by its own past.

    The band has no quarter that fewer than two early implementers have a value for.
    """

    measure: Measure
    spots: Sequence[Spot]
    band: Sequence[BandQuarter]
    direction: Verdict

    @property
    def last(self) -> Spot:
        """The newest quarter with a value; the newest where none has one."""
        return next((spot for spot in reversed(self.spots) if spot.figure.value is not None), self.spots[-1])

    @property
    def is_recent(self) -> bool:
        """Whether it has a value, and that is of the last year."""
        return self.last.figure.value is not None and self.spots[-1].at - self.last.at < RECENT

    @property
    def beside(self) -> BandQuarter | None:
        """The early implementers' band at the place of the newest value; None where it has none."""
        return next((quarter for quarter in self.band if quarter.at == self.last.at), None)


def number_of(quarter: date) -> int:
    """Quarters since the year 0."""
    return quarter.year * 4 + (quarter.month - 1) // MONTHS_A_QUARTER


def calendar(figure: Figure) -> int | None:
    """The clock that hangs on the wall."""
    return number_of(begins(figure.period))


def since_go_live(live: Mapping[str, date | None]) -> Clock:
    """Quarters since each CCG's own go-live: 0 is the quarter it lies in, and a CCG that is not live has no place."""

    def clock(figure: Figure) -> int | None:
        start = live.get(figure.area)
        return None if start is None else number_of(begins(figure.period)) - number_of(start)

    return clock


def track(
    measure: Measure, figures: Sequence[Figure], ccg: str, clock: Clock = calendar, first: date | None = None
) -> Track | None:
    """The track of one CCG from the quarterly figures of all of them; None where the CCG has none on the clock.

    It begins with the quarter of the month `first`; its direction is judged by all quarters, those before it too.
    """
    drawn = within(figures, first, None, "quarter")
    spots = [Spot(at, figure) for figure in drawn if (at := clock(figure)) is not None]
    own = [spot for spot in spots if spot.figure.area == ccg]
    if not own:
        return None
    series = [(begins(figure.period), figure.value) for figure in figures if figure.area == ccg]
    return Track(measure, own, _band(spots), variation(xmr(series), measure))


def _band(spots: Sequence[Spot]) -> Sequence[BandQuarter]:
    early: dict[int, list[float]] = {}
    for spot in spots:
        if spot.figure.arm == "early" and spot.figure.value is not None:
            early.setdefault(spot.at, []).append(spot.figure.value)
    return [BandQuarter(at, min(of), max(of)) for at, of in sorted(early.items()) if len(of) >= FEWEST]
