"""What counts say about one area and month, before the small-number rules have seen it.

Nothing here may leave `metrics`: `disclosure.disclose` turns it into what may be shown.
"""

from dataclasses import dataclass

from metrics.figure import Status


@dataclass(frozen=True, slots=True)
class Quotient:
    """A share: some of a number of people (or of practices, posts, milestones)."""

    numerator: float
    denominator: float


@dataclass(frozen=True, slots=True)
class PerHead:
    """Events in a population; the population is a published list size, so only events are few."""

    events: float
    population: float
    per: int


@dataclass(frozen=True, slots=True)
class Tally:
    """A plain count."""

    count: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A median, mean or percentile with its 95% interval, from so many people.

    None for a value that the data do not reach, such as a median wait that half have not ended.
    `of` is how many it is out of, where that differs (all who waited, of whom `people` were seen).
    """

    value: float | None
    lower: float | None
    upper: float | None
    people: float
    of: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No value, and why."""

    status: Status
    reason: str


Evidence = Quotient | PerHead | Tally | Estimate | Nothing
