"""The one gate: every figure that leaves `metrics` has passed a small-number policy here.

Counts pass before they are divided, so that a percentage cannot give away the count behind it.
Counts that describe nobody (practices, posts, milestones) and returns that their publisher has
disclosed already pass under the policy `none`.
"""

import os
from dataclasses import dataclass, replace

from metrics.evidence import Estimate, Evidence, Nothing, PerHead, Quotient, Tally
from metrics.figure import Status
from metrics.intervals import byar, wilson


@dataclass(frozen=True)
class Policy:
    """Counts of 1 to `hidden_to` are hidden; others are rounded to the nearest `rounded_to`."""

    key: str
    hidden_to: int
    rounded_to: int
    whole_percent: bool
    words: str

    def hides(self, *counts: float) -> bool:
        """Whether any of these counts of people may not be shown; zero may."""
        return any(0 < count <= self.hidden_to for count in counts)

    def rounded(self, count: float) -> float:
        """The count as it may be shown, halves upwards."""
        if self.rounded_to == 1:
            return float(count)
        return float(self.rounded_to * int(count / self.rounded_to + 0.5))


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
    """The policy named by the environment variable DISCLOSURE; hes_2018 when it is not set."""
    return POLICIES[os.environ.get("DISCLOSURE", HES_2018.key)]


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


def disclose(evidence: Evidence, policy: Policy, limits: bool = True) -> Shown:
    """The evidence as it may be shown; without limits where no interval fits what was counted."""
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
            return _estimate(evidence, policy)


def _hidden(policy: Policy) -> Shown:
    return Shown("suppressed", reason=f"Fewer than {policy.hidden_to + 1} people: hidden to protect them.")


def _quotient(numerator: float, denominator: float, policy: Policy, limits: bool) -> Shown:
    if denominator == 0:
        return Shown("no_data", denominator=0.0, reason="There was nobody to count.")
    if policy.hides(numerator, denominator):
        return _hidden(policy)
    numerator, denominator = policy.rounded(numerator), policy.rounded(denominator)
    share = 100 * numerator / denominator
    shown = Shown("ok", float(round(share)) if policy.whole_percent else share, None, None, numerator, denominator)
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


def _estimate(evidence: Estimate, policy: Policy) -> Shown:
    if policy.hides(evidence.people, *([] if evidence.of is None else [evidence.of])):
        return _hidden(policy)
    people = policy.rounded(evidence.people)
    of = None if evidence.of is None else policy.rounded(evidence.of)
    status: Status = "no_data" if evidence.value is None else "ok"
    return Shown(status, evidence.value, evidence.lower, evidence.upper, people, of, evidence.reason)
