"""The share converted by each day since the start, from everybody, however long they could be followed.

Aalen and Johansen's estimator: whoever is still open is followed as far as known, whoever has ended
without converting can no longer convert. To treat an end like an open referral (1 less Kaplan and
Meier) would answer what would happen if nobody were ever discharged, which is more than does.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from metrics.intervals import Statistic, normal_quantile

METHOD = "Aalen-Johansen, other ends competing, log-log interval"


@dataclass(frozen=True)
class Ends:
    """A cohort's people by whole days since their start: item d of each array is how many on day d.

    They converted, ended without converting, or were last known open. Raises ValueError unless the
    arrays are of one length and hold no negative number.
    """

    converted: np.ndarray
    ended: np.ndarray
    still_open: np.ndarray

    def __post_init__(self) -> None:
        shapes = {np.shape(part) for part in (self.converted, self.ended, self.still_open)}
        if len(shapes) != 1 or any((np.asarray(p) < 0).any() for p in (self.converted, self.ended, self.still_open)):
            raise ValueError("The ends of a cohort are counts for the same days.")

    @cached_property
    def at_risk(self) -> np.ndarray:
        """People not yet converted, ended or lost sight of before each day."""
        return np.cumsum((self.converted + self.ended + self.still_open)[::-1])[::-1]

    @cached_property
    def staying(self) -> np.ndarray:
        """Share neither converted nor ended before each day (Kaplan and Meier)."""
        left = (self.converted + self.ended) / np.maximum(self.at_risk, 1)
        return np.concatenate([[1.0], np.cumprod(1 - left)[:-1]]) if len(left) else np.zeros(0)

    @property
    def people(self) -> int:
        return int(self.at_risk[0]) if len(self.at_risk) else 0

    def reach(self, days: int) -> bool:
        """Whether somebody was followed for so many days, or everybody had converted or ended before."""
        followed = days < len(self.at_risk) and self.at_risk[days] > 0
        return bool(followed or (self.people and not self.still_open[self._last :].any()))

    @property
    def _last(self) -> int:
        """The last day on which anybody was at risk."""
        return int(np.flatnonzero(self.at_risk)[-1])


@dataclass(frozen=True)
class Incidence:
    """Day by day the share converted by then and its standard error."""

    ends: Ends
    share: np.ndarray
    error: np.ndarray

    def by(self, days: int, level: float = 0.95) -> Statistic:
        """The share converted within so many days; None where nobody was followed so long.

        The limits are F to the power exp(+/- z se / (F ln F)); none where nobody or everybody converted.
        """
        people = self.ends.people
        if not self.ends.reach(days):
            return Statistic(None, None, None, people, METHOD)
        share, error = (float(part[min(days, len(part) - 1)]) for part in (self.share, self.error))
        if not 0 < share < 1:
            return Statistic(share, None, None, people, METHOD)
        power = normal_quantile(level) * error / (share * np.log(share))
        lower, upper = (float(share ** np.exp(sign * power)) for sign in (-1, 1))
        return Statistic(share, lower, upper, people, METHOD)


def incidence(ends: Ends) -> Incidence:
    """The curve of a cohort: the sum of S(u-) d(u) / n(u), S being the share that stays and d the converted."""
    n = np.maximum(ends.at_risk, 1)
    share = np.cumsum(ends.staying * ends.converted / n)
    return Incidence(ends, share, np.sqrt(np.maximum(_variance(ends, n, share), 0)))


def _variance(ends: Ends, n: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Aalen's variance, as Marubini and Valsecchi write it (1995, formula 10.12).

    The sum over days u up to t of (F(t) - F(u))^2 a / (n (n - a)) + S^2 d (n - d) / n^3 - 2 (F(t) - F(u)) S d / n^2,
    with a for everybody who converts or ends. On the day when nobody is left, F(t) - F(u) is nought.
    """
    gone = ends.converted + ends.ended
    leaving = np.where(n > gone, gone / (n * np.maximum(n - gone, 1)), 0)
    meeting = ends.staying * ends.converted / n**2
    own = ends.staying**2 * ends.converted * (n - ends.converted) / n**3
    squares = share**2 * np.cumsum(leaving) - 2 * share * np.cumsum(share * leaving) + np.cumsum(share**2 * leaving)
    return squares + np.cumsum(own) - 2 * (share * np.cumsum(meeting) - np.cumsum(share * meeting))
