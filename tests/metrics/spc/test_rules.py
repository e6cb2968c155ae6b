"""Which points each rule marks, at its boundaries."""

from collections.abc import Sequence

import pytest

from metrics.spc.rules import MAKING_DATA_COUNT_R, RULE_SETS, Direction, RuleSet, Signal
from tests.metrics.spc.series import EXCEL_6, EXCEL_7, chart

LOUD = [-20, 20, -21, 21] * 6  # what follows cannot come near its limits

Marked = dict[int, tuple[Signal | None, Direction | None]]


def marked(values: Sequence[float | None], rule_set: RuleSet = MAKING_DATA_COUNT_R) -> Marked:
    """Place in the series of each marked point, with its signal and direction."""
    return {i: (p.signal, p.direction) for i, p in enumerate(chart(values, rule_set).points) if p.signal}


def alike(places: range, signal: Signal, direction: Direction) -> Marked:
    return dict.fromkeys(places, (signal, direction))


# ---- Outside ---------------------------------------------------------------------------------------------------------


def test_a_point_on_a_limit_is_not_outside_and_one_just_beyond_is() -> None:
    # mean 0 and mean moving range 50, so that the upper limit is exactly 133
    assert chart([-67, -40, -26, 0, 133]).points[0].upper == 133
    assert marked([-67, -40, -26, 0, 133]) == marked([67, 40, 26, 0, -133]) == {}
    assert marked([-67, -40, -26, 0, 133.001]) == {4: ("outside", "up")}
    assert marked([67, 40, 26, 0, -133.001]) == {4: ("outside", "down")}


# ---- Run -------------------------------------------------------------------------------------------------------------


def test_seven_points_on_one_side_are_a_run_and_six_only_where_the_user_of_the_excel_tool_chose_six() -> None:
    six = [1, 1, 1, 1, 1, 1, -1, 1, -2, 1, -2, 1, -2, 1, -1]
    assert marked(six) == marked(six, EXCEL_7) == {}
    assert marked(six, EXCEL_6) == alike(range(6), "run", "up")
    seven = [1, *six]
    assert marked(seven) == marked(seven, EXCEL_7) == alike(range(7), "run", "up")


def test_a_point_exactly_on_the_mean_breaks_a_run() -> None:
    runs = [3, -3] * 8 + [1] * 7 + [-1] * 7  # mean 0
    assert marked(runs) == alike(range(16, 23), "run", "up") | alike(range(23, 30), "run", "down")
    runs[19], runs[29] = 0, 0  # mean 0 still
    assert marked(runs) == {}


def test_a_gap_breaks_a_run() -> None:
    assert marked([3, -3] * 8 + [1, 1, 1, None, 1, 1, 1, 1]) == {}


# ---- Trend -----------------------------------------------------------------------------------------------------------


def test_seven_rising_points_are_a_trend_and_six_only_where_the_user_of_the_excel_tool_chose_six() -> None:
    six = [*LOUD, -3, -2, -1, 1, 2, 3, -4]
    assert marked(six) == marked(six, EXCEL_7) == {}
    assert marked(six, EXCEL_6) == alike(range(24, 30), "trend", "up")
    seven = [*LOUD, -3, -2, -1, 0, 1, 2, 3, -4]
    assert marked(seven) == marked(seven, EXCEL_7) == alike(range(24, 31), "trend", "up")
    assert marked([-value for value in seven]) == alike(range(24, 31), "trend", "down")


def test_a_tie_breaks_a_trend() -> None:
    assert marked([*LOUD, -3, -2, -1, 0, 0, 1, 2, 3, -4]) == {}


def test_a_gap_breaks_a_trend() -> None:
    assert marked([*LOUD, -3, -2, -1, None, 0, 1, 2, 3, -4]) == {}


def test_the_direction_of_a_trend_is_its_way_and_not_its_side_of_the_mean() -> None:
    falling = [*LOUD, 18, 17, 16, 15, 14, 13, 12]
    assert chart(falling).points[-1].mean == pytest.approx(105 / 31)  # all seven lie above it
    assert marked(falling)[30] == ("trend", "down")


def test_where_a_rise_turns_into_a_fall_the_turning_point_counts_for_the_fall() -> None:
    turning = [*LOUD, 0, 1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]
    assert marked(turning) == alike(range(24, 31), "trend", "up") | alike(range(31, 38), "trend", "down")


def test_between_two_rises_that_follow_at_once_the_last_point_of_the_first_counts_as_down_as_in_the_package() -> None:
    step_down = [*LOUD, 1, 2, 3, 4, 5, 6, 7, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5]
    assert marked(step_down) == alike(range(24, 38), "trend", "up") | {30: ("trend", "down")}
    tie = [*LOUD, -6, -5, -4, -3, -2, -1, 1, 1, 2, 3, 4, 5, 6, 7]
    assert marked(tie) == alike(range(24, 38), "trend", "up") | {30: ("trend", "down")}


# ---- Two of three ----------------------------------------------------------------------------------------------------


def test_two_of_three_marks_the_near_points_only_and_needs_all_three_on_one_side() -> None:
    quiet = [1, -1] * 10  # near limits about 4.2 from the mean, limits about 6.3
    assert marked([*quiet, 5, 1, 5]) == {20: ("two_of_three", "up"), 22: ("two_of_three", "up")}
    assert marked([*quiet, -5, -1, -5]) == {20: ("two_of_three", "down"), 22: ("two_of_three", "down")}
    assert marked([*quiet, 5, -1, 5]) == {}
    assert marked([*quiet, 5, 1, 1, 5]) == {}  # two of four
    assert marked([*quiet, 5, None, 1, 5]) == {}


def test_a_point_outside_counts_towards_two_of_three_in_the_excel_tool_only() -> None:
    values = [1, -1] * 10 + [1, 9, 5]
    assert marked(values) == {21: ("outside", "up")}
    assert marked(values, EXCEL_7) == {21: ("outside", "up"), 22: ("two_of_three", "up")}


# ---- All together ----------------------------------------------------------------------------------------------------


def test_one_label_a_point_in_the_order_outside_trend_two_of_three_run() -> None:
    quiet = [1, -1] * 16
    # seven that rise above the mean, the last outside and the two before it near the limit
    assert marked([*quiet, 1, 2, 3, 4, 4.5, 5, 9]) == alike(range(31, 38), "trend", "up") | {38: ("outside", "up")}
    # seven above the mean that do not rise, two of them near the limit
    two_of_three = alike(range(36, 38), "two_of_three", "up")
    assert marked([*quiet, 2, 1, 3, 2, 5, 4.5, 1]) == alike(range(32, 39), "run", "up") | two_of_three


def test_a_point_that_rules_mark_both_ways_is_in_conflict() -> None:
    # fourteen points up and down: the three after the top fall, and belong to seven above the mean
    points = chart([*LOUD, 0, 1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]).points
    assert [i for i, point in enumerate(points) if point.conflict] == [31, *range(32, 37)]


@pytest.mark.parametrize("rule_set", RULE_SETS.values(), ids=RULE_SETS)
def test_nothing_is_marked_in_a_constant_series(rule_set: RuleSet) -> None:
    assert marked([0.1] * 14, rule_set) == {}


def test_without_limits_nothing_is_marked() -> None:
    assert marked(list(range(12)), EXCEL_7) == {}


def test_a_signal_says_in_words_why_the_point_is_marked() -> None:
    assert MAKING_DATA_COUNT_R.in_words("outside", "down") == "below the lower limit"
    assert MAKING_DATA_COUNT_R.in_words("trend", "up") == "one of 7 or more rising in a row"
    assert MAKING_DATA_COUNT_R.in_words("two_of_three", "up") == "one of two in three near the upper limit"
    assert EXCEL_6.in_words("run", "down") == "one of 6 or more below the mean in a row"
