"""Funnel plots: each area against one baseline, with limits that widen as numbers get small.

Limits are at 95% and 99.8% about a baseline fixed for the view, as PHE and FunnelPlotR draw them. With a
dozen areas several looks are taken at once, so "outside" means outside the 99.8% limits. Counts given
here must be such as may be shown: what comes back tells them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from metrics.figure import Figure
from metrics.intervals import Detectable, detectable_ratio, detectable_share, exact_poisson, normal_quantile
from metrics.measure import Measure

Kind = Literal["proportion", "rate"]
Place = Literal["high", "high_95", "within", "low_95", "low"]
"""Where an area lies: beyond the 99.8% limits, beyond the 95% ones only, or within both."""

LEVELS = (0.95, 0.998)
WINSORISED = 0.1
"""Share of the scores pulled in at either end before over-dispersion is estimated."""

LINE_POINTS = 60
"""Points of a drawn limit."""

CAVEAT = (
    "With so few areas the extra variation between them is hardly known, and areas that differ for a reason "
    "widen the limits for all: the adjusted limits describe, they do not test."
)


@dataclass(frozen=True)
class Limits:
    """Both pairs of limits of one area or one point of the lines, in the unit of the value."""

    lower_95: float
    upper_95: float
    lower_998: float
    upper_998: float


@dataclass(frozen=True)
class Dispersion:
    """How much more the areas vary than chance alone would have them.

    `phi` is the mean square of their winsorised scores, 1 by chance; `between` the variance between areas
    (tau squared) on the scale of the scores, none where phi is no more than chance gives.
    """

    phi: float
    between: float
    areas: int
    caveat: str = CAVEAT


@dataclass(frozen=True)
class Point:
    """One area. `value` and `limits` are a share, or events per person; `detectable` is in the same unit."""

    area: str
    events: float
    population: float
    value: float
    limits: Limits
    place: Place
    detectable: Detectable


@dataclass(frozen=True)
class Funnel:
    """Areas in the order given, the baseline, and limits drawn over `populations`."""

    kind: Kind
    baseline: float
    points: Sequence[Point]
    populations: np.ndarray
    lines: Sequence[Limits]
    dispersion: Dispersion
    adjusted: bool

    @property
    def outside(self) -> list[str]:
        """Areas beyond the 99.8% limits."""
        return [point.area for point in self.points if point.place in ("high", "low")]


@dataclass(frozen=True)
class MeasureFunnel:
    """The funnel of one measure in one period; times `measure.scale` its values are in the measure's unit.

    `left_out` are areas that have no value that may be shown, each with the reason.
    """

    measure: Measure
    funnel: Funnel
    left_out: Sequence[tuple[str, str]]
    sentence: str


def funnel_of(
    measure: Measure, figures: Sequence[Figure], baseline: float | None = None, adjusted: bool = False
) -> MeasureFunnel:
    """The funnel of a measure's figures, one for each area, of a single period.

    `baseline` is in the measure's unit. Raises ValueError for a measure that is no share or rate of
    people, or where no area has a value.
    """
    if measure.interval not in ("Wilson", "Byar"):
        raise ValueError(f"{measure.name} is neither a share nor a rate of counts, so it has no funnel.")
    shown = [figure for figure in figures if figure.status == "ok" and figure.denominator]
    drawn = funnel(
        [figure.area_name for figure in shown],
        [figure.numerator or 0.0 for figure in shown],
        [figure.denominator or 0.0 for figure in shown],
        "proportion" if measure.interval == "Wilson" else "rate",
        None if baseline is None else baseline / measure.scale,
        adjusted,
    )
    left_out = [(figure.area_name, figure.reason) for figure in figures if figure not in shown]
    return MeasureFunnel(measure, drawn, left_out, _sentence(measure, drawn))


def _sentence(measure: Measure, drawn: Funnel) -> str:
    """What may be said: who stands out, and what could not have."""
    middle = sorted(drawn.points, key=lambda point: point.population)[len(drawn.points) // 2]
    seen = [
        f"{side} {measure.in_words(value * measure.scale)}"
        for side, value in (("below", middle.detectable.below), ("above", middle.detectable.above))
        if value is not None
    ]
    outside = f"Outside the 99.8% limits: {', '.join(drawn.outside)}." if drawn.outside else "No area stands out."
    power = f"{middle.detectable.power:.0%}"
    return f"{outside} An area of middle size would have had to be {' or '.join(seen)} to show with {power} power."


def funnel(
    areas: Sequence[str],
    events: Sequence[float] | np.ndarray,
    population: Sequence[float] | np.ndarray,
    kind: Kind,
    baseline: float | None = None,
    adjusted: bool = False,
) -> Funnel:
    """The funnel of some areas. `baseline` is that of all of them together when None: fix it for a view.

    `adjusted` widens the limits by the variance between areas (Spiegelhalter, Statistics in Medicine 2005;24:1185).
    Raises ValueError without areas, without population, or for a share of more than all.
    """
    count, people = np.asarray(events, dtype=float), np.asarray(population, dtype=float)
    if not len(count) or (people <= 0).any() or (kind == "proportion" and (count > people).any()):
        raise ValueError("Every area needs a population, and a share is of no more than all.")
    centre = float(count.sum() / people.sum()) if baseline is None else baseline
    spread = dispersion(count, people, kind, centre)
    between = spread.between if adjusted else 0.0
    points = [
        _point(area, number, size, kind, centre, between)
        for area, number, size in zip(areas, count, people, strict=True)
    ]
    sizes = np.geomspace(people.min() / 1.25, people.max() * 1.25, LINE_POINTS)
    lines = [limits(kind, centre, size, between) for size in sizes]
    return Funnel(kind, centre, points, sizes, lines, spread, adjusted)


def limits(kind: Kind, baseline: float, population: float, between: float = 0.0) -> Limits:
    """The limits for one population; widened where there is variance `between` areas."""
    (lower_95, upper_95), (lower_998, upper_998) = (
        _limits(kind, baseline, population, between, level) for level in LEVELS
    )
    return Limits(lower_95, upper_95, lower_998, upper_998)


def _limits(kind: Kind, baseline: float, population: float, between: float, level: float) -> tuple[float, float]:
    if between:
        return _widened(kind, baseline, population, between, normal_quantile(level))
    if kind == "rate":
        exact = exact_poisson(baseline * population, level)
        return exact.lower / population, exact.upper / population
    reach = normal_quantile(level) * (baseline * (1 - baseline) / population) ** 0.5
    return max(baseline - reach, 0.0), min(baseline + reach, 1.0)


def _widened(kind: Kind, baseline: float, population: float, between: float, z: float) -> tuple[float, float]:
    """Limits on the scale of the scores, brought back to that of the value."""
    error = float(_error(kind, baseline, np.array([population]))[0])
    reach = z * (error**2 + between) ** 0.5
    if kind == "rate":
        return baseline * float(np.exp(-reach)), baseline * float(np.exp(reach))
    middle = float(np.arcsin(np.sqrt(baseline)))
    lower, upper = max(middle - reach, 0.0), min(middle + reach, np.pi / 2)
    return float(np.sin(lower) ** 2), float(np.sin(upper) ** 2)


def dispersion(events: np.ndarray, population: np.ndarray, kind: Kind, baseline: float) -> Dispersion:
    """Over-dispersion about a baseline: shares by the arcsine of their root, rates by the logarithm of their ratio.

    Areas without events have no such ratio and are left out. The estimate of DerSimonian and Laird from
    winsorised scores, as FunnelPlotR has it.
    """
    seen = events > 0 if kind == "rate" else events >= 0
    if not seen.any():
        return Dispersion(0.0, 0.0, 0)
    count, people = events[seen], population[seen]
    error = _error(kind, baseline, people)
    score = _distance(kind, baseline, count, people) / error
    score = np.clip(score, *np.quantile(score, [WINSORISED, 1 - WINSORISED]))
    phi, areas, weight = float(np.mean(score**2)), len(score), 1 / error**2
    room = weight.sum() - (weight**2).sum() / weight.sum()
    beyond_chance = areas * phi - (areas - 1)
    return Dispersion(phi, max(beyond_chance / room, 0.0) if room > 0 else 0.0, areas)


def _distance(kind: Kind, baseline: float, events: np.ndarray, population: np.ndarray) -> np.ndarray:
    if kind == "rate":
        return np.log(events / (population * baseline))
    return np.arcsin(np.sqrt(events / population)) - np.arcsin(np.sqrt(baseline))


def _error(kind: Kind, baseline: float, population: np.ndarray) -> np.ndarray:
    return 1 / np.sqrt(population * baseline) if kind == "rate" else 1 / (2 * np.sqrt(population))


def _point(area: str, events: float, population: float, kind: Kind, baseline: float, between: float) -> Point:
    value, around = float(events / population), limits(kind, baseline, population, between)
    if kind == "proportion":
        seen = detectable_share(baseline, int(population), LEVELS[1])
    else:
        seen = _per_person(detectable_ratio(baseline * population, LEVELS[1]), baseline)
    return Point(area, float(events), float(population), value, around, _place(value, around), seen)


def _per_person(ratio: Detectable, baseline: float) -> Detectable:
    below, above = (None if side is None else side * baseline for side in (ratio.below, ratio.above))
    return Detectable(below, above, ratio.power, ratio.level)


def _place(value: float, around: Limits) -> Place:
    if value > around.upper_998:
        return "high"
    if value < around.lower_998:
        return "low"
    if value > around.upper_95:
        return "high_95"
    return "low_95" if value < around.lower_95 else "within"
