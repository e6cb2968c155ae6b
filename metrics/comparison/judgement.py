"""The fixed wording of a comparison: consistent with, no sign of, cannot be told. Never more than that."""

from metrics.comparison.permutation import ALPHA
from metrics.comparison.result import Change, Judgement
from metrics.comparison.scale import Scale
from metrics.comparison.window import Estimand
from metrics.measure import Measure

WHOSE: dict[Estimand, str] = {
    "early": "In the early implementers, until another CCG went live",
    "all": "In the CCGs that went live, while others had not",
}
CHOSE_THEMSELVES = "The CCGs that went first chose to, so this does not show that the pathway brought it about."
NO_LIMITS = "The data bound the change on no side, or on one side only."


def judge(measure: Measure, change: Change, scale: Scale, estimand: Estimand) -> Judgement:
    """What may be said of a change."""
    if change.lower is None or change.upper is None or change.smallest_detectable is None:
        return cannot_be_told(measure, NO_LIMITS)
    limits = f"{scale.in_words(change.lower)} to {scale.in_words(change.upper)}"
    as_large = f"as large for {change.rank} of {change.arrangements} ways to deal out the dates of go-live"
    sure = f"95% interval {limits}; p = {change.p:.2g}: {as_large}"
    found = f"{WHOSE[estimand]}, it was {change.words} than the others would lead one to expect ({sure})."
    if change.p <= ALPHA:
        return Judgement("consistent_with", f"{measure.name}: consistent with a change. {found} {CHOSE_THEMSELVES}")
    enough = f"Only {scale.in_words(change.smallest_detectable)} or more would have shown four times in five."
    return Judgement("no_sign", f"{measure.name}: no sign of a change. {found} {enough}")


def cannot_be_told(measure: Measure, reason: str) -> Judgement:
    """The judgement where there is none; the reason is a sentence."""
    return Judgement("cannot_be_told", f"{measure.name}: cannot be told. {reason}")
