"""What goes wrong when a share is taken of referrals that are not all old enough, and what does not.

45% of referrals would convert, after 10 weeks on average (gamma of shape 2), 30% are discharged, after 6
weeks on average, and a quarter stay open. They arrive evenly over a year, at the end of which the extract is drawn.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest
from scipy import stats

from metrics.conversion.cohorts import Cohort, within_horizon
from metrics.conversion.incidence import Ends, incidence
from metrics.intervals import Statistic
from metrics.waits import survival

CONVERTED, DISCHARGED, OPEN = 0, 1, 2
SHARES = np.array([0.45, 0.30, 0.25])
HORIZON, YEAR = 84, 364
TRUTH = 0.45 * stats.gamma.cdf(12, 2, scale=5)


@dataclass(frozen=True)
class Referrals:
    """One element each: what becomes of it, the day of that, and the days from receipt to the extract."""

    fate: np.ndarray
    day: np.ndarray
    followed: np.ndarray

    @property
    def seen(self) -> np.ndarray:
        """Whether the end came by the extract."""
        return (self.fate != OPEN) & (self.day <= self.followed)

    @property
    def converted(self) -> np.ndarray:
        """Whether it is known to have converted within the horizon."""
        return self.seen & (self.fate == CONVERTED) & (self.day <= HORIZON)

    @property
    def ends(self) -> Ends:
        kind = np.where(self.seen, self.fate, OPEN)
        last = np.where(self.seen, self.day, self.followed)
        return Ends(*(np.bincount(last[kind == k], minlength=YEAR + 1) for k in (CONVERTED, DISCHARGED, OPEN)))


def referrals(random: np.random.Generator, count: int) -> Referrals:
    """A year of referrals; a fraction of a day counts as a day."""
    fate = random.choice(3, count, p=SHARES)
    weeks = np.where(fate == CONVERTED, random.gamma(2, 5, count), random.exponential(6, count))
    return Referrals(fate, np.ceil(7 * weeks).astype(int), random.integers(0, YEAR, count))


def of_all(found: Referrals) -> float:
    return float(found.converted.mean())


def of_those_ended(found: Referrals) -> float:
    return float(found.converted.sum() / found.seen.sum())


def one_less_kaplan_meier(found: Referrals) -> float:
    ends = found.ends
    return float(1 - survival(ends.converted, ends.ended + ends.still_open).waiting[HORIZON])


def complete(found: Referrals) -> Statistic:
    old = found.followed >= HORIZON
    cohort = Cohort(date(2015, 5, 1), int(old.sum()), int(old.sum()), int((found.converted & old).sum()))
    return within_horizon([cohort]).share


def curve(found: Referrals) -> Statistic:
    return incidence(found.ends).by(HORIZON)


@pytest.fixture(scope="module")
def samples() -> list[Referrals]:
    random = np.random.default_rng(84)
    return [referrals(random, 600) for _ in range(1000)]


def bias(samples: list[Referrals], estimate: Callable[[Referrals], float]) -> tuple[float, float]:
    """Mean error over the samples, and its Monte-Carlo standard error."""
    errors = np.array([estimate(sample) for sample in samples]) - TRUTH
    return float(errors.mean()), float(errors.std() / len(errors) ** 0.5)


def test_the_truth() -> None:
    assert pytest.approx(0.3112, abs=5e-5) == TRUTH


@pytest.mark.parametrize(
    ("estimate", "expected"),
    [
        (of_all, -0.037),  # the youngest have had no time
        (of_those_ended, 0.125),  # of the young only the quick have ended
        (one_less_kaplan_meier, 0.077),  # the discharged are taken to convert like the others
    ],
)
def test_a_plain_share_is_wrong_by_far(
    samples: list[Referrals], estimate: Callable[[Referrals], float], expected: float
) -> None:
    error, noise = bias(samples, estimate)

    assert error == pytest.approx(expected, abs=3 * noise + 5e-4)  # expected values are rounded to three places
    assert abs(error) > 20 * noise


@pytest.mark.parametrize("estimate", [complete, curve])
def test_complete_follow_up_and_the_curve_are_right(
    samples: list[Referrals], estimate: Callable[[Referrals], Statistic]
) -> None:
    error, noise = bias(samples, lambda found: estimate(found).value or 0)

    assert error == pytest.approx(0, abs=3 * noise)


@pytest.mark.parametrize("estimate", [complete, curve])
def test_their_limits_hold_the_truth_in_95_of_100_samples(
    samples: list[Referrals], estimate: Callable[[Referrals], Statistic]
) -> None:
    found = [estimate(sample) for sample in samples]
    held = np.mean([(one.lower or 0) <= TRUTH <= (one.upper or 0) for one in found])

    assert held == pytest.approx(0.95, abs=3 * np.sqrt(0.95 * 0.05 / len(found)))
