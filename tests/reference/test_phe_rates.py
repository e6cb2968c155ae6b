"""Standardised rates: published values, and limits as the test sheets of PHEindicatormethods print them.

The age groups behind those sheets are in a workbook that could not be had here. What its printed results
still settle is tested: how the limits lie about the value, given the number of events.
"""

import numpy as np
import pytest

from metrics.intervals import directly_standardised, exact_poisson, indirectly_standardised

# Down's syndrome among births of order five and more, by age of the mother, Michigan 1950-64, and all births of the
# state as the standard (Stark and Mantell 1966; Fleiss 1981, table 14.4)
CASES = np.array([0, 8, 63, 112, 262, 295])
BIRTHS = np.array([327, 30666, 123419, 149919, 104088, 34392])
ALL_BIRTHS = np.array([319933, 931318, 786511, 488235, 237863, 61313])


def test_a_directly_standardised_rate() -> None:
    # dsrTest 1.0.0, its vignette: 75.52901 per 100,000
    assert 1e5 * (directly_standardised(CASES, BIRTHS, ALL_BIRTHS).value or 0) == pytest.approx(75.52901, abs=5e-6)


def test_limits_of_a_directly_standardised_rate() -> None:
    # testdata_big of PHEindicatormethods, per 100,000: 10430.247991 (9717.709068, 11178.940915) from 895 events.
    # Dobson's limits lie about the rate as those of the count lie about the count, whatever the groups.
    found = directly_standardised(np.array([895]), np.array([1000]), np.array([1]))
    assert found.value is not None
    assert found.lower is not None
    assert found.upper is not None

    reach = (found.lower - found.value) / (found.upper - found.value)
    assert reach == pytest.approx((9717.709068 - 10430.247991) / (11178.940915 - 10430.247991), abs=1e-8)


def test_an_indirectly_standardised_ratio() -> None:
    # testdata_big: 895 events, 835.883561 expected; the rate is the ratio times the reference's crude rate, so
    # 10011.137622 (9365.916003, 10689.097583) per 100,000 gives the ratios of the limits to the value
    found = indirectly_standardised(895, np.array([835.883561]), np.array([1]), np.array([1]))
    assert found.value is not None

    assert found.value == pytest.approx(895 / 835.883561)
    assert (found.lower or 0) / found.value == pytest.approx(9365.916003 / 10011.137622, abs=1e-9)
    assert (found.upper or 0) / found.value == pytest.approx(10689.097583 / 10011.137622, abs=1e-9)


@pytest.mark.parametrize(("level", "lower", "upper"), [(0.95, 0.025318, 5.571645), (0.998, 0.001001, 9.233410)])
def test_exact_limits_of_one_event(level: float, lower: float, upper: float) -> None:
    # the Poisson funnel of PHEindicatormethods; the last digit is that of its search
    found = exact_poisson(1, level)

    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=4e-6)
