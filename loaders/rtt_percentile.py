"""Percentiles of waits counted in week bands, as NHS England prints them.

With c(k) patients in band k and C(k) up to it, and a target rank t, the percentile lies in the first
band with C(k) >= t, at k + (t - C(k-1)) / c(k) weeks. The rank has changed over the years: of the
median it is (N+1)/2 in the workbooks of 2014-15 (rule "n+1") and N/2 in those of 2025 (rule "n"); of
other percentiles it is p times N in both. The open last band is read as one week wide under "n+1"
and stands for its lower end under "n". When the change came is not published, so the loader finds
the rule of each workbook (`rtt_medians`).
"""

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np

Rule = Literal["n+1", "n"]
RULES: tuple[Rule, ...] = get_args(Rule)


def band_percentile(counts: Sequence[int] | np.ndarray, p: float, rule: Rule) -> float | None:
    """The percentile `p` (0.5 for the median) in weeks of one row of counts; None without patients.

    `counts` holds every band from 0 to the open last one, empty bands included.
    """
    weeks = band_percentiles(np.asarray(counts)[np.newaxis], p, rule)[0]
    return None if np.isnan(weeks) else float(weeks)


def band_percentiles(counts: np.ndarray, p: float, rule: Rule) -> np.ndarray:
    """The percentile `p` in weeks of each row of `counts` (rows x bands); NaN where a row has no patients."""
    below = np.cumsum(counts, axis=1)
    total = below[:, -1]
    target = _target_rank(total, p, rule)
    band = (below < target[:, np.newaxis]).sum(axis=1).clip(max=counts.shape[1] - 1)
    inside = np.take_along_axis(counts, band[:, np.newaxis], axis=1)[:, 0]
    before = np.take_along_axis(below, band[:, np.newaxis], axis=1)[:, 0] - inside
    share = np.divide(target - before, inside, out=np.zeros(len(total)), where=inside > 0)
    if rule == "n":
        share[band == counts.shape[1] - 1] = 0
    return np.where(total > 0, band + share, np.nan)


def _target_rank(total: np.ndarray, p: float, rule: Rule) -> np.ndarray:
    return (total + 1) / 2 if p == 0.5 and rule == "n+1" else p * total
