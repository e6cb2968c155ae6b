"""The one gate: every figure that leaves `metrics` has passed a small-number policy here.

Counts pass before they are divided, so that a percentage cannot give away the count behind it.
Counts that describe nobody (practices, posts, milestones) and returns that their publisher has
disclosed already pass under the policy `none`.
"""

import os
from dataclasses import dataclass, replace
from math import floor

from metrics.evidence import Estimate, Evidence, Nothing, PerHead, Quotient, Tally
from metrics.figure import Status
from metrics.intervals import byar, wilson


@dataclass(frozen=True)
class Policy:
    """Counts of 1 to `hidden_to` are hidden; others are rounded to the nearest `rounded_to`.

    With `coarse` percentages are whole, and medians and means have no more decimals than their
    measure shows: -7.857142857 points can only be the mean of 7, 14, 21 ... people.
    """

    key: str
    hidden_to: int
    rounded_to: int
    coarse: bool
    words: str

    def hides(self, *counts: float) -> bool:
        """Whether any of these counts of people may not be shown; zero may."""
        return any(0 < count <= self.hidden_to for count in counts)

    def rounded(self, count: float) -> float:
        """The count as it may be shown, halves upwards."""
        return float(count) if self.rounded_to == 1 else self.rounded_to * _halves_upwards(count / self.rounded_to)


def _halves_upwards(value: float, decimals: int = 0) -> float:
    return floor(value * 10**decimals + 0.5) / 10**decimals


HES_2018 = Policy(
    "hes_2018",
    7,
    5,
    True,
    "Counts of 1 to 7 people are hidden (*); others are rounded to the nearest 5, and whole percentages follow "
    "from the rounded counts. A median or mean needs 8 people.",
)
NONE = Policy("none", 0, 1, False, "Counts are shown as they are: for authorised users only.")
POLICIES = {policy.key: policy for policy in (HES_2018, NONE)}


def policy_in_force() -> Policy:
    """The policy named by the environment variable DISCLOSURE, hes_2018 when it is not set; ValueError for another."""
    key = os.environ.get("DISCLOSURE") or HES_2018.key
    if key not in POLICIES:
        raise ValueError(f"DISCLOSURE is '{key}', which is no small-number policy: there are {', '.join(POLICIES)}.")
    return POLICIES[key]


@dataclass(frozen=True)
class Shown:
    """What may be shown of one figure. Shares are per cent; None where there is nothing to show."""

    status: Status
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    reason: str = ""

    def with_note(self, note: str) -> "Shown":
        """The same with a sentence more in its reason."""
        return replace(self, reason=f"{self.reason} {note}".strip())


def disclose(evidence: Evidence, policy: Policy, limits: bool = True, decimals: int = 1) -> Shown:
    """The evidence as it may be shown; without limits where no interval fits what was counted.

    `decimals` are those that the measure shows.
    """
    match evidence:
        case Nothing(status, reason):
            return Shown(status, reason=reason)
        case Quotient(numerator, denominator):
            return _quotient(numerator, denominator, policy, limits)
        case PerHead():
            return _per_head(evidence, policy, limits)
        case Tally(count):
            shown = policy.rounded(count)
            return _hidden(policy) if policy.hides(count) else Shown("ok", shown, numerator=shown)
        case Estimate():
            return _estimate(evidence, policy, decimals)


def _hidden(policy: Policy) -> Shown:
    return Shown("suppressed", reason=f"Fewer than {policy.hidden_to + 1} people: hidden to protect them.")


def _quotient(numerator: float, denominator: float, policy: Policy, limits: bool) -> Shown:
    if denominator == 0:
        return Shown("no_data", denominator=0.0, reason="There was nobody to count.")
    if policy.hides(numerator, denominator):
        return _hidden(policy)
    numerator, denominator = policy.rounded(numerator), policy.rounded(denominator)
    share = 100 * numerator / denominator
    shown = Shown("ok", _halves_upwards(share) if policy.coarse else share, None, None, numerator, denominator)
    if not limits:
        return shown
    interval = wilson(numerator, denominator)
    return replace(shown, lower=100 * interval.lower, upper=100 * interval.upper)


def _per_head(evidence: PerHead, policy: Policy, limits: bool) -> Shown:
    if policy.hides(evidence.events):
        return _hidden(policy)
    events, population = policy.rounded(evidence.events), float(evidence.population)
    scale = evidence.per / population
    shown = Shown("ok", events * scale, None, None, events, population)
    if not limits:
        return shown
    interval = byar(events)
    return replace(shown, lower=interval.lower * scale, upper=interval.upper * scale)


def _estimate(evidence: Estimate, policy: Policy, decimals: int) -> Shown:
    if policy.hides(evidence.people, *([] if evidence.of is None else [evidence.of])):
        return _hidden(policy)
    people = policy.rounded(evidence.people)
    of = None if evidence.of is None else policy.rounded(evidence.of)
    if evidence.value is None:
        return Shown("no_data", numerator=people, denominator=of, reason=evidence.reason)
    value, lower, upper = (
        _halves_upwards(number, decimals) if policy.coarse and number is not None else number
        for number in (evidence.value, evidence.lower, evidence.upper)
    )
    return Shown("ok", value, lower, upper, people, of, evidence.reason)
