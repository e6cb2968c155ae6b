"""What changed between two releases, of what their readers were shown: signals, milestones, revisions, data.

Everything is made from figures as they may be shown, and never compares invented figures with real ones.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from metrics.adoption.milestones import Milestone
from metrics.disclosure import NONE, Policy, policy_in_force
from metrics.disclosure.differencing import few_may_lie_between
from metrics.figure import Figure, Status, latest
from metrics.kinds import Rate
from metrics.measure import Measure
from metrics.receipt import Gap
from metrics.spc.series import charts_of
from metrics.told import Told
from metrics.verdict import Verdict, is_signal, variation

DATED_ROWS = ("milestone", "note")
"""Tables whose months are those of plans and events: that one is new in them says nothing of what arrived."""

TOO_FEW = "revised, by too few people to say how"

Step = Literal["done", "slipped", "stopped"]


@dataclass(frozen=True)
class NewSignal:
    """A special change at the last point of a CCG's chart that the release before did not show."""

    measure: Measure
    figure: Figure
    now: Verdict
    before: Verdict

    @property
    def sentence(self) -> str:
        """What it is now, in which quarter, and what it was."""
        value = self.measure.in_words(self.figure.value)
        place = f"{self.measure.name}, {self.figure.area_name}"
        return f"{place}: {self.now.words} ({value} in {self.figure.period}); before: {self.before.words}."


@dataclass(frozen=True)
class MilestoneStep:
    """A milestone that was done, given up, or is later than the ledger before had it. `before` is None for a new one.

    One that was overdue and still is has not moved: it only became later with the day.
    """

    step: Step
    now: Milestone
    before: Milestone | None


@dataclass(frozen=True)
class Revision:
    """A figure shown before, of the same area and period and as many months, that is another now.

    Values are None where they cannot stand side by side: few people may lie between the two. `status` is that of
    the figure now.
    """

    measure: Measure
    area: str
    area_name: str
    period: str
    before: float | None
    now: float | None
    status: Status

    @property
    def sentence(self) -> str:
        """Both values, or that they cannot be given."""
        place = f"{self.measure.name}, {self.area_name}, {self.period}"
        if self.before is None:
            return f"{place}: {TOO_FEW}."
        if self.now is None:
            return f"{place}: was {self.measure.in_words(self.before)}, and has no value any more."
        return f"{place}: {self.measure.in_words(self.now)}, was {self.measure.in_words(self.before)}."


@dataclass(frozen=True)
class Arrival:
    """Months of a table that came for a CCG since; `synthetic` when they are invented."""

    fact: str
    ccg: str
    months: tuple[date, ...]
    synthetic: bool


@dataclass(frozen=True)
class Changes:
    """What is new in release `now` against release `before`, which is None when `now` is the first.

    `first_told` are measures of which nothing was received before, or invented rows only. `missing` is all that was
    expected and has not arrived, of which `newly_missing` was not missed before.
    """

    now: int
    before: int | None
    signals: tuple[NewSignal, ...] = ()
    milestones: tuple[MilestoneStep, ...] = ()
    revisions: tuple[Revision, ...] = ()
    first_told: tuple[Measure, ...] = ()
    arrived: tuple[Arrival, ...] = ()
    missing: tuple[Gap, ...] = ()
    newly_missing: tuple[Gap, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether readers of both releases would see no difference."""
        return not (self.signals or self.milestones or self.revisions or self.first_told or self.arrived)

    @property
    def sentence(self) -> str:
        """How much changed, or why that cannot be said."""
        if self.before is None:
            return f"Release {self.now} is the first: there is nothing to compare it with."
        counts = "nothing that readers see has changed" if self.nothing else ", ".join(self._counts())
        return f"Since release {self.before}: {counts}."

    def _counts(self) -> Iterator[str]:
        steps = [one.step for one in self.milestones]
        yield from _number(len(self.signals), "new signal", "new signals")
        yield from _number(steps.count("done"), "milestone done", "milestones done")
        yield from _number(steps.count("slipped"), "milestone later than before", "milestones later than before")
        yield from _number(steps.count("stopped"), "milestone given up", "milestones given up")
        yield from _number(len(self.revisions), "figure revised", "figures revised")
        yield from _number(len(self.first_told), "measure told for the first time", "measures told for the first time")
        yield from _number(len({one.fact for one in self.arrived}), "table with new months", "tables with new months")


def changes(measures: Mapping[str, Measure], now: Told, before: Told | None, policy: Policy | None = None) -> Changes:
    """What a release tells that the one before did not; `policy` is the one that both were told under."""
    if before is None:
        return Changes(now.release, None, missing=tuple(now.gaps), newly_missing=tuple(now.gaps))
    alike = [key for key in now.figures if _alike(now.figures[key], before.figures.get(key, ()))]
    in_force = policy or policy_in_force()
    return Changes(
        now.release,
        before.release,
        tuple(one for key in alike for one in _signals(measures[key], now.figures[key], before.figures[key])),
        tuple(_steps(now, before)),
        tuple(one for k in alike for one in _revisions(measures[k], now.figures[k], before.figures[k], in_force)),
        tuple(measures[key] for key in now.figures if key not in alike and _any_value(now.figures[key])),
        tuple(_arrived(now, before)),
        tuple(now.gaps),
        tuple(_newly_missing(now.gaps, before.gaps)),
    )


def _alike(now: Sequence[Figure], before: Sequence[Figure]) -> bool:
    """Whether both releases tell of the measure, both from invented rows or both from real ones."""
    return bool(now and before) and now[0].synthetic == before[0].synthetic


def _any_value(figures: Iterable[Figure]) -> bool:
    return any(figure.value is not None for figure in figures)


def _signals(measure: Measure, now: Sequence[Figure], before: Sequence[Figure]) -> Iterator[NewSignal]:
    earlier, last = charts_of(before), latest(now)
    for area, chart in charts_of(now).items():
        verdict = variation(chart, measure)
        was = variation(earlier[area], measure)
        if is_signal(verdict) and verdict != was:
            yield NewSignal(measure, last[area], verdict, was)


def _steps(now: Told, before: Told) -> Iterator[MilestoneStep]:
    if not before.milestones or ("milestone" in now.synthetic) != ("milestone" in before.synthetic):
        return
    earlier = {(one.ccg, one.component): one for one in before.milestones}
    for one in now.milestones:
        was = earlier.get((one.ccg, one.component))
        step = _step(one, was)
        if step:
            yield MilestoneStep(step, one, was)


def _step(now: Milestone, was: Milestone | None) -> Step | None:
    if now.actual:
        return "done" if was is None or was.actual is None else None
    if now.standing == "stopped":
        return "stopped" if was is None or was.standing != "stopped" else None
    if now.standing == "overdue" and was and was.standing == "overdue":
        return None
    late_before = max((was and was.slip) or 0, 0)
    return "slipped" if (now.slip or 0) > late_before else None


def _revisions(measure: Measure, now: Sequence[Figure], before: Sequence[Figure], policy: Policy) -> Iterator[Revision]:
    guard = policy if measure.counts_people and not measure.published else NONE
    current = {(figure.area, figure.period): figure for figure in now}
    for was in before:
        figure = current.get((was.area, was.period))
        if figure and _is_other(measure, was, figure):
            told = not few_may_lie_between(_people(measure, was), _people(measure, figure), guard)
            values = (was.value, figure.value) if told else (None, None)
            yield Revision(measure, was.area, was.area_name, was.period, *values, figure.status)


def _is_other(measure: Measure, was: Figure, now: Figure) -> bool:
    """Whether readers see another value; one that rests on more months than before is completed, not revised."""
    if was.value is None:
        return False
    if now.value is None:
        return True
    return was.reason == now.reason and measure.in_words(was.value) != measure.in_words(now.value)


def _people(measure: Measure, figure: Figure) -> tuple[float, ...] | None:
    """The people counted, as shown; the population of a rate is a published list. None where that is not shown."""
    counts = (figure.numerator,) if isinstance(measure.how, Rate) else (figure.numerator, figure.denominator)
    return None if figure.value is None else tuple(count for count in counts if count is not None)


def _arrived(now: Told, before: Told) -> Iterator[Arrival]:
    for fact, by_ccg in now.received.items():
        same_kind = (fact in now.synthetic) == (fact in before.synthetic)
        earlier = before.received.get(fact, {}) if same_kind else {}
        for ccg, months in by_ccg.items():
            new = tuple(sorted(months - earlier.get(ccg, set())))
            if new and fact not in DATED_ROWS:
                yield Arrival(fact, ccg, new, fact in now.synthetic)


def _newly_missing(now: Iterable[Gap], before: Iterable[Gap]) -> Iterator[Gap]:
    missed = {(gap.fact, gap.ccg, gap.sender, month) for gap in before for month in gap.months}
    for gap in now:
        new = tuple(month for month in gap.months if (gap.fact, gap.ccg, gap.sender, month) not in missed)
        if new:
            yield Gap(gap.fact, gap.ccg, gap.sender, new)


def _number(count: int, one: str, many: str) -> Iterator[str]:
    """The count in words; of nought nothing is said."""
    if count:
        yield f"{count:,} {one if count == 1 else many}"
