"""A guard against taking one selection from another: two totals, each large, tell the few people between them.

Within one figure's place (measure, area and period) it compares filters: practices, CCGs, months,
presentation, STarT Back risk. It is honest about little: it knows what one reader has been shown, as far as
it remembers; it compares two selections of which one holds the other, and sees neither what three of them
tell together, nor what two readers tell each other, nor what was written down before. What can be
told without a memory is settled in `beside`, for every reader alike.
"""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from metrics.disclosure.gate import Shown
from metrics.disclosure.policy import Policy
from metrics.selection import Selection

FEWEST_LEFT_OUT = 3
"""Practices: a total without one or two of them, beside the total with them, is about those alone."""

TOO_NEAR = Shown(
    "suppressed", reason="Hidden because too few people lie between this selection and one that was shown before."
)

MOST_PLACES, MOST_FILTERS = 20_000, 50
"""Places of figures that are remembered, and filters for each; the oldest are forgotten."""


@dataclass(frozen=True)
class Filter:
    """Whom a figure is of, in each respect; None where nobody is left out."""

    ccgs: frozenset[str]
    months: frozenset[date]
    practices: frozenset[str] | None = None
    presentation: frozenset[str] | None = None
    start_back: frozenset[str] | None = None

    @classmethod
    def of(cls, selection: Selection, ccgs: Sequence[str], months: Sequence[date]) -> "Filter":
        """What a selection narrows a figure of these CCGs and months to."""
        chosen = (selection.practices, selection.presentation, selection.start_back)
        return cls(frozenset(ccgs), frozenset(months), *(frozenset(some) if some else None for some in chosen))

    def within(self, other: "Filter") -> bool:
        """Whether everybody that this lets through, the other lets through as well."""
        return all(
            theirs is None or (own is not None and own <= theirs)
            for own, theirs in zip(vars(self).values(), vars(other).values(), strict=True)
        )


@dataclass(frozen=True)
class Place:
    """What filters are compared within: one area and period of a measure, as at a release."""

    release: int
    measure: str
    area: str
    period: str


class Seen:
    """What one reader has been shown. Not for several threads at once."""

    def __init__(self, policy: Policy, most_places: int = MOST_PLACES, most_filters: int = MOST_FILTERS) -> None:
        self._policy = policy
        self._most_places, self._most_filters = most_places, most_filters
        self._places: OrderedDict[Place, OrderedDict[Filter, tuple[float, ...]]] = OrderedDict()

    def admits(self, place: Place, narrowed: Filter, counts: tuple[float, ...]) -> bool:
        """Whether these counts of people can be shown beside what was shown before; if so they count as shown."""
        earlier = self._places.setdefault(place, OrderedDict())
        self._places.move_to_end(place)
        if any(self._too_near(narrowed, counts, other, theirs) for other, theirs in earlier.items()):
            return False
        earlier[narrowed] = counts
        if len(earlier) > self._most_filters:
            earlier.popitem(last=False)
        if len(self._places) > self._most_places:
            self._places.popitem(last=False)
        return True

    def _too_near(self, narrowed: Filter, counts: tuple[float, ...], other: Filter, theirs: tuple[float, ...]) -> bool:
        if narrowed == other or not (narrowed.within(other) or other.within(narrowed)):
            return False
        between = (abs(own - their) for own, their in zip(counts, theirs, strict=True))
        return any(0 < people <= self._policy.hidden_to for people in between)


def few_may_lie_between(earlier: tuple[float, ...] | None, later: tuple[float, ...] | None, policy: Policy) -> bool:
    """Whether two releases of a figure, side by side, may tell of few people: judged by its counts as shown.

    The counts that stand behind them would judge better, and tell by what is held back. None is a figure that is
    not shown.
    """
    if not policy.hidden:
        return False
    if not earlier or not later or len(earlier) != len(later):
        return True
    return any(
        _least_between(one, other, policy) <= policy.hidden_to for one, other in zip(earlier, later, strict=True)
    )


def _least_between(one: float, other: float, policy: Policy) -> float:
    """The fewest people by which two counts differ of which these would be shown."""
    low, high = sorted((one, other))
    return policy.told_by(high)[0] - policy.told_by(low)[1]


def too_few_left_out(chosen: Collection[str], every: Collection[str]) -> str:
    """Why a total of some practices cannot be shown, in a sentence; blank when it leaves out none or enough."""
    left_out = sorted(set(every) - set(chosen))
    if set(chosen).isdisjoint(every) or not 0 < len(left_out) < FEWEST_LEFT_OUT:
        return ""
    return (
        f"Beside the total, this would tell of {' and '.join(left_out)} alone: "
        f"leave out no practice, or {FEWEST_LEFT_OUT} at least."
    )
