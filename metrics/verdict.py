"""Good or bad: the one place that reads which way a measure gets better.

A verdict never depends on colour alone. Its shape: a square is bad; a triangle is anything else
that stands out, and points the way it moved or the side of the target on which it lies; a circle
stands for nothing to report. Letters are those of Making Data Count.
"""

from dataclasses import dataclass
from typing import Literal

from metrics.measure import Measure
from metrics.spc.chart import Chart, Point
from metrics.spc.rules import Direction

Letter = Literal["H", "L", "P", "F", "?", ""]
Shape = Literal["circle", "triangle-up", "triangle-down", "square"]
Tone = Literal["good", "bad", "neutral", "none"]

_LETTERS: dict[Direction, Letter] = {"up": "H", "down": "L"}
_TRIANGLES: dict[Direction, Shape] = {"up": "triangle-up", "down": "triangle-down"}


@dataclass(frozen=True)
class Verdict:
    """What is made of a figure. `letter` is blank where Making Data Count has none."""

    key: str
    words: str
    letter: Letter
    shape: Shape
    tone: Tone


NO_SPECIAL_CHANGE = Verdict("no_special_change", "no special change", "", "circle", "none")
TOO_FEW_POINTS = Verdict("too_few_points", "too few points", "", "circle", "none")
HIT_AND_MISS = Verdict("hit_and_miss", "hit and miss", "?", "circle", "none")
CONSISTENTLY_MISSED = Verdict("consistently_missed", "consistently missed", "F", "square", "bad")
MISSED = Verdict("missed", "missed", "", "square", "bad")
NO_JUDGEMENT = Verdict("no_judgement", "no judgement", "", "circle", "none")
CANNOT_BE_TOLD = Verdict("cannot_be_told", "cannot be told", "", "circle", "none")


def movement(direction: Direction, measure: Measure) -> Verdict:
    """What it means that a measure went up or down: improving or worsening; higher or lower where neither is better."""
    letter, triangle = _LETTERS[direction], _TRIANGLES[direction]
    good = _good_direction(measure)
    if good is None:
        word = "higher" if direction == "up" else "lower"
        return Verdict(word, word, letter, triangle, "neutral")
    if direction == good:
        return Verdict("improving", "improving", letter, triangle, "good")
    return Verdict("worsening", "worsening", letter, "square", "bad")


def variation(chart: Chart, measure: Measure) -> Verdict:
    """Whether the last point shows a special change; earlier points have no say."""
    return TOO_FEW_POINTS if chart.last is None else _variation_at(chart.last, chart, measure)


def is_signal(verdict: Verdict) -> bool:
    """Whether a verdict of variation is a special change."""
    return verdict.letter in _LETTERS.values()


def variations(chart: Chart, measure: Measure) -> tuple[Verdict, ...]:
    """What each point of the chart shows, in its order; a gap cannot be told."""
    return tuple(_variation_at(point, chart, measure) for point in chart.points)


def assurance(chart: Chart, measure: Measure) -> Verdict:
    """Whether the target will be met month after month, from the limits of the last point.

    A target on a limit is hit and miss. No judgement without a target or a direction.
    """
    good = _good_direction(measure)
    if measure.target is None or good is None:
        return NO_JUDGEMENT
    last = chart.last
    if last is None or last.lower is None or last.upper is None:
        return TOO_FEW_POINTS
    if last.lower <= measure.target.value <= last.upper:
        return HIT_AND_MISS
    side: Direction = "up" if last.lower > measure.target.value else "down"
    met = Verdict("consistently_met", "consistently met", "P", _TRIANGLES[side], "good")
    return met if side == good else CONSISTENTLY_MISSED


def against_target(value: float | None, measure: Measure) -> Verdict:
    """Whether one value meets the target: on it is met. No judgement without a target; None cannot be told."""
    good = _good_direction(measure)
    if measure.target is None or good is None:
        return NO_JUDGEMENT
    if value is None:
        return CANNOT_BE_TOLD
    met = value >= measure.target.value if good == "up" else value <= measure.target.value
    return Verdict("met", "met", "", _TRIANGLES[good], "good") if met else MISSED


def _variation_at(point: Point, chart: Chart, measure: Measure) -> Verdict:
    if point.value is None:
        return CANNOT_BE_TOLD
    if point.mean is None:
        return TOO_FEW_POINTS
    if point.direction is None:
        return NO_SPECIAL_CHANGE
    if point.conflict and chart.rule_set.improvement_wins:
        return movement(_good_direction(measure) or point.direction, measure)
    return movement(point.direction, measure)


def _good_direction(measure: Measure) -> Direction | None:
    """Which way is better; None where neither is."""
    directions: dict[str, Direction | None] = {"higher": "up", "lower": "down", "neither": None}
    return directions[measure.better]
