"""The kinds of measure: for each, the table, columns and steps that its figures are worked out from.

A definition names its kind in `how` and gives what that kind asks for. There is no SQL here:
`metrics.query` makes a select of it and `metrics.workings` the figures.
"""

from dataclasses import field
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, ValidationInfo
from pydantic.dataclasses import dataclass

from metrics.names import (
    RISING_IS_BETTER,
    Columns,
    Component,
    Counted,
    Days,
    Instrument,
    Origin,
    Reached,
    RttFunction,
    Step,
    TableName,
    Where,
)

STRICT = ConfigDict(extra="forbid")
"""A key that nothing reads is a fault: most often a slip in the name of one that matters."""


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Proportion:
    """Sum of the `numerator` columns over the sum of the `denominator` columns, of the rows that match `where`."""

    kind: Literal["proportion"] = "proportion"
    table: TableName
    numerator: Columns
    denominator: Columns
    where: Where = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Rate:
    """Sum of a column, or the number of `rows`, for every `per` registered patients of the CCG or practice.

    Membership `2019_20` takes lists cast back on later membership, for counts that are cast back too.
    """

    kind: Literal["rate"] = "rate"
    table: TableName
    count: Counted
    where: Where = field(default_factory=dict, hash=False)
    per: Literal[1000, 100000]
    ages: Literal["all", "15_and_over"] = "all"
    membership: Literal["of_the_time", "2019_20"] = "of_the_time"


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Count:
    """Sum of a column, or the number of `rows`."""

    kind: Literal["count"] = "count"
    table: TableName
    count: Counted
    where: Where = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Wait:
    """Median days from the request for a step to the step, by month of the request, people still waiting included."""

    kind: Literal["wait"] = "wait"
    table: Literal["referral"] = "referral"
    step: Step
    where: Where = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Conversion:
    """Share of a cohort that reaches any of `reach` within `horizon` days of its origin, on the day of it or after.

    The origin `received` is the arrival of the referral, `cppp` the referral to the programme, every
    other origin the step itself. With `outcome`, a discharge counts only when that is its outcome.
    """

    kind: Literal["conversion"] = "conversion"
    table: Literal["referral"] = "referral"
    origin: Origin
    reach: Reached
    horizon: Days
    outcome: Literal["self_managing", "treated", "declined", "did_not_attend", "other"] | None = None
    where: Where = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Rtt:
    """A statistic of the national referral-to-treatment (RTT) week bands of one treatment function."""

    kind: Literal["rtt"] = "rtt"
    table: Literal["rtt_wait"] = "rtt_wait"
    function: RttFunction
    part: Literal["admitted", "non_admitted", "incomplete", "incomplete_with_decision"] = "incomplete"
    statistic: Literal["within_18_weeks", "median", "p95"]


def _needed_for(statistic: str) -> AfterValidator:
    def given(value: float | None, info: ValidationInfo) -> float | None:
        if value is None and info.data.get("statistic") == statistic:
            raise ValueError(f"the statistic '{statistic}' cannot do without it")
        return value

    return AfterValidator(given)


def _sourced(source: str, info: ValidationInfo) -> str:
    if info.data.get("mcid") and not source:
        raise ValueError("an mcid needs the source that gives it")
    return source


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Change:
    """Paired scores of one instrument: the mean change from baseline, the share improved, or the forms returned.

    `mcid` is the smallest change that matters to a patient, in points and above zero; None where no
    source gives one. `horizon` is the days after the baseline at which its second form is due.
    """

    kind: Literal["change"] = "change"
    table: Literal["outcome_score"] = "outcome_score"
    instrument: Instrument
    time_point: Literal["discharge", "6_months", "12_months"]
    statistic: Literal["mean_change", "improved", "returned"]
    mcid: Annotated[float | None, Field(gt=0, validate_default=True), _needed_for("improved")] = None
    mcid_source: Annotated[str, Field(validate_default=True), AfterValidator(_sourced)] = ""
    mcid_verified: bool = False
    horizon: Annotated[Days | None, Field(validate_default=True), _needed_for("returned")] = None

    @property
    def rising_is_better(self) -> bool:
        return RISING_IS_BETTER[self.instrument]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Practices:
    """Share of open practices, or of their lists, from which patients come to the pathway.

    `referring`: at least one referral in the last `months` months. `sustained`: one in each of them.
    """

    kind: Literal["practices"] = "practices"
    table: Literal["referral"] = "referral"
    state: Literal["referring", "sustained"]
    weight: Literal["practices", "list"]
    months: Annotated[int, Field(gt=0)] = 3


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Milestones:
    """Share of CCGs' milestones `reached` by a month end; `on_time`, of those due by then, by their planned date.

    Without a `component` every milestone of a CCG counts.
    """

    kind: Literal["milestones"] = "milestones"
    table: Literal["milestone"] = "milestone"
    component: Component | None = None
    statistic: Literal["reached", "on_time"]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class WaitingList:
    """People waiting for a step at a month end; with `over_weeks`, those who have waited more than that."""

    kind: Literal["waiting_list"] = "waiting_list"
    table: Literal["waiting"] = "waiting"
    step: Step
    over_weeks: Annotated[int, Field(gt=0)] | None = None


How = Proportion | Rate | Count | Wait | Conversion | Rtt | Change | Practices | Milestones | WaitingList


def is_share(how: How) -> bool:
    """Whether the figure is a share of a whole, shown in per cent."""
    match how:
        case Rtt(statistic=statistic):
            return statistic == "within_18_weeks"
        case Change(statistic=statistic):
            return statistic != "mean_change"
        case _:
            return isinstance(how, Proportion | Conversion | Practices | Milestones)
