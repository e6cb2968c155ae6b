"""What a measure is: the words its readers see, its unit and direction, and how it is worked out."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo
from pydantic.dataclasses import dataclass

from metrics.kinds import (
    STRICT,
    Change,
    Conversion,
    Count,
    How,
    Milestones,
    Practices,
    Proportion,
    Rate,
    Rtt,
    Wait,
    WaitingList,
    is_share,
)
from metrics.names import Key, Words

__all__ = [
    "Better",
    "Change",
    "Conversion",
    "Count",
    "Family",
    "How",
    "Measure",
    "Milestones",
    "Practices",
    "Proportion",
    "Rate",
    "Rtt",
    "Target",
    "Wait",
    "WaitingList",
]

Family = Literal["adoption", "waiting", "conversion", "fidelity", "activity", "outcome"]
Better = Literal["higher", "lower", "neither"]
IntervalMethod = Literal["Wilson", "Byar", "log-log", "band", "t"]

PUBLISHED = frozenset({"rtt_wait", "activity", "prescribing"})
"""Tables of figures that NHS England and NHSBSA publish: to hide a small number of theirs would hide nothing."""

AMOUNTS = frozenset({"workforce", "prescribing"})
"""Tables of whole-time equivalents, milligrams and doses: an interval meant for counts says nothing of them."""

MINUS = "\N{MINUS SIGN}"
"""A hyphen for a minus is passed over by screen readers."""

ONE = {"days": "day", "weeks": "week", "people": "person"}
"""The units that read differently after a plain 1."""


def _unit_of(unit: str, info: ValidationInfo) -> str:
    how = info.data.get("how")
    if how is not None and is_share(how) != (unit == "%"):
        raise ValueError("a share is shown in '%', and nothing else is")
    return unit


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Target:
    """A target in the measure's own unit. It is `verified` only when a published source gives it."""

    value: float
    source: Words
    verified: bool


def _has_direction(target: Target, info: ValidationInfo) -> Target:
    if info.data.get("better") == "neither":
        raise ValueError("a measure for which neither direction is better can have no target")
    return target


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Measure:
    """One measure. `key` is the name of its file; `order` places it among those of its family.

    Values, limits and targets are in `unit` (76.0 for 76%) and shown with `decimals` places.
    """

    key: Key
    name: Words
    question: Words
    family: Family
    order: int
    how: Annotated[How, Field(discriminator="kind")]
    unit: Annotated[Words, AfterValidator(_unit_of)]
    decimals: Annotated[int, Field(ge=0, le=3)]
    better: Better
    target: Annotated[Target, AfterValidator(_has_direction)] | None = None
    source: Words
    owner: Words
    reviewed: date
    caveat: Words

    @property
    def kind(self) -> str:
        return self.how.kind

    @property
    def horizon(self) -> int | None:
        """Days for which each person must have been followed; None where the kind has none."""
        return self.how.horizon if isinstance(self.how, Conversion | Change) else None

    @property
    def scale(self) -> int:
        """What a numerator over a denominator is multiplied by to be in `unit`."""
        if isinstance(self.how, Rate):
            return self.how.per
        return 100 if is_share(self.how) else 1

    @property
    def published(self) -> bool:
        """Whether the counts are public already, so that small-number rules do not apply."""
        return self.how.table in PUBLISHED

    @property
    def counts_people(self) -> bool:
        """Whether a small count could point at a patient; practices, posts and milestones cannot."""
        return not isinstance(self.how, Practices | Milestones) and self.how.table != "workforce"

    @property
    def interval(self) -> IntervalMethod | None:
        """The method of the 95% interval; None for what was counted in full and not drawn from anything."""
        match self.how:
            case Rtt(statistic="median" | "p95"):
                return "band"
            case Change(statistic="mean_change"):
                return "t"
            case Wait():
                return "log-log"
            case Count() | WaitingList() | Milestones() | Practices(weight="list"):
                return None
            case Proportion(table=table) | Rate(table=table) if table in AMOUNTS:
                return None
            case Rate():
                return "Byar"
        return "Wilson"

    def in_words(self, value: float | None) -> str:
        """A value with its unit as text: "76%", "5.8 weeks", "1,204 people"; "no data" for None."""
        if value is None:
            return "no data"
        rounded = round(value, self.decimals) + 0.0  # which makes 0.0 of -0.0
        number = f"{rounded:,.{self.decimals}f}".replace("-", MINUS)
        if self.unit == "%":
            return f"{number}%"
        return f"{number} {ONE.get(self.unit, self.unit) if number == '1' else self.unit}"
