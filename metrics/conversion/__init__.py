"""Conversion of referrals that may not be old enough yet: cohorts to a horizon, curves, differences."""

from metrics.conversion.shown import Curve, Maturity, curves, maturity

__all__ = ["Curve", "Maturity", "curves", "maturity"]
