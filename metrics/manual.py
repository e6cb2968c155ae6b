"""The manual: every measure in words for its readers, written to docs/measures.md.

`python -m metrics.manual` writes it again; a test fails when it no longer says what the definitions say.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from metrics import catalogue
from metrics.explanation import explain
from metrics.measure import Change, Measure

MANUAL = Path(__file__).parents[1] / "docs" / "measures.md"

INTRODUCTION = """# Measures

What each measure asks, how it is worked out and what to beware of. This page is made from the files in
`metrics/definitions` by `python -m metrics.manual`: change those, not this page.

Counts of several CCGs are added before anything is divided. A target is verified only when a published source
gives it; an unverified one is a candidate to be agreed, never a standard.
"""

BETTER = {"higher": "higher is better", "lower": "lower is better", "neither": "neither higher nor lower is better"}

INTERVALS = {
    "Wilson": "95%, Wilson's score method",
    "Byar": "95%, Byar's method; exact below ten events",
    "log-log": "95%, on the log-log scale of the Kaplan-Meier curve",
    "band": "95%, the sampling error read through the week bands",
    "t": "95%, t distribution",
    None: "none: a full account and not a sample",
}


def manual(measures: Mapping[str, Measure]) -> str:
    """The whole manual as Markdown."""
    lines = [INTRODUCTION]
    for family, members in groupby(measures.values(), key=lambda measure: measure.family):
        lines.append(f"## {family.capitalize()}\n")
        for measure in members:
            lines += [*entry(measure), ""]
    return "\n".join(lines).rstrip() + "\n"


def entry(measure: Measure) -> Iterator[str]:
    """The lines of one measure: its heading and question first, then what it is made of."""
    explanation = explain(measure.how)
    yield f"### {measure.name}\n\n{measure.question}\n"
    yield f"- **Key:** `{measure.key}`"
    yield f"- **Worked out as:** {explanation.way}"
    yield f"- **Denominator:** {explanation.denominator}"
    yield f"- **Numerator:** {explanation.numerator}"
    yield f"- **Cohort or month:** {explanation.cohort}"
    yield f"- **Unit:** {measure.unit}; {BETTER[measure.better]}"
    yield f"- **Interval:** {INTERVALS[measure.interval]}"
    yield f"- **Target:** {_target(measure)}"
    yield from _smallest_change(measure)
    yield f"- **Small numbers:** {_small_numbers(measure)}"
    yield f"- **Source:** {measure.source} (table `{measure.how.table}`)"
    yield f"- **Owner:** {measure.owner}; reviewed {measure.reviewed.isoformat()}"
    yield f"- **Beware:** {measure.caveat}"


def _target(measure: Measure) -> str:
    if measure.target is None:
        return "none"
    return f"{measure.in_words(measure.target.value)}, {_verified(measure.target.verified)}. {measure.target.source}"


def _smallest_change(measure: Measure) -> Iterator[str]:
    how = measure.how
    if isinstance(how, Change) and how.mcid:
        state = _verified(how.mcid_verified)
        yield f"- **Smallest change that matters:** {how.mcid:g} on the instrument's scale, {state}. {how.mcid_source}"


def _verified(verified: bool) -> str:
    return "verified" if verified else "unverified"


def _small_numbers(measure: Measure) -> str:
    if measure.published:
        return "shown: the figures are published"
    if not measure.counts_people:
        return "shown: they count practices, posts or milestones, not patients"
    return "hidden and rounded by the rule in force"


if __name__ == "__main__":
    MANUAL.write_text(manual(catalogue.load()), encoding="utf-8")
