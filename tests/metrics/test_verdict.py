"""Good or bad, in words, letters, shapes and tones."""

from datetime import date

import pytest

from metrics import verdict
from metrics.measure import Better, Count, Measure, Target
from metrics.spc.chart import Chart, Rebase
from metrics.spc.rules import MAKING_DATA_COUNT_R, Direction, RuleSet
from metrics.verdict import Verdict, against_target, assurance, movement, variation, variations
from tests.metrics.spc.series import EXCEL_7, chart, month

UP_AT_THE_END = [1, -1] * 10 + [9]
DOWN_AT_THE_END = [-1, 1] * 10 + [-9]
UP_AND_DOWN = [*[-20, 20, -21, 21] * 6, 18, 17, 16, 15, 14, 13, 12]
"""The last seven fall, and are a run above the mean too."""


def measure(better: Better, target: float | None = None) -> Measure:
    return Measure(
        key="referrals",
        name="Referrals",
        question="How many people are referred?",
        family="adoption",
        order=1,
        how=Count(table="referral", count="rows"),
        unit="referrals",
        decimals=0,
        better=better,
        target=None if target is None else Target(value=target, source="a test", verified=False),
        source="a test",
        owner="nobody",
        reviewed=date(2018, 4, 1),
        caveat="Invented.",
    )


HIGHER, LOWER, NEITHER = measure("higher"), measure("lower"), measure("neither")


# ---- Variation -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("direction", "of", "expected"),
    [
        ("up", HIGHER, Verdict("improving", "improving", "H", "triangle-up", "good")),
        ("down", HIGHER, Verdict("worsening", "worsening", "L", "square", "bad")),
        ("up", LOWER, Verdict("worsening", "worsening", "H", "square", "bad")),
        ("down", LOWER, Verdict("improving", "improving", "L", "triangle-down", "good")),
        ("up", NEITHER, Verdict("higher", "higher", "H", "triangle-up", "neutral")),
        ("down", NEITHER, Verdict("lower", "lower", "L", "triangle-down", "neutral")),
    ],
)
def test_a_movement_is_judged_by_which_way_is_better(direction: Direction, of: Measure, expected: Verdict) -> None:
    assert movement(direction, of) == expected
    values = UP_AT_THE_END if direction == "up" else DOWN_AT_THE_END
    assert variation(chart(values), of) == variation(chart(values, EXCEL_7), of) == expected


def test_variation_is_of_the_last_point_only() -> None:
    recovered = chart([*UP_AT_THE_END, 1, -1])
    assert recovered.points[20].signal == "outside"
    assert variation(recovered, HIGHER) == verdict.NO_SPECIAL_CHANGE


def test_variation_passes_over_months_that_are_not_there_yet() -> None:
    assert variation(chart([*UP_AT_THE_END, None]), HIGHER).key == "improving"


@pytest.mark.parametrize("short", [chart([]), chart([None] * 20), chart([1, 2, 3, 9])])
def test_too_few_points(short: Chart) -> None:
    assert variation(short, HIGHER) == verdict.TOO_FEW_POINTS
    assert assurance(short, measure("higher", 5)) == verdict.TOO_FEW_POINTS


def test_few_points_after_a_rebase_are_too_few_whatever_was_there_before() -> None:
    rebased = chart(UP_AT_THE_END, rebases=[Rebase(month(18), "two CCGs merged")])
    assert variation(rebased, HIGHER) == verdict.TOO_FEW_POINTS


def test_each_point_has_a_verdict_and_a_gap_cannot_be_told() -> None:
    assert [v.key for v in variations(chart([*UP_AT_THE_END, None]), LOWER)] == [
        *["no_special_change"] * 20,
        "worsening",
        "cannot_be_told",
    ]


@pytest.mark.parametrize(
    ("rule_set", "of", "key"),
    [
        (MAKING_DATA_COUNT_R, HIGHER, "worsening"),  # the trend comes before the run
        (MAKING_DATA_COUNT_R, LOWER, "improving"),
        (EXCEL_7, HIGHER, "improving"),  # in the Excel tool improvement wins
        (EXCEL_7, LOWER, "improving"),
        (EXCEL_7, NEITHER, "lower"),
    ],
)
def test_a_point_marked_both_ways(rule_set: RuleSet, of: Measure, key: str) -> None:
    assert variation(chart(UP_AND_DOWN, rule_set), of).key == key


# ---- Assurance -------------------------------------------------------------------------------------------------------

ON_A_LIMIT = [-67, -40, -26, 0, 133]  # limits exactly -133 and 133
MET_ABOVE = Verdict("consistently_met", "consistently met", "P", "triangle-up", "good")
MET_BELOW = Verdict("consistently_met", "consistently met", "P", "triangle-down", "good")


@pytest.mark.parametrize(
    ("better", "target", "expected"),
    [
        ("higher", 133.1, verdict.CONSISTENTLY_MISSED),
        ("higher", 133, verdict.HIT_AND_MISS),  # a target on a limit can be reached
        ("higher", 0, verdict.HIT_AND_MISS),
        ("higher", -133, verdict.HIT_AND_MISS),
        ("higher", -133.1, MET_ABOVE),
        ("lower", 133.1, MET_BELOW),
        ("lower", 133, verdict.HIT_AND_MISS),
        ("lower", -133.1, verdict.CONSISTENTLY_MISSED),
    ],
)
def test_assurance_sets_the_target_against_the_last_limits(better: Better, target: float, expected: Verdict) -> None:
    assert assurance(chart(ON_A_LIMIT), measure(better, target)) == expected


def test_assurance_uses_the_limits_after_the_last_rebase() -> None:
    halved = chart([*[50, 52] * 6, *[20, 22] * 6], rebases=[Rebase(month(12), "a second clinic opened")])
    assert assurance(halved, measure("lower", 30)) == MET_BELOW
    assert assurance(chart([50, 52] * 6), measure("lower", 30)) == verdict.CONSISTENTLY_MISSED


def test_no_assurance_without_a_target() -> None:
    assert assurance(chart(UP_AT_THE_END), HIGHER) == verdict.NO_JUDGEMENT
    assert assurance(chart(UP_AT_THE_END), NEITHER) == verdict.NO_JUDGEMENT


# ---- One value -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "of", "expected"),
    [
        (92.0, measure("higher", 92), Verdict("met", "met", "", "triangle-up", "good")),
        (91.9, measure("higher", 92), verdict.MISSED),
        (42.0, measure("lower", 42), Verdict("met", "met", "", "triangle-down", "good")),
        (42.1, measure("lower", 42), verdict.MISSED),
        (0.0, measure("lower", 42), Verdict("met", "met", "", "triangle-down", "good")),
        (None, measure("higher", 92), verdict.CANNOT_BE_TOLD),
        (91.9, HIGHER, verdict.NO_JUDGEMENT),
        (None, NEITHER, verdict.NO_JUDGEMENT),
    ],
)
def test_a_value_on_its_target_meets_it(value: float | None, of: Measure, expected: Verdict) -> None:
    assert against_target(value, of) == expected


def test_shape_and_letter_tell_apart_what_colour_does() -> None:
    told_apart = [
        [movement("up", HIGHER), movement("down", HIGHER), verdict.NO_SPECIAL_CHANGE],
        [MET_ABOVE, verdict.HIT_AND_MISS, verdict.CONSISTENTLY_MISSED],
        [against_target(92, measure("higher", 92)), verdict.MISSED, verdict.CANNOT_BE_TOLD],
    ]
    for row in told_apart:
        assert len({v.shape for v in row}) == len({v.tone for v in row}) == len(row)
