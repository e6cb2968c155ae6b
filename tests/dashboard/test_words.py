from dataclasses import replace
from datetime import UTC, date, datetime

from dashboard import words
from loaders.register import Release
from metrics.catalogue import load
from metrics.figure import Figure, Status

ARMS_OF_A_CHART = (("Early implementers", "early"), ("Following CCGs", "following"))
WAIT = load()["wait_assessment"]
RELEASE = Release(4, datetime(2018, 5, 1, tzinfo=UTC), {}, {})


def _figure(area: str, period: str, value: float | None, status: Status = "ok", synthetic: bool = True) -> Figure:
    return Figure(
        "wait_assessment", area, area, "", period, 10.0, 20.0, value, None, None, "days", status, 4, synthetic
    )


def test_a_headline_names_few_areas_one_by_one() -> None:
    rows = [_figure("Early", "2018-02", 46.0), _figure("Following", "2018-02", 57.0)]
    assert (
        words.headline(WAIT, rows)
        == "Wait for assessment stood at 46 days in Early and 57 days in Following in Feb 2018"
    )


def test_an_arm_is_no_proper_name_inside_a_sentence() -> None:
    rows = [replace(_figure(name, "2018-02", 46.0), area=arm, arm=arm) for name, arm in ARMS_OF_A_CHART]
    assert words.headline(WAIT, rows) == (
        "Wait for assessment stood at 46 days in the early implementers and 46 days in the following CCGs in Feb 2018"
    )


def test_a_headline_tells_how_far_many_areas_are_apart_and_ranks_none() -> None:
    rows = [_figure(name, "2018-02", value) for name, value in zip("ABCD", (50.0, 30.0, 70.0, 40.0), strict=True)]
    assert (
        words.headline(WAIT, rows) == "Wait for assessment stood between 30 days and 70 days across 4 areas in Feb 2018"
    )


def test_a_headline_takes_the_newest_month_that_all_areas_share() -> None:
    rows = [
        _figure("A", "2018-01", 40.0),
        _figure("B", "2018-01", 50.0),
        _figure("A", "2018-02", 44.0),
        _figure("B", "2018-02", None, "suppressed"),  # so February would leave B out
    ]
    assert words.headline(WAIT, rows) == "Wait for assessment stood at 40 days in A and 50 days in B in Jan 2018"


def test_a_headline_without_any_value_says_that_nothing_can_be_shown() -> None:
    rows = [_figure("A", "2018-01", None, "suppressed")]
    assert words.headline(WAIT, rows) == "Wait for assessment: nothing can be shown for this selection"


def test_four_reasons_for_no_value_have_four_different_words() -> None:
    statuses: tuple[Status, ...] = ("suppressed", "no_data", "not_received", "immature")
    shown = {words.shown(WAIT, _figure("A", "2018-01", None, status)) for status in statuses}
    assert len(shown) == 4
    assert "" not in shown


def test_the_stamp_says_synthetic_only_of_invented_rows() -> None:
    real = words.stamp(WAIT, [_figure("A", "2018-01", 40.0, synthetic=False)], RELEASE)
    invented = words.stamp(WAIT, [_figure("A", "2018-01", 40.0)], RELEASE)
    assert real.startswith("Data to Jan 2018 · n = 20 in Jan 2018 · release 4 of 01 May 2018 · ")
    assert invented == f"Synthetic data. {real}"


def test_the_stamp_says_when_the_data_were_drawn_and_what_is_provisional() -> None:
    drawn = replace(RELEASE, extracted={"referral": date(2018, 3, 31)})
    rows = [_figure("A", "2018-01", 40.0), _figure("A", "2018-02", None, "immature"), _figure("A", "2018-03", None)]
    said = words.stamp(WAIT, rows, drawn)
    dates = "Data to Jan 2018 · n = 20 in Jan 2018 · extracted 31 Mar 2018 · provisional from Feb 2018 · "
    assert said.startswith(f"Synthetic data. {dates}release 4 of 01 May 2018 · ")


def test_the_stamp_says_on_how_many_the_headline_rests() -> None:
    few = [replace(_figure(name, "2018-01", 40.0), denominator=n) for name, n in (("A", 95.0), ("B", 1390.0))]
    assert "n = 95 and 1,390 in Jan 2018" in words.stamp(WAIT, few, RELEASE)
    many = [replace(few[0], area=name, denominator=n) for name, n in zip("ABCD", (10.0, 85.0, 40.0, 40.0), strict=True)]
    assert "n = 10 to 85 in Jan 2018" in words.stamp(WAIT, many, RELEASE)
    assert "n = " not in words.stamp(WAIT, [replace(few[0], denominator=None)], RELEASE)
    posts = load()["ttps_in_post"]  # out of whole-time equivalents, which are no people
    assert "n = " not in words.stamp(posts, few, RELEASE)


def test_the_axis_has_the_unit_of_the_measure() -> None:
    assert words.axis_title(WAIT) == "Days"
    assert words.axis_title(load()["practices_referring"]) == "Per cent"


def test_a_long_name_is_folded_between_words_and_a_short_one_is_not() -> None:
    assert words.folded("Hartlepool and Stockton-on-Tees", 24) == "Hartlepool and<br>Stockton-on-Tees"
    assert words.folded("Sunderland", 4) == "Sunderland"
