"""A made-up programme of 12 CCGs, 240 practices and about 56,000 referrals in 36 months, in a few milliseconds.

Waits are gamma. The pathway makes them a quarter shorter for referrals that a practice makes after it
adopted, which is some months after its CCG's go-live. Twelve earlier months let the list of those waiting
settle before anybody is counted.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import gammainc, gammaincinv

GO_LIVE = np.array([12, 12] + [20] * 3 + [24] * 4 + [28] * 3)
CCGS, PRACTICES, MONTHS, EARLIER = 12, 20, 36, 12
DAYS_A_MONTH = 30
SHAPE = 3.0
MEAN_WAIT = 75.0
EFFECT = float(np.log(0.75))
RATE = 6.5
"""Referrals of a middling practice a month."""
DIPS = {1: 0.94, 4: 0.93, 8: 0.88}
"""January, Easter and August: referrals relative to other months."""


@dataclass(frozen=True)
class Programme:
    """One element per referral: its CCG, month (from -12), day of receipt, days waited, and whether adopted by then."""

    ccg: np.ndarray
    month: np.ndarray
    day: np.ndarray
    wait: np.ndarray
    adopted: np.ndarray

    @cached_property
    def share_adopted(self) -> np.ndarray:
        """Share of the referrals of each CCG and month that were made after adoption."""
        counts = self._counted(np.ones(len(self.ccg)))
        return self._counted(self.adopted) / np.maximum(counts, 1)

    @cached_property
    def truth(self) -> np.ndarray:
        """Effect on the logarithm of the median wait of each cohort: that of the mixture, not of those who adopted."""
        return np.interp(self.share_adopted, _SHARES, _EFFECTS)

    def _counted(self, weights: np.ndarray) -> np.ndarray:
        own = self.month >= 0
        cell = self.ccg[own] * MONTHS + self.month[own]
        return np.bincount(cell, weights[own], minlength=CCGS * MONTHS).reshape(CCGS, MONTHS)


def programme(rng: np.random.Generator, effect: float = EFFECT) -> Programme:
    """A programme by the design of the module; `effect` is on the logarithm of the wait after adoption."""
    months = np.arange(-EARLIER, MONTHS)
    lists = rng.lognormal(0, 0.45, (CCGS, PRACTICES, 1))
    expected = RATE * lists * _season(months) * np.exp(rng.normal(0, 0.1, (CCGS, 1, 1)))
    referred = rng.poisson(expected).ravel()
    ccg, practice, month = (np.repeat(index.ravel(), referred) for index in np.indices(expected.shape))
    adopted_in = GO_LIVE[:, None] + rng.exponential(4.0, (CCGS, PRACTICES))  # a hazard of 0.25 a month
    log_mean = np.log(MEAN_WAIT) + rng.normal(0, 0.1, (CCGS, 1)) + _shocks(rng, len(months)) + 0.004 * months
    moment = months[month] + rng.random(len(month))
    adopted = moment >= adopted_in[ccg, practice]
    mean = np.exp(log_mean[ccg, month] + effect * adopted)
    wait = np.ceil(rng.gamma(SHAPE, 1 / SHAPE, len(month)) * mean)
    return Programme(ccg, months[month], np.floor(moment * DAYS_A_MONTH), wait, adopted)


def cohort_medians(made: Programme) -> np.ndarray:
    """Logarithm of the median wait of those referred in each month: CCGs x months."""
    return _log_medians(made.ccg, made.month, made.wait)


def completed_medians(made: Programme) -> np.ndarray:
    """The same of those whose wait ended in the month."""
    ended = np.floor((made.day + made.wait) / DAYS_A_MONTH).astype(int)
    return _log_medians(made.ccg, ended, made.wait)


def waiting_medians(made: Programme) -> np.ndarray:
    """The same of those still waiting at the end of the month, as long as they have waited."""
    ccgs, months, waited = [], [], []
    for month in range(MONTHS):
        end = (month + 1) * DAYS_A_MONTH
        still = (made.day < end) & (made.day + made.wait >= end)
        ccgs.append(made.ccg[still])
        months.append(np.full(still.sum(), month))
        waited.append(end - made.day[still])
    return _log_medians(np.concatenate(ccgs), np.concatenate(months), np.concatenate(waited))


def _season(months: np.ndarray) -> np.ndarray:
    calendar = months % 12 + 1
    return (1 + 0.12 * np.sin(2 * np.pi * months / 12)) * np.array([DIPS.get(int(m), 1.0) for m in calendar])


def _shocks(rng: np.random.Generator, months: int) -> np.ndarray:
    noise = rng.normal(0, 0.08, (CCGS, months))
    for at in range(1, months):
        noise[:, at] = 0.6 * noise[:, at - 1] + 0.8 * noise[:, at]
    return noise


def _log_medians(ccg: np.ndarray, month: np.ndarray, wait: np.ndarray) -> np.ndarray:
    own = (month >= 0) & (month < MONTHS)
    cell, wait = ccg[own] * MONTHS + month[own], wait[own]
    ordered = wait[np.lexsort((wait, cell))]
    count = np.bincount(cell, minlength=CCGS * MONTHS)
    first = np.concatenate([[0], np.cumsum(count)[:-1]])
    middle = (ordered[first + (count - 1) // 2] + ordered[first + count // 2]) / 2
    return np.log(np.maximum(middle, 0.5)).reshape(CCGS, MONTHS)


def _mixture_effects() -> tuple[np.ndarray, np.ndarray]:
    """The share adopted, and the logarithm of the median of that mixture over that of nobody adopted."""
    logs = np.linspace(EFFECT, 0, 2001)
    medians = gammaincinv(SHAPE, 0.5) * np.exp(logs)
    slow, fast = gammainc(SHAPE, medians), gammainc(SHAPE, medians / np.exp(EFFECT))
    shares = (0.5 - slow) / (fast - slow)
    return shares[::-1], logs[::-1]


_SHARES, _EFFECTS = _mixture_effects()
