"""The scale on which changes are compared, and the way back to what a reader says.

Waits and rates change by a factor, so they are compared as logarithms and told in per cent. Shares are
compared as log odds and told in percentage points. Mean scores are compared as they are.
"""

from dataclasses import dataclass
from math import exp, log, nan
from typing import Literal

from metrics.comparison.refusal import CannotBeTold
from metrics.figure import Figure
from metrics.kinds import Change, Conversion, Count, Milestones, Practices, Proportion, Rate, Rtt, Wait, WaitingList
from metrics.measure import Measure
from metrics.query.selects import PATHWAY

Kind = Literal["log value", "log count", "log odds", "as it is"]

HALF = 0.5
"""Added to counts, so that none and all have a logarithm. A median of no whole day is taken as half of one."""

TENS = 10
"""From here on a told effect has no decimals."""

HAS_NO_BEFORE = "It measures the rollout itself, which has nothing before go-live to be compared with."


@dataclass(frozen=True)
class Scale:
    """A working scale, and the unit and words in which an effect on it is told.

    `base` is the mean working value of the cells that an effect is told for: log odds need it.
    """

    kind: Kind
    unit: str
    words: tuple[str, str]
    decimals: int = 1
    base: float = 0.0

    def working(self, figure: Figure) -> float:
        """The figure on the working scale; NaN where it has no value."""
        if figure.status != "ok" or figure.value is None:
            return nan
        if self.kind == "log value":
            return log(max(figure.value, HALF))
        if self.kind == "as it is":
            return figure.value
        if figure.numerator is None:
            return nan
        if self.kind == "log count":
            return log((figure.numerator + HALF) / (figure.denominator or 1))
        return log((figure.numerator + HALF) / ((figure.denominator or 0) - figure.numerator + HALF))

    def told(self, effect: float) -> float:
        """An effect in `unit`: per cent, percentage points or the measure's own."""
        if self.kind == "log odds":
            return 100 * (_share(self.base) - _share(self.base - effect))
        return effect if self.kind == "as it is" else 100 * (exp(effect) - 1)

    def in_words(self, told: float) -> str:
        """A told effect as text: "14% shorter", "4.2 points higher", "no different"."""
        decimals = 0 if round(abs(told), self.decimals) >= TENS else self.decimals
        size = f"{abs(told):.{decimals}f}"
        if float(size) == 0:
            return "no different"
        gap = "" if self.unit == "%" else " "
        return f"{size}{gap}{self.unit} {self.words[told > 0]}"


def scale_of(measure: Measure) -> Scale:
    """The scale of a measure. Raises CannotBeTold for one that measures the rollout itself."""
    match measure.how:
        case Practices() | Milestones() | Proportion(table="workforce"):
            raise CannotBeTold(HAS_NO_BEFORE)
        case Rate(where=where) if PATHWAY in where.get("route", ()):
            raise CannotBeTold(HAS_NO_BEFORE)
        case Wait() | Rtt(statistic="median" | "p95"):
            return Scale("log value", "%", ("shorter", "longer"))
        case Rate() | Count() | WaitingList():
            return Scale("log count", "%", ("lower", "higher"))
        case Change(statistic="mean_change"):
            return Scale("as it is", measure.unit, ("lower", "higher"), max(measure.decimals, 1))
        case Proportion() | Conversion() | Rtt() | Change():
            return Scale("log odds", "points", ("lower", "higher"))


def _share(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds))
