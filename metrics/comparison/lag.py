"""How many months a CCG is behind the early implementers: the distance between the curves at the same value.

Both curves run over months since go-live. The early one is smoothed to go one way only, the better one
where the measure has one; the CCG stands at the mean of its last three months. The lag is how long it
has been live by then, less how long the early implementers had been when they first came to that value.

The interval holds the truth 93 to 99 times in a hundred where months are independent, 75 to 97 times
at an autocorrelation of 0.6: months that resemble their neighbours make it too narrow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import isotonic_regression

from metrics.areas import ccgs
from metrics.comparison.alignment import FEWEST, Aligned
from metrics.measure import Better

Answer = Literal["lag", "level", "beyond", "below", "cannot_be_told"]

FEWEST_MONTHS = 4
"""Months of a curve below which its noise is not known."""
LAST = 3
"""Months that tell where a CCG stands, and whose deviations are drawn together, for neighbours resemble each other."""
DRAWS = 400
SEED = 2015


@dataclass(frozen=True)
class Curve:
    """Values at months since go-live, in order; months may be missing."""

    months: np.ndarray
    values: np.ndarray


@dataclass(frozen=True)
class Lag:
    """Months behind the early curve, ahead when negative, with a 95% interval.

    `level`: the interval holds nought, as it does where the early curve is flat. `beyond`: the CCG stands
    beyond all that the early implementers reached; `below`: it has not come to where they started.
    `months` or a limit is None where it runs off the early curve. `live_for` is how many months the CCG
    has been live at its last value.
    """

    ccg: str
    answer: Answer
    live_for: int | None = None
    months: float | None = None
    lower: float | None = None
    upper: float | None = None
    reason: str = ""


REASONS = {
    "level": "Level: no lag can be told from chance.",
    "beyond": "Beyond the curve: it stands beyond all that the early implementers reached.",
    "below": "Below its start: it has not come to where the early implementers started.",
}
SHORT = f"Fewer than {FEWEST_MONTHS} months since go-live are known."
FLAT = "The early implementers' curve does not go that way."


def lags(points: Sequence[Aligned], better: Better) -> list[Lag]:
    """The lag of every following CCG among aligned figures, in the order of the CCGs' names."""
    since = [point for point in points if point.months >= 0 and point.figure.value is not None]
    early = _early_curve(since)
    following = [code for code, ccg in ccgs().items() if ccg.arm == "following"]
    curves = {code: _curve([point for point in since if point.figure.area == code]) for code in following}
    return [lag(code, early, curve, better) for code, curve in curves.items() if len(curve.months)]


def lag(ccg: str, early: Curve, other: Curve, better: Better = "neither", seed: int = SEED) -> Lag:
    """The lag of a CCG over its last months. It cannot be told where a curve is short or the early one is level."""
    if min(len(early.months), len(other.months)) < FEWEST_MONTHS:
        return Lag(ccg, "cannot_be_told", reason=SHORT)
    way = _way(early, better)
    early, other = (Curve(curve.months, curve.values * way) for curve in (early, other))
    if np.ptp(_smoothed(early.values)) == 0:
        return Lag(ccg, "cannot_be_told", reason=FLAT)
    value, live_for = other.values[-LAST:].mean(), float(other.months[-LAST:].mean())
    found = _months_behind(early.months, _smoothed(early.values), live_for, value)
    drawn = _drawn(early, other, live_for, value, np.random.default_rng(seed))
    lower, upper = np.quantile(drawn, [0.025, 0.975], method="nearest")
    answer = _answer(found, lower, upper)
    limits = _finite(lower), _finite(upper)
    return Lag(ccg, answer, int(other.months[-1]), _finite(found), *limits, REASONS.get(answer, ""))


def _answer(found: float, lower: float, upper: float) -> Answer:
    if lower <= 0 <= upper:
        return "level"
    if np.isinf(found):
        return "beyond" if found < 0 else "below"
    return "lag"


def _months_behind(months: np.ndarray, early: np.ndarray, live_for: float, value: float) -> float:
    """From a rising early curve; minus infinity beyond it, infinity below it."""
    if value > early[-1]:
        return -np.inf
    if value < early[0]:
        return np.inf
    at = int(np.searchsorted(early, value))  # the first month that has come so far
    if at == 0:
        return live_for - float(months[0])
    part = (value - early[at - 1]) / (early[at] - early[at - 1])
    return live_for - float(months[at - 1] + part * (months[at] - months[at - 1]))


def _drawn(early: Curve, other: Curve, live_for: float, value: float, rng: np.random.Generator) -> list[float]:
    """The lag with other noise: deviations of neighbouring months, drawn again."""
    smooth, noise, others_noise = _smoothed(early.values), _deviations(early), _deviations(other)
    drawn = []
    for _ in range(DRAWS):
        curve = _smoothed(smooth + _blocks(noise, len(noise), rng))
        drawn.append(_months_behind(early.months, curve, live_for, value + _blocks(others_noise, LAST, rng).mean()))
    return drawn


def _deviations(curve: Curve) -> np.ndarray:
    """How far each month lies from the smooth curve of all others: of a curve through it, it would lie too near."""
    others = [np.arange(len(curve.values)) != at for at in range(len(curve.values))]
    fitted = [
        np.interp(month, curve.months[rest], _smoothed(curve.values[rest]))
        for month, rest in zip(curve.months, others, strict=True)
    ]
    return curve.values - np.array(fitted)


def _blocks(deviations: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """So many deviations, in blocks of neighbouring months."""
    starts = rng.integers(0, len(deviations) - LAST + 1, -(-count // LAST))
    return deviations[(starts[:, None] + np.arange(LAST)).ravel()[:count]]


def _way(early: Curve, better: Better) -> int:
    """1 where the early curve is to rise, -1 where it is to fall: as it does, where neither is better."""
    if better != "neither":
        return 1 if better == "higher" else -1
    return 1 if np.polyfit(early.months, early.values, 1)[0] >= 0 else -1


def _smoothed(values: np.ndarray) -> np.ndarray:
    return isotonic_regression(values).x


def _early_curve(points: Sequence[Aligned]) -> Curve:
    """The mean of the early implementers in the months that at least two of them have."""
    early = [point for point in points if point.figure.arm == "early"]
    months = np.array([point.months for point in early], dtype=int)
    shared = [month for month in np.unique(months) if (months == month).sum() >= FEWEST]
    values = np.array([point.figure.value for point in early], dtype=float)
    return Curve(np.array(shared, dtype=int), np.array([values[months == month].mean() for month in shared]))


def _curve(points: Sequence[Aligned]) -> Curve:
    ordered = sorted(points, key=lambda point: point.months)
    months = np.array([point.months for point in ordered], dtype=int)
    return Curve(months, np.array([point.figure.value for point in ordered], dtype=float))


def _finite(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None
