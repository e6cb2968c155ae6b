"""XmR charts against published values, and against a second, plain implementation in exact fractions."""

import time
from collections.abc import Sequence
from datetime import date, timedelta
from math import sqrt

import numpy as np
import pytest
from hypothesis import assume, given

from metrics.spc.chart import Chart, Rebase, xmr
from metrics.spc.quiet import lag_one_autocorrelation, quiet_series, quiet_signal_share
from metrics.spc.rules import (
    MAKING_DATA_COUNT_R,
    RULE_SETS,
    RuleSet,
    in_run,
    in_trend,
    in_two_of_three,
    limits_of,
    marks_of,
)
from tests.reference.plain_xmr import ANY_RULE_SET, SERIES, Values, is_on_a_line, plain_lines, plain_marks

START = date(2020, 1, 1)


def chart(values: Sequence[float | None], rule_set: RuleSet = MAKING_DATA_COUNT_R, rebase: int | None = None) -> Chart:
    rebases = [] if rebase is None else [Rebase(START + timedelta(rebase), "as in the source")]
    return xmr([(START + timedelta(i), value) for i, value in enumerate(values)], rule_set, rebases)


# ---- NHSRplotthedots 0.2.2 ------------------------------------------------------------------------------------------

# Its snapshot tests/testthat/_snaps/ptd_spc.md: set.seed(123); rnorm(20)
NORMAL_20 = [
    *(-0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123),
    *(-0.68685285, -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314),
    *(0.49785048, -1.96661716, 0.70135590, -0.47279141),
]
# Its vignette "Deviations from Excel defaults"
ONE_OUTLIER = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]


def test_snapshot_of_twenty_normal_values() -> None:
    drawn = chart(NORMAL_20)
    point = drawn.points[0]
    assert (point.mean, point.lower, point.upper) == pytest.approx((0.1416238, -3.01138, 3.294627), rel=1e-6)
    assert {p.signal for p in drawn.points} == {None}


def test_snapshot_of_the_same_values_in_two_groups() -> None:
    first, *_, last = chart(NORMAL_20, rebase=10).points
    # three figures are printed of each: half of the last is allowed
    assert (first.lower, first.upper, last.lower, last.upper) == pytest.approx((-2.60, 2.75, -3.28, 3.70), abs=0.005)
    assert first.mean == pytest.approx(0.0746, abs=5e-5)
    assert last.mean == pytest.approx(0.209, abs=5e-4)


@pytest.mark.parametrize(
    ("key", "upper", "mean", "lower"),
    [("making_data_count_r", 4.60, 1.94, -0.72), ("making_data_count_excel_7", 6.95, 1.94, -3.06)],
)
def test_vignette_on_screening(key: str, upper: float, mean: float, lower: float) -> None:
    drawn = chart(ONE_OUTLIER, RULE_SETS[key])
    point = drawn.points[0]
    assert (point.upper, point.mean, point.lower) == pytest.approx((upper, mean, lower), abs=0.005)
    assert [i for i, p in enumerate(drawn.points) if p.signal == "outside"] == [4]


# Its unit vectors, tests/testthat/test-ptd_calculate_point_type.R. It marks the last point of a row of
# seven and spreads that mark over the seven; what follows is after the spreading.


@pytest.mark.parametrize(
    ("near", "side", "expected"),
    [
        ([0, 0, 0], [1, 1, 1], [0, 0, 0]),
        ([1, 0, 1], [1, 1, 1], [1, 1, 1]),
        ([0, 1, 1], [1, 1, 1], [1, 1, 1]),
        ([1, 1, 0], [1, 1, 1], [1, 1, 1]),
        ([0, 0, 1, 0, 1, 0, 0], [1] * 7, [0, 0, 1, 1, 1, 0, 0]),
        ([0, 0, 1, 1, 0, 0, 0], [1] * 7, [0, 1, 1, 1, 1, 0, 0]),
        ([1, 0, 1], [1, -1, 1], [0, 0, 0]),
        ([0, 1, 1], [1, -1, 1], [0, 0, 0]),
        ([0, 0, 1, 0, 1, 0, 0], [1, -1, 1, -1, 1, -1, 1], [0] * 7),
        ([1, 0, 0, 1, 1], [1] * 5, [0, 0, 1, 1, 1]),
    ],
)
def test_unit_vectors_of_two_in_three(near: list[int], side: list[int], expected: list[int]) -> None:
    assert in_two_of_three(np.array(near) == 1, np.array(side)).tolist() == [bool(mark) for mark in expected]


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        ([1] * 6, [0] * 6),
        ([1] * 6 + [-1], [0] * 7),
        ([1] * 8 + [-1], [1] * 8 + [0]),
        ([-1] * 8 + [1], [1] * 8 + [0]),
    ],
)
def test_unit_vectors_of_seven_on_one_side(side: list[int], expected: list[int]) -> None:
    assert in_run(np.array(side), 7).tolist() == [bool(mark) for mark in expected]


@pytest.mark.parametrize(
    ("values", "rising", "falling"),
    [
        ([1, 2, 3, 4, 5, 6], [0] * 6, [0] * 6),
        ([1, 2, 3, 3, 4, 5, 6], [0] * 7, [0] * 7),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], [0, *[1] * 7, 0], [0] * 9),
        ([2, 7, 6, 5, 4, 3, 2, 1, 3], [0] * 9, [0, *[1] * 7, 0]),
    ],
)
def test_unit_vectors_of_seven_in_a_trend(values: list[int], rising: list[int], falling: list[int]) -> None:
    assert [marks.tolist() for marks in in_trend(np.array(values), 7)] == [
        [bool(mark) for mark in rising],
        [bool(mark) for mark in falling],
    ]


# ---- R's acf --------------------------------------------------------------------------------------------------------

# datasets::lh, luteinising hormone; acf(lh, plot = FALSE) prints 1.000 0.576 0.182 -0.145 ...
LH = [
    *(2.4, 2.4, 2.4, 2.2, 2.1, 1.5, 2.3, 2.3, 2.5, 2.0, 1.9, 1.7, 2.2, 1.8, 3.2, 3.2, 2.7, 2.2, 2.2, 1.9, 1.9, 1.8),
    *(2.7, 3.0, 2.3, 2.0, 2.0, 2.9, 2.9, 2.7, 2.7, 2.3, 2.6, 2.4, 1.8, 1.7, 1.5, 1.4, 2.1, 3.3, 3.5, 3.5, 3.1, 2.6),
    *(2.1, 3.4, 3.0, 2.9),
]


def test_autocorrelation_of_the_hormone_series_as_r_prints_it() -> None:
    assert lag_one_autocorrelation(chart(LH)) == pytest.approx(0.576, abs=0.0005)


# ---- Behaviour when nothing happens ---------------------------------------------------------------------------------

# From 1,000 series of 36 points under a separate port of NHSRplotthedots: the share with a signal.
BEHAVIOUR = [
    (0.0, {"any": 0.29, "outside": 0.13, "run": 0.17, "trend": 0.01, "two_of_three": 0.05}),
    (0.3, {"any": 0.67, "outside": 0.39, "run": 0.41, "trend": 0.03, "two_of_three": 0.28}),
    (0.6, {"any": 0.95, "outside": 0.77, "run": 0.73, "trend": 0.09, "two_of_three": 0.68}),
]


def three_standard_errors(share: float) -> float:
    return 3 * sqrt(share * (1 - share) / 1000)


@pytest.mark.parametrize(("autocorrelation", "shares"), BEHAVIOUR)
def test_share_of_quiet_series_that_signal(autocorrelation: float, shares: dict[str, float]) -> None:
    expected = pytest.approx(shares["any"], abs=three_standard_errors(shares["any"]))
    assert quiet_signal_share(36, autocorrelation, MAKING_DATA_COUNT_R) == expected


@pytest.mark.parametrize(("autocorrelation", "shares"), BEHAVIOUR)
def test_share_of_quiet_series_that_each_rule_marks(autocorrelation: float, shares: dict[str, float]) -> None:
    series = quiet_series(5000, 36, autocorrelation)
    marks = marks_of(series, limits_of(series, MAKING_DATA_COUNT_R), MAKING_DATA_COUNT_R)
    for rule, ways in marks.by_rule.items():
        assert ways.any(axis=-1).mean() == pytest.approx(shares[rule], abs=three_standard_errors(shares[rule])), rule


@pytest.mark.parametrize(("shift", "share"), [(1, 0.70), (2, 0.98), (3, 1.00)])
def test_a_shift_against_the_limits_of_18_months_marks_its_first_six(shift: int, share: float) -> None:
    # seen with hindsight: the run that marks the sixth month may end in the twelfth
    series = quiet_series(5000, 36, 0.0)
    series[:, 18:] += shift
    marks = marks_of(series, limits_of(series[:, :18], MAKING_DATA_COUNT_R), MAKING_DATA_COUNT_R)
    seen = marks.any[:, 18:24].any(axis=-1).mean()
    assert seen == pytest.approx(share, abs=max(three_standard_errors(share), 0.01))


def test_the_share_is_quick_and_the_same_for_inputs_that_round_alike() -> None:
    spent = []
    for points in (47, 48, 49):  # months of data, each not asked for before
        started = time.process_time()
        share = quiet_signal_share(points, 0.3, MAKING_DATA_COUNT_R)
        spent.append(time.process_time() - started)
        assert quiet_signal_share(points, 0.32, MAKING_DATA_COUNT_R) == share
    assert min(spent) < 0.3


# ---- A second implementation ----------------------------------------------------------------------------------------


@given(SERIES, ANY_RULE_SET)
def test_both_implementations_mark_the_same(values: Values, rules: RuleSet) -> None:
    assume(not is_on_a_line(values, rules))
    marks = [(p.signal, p.direction) if p.signal else None for p in chart(values, rules).points]
    assert marks == plain_marks(values, rules)


@given(SERIES, ANY_RULE_SET)
def test_both_implementations_draw_the_same_lines(values: Values, rules: RuleSet) -> None:
    lines = plain_lines(values, rules)
    for point in chart(values, rules).points:
        drawn = (point.lower, point.near_lower, point.mean, point.near_upper, point.upper)
        if lines is None:
            assert set(drawn) == {None}
        else:
            mean, reach = map(float, lines)
            assert drawn == pytest.approx(
                (mean - reach, mean - reach * 2 / 3, mean, mean + reach * 2 / 3, mean + reach)
            )


@pytest.mark.parametrize(
    ("values", "signal"),
    [
        (ONE_OUTLIER, "outside"),
        ([*ONE_OUTLIER, 2, 3, 4, 5, 6, 7, 8], "trend"),
        ([1, -1] * 10 + [5, 1, 5], "two_of_three"),
        ([1, 2, 1, 2, 1, 2, 1, -1, -2, -1, -2, -1, -2, -1], "run"),
    ],
)
def test_the_second_implementation_knows_every_rule(values: list[int], signal: str) -> None:
    # or the comparison above could pass on series that nothing marks
    assert signal in {mark[0] for mark in plain_marks(values, MAKING_DATA_COUNT_R) if mark}
