from datetime import date

from metrics.comparison.alignment import BandMonth, aligned, ccgs_under, early_band
from metrics.figure import Figure, Status
from metrics.live import Rollout

ROLLOUT = Rollout(
    {"00M": date(2015, 5, 1), "03D": date(2015, 6, 1), "00C": date(2015, 12, 1), "00D": None}, date(2016, 1, 1), "test"
)


def figure(area: str, period: str, value: float | None) -> Figure:
    arm = "early" if area in ("00M", "03D") else "following"
    status: Status = "ok" if value is not None else "suppressed"
    limits = (None, None)
    return Figure("m", area, area, arm, period, None, None, value, *limits, "days", status, 1, False)


def test_months_are_counted_from_each_ccgs_own_go_live() -> None:
    points = aligned([figure("00M", "2015-12", 1), figure("00C", "2015-12", 1), figure("00C", "2015-10", 1)], ROLLOUT)
    assert [point.months for point in points] == [7, 0, -2]


def test_a_ccg_that_is_not_live_has_no_place_nor_has_a_month_after_what_is_known() -> None:
    assert (
        aligned([figure("00D", "2015-12", 1), figure("16C", "2015-12", 1), figure("00M", "2016-02", 1)], ROLLOUT) == []
    )


def test_the_band_is_of_the_early_ones_and_stops_below_two() -> None:
    points = aligned(
        [
            figure("00M", "2015-05", 60),  # month 0
            figure("03D", "2015-06", 50),  # month 0
            figure("00C", "2015-12", 10),  # month 0, but following
            figure("00M", "2015-06", 55),  # month 1
            figure("03D", "2015-07", 58),  # month 1
            figure("00M", "2015-07", 40),  # month 2, alone
            figure("03D", "2015-08", None),  # month 2, hidden
        ],
        ROLLOUT,
    )
    assert early_band(points) == [BandMonth(0, 50, 60, 2), BandMonth(1, 55, 58, 2)]
    assert ccgs_under(points) == {0: 3, 1: 2, 2: 1}
    assert ccgs_under(points, "following") == {0: 1}


def test_nothing_has_no_band() -> None:
    assert early_band([]) == []
