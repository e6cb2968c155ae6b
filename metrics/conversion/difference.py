"""Tests of whether groups of patients differ, in how many convert or in how long they wait.

For groups within one CCG, such as two presentations. Between early and following CCGs no test on patients
is offered: those of one CCG resemble each other, and such a test then finds differences where
there are none (in 42 to 66% of made-up comparisons without any).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from metrics.conversion.incidence import Ends


@dataclass(frozen=True)
class Difference:
    """A test of several groups: chi-square, its degrees of freedom, and the chance of one so large by chance.

    `excess` is how many more events each group had than expected if all were alike.
    """

    chi_square: float
    freedom: int
    p: float
    people: Sequence[int]
    excess: np.ndarray
    method: str

    @property
    def sentence(self) -> str:
        """What may be said: never that there is no difference."""
        seen = "The groups differ by more than chance would have them" if self.p < 0.05 else "No sign of a difference"
        p = "p below 0.001" if self.p < 0.001 else f"p = {self.p:.3f}"
        return f"{seen} ({self.method}, {p}, {sum(self.people):,} people)."


def gray(groups: Sequence[Ends]) -> Difference:
    """Gray's test that groups convert alike, other ends competing (Annals of Statistics 1988;16:1141, rho 0).

    Each group counts at every day for its share of those at risk in the sense of the subdistribution:
    everybody who has not converted, less whom censoring took. Written for times without ties.
    """
    ends = _lengthened(groups)
    converted = np.array([group.converted for group in ends])
    at_risk, staying = (np.array([getattr(group, name) for group in ends]) for name in ("at_risk", "staying"))
    before = np.cumsum(_ratio(staying * converted, at_risk), axis=1)
    seen = _ratio(at_risk, staying)  # people, had nobody left but by censoring
    own = seen * (1 - np.concatenate([np.zeros((len(ends), 1)), before[:, :-1]], axis=1))
    hazard = _ratio(converted.sum(axis=0), own.sum(axis=0))
    excess = (converted - own * hazard).sum(axis=1)
    left = np.concatenate([[1.0], np.cumprod(1 - hazard)[:-1]])  # not converted before the day, all groups together
    parts = [_gray_variance(at, ends, own, seen, hazard, left) for at in range(len(ends))]
    return _difference(excess, np.sum(parts, axis=0), ends, "Gray's test")


def _gray_variance(
    at: int, ends: Sequence[Ends], own: np.ndarray, seen: np.ndarray, hazard: np.ndarray, left: np.ndarray
) -> np.ndarray:
    """What the chance in one group adds to the covariance of the excesses.

    A conversion counts for itself and, like any other end, changes the weight that its group has afterwards.
    """
    group = ends[at]
    weight = (np.arange(len(ends)) == at)[:, None] - _ratio(own, own.sum(axis=0))
    direct = weight * seen[at]
    later = np.cumsum((direct * hazard)[:, ::-1], axis=1)[:, ::-1] - direct * hazard
    open_to_it = _ratio(left, group.staying)
    converting, ending = direct + later * (1 - open_to_it), -later * open_to_it
    conversions = _ratio(left * hazard, seen[at])
    others = _ratio(_ratio(group.staying * group.ended, group.at_risk), seen[at])
    return (converting * conversions) @ converting.T + (ending * others) @ ending.T


def log_rank(groups: Sequence[Ends]) -> Difference:
    """The log-rank test that groups convert at the same pace while open; other ends count as open until then."""
    ends = _lengthened(groups)
    events, at_risk = (np.array([getattr(group, name) for group in ends]) for name in ("converted", "at_risk"))
    d, n = events.sum(axis=0), at_risk.sum(axis=0)
    share = _ratio(at_risk, n)
    excess = (events - share * d).sum(axis=1)
    spread = d * _ratio(n - d, n - 1)
    variance = np.diag((share * spread).sum(axis=1)) - (share * spread) @ share.T
    return _difference(excess, variance, ends, "log-rank test")


def _difference(excess: np.ndarray, variance: np.ndarray, ends: Sequence[Ends], method: str) -> Difference:
    freedom = len(ends) - 1  # the excesses add up to nought, so the last one says nothing new
    chi_square = float(excess[:-1] @ np.linalg.pinv(variance[:-1, :-1]) @ excess[:-1])
    p = float(stats.chi2.sf(chi_square, freedom))
    return Difference(chi_square, freedom, p, [group.people for group in ends], excess, method)


def _ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """A quotient that is nought where there is nobody."""
    shape = np.broadcast_shapes(np.shape(above), np.shape(below))
    return np.divide(above, below, out=np.zeros(shape), where=np.broadcast_to(below > 0, shape))


def _lengthened(groups: Sequence[Ends]) -> list[Ends]:
    """The groups over the same days. Raises ValueError for fewer than two."""
    if len(groups) < 2:
        raise ValueError("A difference is between two groups or more.")
    length = max(len(group.converted) for group in groups)

    def over(part: np.ndarray) -> np.ndarray:
        return np.pad(part, (0, length - len(part)))

    return [Ends(over(group.converted), over(group.ended), over(group.still_open)) for group in groups]
