"""A second XmR chart, written for plainness: loops and exact fractions in place of arrays."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from hypothesis import strategies as st

from metrics.spc.rules import RULE_SETS, RuleSet, Signal

Values = Sequence[int | None]
Lines = tuple[Fraction, Fraction]
"""The mean, and the distance of the limits from it."""
Mark = tuple[Signal, str]

_NOISE = st.lists(st.integers(-20, 20), max_size=12)
_LEVEL = st.builds(lambda level, size: [level + i % 3 for i in range(size)], st.integers(-30, 30), st.integers(1, 9))
_SLOPE = st.builds(
    lambda first, step, size: [first + step * i for i in range(size)],
    *(st.integers(-20, 20), st.sampled_from([-3, -1, 1, 3]), st.integers(2, 9)),
)
SERIES = st.lists(st.one_of(_NOISE, _LEVEL, _SLOPE, st.just([None])), max_size=7).map(
    lambda parts: [value for part in parts for value in part]
)
"""Stretches of noise, levels and slopes with gaps between: noise alone hardly ever makes a run or a trend."""
ANY_RULE_SET = st.sampled_from(list(RULE_SETS.values()))


def plain_lines(values: Values, rules: RuleSet) -> Lines | None:
    """None where there are too few points for limits."""
    known = [Fraction(value) for value in values if value is not None]
    ranges = [Fraction(abs(b - a)) for a, b in pairwise(values) if a is not None and b is not None]
    if len(known) < rules.fewest or not ranges:
        return None
    if rules.screens:
        most = Fraction("3.267") * _mean(ranges)
        ranges = [moving_range for moving_range in ranges if moving_range < most] or [Fraction(0)]
    return _mean(known), Fraction("2.66") * _mean(ranges)


def _mean(fractions: Sequence[Fraction]) -> Fraction:
    return sum(fractions, Fraction(0)) / len(fractions)


def is_on_a_line(values: Values, rules: RuleSet) -> bool:
    """Whether a point lies exactly on a limit or near limit, where rounding decides what floats make of it."""
    lines = plain_lines(values, rules)
    if lines is None or lines[1] == 0:
        return False
    mean, reach = lines
    return any(value is not None and abs(value - mean) in (reach, reach * 2 / 3) for value in values)


def plain_marks(values: Values, rules: RuleSet) -> list[Mark | None]:
    """The signal and direction of each point; None for common cause and for gaps."""
    lines = plain_lines(values, rules)
    if lines is None:
        return [None] * len(values)
    return [None if value is None else _mark(i, value, values, lines, rules) for i, value in enumerate(values)]


def _mark(i: int, value: int, values: Values, lines: Lines, rules: RuleSet) -> Mark | None:
    mean, reach = lines
    side = "up" if value > mean else "down"

    def is_near(other: int) -> bool:
        return abs(other - mean) > reach * 2 / 3 and (rules.outside_is_near or abs(other - mean) <= reach)

    def on_one_side(stretch: list[int]) -> bool:
        return all(other > mean for other in stretch) or all(other < mean for other in stretch)

    if abs(value - mean) > reach:
        return "outside", side
    if _in_a_trend(i, values, rules.length):
        return "trend", _way_of_trend(i, values, rules.length)
    if is_near(value) and any(on_one_side(s) and sum(map(is_near, s)) >= 2 for s in _stretches(i, values, 3)):
        return "two_of_three", side
    return ("run", side) if any(map(on_one_side, _stretches(i, values, rules.length))) else None


def _stretches(i: int, values: Values, length: int) -> list[list[int]]:
    """Every stretch of so many points that holds point i and no gap."""
    starts = range(max(0, i - length + 1), min(i, len(values) - length) + 1)
    stretches = [[v for v in values[start : start + length] if v is not None] for start in starts]
    return [stretch for stretch in stretches if len(stretch) == length]


def _in_a_trend(i: int, values: Values, length: int) -> bool:
    stretches = _stretches(i, values, length)
    return any(len(set(s)) == length and s in (sorted(s), sorted(s, reverse=True)) for s in stretches)


def _way_of_trend(i: int, values: Values, length: int) -> str:
    goes_on = i + 1 < len(values) and _in_a_trend(i + 1, values, length)
    before, after = (values[i], values[i + 1]) if goes_on else (values[i - 1], values[i])
    assert before is not None
    assert after is not None
    return "up" if after > before else "down"
