"""Intervals for counts and standardised rates, and the form in which every statistic with an interval is handed on."""

from dataclasses import dataclass
from functools import cache
from math import ceil, floor, sqrt

import numpy as np
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


@dataclass(frozen=True)
class Detectable:
    """The values nearest to a baseline, on either side, that would have shown with this power.

    None on a side where not even the most extreme count would have stood out.
    """

    below: float | None
    above: float | None
    power: float
    level: float


@cache  # every interval asks for the same one
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
    if 0 <= events < FEW:
        return exact_poisson(events, level)
    if events < 0:
        raise ValueError(f"{events:g} is not a count.")
    z = normal_quantile(level)
    more = events + 1
    lower = events * (1 - 1 / (9 * events) - z / (3 * sqrt(events))) ** 3
    upper = more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3
    return Interval(lower, upper, "Byar")


@cache  # most counts are few, and the same few
def exact_poisson(events: float, level: float = 0.95) -> Interval:
    """Exact limits of a count, from chi-square (Garwood 1936). Raises ValueError for a negative count."""
    if events < 0:
        raise ValueError(f"{events:g} is not a count.")
    outside = (1 - level) / 2
    lower = float(stats.chi2.ppf(outside, 2 * events)) / 2 if events else 0.0
    return Interval(lower, float(stats.chi2.ppf(1 - outside, 2 * events + 2)) / 2, "exact Poisson")


def directly_standardised(
    events: np.ndarray, population: np.ndarray, standard: np.ndarray, level: float = 0.95
) -> Statistic:
    """The rate per person that a standard population would have at the rates of this one.

    Three arrays with an item for each group (of age and sex). The limits are Dobson's (Statistics in Medicine
    1991;10:457), as PHE gives them, and hold for events that do not depend on each other. `people` are
    the events; with fewer than ten there is no value. Raises ValueError for a group without population.
    """
    events, population, standard = _aligned(events, population, standard)
    if (population <= 0).any():
        raise ValueError("Every group needs a population.")
    total, method = float(events.sum()), "directly standardised rate, Dobson interval"
    if total < FEW:
        return Statistic(None, None, None, int(total), method)
    weight = standard / standard.sum() / population
    rate, scale = float(weight @ events), sqrt(float(weight**2 @ events) / total)
    count = byar(total, level)
    lower, upper = (rate + scale * (limit - total) for limit in (count.lower, count.upper))
    return Statistic(rate, lower, upper, int(total), method)


def indirectly_standardised(
    events: float,
    population: np.ndarray,
    reference_events: np.ndarray,
    reference_population: np.ndarray,
    level: float = 0.95,
) -> Statistic:
    """The events over those expected at the reference's rates; 1 is as many as expected.

    Arrays with an item for each group (of age and sex). The limits are those of the count: the expected
    are taken as known (PHE technical guide). Times the reference's crude rate it is the indirectly
    standardised rate. Raises ValueError for a group that the reference lacks, or where none are expected.
    """
    population, cases, reference = _aligned(population, reference_events, reference_population)
    if (reference <= 0).any() or not (expected := float(population @ (cases / reference))):
        raise ValueError("Every group needs a reference population, and the reference some events.")
    count = byar(events, level)
    method = f"indirectly standardised ratio, {count.method} interval"
    return Statistic(events / expected, count.lower / expected, count.upper / expected, int(events), method)


def _aligned(*groups: np.ndarray) -> list[np.ndarray]:
    """Arrays of one length as numbers; ValueError otherwise."""
    arrays = [np.asarray(group, dtype=float) for group in groups]
    if len({array.shape for array in arrays}) != 1:
        raise ValueError("Events and populations are for the same groups.")
    return arrays


def detectable_share(baseline: float, people: int, level: float = 0.95, power: float = 0.8) -> Detectable:
    """The shares nearest to a known baseline that would have fallen outside its limits, with this power.

    Limits are those of a funnel, baseline +/- z sqrt(b (1 - b) / n); the chances are binomial.
    """
    reach = normal_quantile(level) * sqrt(baseline * (1 - baseline) * people)
    few, many = ceil(people * baseline - reach) - 1, floor(people * baseline + reach) + 1
    below = float(stats.beta.ppf(1 - power, few + 1, people - few)) if few >= 0 else None
    above = float(stats.beta.ppf(power, many, people - many + 1)) if many <= people else None
    return Detectable(below, above, power, level)


def detectable_ratio(expected: float, level: float = 0.95, power: float = 0.8) -> Detectable:
    """The ratios to an expected number of events that would have fallen outside its exact limits, with this power.

    There are none where no event is expected.
    """
    if not expected:
        return Detectable(None, None, power, level)
    limits = exact_poisson(expected, level)
    few, many = ceil(limits.lower) - 1, floor(limits.upper) + 1
    below = float(stats.gamma.ppf(1 - power, few + 1)) / expected if few >= 0 else None
    return Detectable(below, float(stats.gamma.ppf(power, many)) / expected, power, level)
