"""Waits from counts by whole day: how long people wait when some are still waiting.

Those still waiting, and those discharged before the step, count for as long as they waited
(Kaplan and Meier 1958). A median of completed waits alone would leave the longest out.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from metrics.intervals import Statistic, normal_quantile

Scale = Literal["log-log", "log"]
"""The scale on which the interval is symmetrical. R's survfit takes log unless told otherwise."""

_SAME = float(np.finfo(float).eps) ** 0.5
"""Shares closer than this are equal, as in R: products of fractions seldom give exactly one half."""


@dataclass(frozen=True)
class Curve:
    """A cohort day by day, over days 0, 1, 2 and so on.

    `at_risk` had not reached the step before the day, `events` reached it on the day, `waiting` is
    the share still waiting after it.
    """

    at_risk: np.ndarray
    events: np.ndarray
    waiting: np.ndarray

    @property
    def terms(self) -> np.ndarray:
        """Each day's term of Greenwood's sum: infinite on the day when the last person at risk reaches the step."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.events > 0, self.events / (self.at_risk * (self.at_risk - self.events)), 0.0)

    @property
    def people(self) -> int:
        return int(self.at_risk[0]) if len(self.at_risk) else 0

    def reaches(self, days: int) -> bool:
        """Whether somebody was followed for so many days, or nobody was left to wait before then."""
        followed = days < len(self.at_risk) and self.at_risk[days] > 0
        return bool(followed or (self.people and self.waiting[-1] == 0))


def survival(events: np.ndarray, censored: np.ndarray) -> Curve:
    """The curve of a cohort. Item d of `events` is how many reached the step after d whole days.

    Item d of `censored` is how many left or were last seen on day d without it: they were at risk
    on that day. Both have the same length; raises ValueError otherwise, or for a negative count.
    """
    events, censored = np.asarray(events), np.asarray(censored)
    if events.shape != censored.shape or events.ndim != 1 or (events < 0).any() or (censored < 0).any():
        raise ValueError("events and censored are counts for the same days")
    at_risk = np.cumsum((events + censored)[::-1])[::-1]
    staying = 1 - events / np.maximum(at_risk, 1)
    return Curve(at_risk, events, np.cumprod(staying))


def limits(curve: Curve, level: float = 0.95, scale: Scale = "log-log") -> tuple[np.ndarray, np.ndarray]:
    """Lower and upper limit of `waiting` day by day; NaN where nobody is left to tell them from."""
    z, waiting = normal_quantile(level), curve.waiting
    spread = np.cumsum(curve.terms)  # variance of the logarithm of `waiting`
    with np.errstate(divide="ignore", invalid="ignore"):
        error = z * np.sqrt(np.where(np.isinf(spread), np.nan, spread))
        if scale == "log":
            return waiting * np.exp(-error), np.minimum(waiting * np.exp(error), 1.0)
        power = np.exp(error / -np.log(waiting))
        lower, upper = waiting**power, waiting ** (1 / power)
    nobody_yet = spread == 0
    return np.where(nobody_yet, 1.0, lower), np.where(nobody_yet, 1.0, upper)


def median(curve: Curve, level: float = 0.95, scale: Scale = "log-log") -> Statistic:
    """The days after which half have reached the step, with the days on which the limits cross one half.

    None where fewer than half have, or where the limit never comes down to one half. Where the
    curve lies at exactly one half the middle of that stretch is taken, as R does.
    """
    lower, upper = limits(curve, level, scale)
    method = f"Kaplan-Meier, {scale} interval"
    return Statistic(_half(curve.waiting), _half(lower), _half(upper), curve.people, method)


def percentile(curve: Curve, share: float) -> float | None:
    """The days after which this share of a cohort, from 0 to 1, has reached the step; None where fewer have."""
    reached = np.flatnonzero(curve.waiting <= 1 - share + _SAME)
    return float(reached[0]) if len(reached) else None


def _half(waiting: np.ndarray) -> float | None:
    """The day on which a curve comes down to one half."""
    reached = np.flatnonzero(waiting <= 0.5 + _SAME)
    if not len(reached):
        return None
    first = reached[0]
    below = np.flatnonzero(waiting < 0.5 - _SAME)
    level = abs(waiting[first] - 0.5) < _SAME
    return float((first + below[0]) / 2) if level and len(below) else float(first)


def share_within(curve: Curve, days: int, level: float = 0.95) -> Statistic:
    """The share, from 0 to 1, who reach the step within so many days; None where nobody was followed so long."""
    method = "Kaplan-Meier, log-log interval"
    if not curve.reaches(days):
        return Statistic(None, None, None, curve.people, method)
    day = min(days, len(curve.waiting) - 1)
    lower, upper = limits(curve, level)
    known = bool(np.isfinite(lower[day]))
    return Statistic(
        value=float(1 - curve.waiting[day]),
        lower=float(1 - upper[day]) if known else None,
        upper=float(1 - lower[day]) if known else None,
        people=curve.people,
        method=method,
    )


def restricted_mean(curve: Curve, days: int, level: float = 0.95) -> Statistic:
    """Mean days waited within the first `days`: longer waits count as `days`. None where nobody was followed so long.

    Choose `days` before looking, the same for all who are compared. The variance is Greenwood's:
    the sum of A² d / (n (n - d)), A being the area under the curve from the event to `days`.
    """
    method = f"restricted mean to {days} days, normal interval"
    if not curve.reaches(days):
        return Statistic(None, None, None, curve.people, method)
    waiting = np.zeros(days)
    waiting[: len(curve.waiting)] = curve.waiting[:days]
    area_after = np.cumsum(waiting[::-1])[::-1]
    terms = curve.terms[:days]
    known = np.flatnonzero(np.isfinite(terms))  # once nobody is left there is no area either
    variance = float(np.sum(area_after[known] ** 2 * terms[known]))
    reach = normal_quantile(level) * variance**0.5
    mean = float(waiting.sum())
    return Statistic(mean, max(mean - reach, 0.0), min(mean + reach, float(days)), curve.people, method)
