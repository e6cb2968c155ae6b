"""Conversion of referrals that may not be old enough yet: cohorts to a horizon, curves, differences."""
