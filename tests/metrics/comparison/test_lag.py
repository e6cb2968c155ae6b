import numpy as np
import pytest

from metrics.comparison.alignment import Aligned
from metrics.comparison.lag import Curve, lag, lags
from tests.metrics.comparison.test_alignment import figure

MONTHS = np.arange(20)
EARLY = Curve(MONTHS, 5.0 * MONTHS)  # 0, 5, 10 ... 95


def after(*values: float, first: int = 0) -> Curve:
    return Curve(np.arange(first, first + len(values)), np.array(values))


def test_where_the_early_ones_were_three_months_before() -> None:
    # live for 6, 7, 8 months with 20, 25, 30: a mean of 25 at month 7, which the early ones had at month 5
    found = lag("00C", EARLY, after(0, 0, 0, 5, 10, 15, 20, 25, 30))
    assert (found.answer, found.live_for) == ("lag", 8)
    assert found.months == pytest.approx(2)


def test_ahead_is_negative() -> None:
    assert lag("00C", EARLY, after(10, 20, 30, 40, 50, 60)).months == pytest.approx(4 - 10)  # 50 at month 4


def test_between_two_months_of_the_early_curve() -> None:
    assert lag("00C", EARLY, after(0, 1, 6, 11, 16)).months == pytest.approx(3 - 2.2)  # 11 at month 3


def test_a_curve_that_falls_is_read_downwards() -> None:
    falling = Curve(MONTHS, 100 - 5.0 * MONTHS)
    found = lag("00C", falling, after(100, 100, 100, 95, 90, 85), better="lower")
    assert found.months == pytest.approx(4 - 2)  # 90 at month 4


def test_the_first_month_that_reached_a_level_counts() -> None:
    early = after(0, 10, 20, 20, 20, 20, 30)
    assert lag("00C", early, after(0, 20, 20, 20, 20)).months == pytest.approx(3 - 2)  # at 20 first in month 2


def test_beyond_the_curve() -> None:
    found = lag("00C", EARLY, after(90, 96, 97, 98, 99))
    assert (found.answer, found.months) == ("beyond", None)
    assert found.reason.startswith("Beyond the curve")


def test_below_its_start() -> None:
    found = lag("00C", Curve(MONTHS, 50 + 2.0 * MONTHS), after(10, 12, 14, 16))
    assert (found.answer, found.months) == ("below", None)
    assert found.reason.startswith("Below its start")


def test_where_the_early_curve_is_level_no_lag_can_be_told_from_chance() -> None:
    rng = np.random.default_rng(0)
    early = Curve(np.arange(30), np.minimum(10.0 * np.arange(30), 90) + rng.normal(0, 3, 30))
    found = lag("00C", early, Curve(np.arange(20), np.minimum(10.0 * np.arange(20), 87) + rng.normal(0, 3, 20)))
    assert found.answer == "level"


def test_the_interval_holds_the_lag_and_comes_out_the_same_again() -> None:
    rng = np.random.default_rng(1)
    early = Curve(MONTHS, 5.0 * MONTHS + rng.normal(0, 2, 20))
    other = Curve(np.arange(12), 5.0 * np.maximum(np.arange(12) - 4, 0) + rng.normal(0, 2, 12))
    found = lag("00C", early, other)
    assert found.lower is not None
    assert found.upper is not None
    assert found.lower < 4 < found.upper
    assert lag("00C", early, other) == found


@pytest.mark.parametrize(
    ("early", "other", "why"),
    [
        (after(1, 2, 3), after(1, 2, 3, 4), "Fewer than 4 months"),
        (EARLY, after(1, 2, 3), "Fewer than 4 months"),
        (after(9, 7, 5, 3, 1), after(1, 2, 3, 4), "does not go that way"),  # meant to rise, and falls throughout
    ],
)
def test_cannot_be_told(early: Curve, other: Curve, why: str) -> None:
    found = lag("00C", early, other, better="higher")
    assert (found.answer, found.months) == ("cannot_be_told", None)
    assert why in found.reason


def test_each_following_ccg_has_a_lag_behind_the_mean_of_the_early_ones() -> None:
    def points(area: str, values: list[float | None]) -> list[Aligned]:
        return [Aligned(at, figure(area, "2016-01", value)) for at, value in enumerate(values)]

    found = lags(
        [
            *points("00M", [0, 10, 20, 30, 40, 50]),
            *points("03D", [0, 10, 20, 30, 40, None]),  # the mean ends with month 4, at 40
            *points("00C", [0, 0, 10, 20, 30]),  # 20 at month 3; the early ones at month 2
            *points("13T", [0, 0, 0, 30, 45, 60]),  # 45, beyond 40
        ],
        "higher",
    )
    assert [(lag.ccg, lag.months) for lag in found] == [("00C", 1.0), ("13T", None)]
