"""Statistics of the national referral-to-treatment (RTT) week bands.

Bands of several providers or CCGs are added first: medians and percentages are never averaged.
Patients with no known clock start stand outside the bands and outside these figures.
"""

import numpy as np

from loaders.rtt_percentile import Rule, band_percentile
from metrics.intervals import Statistic, normal_quantile

STANDARD_WEEKS = 18
"""Weeks of the national standard. Band 17 ends on day 126, which is still within it."""


def within_18_weeks(bands: np.ndarray) -> tuple[int, int]:
    """Patients within 18 weeks, and all patients, of bands 0, 1, 2 and so on."""
    return int(np.sum(bands[:STANDARD_WEEKS])), int(np.sum(bands))


def percentile(bands: np.ndarray, p: float, rule: Rule, level: float = 0.95) -> Statistic:
    """The percentile `p` (0.5 for the median) in weeks, by the rule of the month's publication; None without patients.

    NHS England publishes no interval. This one reads the bands at p plus and minus its sampling
    error, sqrt(p(1-p)/N), so it is lopsided where the waits are.
    """
    patients = int(np.sum(bands))
    method = f"percentile of week bands, rule {rule}"
    if patients == 0:
        return Statistic(None, None, None, 0, method)
    reach = normal_quantile(level) * (p * (1 - p) / patients) ** 0.5
    lower = band_percentile(bands, max(p - reach, 0.0), rule)
    upper = band_percentile(bands, min(p + reach, 1.0), rule)
    return Statistic(band_percentile(bands, p, rule), lower, upper, patients, method)
