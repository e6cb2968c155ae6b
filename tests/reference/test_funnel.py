"""Funnel limits, classes and over-dispersion against the test files of PHEindicatormethods and FunnelPlotR.

Only their numbers are here, none of their code.
"""

import numpy as np
import pytest

from metrics.funnel import dispersion, funnel, limits

# A share by primary care trust: testdata_funnel_prop_inputs.csv and _outputs.csv of PHEindicatormethods
OVERALL = 0.80642448


@pytest.mark.parametrize(
    ("people", "lower_95", "upper_95", "lower_998", "upper_998"),
    [
        (1, 3.204264, 100, 0, 100),
        (16, 61.282902, 100, 50.118675, 100),
        (18, 62.390093, 98.894803, 51.864359, 100),
        (41, 68.548635, 92.73626, 61.574398, 99.710497),
        (102, 72.974925, 88.309971, 68.553233, 92.731663),
        (1008, 78.203374, 83.081521, 76.796814, 84.488082),
        (9998, 79.867989, 81.416907, 79.421375, 81.863521),
        (110000, 80.408963, 80.875933, 80.274317, 81.010578),
    ],
)
def test_limits_of_a_share(people: int, lower_95: float, upper_95: float, lower_998: float, upper_998: float) -> None:
    found = limits("proportion", OVERALL, people)

    expected = (lower_95, upper_95, lower_998, upper_998)
    assert 100 * np.array([found.lower_95, found.upper_95, found.lower_998, found.upper_998]) == pytest.approx(
        expected, abs=1e-6
    )


@pytest.mark.parametrize(
    ("trust", "number", "people", "significance"),
    [
        ("New Forest", 35078.488, 41980, "High (0.001)"),
        ("Norwich", 24803.6256, 31824, "Low (0.001)"),
        ("South Gloucestershire", 50050.7443, 61921, "Not significant"),
        ("West Norfolk", 26789.238, 33012, "High (0.025)"),
        ("North Tees", 36850.0492, 45449, "High (0.025)"),
        ("North Devon", 30277.5312, 37828, "Low (0.025)"),
        ("Sedgefield", 19663.4268, 24012, "High (0.001)"),
        ("Uttlesford", 15524.9934, 19257, "Not significant"),
        ("Middlesbrough", 33698.3088, 42484, "Low (0.001)"),
    ],
)
def test_where_a_trust_lies(trust: str, number: float, people: float, significance: str) -> None:
    places = {
        "High (0.001)": "high",
        "High (0.025)": "high_95",
        "Not significant": "within",
        "Low (0.025)": "low_95",
        "Low (0.001)": "low",
    }
    drawn = funnel([trust], [number], [people], "proportion", OVERALL)

    assert drawn.points[0].place == places[significance]


@pytest.mark.parametrize(
    ("expected", "lower_95", "upper_95", "lower_998", "upper_998"),
    [
        (15, 0.5596924, 1.649348, 0.3862650, 2.082907),
        (20, 0.6108260, 1.544419, 0.4479107, 1.902094),
        (30, 0.6746958, 1.427562, 0.5289724, 1.702771),
    ],
)
def test_exact_poisson_limits_of_a_ratio(
    expected: float, lower_95: float, upper_95: float, lower_998: float, upper_998: float
) -> None:
    # test-poisson_limits.R of FunnelPlotR; what it calls ll99 and ul99 are limits at 99.8%
    found = limits("rate", 1.0, expected)

    assert (found.lower_95, found.lower_998) == pytest.approx((lower_95, lower_998), abs=1e-7)
    assert (found.upper_95, found.upper_998) == pytest.approx((upper_95, upper_998), abs=1e-6)


OBSERVED = np.array([100, 150, 180, 80, 120, 225])
EXPECTED = np.array([108, 112, 165, 95, 100, 220])


def test_over_dispersion_by_the_formula_of_spiegelhalter() -> None:
    # The counts of test-OD_adjust_func.R of FunnelPlotR, which prints no result: these follow
    # from the formula alone
    found = dispersion(OBSERVED, EXPECTED, "rate", 1.0)

    assert found.phi == pytest.approx(2.149053, abs=1e-6)
    assert found.between == pytest.approx(0.0121185, abs=1e-7)


def test_limits_widened_for_over_dispersion() -> None:
    found = limits("rate", 1.0, 165, between=0.0121185)

    assert (found.lower_95, found.upper_95) == pytest.approx((0.767773, 1.302469), abs=1e-6)
