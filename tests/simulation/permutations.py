"""Does the permutation test reject as often as it says, and do its intervals hold the truth?"""

from collections.abc import Iterator

import numpy as np

from metrics.comparison.imputation import contrast, live_cells
from metrics.comparison.inference import SEEN_FOUR_TIMES_IN_FIVE, UNEQUAL
from metrics.comparison.permutation import ALPHA, arrangements, interval, p_value, placebos
from metrics.comparison.studentised import noise_ratio, studentised, studentised_interval
from tests.simulation.check import Check, errors_of_share
from tests.simulation.noise import clustered_p, noise
from tests.simulation.programme import GO_LIVE

MONTHS = 36
EARLY_TWO = np.array([18, 18] + [MONTHS] * 10)
STAGGERED = np.where(GO_LIVE == 28, MONTHS, GO_LIVE)
"""The last three never live, so that all 36 months can be used."""
FIRST_TWO = np.arange(12) < 2
ATTAINED = 3 / 66
"""The nearest to 5% that 66 arrangements can come from below."""


def sizes(replicates: int, seed: int = 3) -> Iterator[Check]:
    """How often an effect is found where there is none."""
    rng = np.random.default_rng(seed)
    for memory in (0.0, 0.6):
        quiet = noise(rng, replicates, MONTHS, memory)
        near = errors_of_share(ATTAINED, replicates)
        yield Check(f"false positives, early two, months at {memory}", ATTAINED, _rejects(quiet, EARLY_TWO), near)
        yield Check(f"false positives, staggered, months at {memory}", ALPHA, _rejects(quiet, STAGGERED), near)
        clustered = float((clustered_p(quiet, EARLY_TWO) <= ALPHA).mean())
        yield Check(f"false positives, clustered t, months at {memory}", ALPHA, clustered, near, "must miss")


def noisy_early(replicates: int, seed: int = 4) -> Iterator[Check]:
    """The same where the early two are twice as noisy as the others, or half as noisy."""
    rng, near = np.random.default_rng(seed), errors_of_share(ALPHA, replicates)
    for times in (0.5, 2.0):
        quiet = noise(rng, replicates, MONTHS, early=times)
        told = f"early two {times:g}x as noisy"
        yield Check(f"false positives, plain, {told}", ALPHA, _rejects(quiet, EARLY_TWO), near, "must miss")
        by_noise = studentised(quiet, 18)
        yield Check(f"false positives, studentised, {told}", ALPHA, _rejects(by_noise, EARLY_TWO), near)
        yield Check(f"false positives, the one that counts, {told}", ALPHA, _as_shipped(quiet), near)


def intervals(replicates: int, seed: int = 5) -> Iterator[Check]:
    """How often a 95% interval holds an effect of one monthly standard deviation."""
    rng, near = np.random.default_rng(seed), errors_of_share(0.95, replicates)
    live = live_cells(EARLY_TWO, MONTHS)
    weights, ways = contrast(EARLY_TWO, live), arrangements(EARLY_TWO)
    doses = placebos(weights, live.astype(float), ways)
    plain = [interval(e, doses) for e in placebos(weights, noise(rng, replicates, MONTHS) + live, ways)]
    noisy = noise(rng, replicates, MONTHS, early=2.0) + live
    by_noise = [studentised_interval(weights, values, live, ways) for values in noisy]
    for name, found in (("plain", plain), ("studentised, early two 2x as noisy", by_noise)):
        held = [(i.lower or -np.inf) <= 1 <= (i.upper or np.inf) for i in found]
        yield Check(f"interval holds the effect, {name}", 0.95, float(np.mean(held)), near)
    width = float(np.mean([i.upper - i.lower for i in plain if i.upper is not None and i.lower is not None]))
    yield Check("width of the plain interval, monthly sd", 2.11, width, 0.15)


def detectable(replicates: int, seed: int = 6) -> Iterator[Check]:
    """Is the smallest detectable change found four times in five?"""
    live = live_cells(EARLY_TWO, MONTHS)
    weights, ways = contrast(EARLY_TWO, live), arrangements(EARLY_TWO)
    doses = placebos(weights, live.astype(float), ways)
    quiet = noise(np.random.default_rng(seed), replicates, MONTHS)
    halves = [interval(estimates, doses).half_width for estimates in placebos(weights, quiet, ways)]
    smallest = SEEN_FOUR_TIMES_IN_FIVE * float(np.mean([half for half in halves if half is not None]))
    yield Check("smallest detectable change, monthly sd", 1.5, smallest, 0.1)
    power = _rejects(quiet + smallest * live, EARLY_TWO)
    yield Check("power at the smallest detectable change", 0.8, power, errors_of_share(0.8, replicates))


def _rejects(values: np.ndarray, go_live: np.ndarray) -> float:
    return float((_p(values, go_live) <= ALPHA).mean())


def _p(values: np.ndarray, go_live: np.ndarray) -> np.ndarray:
    weights = contrast(go_live, live_cells(go_live, MONTHS))
    return p_value(placebos(weights, values, arrangements(go_live)))


def _as_shipped(quiet: np.ndarray) -> float:
    """By the test that the noise before go-live chooses."""
    ratio = noise_ratio(quiet, 18, FIRST_TWO)
    unequal = (ratio > UNEQUAL) | (ratio < 1 / UNEQUAL)
    p = np.where(unequal, _p(studentised(quiet, 18), EARLY_TWO), _p(quiet, EARLY_TWO))
    return float((p <= ALPHA).mean())
