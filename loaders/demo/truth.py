"""What is true of the synthetic programme: what a good method should find in it.

Waits are gamma, counted up to the next whole day, and leaving has a constant hazard, so medians and
chances are worked out from the distributions themselves and hold no sampling noise. Two things are
taken from what happened: the share of referrals triaged, and the months of go-live.
"""

import numpy as np
from scipy.special import gammainc

from loaders.demo.pathway import AFTER_REVIEW
from loaders.demo.programme import LOW_BACK, MONTHS, RADICULAR
from loaders.demo.world import World

HORIZONS = (84, 126, 182)
"""Days from receipt (to be assessed) or from the assessment (for the other steps) within which a step is reached."""

DAYS = np.arange(HORIZONS[-1] + 1)

BISECTIONS = 50
"""Halvings of the span of a median: far below a day."""


class Truth:
    """The cells of one programme: arrays of CCGs x months received."""

    def __init__(self, world: World) -> None:
        self._programme = world.programme
        self._log_waits = world.log_waits
        referrals, shape = world.referrals, (len(world.ccgs), len(MONTHS))
        cell = referrals.ccg * len(MONTHS) + referrals.month
        self.referrals = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
        triaged = np.bincount(cell, referrals.triaged, minlength=self.referrals.size).reshape(shape)
        self.triaged = triaged / np.maximum(self.referrals, 1)
        self.live = np.array([ccg.live for ccg in world.ccgs]).astype("datetime64[M]")[:, None] <= MONTHS

    def median(self, step: str, triaged: np.ndarray) -> np.ndarray:
        """Median days from the request to the step, if nobody left, where this share was triaged."""
        low, high = np.zeros(triaged.shape), np.full(triaged.shape, 2000.0)
        share = self._share_sent(step, triaged)
        for _ in range(BISECTIONS):
            middle = (low + high) / 2
            by_then = [self._by(step, middle[..., None], route)[..., 0] for route in (False, True)]
            waited = (1 - share) * by_then[0] + share * by_then[1]
            low, high = np.where(waited < 0.5, middle, low), np.where(waited < 0.5, high, middle)
        return high

    def reached(self, step: str, triaged: np.ndarray) -> np.ndarray:
        """Chance of reaching the step before leaving, within each horizon: horizons x CCGs x months.

        Of those referred for `assessed`, of those assessed for the others.
        """
        earlier, later = np.moveaxis(self.chances(step), -1, 1)
        share = triaged if step == "assessed" else self._share_assessed(triaged)
        return (1 - share) * earlier + share * later

    def chances(self, step: str) -> np.ndarray:
        """The same for the earlier route and for Triage and Treat: routes x CCGs x months x horizons."""
        if step == "assessed":
            return np.array([self._stays(self._pmf(step, route)) for route in (False, True)])
        return np.array([self._presentations(step, route) for route in (False, True)])

    def _by(self, step: str, day: np.ndarray, triaged: bool) -> np.ndarray:
        """Chance that the wait for a step is over by each of some days (the last axis), for each cell."""
        shape, effect = self._programme.wait_shape, self._programme.step(step).effect * triaged
        return gammainc(shape, day * shape / np.exp(self._log_waits[step] + effect)[..., None])

    def _pmf(self, step: str, triaged: bool) -> np.ndarray:
        return np.diff(self._by(step, DAYS, triaged), axis=-1, prepend=0)

    def _stays(self, pmf: np.ndarray) -> np.ndarray:
        """Chance of an event within each horizon, when one may leave on any day before."""
        return np.cumsum(pmf * np.exp(-self._programme.leaving_per_day * DAYS), axis=-1)[..., HORIZONS]

    def _presentations(self, step: str, triaged: bool) -> np.ndarray:
        low_back, radicular = (
            self._chance(step, triaged, presentation) * self._stays(self._since_assessed(step, triaged, presentation))
            for presentation in (LOW_BACK, RADICULAR)
        )
        return (1 - self._programme.radicular) * low_back + self._programme.radicular * radicular

    def _since_assessed(self, step: str, triaged: bool, presentation: int) -> np.ndarray:
        """Distribution of the days from assessment to a step that one is sent to."""
        wait = self._pmf(step, triaged)
        if step not in AFTER_REVIEW:
            return wait
        first = self._first_steps(triaged, presentation)
        return _added(_added(first, self._review()), wait)

    def _first_steps(self, triaged: bool, presentation: int) -> np.ndarray:
        """Days from assessment to the later of imaging and core therapy, none where sent to neither."""
        done = np.ones(1)
        for step in ("imaging", "core_therapy"):
            chance = self._chance(step, triaged, presentation)
            done = done * (1 - chance + chance * self._by(step, DAYS, triaged))
        return np.diff(done, axis=-1, prepend=0)

    def _review(self) -> np.ndarray:
        shape = self._programme.review_shape
        return np.diff(gammainc(shape, DAYS * shape / self._programme.review_days), prepend=0)

    def _chance(self, step: str, triaged: bool, presentation: int) -> float:
        found = self._programme.step(step)
        return (found.triaged if triaged else found.earlier)[presentation]

    def _share_assessed(self, triaged: np.ndarray) -> np.ndarray:
        """Share triaged among those assessed: a shorter wait leaves less time to leave."""
        earlier, later = (self._ever_assessed(route) for route in (False, True))
        return triaged * later / (triaged * later + (1 - triaged) * earlier)

    def _ever_assessed(self, triaged: bool) -> np.ndarray:
        """Chance of being assessed before leaving: the gamma's Laplace transform."""
        shape = self._programme.wait_shape
        mean = np.exp(self._log_waits["assessed"] + self._programme.step("assessed").effect * triaged)
        return (1 + self._programme.leaving_per_day * mean / shape) ** -shape

    def _share_sent(self, step: str, triaged: np.ndarray) -> np.ndarray:
        """Share triaged among those sent to a step; leaving between assessment and request is neglected."""
        if step == "assessed":
            return triaged
        share = self._share_assessed(triaged)
        weights = np.array([1 - self._programme.radicular, self._programme.radicular])
        earlier, later = (float(weights @ np.array(c)) for c in self._sent(step))
        return share * later / (share * later + (1 - share) * earlier)

    def _sent(self, step: str) -> tuple[tuple[float, float], tuple[float, float]]:
        """Chances on the two routes, by presentation; surgery follows the chances of an opinion."""
        found = self._programme.step(step)
        if step != "surgery":
            return found.earlier, found.triaged
        opinion = self._programme.step("surgical_opinion")
        (a, b), (c, d) = opinion.earlier, opinion.triaged
        return (a * found.earlier[0], b * found.earlier[1]), (c * found.triaged[0], d * found.triaged[1])


def _added(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Distribution of the sum of two independent numbers of days, exact up to the last day."""
    size = 2 * len(DAYS)
    both = np.fft.rfft(one, size) * np.fft.rfft(other, size)
    return np.fft.irfft(both, size)[..., : len(DAYS)]
