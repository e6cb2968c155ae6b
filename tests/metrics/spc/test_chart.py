"""The lines of an XmR chart, its gaps and its rebases."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from metrics.spc.chart import Rebase, xmr
from metrics.spc.rules import MAKING_DATA_COUNT_R, RULE_SETS, Direction, RuleSet
from tests.metrics.spc.series import EXCEL_7, chart, month
from tests.reference.plain_xmr import ANY_RULE_SET, SERIES, Values, is_on_a_line

QUIET = [1, -1, 2, -2] * 6
MERGED = "two CCGs merged"


# ---- Limits ----------------------------------------------------------------------------------------------------------


def test_limits_are_266_mean_moving_ranges_from_the_mean_and_near_limits_two_thirds_of_that() -> None:
    point = chart([10, 14, 10, 14, 10, 14]).points[0]  # mean 12, every moving range 4
    assert (point.lower, point.mean, point.upper) == pytest.approx((12 - 10.64, 12, 12 + 10.64))
    assert (point.near_lower, point.near_upper) == pytest.approx((12 - 10.64 * 2 / 3, 12 + 10.64 * 2 / 3))


def test_screening_leaves_out_large_moving_ranges_and_never_touches_the_mean() -> None:
    # moving ranges 1 nine times and then 9: their mean is 1.8 and 9 > 3.267 x 1.8, so it goes
    values = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 10]
    screened, kept = chart(values).points[0], chart(values, replace(MAKING_DATA_COUNT_R, screens=False)).points[0]
    assert (screened.mean, screened.upper) == pytest.approx((15 / 11, 15 / 11 + 2.66))
    assert (kept.mean, kept.upper) == pytest.approx((15 / 11, 15 / 11 + 2.66 * 1.8))


def test_a_moving_range_at_the_edge_of_screening_is_left_out() -> None:
    values = [0, 3267, 3700, 4133, 4566, 5000]  # mean moving range 1000, and 3267 is not below 3.267 times that
    assert chart(values).points[0].upper == pytest.approx(20666 / 6 + 2.66 * 1733 / 4)


def test_screening_is_done_once() -> None:
    # moving ranges 1 sixteen times, 6 and 20: mean 42/18, so 20 goes; 6 > 3.267 x 22/17 would go the second time
    values = [*[0, 1] * 8, 0, 6, 26]
    assert chart(values).points[0].upper == pytest.approx(40 / 19 + 2.66 * 22 / 17)


@pytest.mark.parametrize("rule_set", RULE_SETS.values(), ids=RULE_SETS)
def test_the_limits_of_a_constant_series_are_its_mean(rule_set: RuleSet) -> None:
    points = chart([0.1] * 14, rule_set).points  # adding up 0.1 fourteen times does not give 1.4
    assert {(p.lower, p.near_lower, p.mean, p.near_upper, p.upper) for p in points} == {(0.1,) * 5}


@pytest.mark.parametrize(
    ("points", "rule_set", "has_limits", "trial"),
    [
        (4, MAKING_DATA_COUNT_R, False, False),
        (5, MAKING_DATA_COUNT_R, True, True),
        (11, MAKING_DATA_COUNT_R, True, True),
        (12, MAKING_DATA_COUNT_R, True, False),
        (12, EXCEL_7, False, False),  # the Excel tool draws limits from 13 points
        (13, EXCEL_7, True, False),
    ],
)
def test_few_points_have_trial_limits_and_very_few_have_none(
    points: int, rule_set: RuleSet, has_limits: bool, trial: bool
) -> None:
    drawn = chart(QUIET[:points], rule_set)
    last = drawn.points[-1]
    assert (drawn.groups[0].has_limits, drawn.groups[0].trial) == (has_limits, trial)
    lines = (last.lower, last.near_lower, last.mean, last.near_upper, last.upper)
    assert [line is not None for line in lines] == [has_limits] * 5


# ---- Gaps ------------------------------------------------------------------------------------------------------------


def test_a_gap_has_lines_but_is_no_point_and_no_moving_range_spans_it() -> None:
    drawn = chart([0, 2, None, 50, 52, 50])  # mean 154/5; moving ranges 2, 2 and 2, not 48
    assert (drawn.count, len(drawn.points), drawn.groups[0].count) == (5, 6, 5)
    gap = drawn.points[2]
    assert (gap.value, gap.signal) == (None, None)
    assert (gap.mean, gap.upper) == pytest.approx((30.8, 30.8 + 2.66 * 2))


def test_the_last_point_is_the_last_with_a_value() -> None:
    last = chart([1, 2, 3, None, None]).last
    assert last is not None
    assert (last.date, last.value) == (month(2), 3)
    assert chart([None, None]).last is None


def test_without_two_neighbours_there_is_no_moving_range_and_there_are_no_limits() -> None:
    drawn = chart([1, None] * 12)
    assert drawn.count == 12
    assert not drawn.groups[0].has_limits


def test_an_empty_series_is_an_empty_chart() -> None:
    empty = chart([])
    assert (empty.points, empty.groups, empty.last, empty.count) == ((), (), None, 0)


def test_dates_may_come_in_any_order() -> None:
    series = [(month(i), value) for i, value in enumerate(QUIET)]
    assert xmr(reversed(series)) == xmr(series)


def test_a_value_that_is_no_number_and_a_date_given_twice_are_refused() -> None:
    with pytest.raises(ValueError, match="Not a finite number, on 2015-02-01"):
        chart([1.0, float("nan")])
    with pytest.raises(ValueError, match="Two values on one date: 2015-01-01"):
        xmr([(month(0), 1.0), (month(0), 2.0)])


# ---- Rebases ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [month(7), date(2015, 7, 15)])  # on the date of a point, or after the one before
def test_a_rebase_is_two_charts_side_by_side(day: date) -> None:
    rise = list(range(14))
    drawn = chart(rise, rebases=[Rebase(day, MERGED)])
    assert drawn.points == chart(rise[:7]).points + xmr([(month(i), i) for i in range(7, 14)]).points
    assert [(g.start, g.count) for g in drawn.groups] == [(month(0), 7), (month(7), 7)]
    assert [g.rebase for g in drawn.groups] == [None, Rebase(day, MERGED)]


@pytest.mark.parametrize("i", [0, 24])
def test_a_rebase_on_the_first_point_or_after_the_last_changes_no_line(i: int) -> None:
    drawn = chart(QUIET, rebases=[Rebase(month(i), MERGED)])
    assert len(drawn.groups) == 1
    assert drawn.points == chart(QUIET).points


def test_two_rebases_make_three_groups_in_whatever_order_they_are_given() -> None:
    first, second = Rebase(month(6), MERGED), Rebase(month(12), "new form")
    drawn = chart(QUIET, rebases=[second, first])
    assert [g.rebase for g in drawn.groups] == [None, first, second]
    assert drawn == chart(QUIET, rebases=[first, second])


def test_few_points_after_a_rebase_have_no_limits() -> None:
    drawn = chart(QUIET, rebases=[Rebase(month(20), MERGED)])
    assert [(g.count, g.has_limits) for g in drawn.groups] == [(20, True), (4, False)]
    assert [p.mean is None for p in drawn.points[18:22]] == [False, False, True, True]


def test_a_rebase_needs_a_reason_and_a_date_of_its_own() -> None:
    with pytest.raises(ValueError, match="needs a reason"):
        Rebase(month(0), " ")
    with pytest.raises(ValueError, match="Two rebases on one date: 2015-04-01"):
        chart(QUIET, rebases=[Rebase(month(3), MERGED), Rebase(month(3), "new form")])


# ---- Laws ------------------------------------------------------------------------------------------------------------


@given(SERIES, ANY_RULE_SET, st.sampled_from([0.25, 1, 8, -1, -4]), st.integers(-1000, 1000))
def test_a_change_of_units_moves_the_lines_with_the_points_and_marks_the_same(
    values: Values, rule_set: RuleSet, scale: float, shift: int
) -> None:
    assume(not is_on_a_line(values, rule_set))
    before = chart(values, rule_set)
    after = chart([None if value is None else value * scale + shift for value in values], rule_set)
    for old, new in zip(before.points, after.points, strict=True):
        assert (new.signal, new.direction) == (old.signal, turned(old.direction) if scale < 0 else old.direction)
        assert new.conflict == old.conflict
        edge = old.lower if scale < 0 else old.upper
        assert new.mean == (None if old.mean is None else pytest.approx(old.mean * scale + shift, abs=1e-6))
        assert new.upper == (None if edge is None else pytest.approx(edge * scale + shift, abs=1e-6))


def turned(direction: Direction | None) -> Direction | None:
    if direction is None:
        return None
    return "down" if direction == "up" else "up"
