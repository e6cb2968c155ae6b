"""Do the intervals and shares behind single figures keep their word?"""

from collections.abc import Iterator

import numpy as np
from scipy import stats
from scipy.special import gammainc

from loaders.rtt_percentile import band_percentile
from metrics.conversion.difference import log_rank
from metrics.conversion.incidence import Ends
from metrics.intervals import Statistic
from metrics.rtt import percentile
from metrics.spc.quiet import quiet_signal_share
from metrics.spc.rules import MAKING_DATA_COUNT_R
from tests.metrics import test_conversion_bias as conversion
from tests.simulation.check import Check, errors_of_mean, errors_of_share

PEOPLE = 600
"""A year of referrals of one CCG."""
SPREAD = 0.022
"""Standard deviation of a share converted among so many, a little above what the slowest method has."""
PATIENTS = 1000
"""On an RTT list."""


def conversions(replicates: int, seed: int = 7) -> Iterator[Check]:
    """The share converted within 12 weeks, of a year's referrals that are not all old enough."""
    rng, truth = np.random.default_rng(seed), conversion.TRUTH
    made = [conversion.referrals(rng, PEOPLE) for _ in range(replicates)]
    near = errors_of_mean(SPREAD, replicates)
    for name, method in (("complete follow-up", conversion.complete), ("Aalen-Johansen", conversion.curve)):
        found = [method(referrals) for referrals in made]
        bias = float(np.mean([f.value for f in found if f.value is not None])) - truth
        yield Check(f"conversion by {name}: bias", 0, bias, near)
        held = float(np.mean([_holds(f, truth) for f in found]))
        yield Check(f"conversion by {name}: interval holds", 0.95, held, errors_of_share(0.95, replicates))
    for name, wrong in (
        ("converted of all", conversion.of_all),
        ("converted of those ended", conversion.of_those_ended),
        ("one less Kaplan-Meier", conversion.one_less_kaplan_meier),
    ):
        bias = float(np.mean([wrong(referrals) for referrals in made])) - truth
        yield Check(f"conversion by {name}: bias", 0, bias, near, "must miss")


def bands(replicates: int, seed: int = 8) -> Iterator[Check]:
    """Intervals of RTT percentiles from week bands, against waits in whole days put into the same bands."""
    rng = np.random.default_rng(seed)
    days = np.arange(1, 53 * 7 + 1)
    by_day = np.diff(gammainc(3, np.append(0, days) / 26.7), append=1.0)  # the last: longer than all bands
    chances = np.append(by_day[: 52 * 7].reshape(52, 7).sum(axis=1), by_day[52 * 7 :].sum())
    whole = np.round(chances * 10**9).astype(int)
    for p in (0.5, 0.92):
        truth = band_percentile(whole, p, "n")
        lists = rng.multinomial(PATIENTS, chances / chances.sum(), replicates)
        held = float(np.mean([_holds(percentile(counts, p, "n"), truth) for counts in lists]))
        yield Check(f"interval of the RTT percentile {100 * p:g} holds", 0.95, held, errors_of_share(0.95, replicates))


def quiet_charts() -> Iterator[Check]:
    """How often an XmR chart of 36 independent months signals though nothing happens."""
    yield Check("XmR, any signal in 36 quiet months", 0.29, quiet_signal_share(36, 0.0, MAKING_DATA_COUNT_R), 0.043)


def pooled_patients(replicates: int, seed: int = 9) -> Iterator[Check]:
    """A log-rank test of all patients of the early two against all others, who differ by CCG and not by arm."""
    rng, found = np.random.default_rng(seed), []
    for _ in range(replicates):
        waits = np.ceil(rng.exponential(70, (12, 300)) * np.exp(rng.normal(0, 0.15, (12, 1)))).astype(int)
        arms = [np.bincount(part.ravel(), minlength=int(waits.max()) + 1) for part in (waits[:2], waits[2:])]
        found.append(log_rank([Ends(arm, 0 * arm, 0 * arm) for arm in arms]).p)
    share = float(np.mean(np.array(found) <= 0.05))
    yield Check("false positives, pooled log-rank", 0.05, share, errors_of_share(0.05, replicates), "must miss")


def averaged_medians() -> Iterator[Check]:
    """Two providers, 80% seen after 6 weeks in the middle, 20% after 12: the median of all, and the mean of the two."""
    weeks = np.linspace(0, 80, 80_001)
    both = 0.8 * stats.gamma.cdf(weeks, 3, scale=6 / 2.674) + 0.2 * stats.gamma.cdf(weeks, 3, scale=12 / 2.674)
    median = float(weeks[np.searchsorted(both, 0.5)])
    yield Check("median wait as a mean of two medians, weeks", median, (6 + 12) / 2, 0.5, "must miss")


def _holds(found: Statistic, truth: float | None) -> bool:
    return None not in (found.lower, found.upper, truth) and found.lower <= truth <= found.upper  # type: ignore[operator]
