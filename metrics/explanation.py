"""How a figure of each kind is worked out, in words for its readers: the manual and the pages say it alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import singledispatch

from loaders.tables import FACTS
from metrics.kinds import (
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
)

STEP_WORDS = {
    "received": "receipt of the referral",
    "assessed": "first Triage and Treat contact",
    "imaging": "imaging",
    "core_therapy": "core therapies",
    "nerve_root_block": "nerve root block",
    "cppp": "start of the combined programme",
    "cppp_completed": "completion of the combined programme",
    "surgical_opinion": "surgical opinion",
    "surgery": "surgery",
    "pain_clinic": "pain clinic",
    "discharged": "discharge",
}
"""A step as a noun in a sentence."""

REQUEST_WORDS = {
    "assessed": "receipt of the referral",
    "imaging": "request for imaging",
    "core_therapy": "request for core therapies",
    "nerve_root_block": "request for a nerve root block",
    "cppp": "referral to the combined programme",
    "surgical_opinion": "request for a surgical opinion",
    "surgery": "listing for surgery",
    "pain_clinic": "request for the pain clinic",
}
"""What starts the wait for a step."""

REACHED_WORDS = STEP_WORDS | {f"{step}_requested": words for step, words in REQUEST_WORDS.items()}

SHARE = "Numerator over denominator, in per cent."
MONTH = "calendar month"
MONTH_END = "month end"


@dataclass(frozen=True)
class Explanation:
    """How a measure is worked out. Read the denominator first: "of these" in the numerator means it.

    `cohort` says what a month of the measure holds.
    """

    way: str
    denominator: str
    numerator: str
    cohort: str


@singledispatch
def explain(how: How) -> Explanation:
    """The words for one measure."""
    raise TypeError(f"No words are known for {type(how).__name__}.")


@explain.register
def _(how: Proportion) -> Explanation:
    only = _only(how.where)
    return Explanation(SHARE, _sum(how.table, how.denominator) + only, _sum(how.table, how.numerator) + only, MONTH)


@explain.register
def _(how: Rate) -> Explanation:
    ages = " aged 15 and over" if how.ages == "15_and_over" else ""
    cast = ", on lists cast back to the membership of 2019/20" if how.membership == "2019_20" else ""
    counted = _counted(how.table, how.count) + _only(how.where)
    way = f"Numerator over denominator, for every {how.per:,} patients."
    return Explanation(way, f"registered patients{ages}{cast}", counted, MONTH)


@explain.register
def _(how: Count) -> Explanation:
    return Explanation("A count.", "none", _counted(how.table, how.count) + _only(how.where), MONTH)


@explain.register
def _(how: Wait) -> Explanation:
    step, start = STEP_WORDS[how.step], REQUEST_WORDS[how.step]
    return Explanation(
        f"Median days from the {start} to {step}: the day by which half have reached it (Kaplan-Meier).",
        f"everybody in the cohort{_only(how.where)}, those still waiting included",
        f"of these, those who reached {step}",
        f"people by month of the {start}",
    )


@explain.register
def _(how: Conversion) -> Explanation:
    origin = REQUEST_WORDS["cppp"] if how.origin == "cppp" else STEP_WORDS[how.origin]
    reach = " or ".join(REACHED_WORDS[step] for step in how.reach)
    outcome = f" with the outcome {_plain(how.outcome)}" if how.outcome else ""
    return Explanation(
        SHARE,
        f"everybody in the cohort{_only(how.where)}, once all could be followed for {how.horizon} days",
        f"of these, those reaching {reach}{outcome} within {how.horizon} days of the {origin}, the day itself included",
        f"people by month of the {origin}",
    )


@explain.register
def _(how: Rtt) -> Explanation:
    pathways = f"{_plain(how.part)} pathways of treatment function {how.function}"
    when = MONTH_END if how.part.startswith("incomplete") else "month of completion"
    if how.statistic == "within_18_weeks":
        return Explanation(SHARE, pathways, "of these, pathways in the week bands up to 18 weeks", when)
    share = {"median": "half", "p95": "95%"}[how.statistic]
    way = f"Weeks within which {share} of the pathways lie, read within the week band as if waits were even there."
    return Explanation(way, pathways, "none: a percentile", when)


@explain.register
def _(how: Change) -> Explanation:
    cohort, both = "people by month of the baseline form", f"at baseline and at {_plain(how.time_point)}"
    pairs = f"people with a form ({how.instrument}) {both}"
    if how.statistic == "mean_change":
        return Explanation("The mean change.", pairs, "sum of each person's change in score", cohort)
    if how.statistic == "improved":
        return Explanation(SHARE, pairs, f"of these, people better by {how.mcid:g} points or more", cohort)
    return Explanation(SHARE, f"people with a form ({how.instrument}) at baseline", f"of these, {pairs}", cohort)


@explain.register
def _(how: Practices) -> Explanation:
    whose = "registered patients of " if how.weight == "list" else ""
    often = "at least one referral in" if how.state == "referring" else "a referral in each of"
    return Explanation(
        SHARE,
        f"{whose}open practices",
        f"{whose}practices with {often} the last {how.months} months on the Triage and Treat route",
        MONTH_END,
    )


@explain.register
def _(how: Milestones) -> Explanation:
    what = f"the milestone '{_plain(how.component)}' of each CCG" if how.component else "the milestones of each CCG"
    if how.statistic == "reached":
        return Explanation(SHARE, what, "of these, those reached by the month end", MONTH_END)
    return Explanation(SHARE, f"{what} that were due", "of these, those reached by their planned date", MONTH_END)


@explain.register
def _(how: WaitingList) -> Explanation:
    over = f" for more than {how.over_weeks} weeks" if how.over_weeks else ""
    return Explanation("A count.", "none", f"people waiting{over} for the {STEP_WORDS[how.step]}", MONTH_END)


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _only(where: Mapping[str, tuple[str, ...]]) -> str:
    """The conditions as the end of a phrase; empty without one."""
    each = [f"{_plain(column)} is {' or '.join(_plain(value) for value in values)}" for column, values in where.items()]
    return f", where {' and '.join(each)}" if each else ""


def _sum(table: str, columns: tuple[str, ...]) -> str:
    return " + ".join(f"{FACTS.tables[table].columns[column].comment} (`{column}`)" for column in columns)


def _counted(table: str, column: str) -> str:
    return f"{_plain(table)}s" if column == "rows" else _sum(table, (column,))
