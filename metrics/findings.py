"""The region in three findings: how far the pathway reaches, what changed, and where people wait.

Which finding is written is settled by rules and never by the result, so that nobody has to wonder what was left out:

- Adoption: CCGs live by the rollout ledger and practices that referred, of the newest month that has them.
- Change: the comparison of the early implementers (metrics.comparison) for the first measure of `JUDGED_BY` that can
  be told; when none can, of the first that was received.
- Waits: whether the region's queues were cured or moved (metrics.queues), with the lists that grew, or else those that
  shrank, or else the list for the first step.

What cannot be told says why. Invented and real rows never stand in one finding.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from metrics.areas import REGION, ccgs
from metrics.comparison.compare import compare
from metrics.comparison.result import Comparison
from metrics.engines import Engine
from metrics.explanation import STEP_WORDS
from metrics.figure import Figure, latest
from metrics.figures import figures
from metrics.kinds import Wait
from metrics.ledger import Ledger, ledger
from metrics.measure import Measure
from metrics.periods import begins
from metrics.queue_arithmetic import Change
from metrics.queues import Queues, StepQueue, queues
from metrics.selection import Selection

Theme = Literal["adoption", "change", "waits"]

LIVE, REACH = "ccgs_live", "practices_referring"
JUDGED_BY = ("wait_assessment", "referral_to_assessment", "gp_mri_rate", "opioids", "gp_referrals")
"""The way in first, then what it is to spare; the last two can be told from national returns alone."""

CHANGED: tuple[Change, ...] = ("longer", "shorter")
NOTHING_OF_REACH = "How far the pathway reaches cannot be told. Neither a rollout ledger nor pathway referrals came."
NOTHING_OF_CHANGE = "What changed cannot be told. Nothing was received for any of: {names}."
NOTHING_OF_WAITS = (
    "How long people wait on the pathway cannot be told. No month-end list was received. National waiting times, where "
    "they were received, hold all of a specialty: back pain cannot be told apart in them."
)


@dataclass(frozen=True)
class Finding:
    """A sentence or two that can stand by itself, with what it rests on.

    `measure` is the key of the measure that it is about, `numbers` are those of its words by what they count, `ccgs`
    the codes of those it names. `told` is False where it says that nothing can be told.
    """

    theme: Theme
    measure: str
    headline: str
    detail: str
    numbers: Mapping[str, float]
    ccgs: tuple[str, ...]
    synthetic: bool
    told: bool = True


def findings(engine: Engine, measures: Mapping[str, Measure]) -> tuple[Finding, Finding, Finding]:
    """The three findings of a release; about 2 s for the region."""
    return _adoption(engine, measures[REACH]), _change(engine, measures), _waits(engine, measures)


def _cannot_be_told(theme: Theme, measure: str, words: str) -> Finding:
    headline, _, detail = words.partition(". ")
    return Finding(theme, measure, headline, detail, {}, (), False, told=False)


# ---- Adoption


def _adoption(engine: Engine, measure: Measure) -> Finding:
    region = latest(figures(measure, Selection(by="region"), engine)).get(REGION)
    held = ledger(engine)
    live = None if held is None else _live(held)
    referring = None if region is None or region.value is None else _referring(engine, measure, region)
    if live and referring and live.synthetic != referring.synthetic:
        return referring if live.synthetic else live
    if live and referring:
        return replace(
            referring,
            headline=f"{live.headline}, and {referring.headline}",
            detail=f"{referring.detail} {live.detail}",
            numbers={**live.numbers, **referring.numbers},
            ccgs=live.ccgs,
        )
    return live or referring or _cannot_be_told("adoption", measure.key, NOTHING_OF_REACH)


def _live(held: Ledger) -> Finding:
    """How many CCGs are live by the ledger, and which are not."""
    waiting = tuple(code for code, standing in held.standings().items() if standing == "not_live")
    live, by = len(ccgs()) - len(waiting), f"by {held.as_at:%d %B %Y}"
    detail = f"Not live {by}: {_names(waiting)}." if waiting else f"All were live {by}."
    numbers = {"live": live, "ccgs": len(ccgs())}
    return Finding("adoption", LIVE, f"{live} of {len(ccgs())} CCGs are live", detail, numbers, waiting, held.synthetic)


def _referring(engine: Engine, measure: Measure, region: Figure) -> Finding:
    """The share of practices that refer, and that of each arm in the same month."""
    month = f"{begins(region.period):%B %Y}"
    arms = [arm for arm in figures(measure, Selection(by="arm"), engine) if arm.period == region.period]
    told = "; ".join(f"{arm.area_name}: {measure.in_words(arm.value)}" for arm in arms if arm.value is not None)
    some, every = region.numerator or 0, region.denominator or 0
    return Finding(
        "adoption",
        measure.key,
        f"{measure.in_words(region.value)} of practices referred in the three months to {month}",
        _joined(f"{some:,.0f} of {every:,.0f} practices. {told}.", region.reason),
        {"share": region.value or 0.0, "practices": some, "of": every},
        (),
        region.synthetic,
    )


# ---- Change


def _change(engine: Engine, measures: Mapping[str, Measure]) -> Finding:
    judged = [measures[key] for key in JUDGED_BY]
    received = [measure for measure in judged if measure.how.table in engine.tables_received()]
    found = None
    for measure in received:
        one = compare(measure, engine)
        if one.judgement.key != "cannot_be_told":
            return _judged(one)
        found = found or one
    if found:
        return _judged(found)
    names = ", ".join(measure.name for measure in judged)
    return _cannot_be_told("change", JUDGED_BY[0], NOTHING_OF_CHANGE.format(names=names))


def _judged(found: Comparison) -> Finding:
    """The comparison's own words: its judgement first, then what it rests on."""
    headline, _, detail = found.judgement.words.partition(". ")
    change, basis = found.change, found.basis
    numbers = {"estimate": change.estimate, "p": change.p} if change else {}
    told = found.judgement.key != "cannot_be_told"
    early = basis.early if basis else ()
    return Finding("change", found.measure, headline, detail, numbers, early, found.synthetic, told)


# ---- Waits


def _waits(engine: Engine, measures: Mapping[str, Measure]) -> Finding:
    waits = {measure.how.step: measure.key for measure in measures.values() if isinstance(measure.how, Wait)}
    region = next(iter(queues(engine, Selection(by="region"))), None)
    if region is None or not region.steps:
        return _cannot_be_told("waits", waits["assessed"], NOTHING_OF_WAITS)
    named = _named(region.steps)
    alike = _alike(queues(engine, Selection()), named[0]) if named[0].change in CHANGED else ()
    where = f"By itself it is clearly {named[0].change} in {_names(alike)}." if alike else ""
    lists = "; ".join(words for queue in named if (words := _list(queue)))
    return Finding(
        "waits",
        waits[named[0].step],
        region.sentence.rstrip("."),
        _joined(
            f"Waiting at the end of {region.window.last:%B %Y}: {lists}." if lists else "", where, region.window.note
        ),
        {queue.step: queue.waiting.value for queue in named if queue.waiting.value is not None},
        alike,
        region.synthetic,
    )


def _named(steps: Sequence[StepQueue]) -> Sequence[StepQueue]:
    """The queues that grew, or else those that shrank, or else the first of the pathway."""
    for change in CHANGED:
        found = [queue for queue in steps if queue.change == change]
        if found:
            return found
    return steps[:1]


def _alike(areas: Iterable[Queues], queue: StepQueue) -> tuple[str, ...]:
    """The areas of which the queue for the same step changed the same way."""
    same = (queue.step, queue.change)
    return tuple(one.area.code for one in areas if same in [(own.step, own.change) for own in one.steps])


def _list(queue: StepQueue) -> str:
    """How many wait for a step, for how long so far, and how many did a year before; blank where that is hidden."""
    now, before, mean = queue.waiting.value, queue.year_before.value, queue.mean_wait.value
    if now is None:
        return ""
    so_far = [] if mean is None else [f"{mean:.1f} weeks on average so far"]
    then = [] if before is None else [f"{before:,.0f} a year before"]
    more = f" ({'; '.join([*so_far, *then])})" if so_far or then else ""
    return f"{now:,.0f} people for {STEP_WORDS[queue.step]}{more}"


# ---- Words


def _names(codes: Sequence[str]) -> str:
    return ", ".join(ccgs()[code].short_name for code in codes)


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
