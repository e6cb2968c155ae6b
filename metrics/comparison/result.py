"""What a comparison says: estimates over many people and months, never the value of one CCG in one month."""

from dataclasses import dataclass
from typing import Literal

from metrics.comparison.window import Estimand

Key = Literal["consistent_with", "no_sign", "cannot_be_told"]


@dataclass(frozen=True)
class Judgement:
    """What may be said, in fixed wording. `words` is one to three sentences."""

    key: Key
    words: str


@dataclass(frozen=True)
class Basis:
    """What a comparison rests on. Months are written 2015-05; CCGs are codes.

    `months_left_out` lack a value of some CCG, `ccgs_left_out` lack more than a quarter of the months.
    `notes` are dated events in these months that may have moved the measure. `uptake` is the mean
    percentage of practices referring in the live months, None where it is not known: a change since
    go-live is watered down by the practices that did not yet.
    """

    first: str
    last: str
    months_before: int
    months_after: int
    months_left_out: int
    early: tuple[str, ...]
    live: tuple[str, ...]
    controls: tuple[str, ...]
    ccgs_left_out: tuple[str, ...]
    go_live: str
    notes: tuple[str, ...]
    uptake: float | None = None


@dataclass(frozen=True)
class Change:
    """The estimated change in `unit` with its 95% interval, whose limits are None where the data give none.

    `p` is by permutation; `rank` is the place of the estimate by size among the `arrangements` of the
    dates of go-live, 1 for the largest. `test` says whether values were taken as they are (`plain`) or
    in units of each CCG's own noise (`studentised`), which counts when the early CCGs are `noise_ratio`
    times as noisy. `smallest_detectable` is the change that such data show four times in five.
    """

    estimate: float
    lower: float | None
    upper: float | None
    unit: str
    words: str
    p: float
    p_plain: float
    p_studentised: float
    test: Literal["plain", "studentised"]
    noise_ratio: float
    rank: int
    arrangements: int
    smallest_detectable: float | None


@dataclass(frozen=True)
class Since:
    """The change so many months after go-live (before it: negative), over `ccgs` CCGs.

    Before go-live it is the deviation from their own mean. `quiet_lower` to `quiet_upper` is where 95% of
    the arrangements lie when the estimated change is taken out: what differs when nothing happens.
    """

    months: int
    estimate: float
    quiet_lower: float
    quiet_upper: float
    ccgs: int


@dataclass(frozen=True)
class SecondOpinion:
    """The change by another method, in the same unit. `ccg` is blank when it is of all together.

    `rank` of `out_of`: its place by size when each comparison CCG (or arrangement) takes the early one's part.
    `weights` are shares of the comparison CCGs, those above one in a hundred.
    """

    method: str
    ccg: str
    estimate: float
    rank: int
    out_of: int
    weights: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Comparison:
    """A measure compared between CCGs that are live and those that are not yet. Parts are None where it cannot be."""

    measure: str
    name: str
    estimand: Estimand
    release: int
    synthetic: bool
    judgement: Judgement
    basis: Basis | None = None
    change: Change | None = None
    since_go_live: tuple[Since, ...] = ()
    second_opinions: tuple[SecondOpinion, ...] = ()
