"""Words and rows of who was here before: where a follower stands, and what an early implementer did next."""

from collections.abc import Mapping

from dashboard.milestones import NAMES, day_cell, weeks
from dashboard.tables import Row
from metrics.areas import ccgs
from metrics.measure import Measure, Wait
from metrics.precedent import AHEAD, Precedent, Stand
from metrics.profile import worst_step
from metrics.queues import Queues

HEADS = ("When", "What it did next", "Known from")

SAME = (
    "Where a CCG stands is the mean of its last three months with a value. An early implementer stood there when its "
    "own came within what one of its months ordinarily differs from the next; of several, the one nearest in months "
    "since go-live. What came next came after: that it brought the change about is not shown."
)


def default_measure(measures: Mapping[str, Measure], queues: Queues | None) -> Measure:
    """The wait for the worst step of a CCG; the first of the waits where none stands out."""
    waits = [measure for measure in measures.values() if isinstance(measure.how, Wait)]
    worst = worst_step(queues) if queues else None
    return next((m for m in waits if worst and isinstance(m.how, Wait) and m.how.step == worst.step), waits[0])


def precedent_headline(measure: Measure, ccg: str, found: Precedent | None) -> str:
    """Who stood where the CCG stands, and when."""
    name = ccgs()[ccg].short_name
    if found is None:
        return f"{name} has too few months with a value of {measure.name} to stand anywhere"
    here = f"{name} at {measure.in_words(found.follower.value)}"
    if found.early is None:
        return f"No early implementer has stood where {here} stands now"
    stood = f"{_name(found.early)} stood at {measure.in_words(found.early.value)} in {found.early.month:%B %Y}"
    return f"{stood}, where {here} stands now"


def precedent_words(measure: Measure, found: Precedent) -> str:
    """At which stage each stood, where the early implementer came to, or how near any came."""
    when = f"As at {found.follower.month:%B %Y}, {_stage(found.follower)}."
    if found.early is None:
        return f"{when} {_nearest(measure, found.nearest)}"
    stage = "the same stage" if found.same_stage else _stage(found.early)
    later = f"it stood at {measure.in_words(found.later.value)}" if found.later else "where it stood is not known"
    return f"{when} {_name(found.early)} was there at {stage}; {AHEAD} months later {later}."


def _nearest(measure: Measure, nearest: Stand | None) -> str:
    if nearest is None:
        return "No early implementer has a value."
    return f"The nearest was {_name(nearest)} with {measure.in_words(nearest.value)} in {nearest.month:%B %Y}."


def _name(stand: Stand) -> str:
    return ccgs()[stand.ccg].short_name


def _stage(stand: Stand) -> str:
    if stand.since is None:
        return "not yet live"
    if stand.since == 0:
        return "the month of go-live"
    months = "1 month" if abs(stand.since) == 1 else f"{abs(stand.since)} months"
    return f"{months} {'after' if stand.since > 0 else 'before'} go-live"


def precedent_rows(found: Precedent) -> list[Row]:
    """When, what and how known: what the early implementer did in the months after, the earliest first."""
    rows = [(row.actual, NAMES[row.component], _reached(row.slip)) for row in found.milestones]
    rows += [(note.date, note.text, f"dated note, {note.source or 'source not said'}") for note in found.notes]
    told: list[Row] = [(day_cell(day), what, known) for day, what, known in sorted(rows, key=lambda row: str(row[0]))]
    before, after = found.staff
    if before is not None and after is not None:
        went = f"from {before:.1f} to {after:.1f}" if before != after else f"{before:.1f} throughout"
        told.append((f"over {AHEAD} months", f"Practitioners in post (WTE): {went}", "workforce returns"))
    return told


def _reached(slip: float | None) -> str:
    if not slip:
        return "milestone reached"
    return f"milestone reached {weeks(abs(slip))} {'late' if slip > 0 else 'early'}"
