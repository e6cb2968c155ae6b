"""The S-curve of adoption: by whom it has been taken up, and how it would go on if it went on the same way.

The ceiling is always every practice. While fewer than 60% have adopted, curves with very different
ends fit as well, so none is drawn. What lies ahead on a curve is arithmetic, not a forecast.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import least_squares

Model = Literal["logistic", "bass"]

ENOUGH = 0.6
"""Share that has to have adopted before a curve is drawn."""

ARITHMETIC = "Arithmetic, not a forecast: it supposes that every practice adopts in the end, at the pace seen so far."


@dataclass(frozen=True)
class Bass:
    """Bass's model of diffusion (Management Science 1969;15:215): `ceiling` adopters in all.

    In each period those who have not adopted do so with chance p, and q times the share that has.
    """

    ceiling: float
    p: float
    q: float

    def share(self, time: np.ndarray) -> np.ndarray:
        """Share of the ceiling that has adopted by each time."""
        fading = np.exp(-(self.p + self.q) * np.asarray(time, dtype=float))
        return (1 - fading) / (1 + self.q / self.p * fading)


@dataclass(frozen=True)
class Logistic:
    """A logistic curve up to all: half have adopted at `midpoint`, `rate` is its steepness a period."""

    rate: float
    midpoint: float

    def share(self, time: np.ndarray) -> np.ndarray:
        """Share of all that has adopted by each time."""
        return 1 / (1 + np.exp(-self.rate * (np.asarray(time, dtype=float) - self.midpoint)))


@dataclass(frozen=True)
class SCurve:
    """The share adopted by the end of each period, seen and fitted; from `seen` on the fit runs ahead.

    Without a curve `fitted` and `model` are empty and `reason` says why. `misfit` is the root mean square of seen less
    fitted. There is no interval: the points of a growing share depend on each other.
    """

    practices: int
    adopted: int
    seen: Sequence[float]
    fitted: Sequence[float]
    model: Bass | Logistic | None
    misfit: float | None
    reason: str
    sentence: str


def s_curve(adopters: Sequence[int], practices: int, model: Model = "logistic", ahead: int = 12) -> SCurve:
    """The curve of practices that first adopted in each month since the start, out of `practices` in all.

    Raises ValueError for more adopters than practices.
    """
    new = np.asarray(adopters, dtype=float)
    if new.sum() > practices:
        raise ValueError(f"{new.sum():g} of {practices} practices cannot have adopted.")
    seen = np.cumsum(new) / max(practices, 1)
    adopted, told = int(new.sum()), f"{int(new.sum())} of {practices} practices have adopted."
    if adopted < ENOUGH * practices or not practices:
        why = f"Fewer than {ENOUGH:.0%} of practices have adopted: where the curve would end cannot be told."
        return SCurve(practices, adopted, seen.tolist(), [], None, None, why, f"{told} {why}")
    fit = fit_bass(new, practices) if model == "bass" else fit_logistic(seen)
    months = np.arange(1, len(new) + ahead + 1)
    fitted = fit.share(months)
    misfit = float(np.sqrt(np.mean((fitted[: len(seen)] - seen) ** 2)))
    sentence = told if adopted == practices else f"{told} {ARITHMETIC}"
    return SCurve(practices, adopted, seen.tolist(), fitted.tolist(), fit, misfit, "", sentence)


def fit_bass(new: np.ndarray, ceiling: float | None = None) -> Bass:
    """Bass's model by least squares on the new adopters of each period (Srinivasan and Mason 1986).

    The ceiling is estimated too when None, for series that have run their course.
    """
    new = np.asarray(new, dtype=float)
    edges = np.arange(len(new) + 1)

    def model(logs: np.ndarray) -> Bass:
        p, q, *times = (float(value) for value in np.exp(logs))
        return Bass(ceiling or times[0] * float(new.sum()), p, q)

    def misses(logs: np.ndarray) -> np.ndarray:
        found = model(logs)
        return found.ceiling * np.diff(found.share(edges)) - new

    # p, q and, where it is looked for, the ceiling in multiples of all adopters so far: none can be negative
    return model(_fitted(misses, np.log([0.02, 0.4] if ceiling else [0.02, 0.4, 2.0])))


def fit_logistic(share: np.ndarray) -> Logistic:
    """A logistic curve up to all by least squares on the share adopted by the end of each period."""
    share = np.asarray(share, dtype=float)
    months = np.arange(1, len(share) + 1)

    def misses(values: np.ndarray) -> np.ndarray:
        return Logistic(float(np.exp(values[0])), float(values[1])).share(months) - share

    halfway = float(months[np.argmax(share >= 0.5)])
    rate, midpoint = _fitted(misses, np.array([np.log(0.5), halfway]))
    return Logistic(float(np.exp(rate)), float(midpoint))


def _fitted(misses: Callable[[np.ndarray], np.ndarray], start: np.ndarray) -> np.ndarray:
    return least_squares(misses, start, xtol=1e-14, ftol=1e-14, gtol=1e-14).x
