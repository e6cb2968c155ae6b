"""What a comparison stands on before any method: who is live since when, and how much of it is known."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from metrics.areas import ccgs
from metrics.comparison.refusal import CannotBeTold
from metrics.comparison.scale import scale_of
from metrics.comparison.window import require_comparable
from metrics.figure import Figure, Status
from metrics.live import Rollout
from metrics.measure import Measure


@dataclass(frozen=True)
class Comparability:
    """`live` has the CCGs by month of go-live, the first month first; `not_live` those known not to be by `known_to`.

    `statuses` counts the figures of CCGs and months by what they are: a value, a hidden one, none received, ...
    """

    live: Mapping[date, Sequence[str]]
    not_live: Sequence[str]
    known_to: date
    source: str
    statuses: Mapping[Status, int]

    @property
    def of(self) -> int:
        """CCG months in all."""
        return sum(self.statuses.values())


def comparability(figures: Sequence[Figure], rollout: Rollout) -> Comparability:
    """Of monthly figures by CCG."""
    started = sorted({start for start in rollout.live.values() if start})
    live = {start: [code for code in ccgs() if rollout.live.get(code) == start] for start in started}
    not_live = [code for code in ccgs() if code in rollout.live and rollout.live[code] is None]
    return Comparability(live, not_live, rollout.known_to, rollout.source, Counter(figure.status for figure in figures))


def can_be_compared(measure: Measure) -> bool:
    """Whether a measure has a before, which the rollout itself has not."""
    try:
        scale_of(measure)
    except CannotBeTold:
        return False
    return True


def not_compared(codes: Sequence[str]) -> str:
    """Why areas of these codes are not compared, in a sentence; blank where they are."""
    try:
        require_comparable(codes)
    except CannotBeTold as reason:
        return str(reason)
    return ""
