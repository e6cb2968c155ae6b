"""Intervals for counts, and the form in which every statistic with an interval is handed on."""

from dataclasses import dataclass
from math import sqrt

from scipy import stats

FEW = 10
"""Events below which Byar's approximation is not good enough and the exact interval is given."""


@dataclass(frozen=True)
class Interval:
    """Lower and upper limit, and the method that gave them."""

    lower: float
    upper: float
    method: str


@dataclass(frozen=True)
class Statistic:
    """A value with its limits, from so many people.

    None for the value where the data do not reach it, and for a limit that they do not bound.
    """

    value: float | None
    lower: float | None
    upper: float | None
    people: int
    method: str


def normal_quantile(level: float) -> float:
    """How many standard errors lie on either side in a two-sided interval: 1.96 for 0.95."""
    return float(stats.norm.ppf((1 + level) / 2))


def wilson(events: float, people: float, level: float = 0.95) -> Interval:
    """Wilson's score interval for `events` of `people`, as fractions from 0 to 1.

    Raises ValueError unless 0 <= events <= people and there are people: of posts against a plan,
    which may be more than all, no such interval exists. Source: Wilson 1927, as PHE gives it.
    """
    if not 0 <= events <= people or people == 0:
        raise ValueError(f"{events:g} of {people:g} is not a share of people, so it has no Wilson interval.")
    z = normal_quantile(level)
    middle = 2 * events + z**2
    reach = z * sqrt(z**2 + 4 * events * (1 - events / people))
    whole = 2 * (people + z**2)
    share = events / people
    # rounding must carry neither limit past the share itself, nor past none or all
    lower, upper = min((middle - reach) / whole, share), max((middle + reach) / whole, share)
    return Interval(max(lower, 0.0), min(upper, 1.0), "Wilson")


def byar(events: float, level: float = 0.95) -> Interval:
    """Limits of a count: Byar's approximation; below ten events the exact interval from chi-square.

    Divide both by the population for the limits of a rate. Source: PHE technical guide 3, as
    PHEindicatormethods gives it. Raises ValueError for a negative count.
    """
    if events < 0:
        raise ValueError(f"{events:g} is not a count.")
    if events < FEW:
        return _exact(events, level)
    z = normal_quantile(level)
    more = events + 1
    lower = events * (1 - 1 / (9 * events) - z / (3 * sqrt(events))) ** 3
    upper = more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3
    return Interval(lower, upper, "Byar")


def _exact(events: float, level: float) -> Interval:
    outside = (1 - level) / 2
    lower = float(stats.chi2.ppf(outside, 2 * events)) / 2 if events else 0.0
    return Interval(lower, float(stats.chi2.ppf(1 - outside, 2 * events + 2)) / 2, "exact Poisson")
