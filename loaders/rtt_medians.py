"""Which rule the medians printed in a workbook follow, found from the bands beside them."""

import numpy as np

from loaders.problems import Findings
from loaders.rtt_percentile import RULES, Rule, band_percentiles

SHARE = 0.99
"""Least share of the printed medians that a rule must reproduce. One commissioner a workbook differs in fact."""

CLOSE = 1e-6
"""Weeks within which a printed and a worked out figure are the same."""


def median_rule(bands: np.ndarray, printed: np.ndarray, findings: Findings) -> Rule | None:
    """The rule that reproduces the printed medians (NaN where none is printed); None when none is printed.

    An error is noted when neither rule reproduces them. Where both do, which takes a handful of
    rows, it is the older rule.
    """
    shown = ~np.isnan(printed)
    if not shown.any():
        return None
    shares = {rule: _agree(bands[shown], 0.5, rule, printed[shown]).mean() for rule in RULES}
    best = max(RULES, key=lambda rule: shares[rule])
    if shares[best] >= SHARE:
        return best
    found = ", ".join(f"{share:.1%} by rule {rule}" for rule, share in shares.items())
    findings.refuse(
        f"The printed medians do not follow from the bands: of {shown.sum()}, {found}; {SHARE:.0%} is needed.",
        "Check that the band columns are whole and in order.",
    )
    return None


def not_reproduced(bands: np.ndarray, p: float, rule: Rule, printed: np.ndarray) -> np.ndarray:
    """True for each row whose printed percentile the bands do not give; false where none is printed."""
    return ~np.isnan(printed) & ~_agree(bands, p, rule, printed)


def _agree(bands: np.ndarray, p: float, rule: Rule, printed: np.ndarray) -> np.ndarray:
    return np.abs(band_percentiles(bands, p, rule) - printed) < CLOSE
