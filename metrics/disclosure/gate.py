"""The one gate: every figure that leaves `metrics` has passed a small-number policy here.

Counts pass before they are divided, so that a percentage cannot give away the count behind it.
Counts that describe nobody (practices, posts, milestones) and returns that their publisher has
disclosed already pass under the policy `none`.
"""

from dataclasses import dataclass, replace

from metrics.disclosure.policy import Policy, halves_upwards
from metrics.evidence import Estimate, Evidence, Nothing, PerHead, Quotient, Tally
from metrics.figure import Status
from metrics.intervals import byar, wilson


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


BESIDE_A_SMALLER = Shown("suppressed", reason="Hidden because a smaller number could be worked out from it.")

WITH_ITS_TOTAL = Shown("suppressed", reason="Hidden because the total that it is part of is hidden.")


def beside_others(shown: Shown, hidden: bool) -> Shown:
    """What may be shown, or nothing where it is to be hidden for the sake of others.

    Then it is not told either that it is few: how few there are at the most may be what gives the others away.
    """
    return BESIDE_A_SMALLER if hidden and shown.status in ("ok", "suppressed") else shown


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
    return Shown("suppressed", reason=f"Fewer than {policy.hidden.stop} people: hidden to protect them.")


def _quotient(numerator: float, denominator: float, policy: Policy, limits: bool) -> Shown:
    if policy.hides(numerator, denominator):
        return _hidden(policy)
    if denominator == 0:
        return Shown("no_data", denominator=0.0, reason="There was nobody to count.")
    few, many = policy.rounded(numerator), policy.rounded(denominator)
    share = 100 * few / many if policy.shares == "rounded" else 100 * numerator / denominator
    shown = Shown("ok", halves_upwards(share) if policy.coarse else share, None, None, few, many)
    if not limits:
        return shown
    # from the counts as shown, whatever the share is from: exact limits would tell exact counts
    interval = wilson(few, many)
    return _within(shown, 100 * interval.lower, 100 * interval.upper)


def _within(shown: Shown, lower: float, upper: float) -> Shown:
    """With limits, wide enough to hold the value as it was rounded."""
    assert shown.value is not None
    return replace(shown, lower=min(lower, shown.value), upper=max(upper, shown.value))


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
        halves_upwards(number, decimals) if policy.coarse and number is not None else number
        for number in (evidence.value, evidence.lower, evidence.upper)
    )
    return Shown("ok", value, lower, upper, people, of, evidence.reason)
