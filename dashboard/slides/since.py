"""The slide of what changed since the release before."""

from collections.abc import Iterator, Sequence

import pandas as pd

from dashboard import cached, receipts
from dashboard.milestones import NAMES, slip_cell
from dashboard.slides.slide import Slide
from dashboard.slides.summary import months_words, standing, summary
from metrics.areas import ccgs
from metrics.changes import Changes


def changed(release: int, ccg: str | None) -> Slide:
    """New signals, milestones, revisions and arrivals since the release before."""
    found = cached.changes_of(release)
    rows = list(_changes(found, ccg))
    body: pd.DataFrame | Sequence[str] = pd.DataFrame(rows, columns=["What", "Where and how"])
    if not rows:
        body = ["Nothing that readers see has changed."]
    headline = found.sentence.removesuffix(".")
    source = standing(
        release, bool(cached.told_by(release).synthetic), "Both releases, as their readers were shown them"
    )
    if ccg:
        headline = f"{ccgs()[ccg].short_name}: {len(rows)} changes since the last release"
    return summary(headline, "What changed since the last deck", body, source, "Invented is never compared with real.")


def _changes(found: Changes, ccg: str | None) -> Iterator[tuple[str, str]]:
    for signal in found.signals:
        if ccg in (None, signal.figure.area):
            yield "New signal", signal.sentence
    for step in found.milestones:
        if ccg in (None, step.now.ccg):
            yield f"Milestone {step.step}", f"{step.now.ccg_name}: {NAMES[step.now.component]}, {slip_cell(step.now)}"
    for revision in found.revisions:
        if ccg in (None, revision.area):
            yield "Revised", revision.sentence
    for fact in dict.fromkeys(one.fact for one in found.arrived):
        members = [one for one in found.arrived if one.fact == fact and ccg in (None, one.ccg)]
        if members:
            kind = "synthetic" if members[0].synthetic else "real"
            yield (
                "Arrived",
                f"{receipts.FACT_NAMES[fact]} ({kind}){'' if ccg else f' of {len(members)} of the 12 CCGs'}",
            )
    for fact in dict.fromkeys(gap.fact for gap in found.newly_missing):
        missing = [gap for gap in found.newly_missing if gap.fact == fact and ccg in (None, gap.ccg)]
        if missing:
            yield (
                "Did not arrive",
                f"{receipts.FACT_NAMES[fact]}: {months_words(sum(len(gap.months) for gap in missing))}",
            )
    if found.first_told and ccg is None:
        yield "First told", ", ".join(measure.name for measure in found.first_told)
