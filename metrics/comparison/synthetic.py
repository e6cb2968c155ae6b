"""Synthetic control and synthetic difference-in-differences for one early CCG at a time, as a second opinion.

With ten donors and a year or so before go-live a close fit is easily an accident: the weights are shown.

Sources: Abadie, Diamond and Hainmueller (2010), JASA 105:493-505, without covariates; Arkhangelsky and
others (2021), Am Econ Rev 111(12):4088-118.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls

BARELY = 1e-6
"""Ridge on the weights of months, in units of the noise: only makes them unique, as in the paper."""


@dataclass(frozen=True)
class Synthetic:
    """An estimated effect, the weight of each donor, and how far the fit is off before go-live (root mean square)."""

    estimate: float
    weights: np.ndarray
    misfit: float


def synthetic_control(treated: np.ndarray, donors: np.ndarray, before: int) -> Synthetic:
    """The mean gap after go-live to the mix of donors (areas x months) that was nearest in the `before` months."""
    weights = _mix(donors[:, :before].T, treated[:before])
    gap = treated - weights @ donors
    return Synthetic(float(gap[before:].mean()), weights, _root_mean_square(gap[:before]))


def synthetic_did(treated: np.ndarray, donors: np.ndarray, before: int) -> Synthetic:
    """The same allowing for a constant gap: the change of the gap, from weighted months before to all months after."""
    after = len(treated) - before
    noise = float(np.std(np.diff(donors[:, :before], axis=1), ddof=1))
    past = donors[:, :before]
    weights = _mix(_centred(past.T), _centred(treated[:before]), after**0.25 * noise * before**0.5)
    months = _mix(_centred(past), _centred(donors[:, before:].mean(axis=1)), BARELY * noise * len(donors) ** 0.5)
    gap = treated - weights @ donors
    estimate = gap[before:].mean() - months @ gap[:before]
    return Synthetic(float(estimate), weights, _root_mean_square(_centred(gap[:before])))


def _mix(columns: np.ndarray, wanted: np.ndarray, ridge: float = 0.0) -> np.ndarray:
    """Weights of the columns, none negative and one in all, nearest to what is wanted.

    As they add up to one, the misfit is the same mix of (column - wanted), and shrinking that mix
    together with (sum - 1) by non-negative least squares gives it up to a factor.
    """
    count = columns.shape[1]
    parts = [columns - wanted[:, None], ridge * np.eye(count)]
    found, _ = nnls(np.vstack([*parts, np.ones(count)]), np.append(np.zeros(len(columns) + count), 1.0))
    return found / found.sum()


def _centred(values: np.ndarray) -> np.ndarray:
    return values - values.mean(axis=0)


def _root_mean_square(values: np.ndarray) -> float:
    return float(np.sqrt(np.mean(values**2)))
