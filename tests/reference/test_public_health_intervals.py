"""Values on the test sheets of PHEindicatormethods (Public Health England), to the precision printed there."""

import pytest

from metrics.intervals import byar, wilson


@pytest.mark.parametrize(
    ("events", "people", "level", "lower", "upper"),
    [
        (65, 100, 0.95, 0.552544, 0.736358),
        (65, 100, 0.998, 0.495495, 0.778354),
        (1045, 5000, 0.95, 0.197955, 0.220491),
    ],
)
def test_wilson(events: int, people: int, level: float, lower: float, upper: float) -> None:
    interval = wilson(events, people, level)

    assert (interval.lower, interval.upper) == pytest.approx((lower, upper), abs=1e-6)


def test_byar() -> None:
    interval = byar(65)

    assert (interval.lower, interval.upper) == pytest.approx((50.163188, 82.849139), abs=1e-6)


def test_exact_limits_of_one_event() -> None:
    # Printed as limits of a Poisson funnel: the expected events for which one event is just at the limit. They are
    # found there by search, so the last digit is the search's own.
    interval = byar(1)

    assert (interval.lower, interval.upper) == pytest.approx((0.025318, 5.571645), abs=3e-6)
