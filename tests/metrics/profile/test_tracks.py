from collections.abc import Sequence
from datetime import date

from metrics.catalogue import load
from metrics.profile.tracks import BandQuarter, Track, calendar, number_of, since_go_live, track
from tests.metrics.profile.rows import series

WAIT = load()["wait_assessment"]  # in days, lower is better
APRIL = number_of(date(2015, 4, 1))
LIVE = {"00M": date(2015, 5, 1), "03D": date(2015, 8, 1), "00C": date(2015, 12, 1), "01H": None}


def own(values: Sequence[float | None]) -> Track:
    """Darlington's track alone."""
    found = track(WAIT, series("00C", values), "00C")
    assert found
    return found


def test_the_band_holds_quarters_that_both_early_implementers_have() -> None:
    rows = [*series("00M", [50, 40, None]), *series("03D", [60, 45, 30]), *series("00C", [70, 70, 65])]
    found = track(WAIT, rows, "00C")
    assert found
    assert found.band == [BandQuarter(APRIL, 50, 60), BandQuarter(APRIL + 1, 40, 45)]
    assert found.last.figure.value == 65
    assert found.beside is None  # the newest quarter has one early implementer alone


def test_a_hidden_newest_quarter_leaves_the_one_before_it_as_the_newest_value() -> None:
    rows = [*series("00M", [50, 40]), *series("03D", [60, 45]), *series("00C", [70, None])]
    found = track(WAIT, rows, "00C")
    assert found
    assert (found.last.at, found.last.figure.value) == (APRIL, 70)
    assert found.beside == BandQuarter(APRIL, 50, 60)


def test_since_go_live_each_ccg_stands_at_its_own_stage() -> None:
    # go-live in the quarters 0 (South Tees), 1 (Hambleton) and 2 (Darlington) from April 2015
    rows = [*series("00M", [50, 40, 30]), *series("03D", [60, 45, 35]), *series("00C", [70, 70, 65])]
    found = track(WAIT, rows, "00C", since_go_live(LIVE))
    assert found
    assert [spot.at for spot in found.spots] == [-2, -1, 0]
    assert found.beside == BandQuarter(0, 45, 50)


def test_a_ccg_that_is_not_live_has_no_place_since_go_live() -> None:
    assert track(WAIT, series("01H", [70, 70]), "01H", since_go_live(LIVE)) is None
    assert track(WAIT, series("01H", [70, 70]), "00C", calendar) is None


def test_the_direction_is_that_of_its_own_past() -> None:
    # 8 quarters around 60, then 7 below the mean of all: a run, and lower is better
    assert own([60, 62, 58, 61, 59, 60, 62, 58, 41, 39, 42, 38, 40, 41, 39]).direction.key == "improving"


def test_what_was_said_a_year_ago_is_no_news() -> None:
    assert own([60, 61, None, None, None]).is_recent  # three quarters back
    assert not own([60, None, None, None, None]).is_recent  # four
    assert not own([None, None]).is_recent


def test_a_track_begins_with_the_first_month_and_its_direction_is_judged_by_all_that_came_before() -> None:
    rows = [*series("00M", [50.0] * 20), *series("03D", [60.0] * 20), *series("00C", [70.0] * 10 + [20.0] * 10)]
    found = track(WAIT, rows, "00C", first=date(2019, 11, 1))  # the nineteenth quarter is October to December 2019
    assert found
    assert [spot.at for spot in found.spots] == [APRIL + 18, APRIL + 19]
    assert [quarter.at for quarter in found.band] == [APRIL + 18, APRIL + 19]
    assert found.direction == own([70.0] * 10 + [20.0] * 10).direction
    assert found.direction.key == "improving"  # a quarter or two alone would be too few


def test_there_is_no_track_where_no_quarter_is_left() -> None:
    assert track(WAIT, series("00C", [70.0]), "00C", first=date(2015, 7, 1)) is None
