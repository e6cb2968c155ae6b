"""What a release tells its readers as a whole: the figures of every measure by CCG, the ledger, what arrived."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from metrics.adoption.milestones import Milestone, milestones
from metrics.engines import Engine
from metrics.figure import Figure
from metrics.figures import figures
from metrics.measure import Measure
from metrics.receipt import Gap, gaps, months_received
from metrics.selection import Selection

BY_CCG = Selection(by="ccg", per="quarter")
"""Quarters: in single months most of what a CCG counts is too few to show."""


@dataclass(frozen=True)
class Told:
    """One release. `figures` are by key of the measure, as they may be shown; empty where nothing was received.

    `received` has the months of each CCG, table by table, and `synthetic` the tables answered with invented rows.
    """

    release: int
    figures: Mapping[str, Sequence[Figure]]
    milestones: Sequence[Milestone]
    received: Mapping[str, Mapping[str, set[date]]]
    gaps: Sequence[Gap]
    synthetic: frozenset[str]


def told(engine: Engine, measures: Iterable[Measure]) -> Told:
    """Everything about the release of an engine, under the small-number policy in force; about 4 s for the region."""
    return told_with(engine, {measure.key: figures(measure, BY_CCG, engine) for measure in measures})


def told_with(engine: Engine, known: Mapping[str, Sequence[Figure]]) -> Told:
    """The same, for figures by CCG and quarter that are known already."""
    return Told(
        engine.release.number,
        known,
        milestones(engine, Selection()),
        months_received(engine),
        gaps(engine),
        frozenset(fact for fact in engine.tables_received() if engine.is_synthetic(fact)),
    )
