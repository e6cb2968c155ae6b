"""One CCG on two pages: its messages, measures beside the early implementers, worst step and silent practices."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from metrics.adoption.milestones import Milestone
from metrics.adoption.states import AreaPractices, practice_states
from metrics.areas import Area, areas_of
from metrics.comparison.alignment import aligned
from metrics.comparison.compare import EVERYTHING
from metrics.comparison.lag import Lag, lags
from metrics.engines import Engine
from metrics.figure import Figure, within
from metrics.figures import known_by
from metrics.ledger import GO_LIVE, ledger
from metrics.live import Rollout, rollout
from metrics.measure import Measure, Milestones
from metrics.profile.messages import Arrived, Message, direction_message, missing_words, place_message
from metrics.profile.silent import silent_message, silent_practices
from metrics.profile.tracks import Track, calendar, number_of, since_go_live, track
from metrics.profile.worst import RULE, step_message, worst_step
from metrics.queues import Queues, queues
from metrics.receipt import gaps, gaps_within, months_received, months_within
from metrics.selection import Selection
from metrics.told import BY_CCG

__all__ = [
    "RULE",
    "Message",
    "Profile",
    "Track",
    "number_of",
    "profile",
    "silent_message",
    "silent_practices",
    "worst_step",
]

FiguresOf = Callable[[str, Selection], Sequence[Figure]]
"""Figures of a measure by its key, as they may be shown."""


@dataclass(frozen=True)
class Profile:
    """What is known of one CCG. `messages` are three paragraphs: better or worse, the worst step, place and gaps.

    `live` is the month of go-live, None while it is not live or where that is not known; `start` is its row in the
    ledger. `tracks` are by calendar
    quarter, `since` by quarters since go-live and empty while it is not live. `queues` and `practices` are None where
    nothing was received of them. `arrived` is of all CCGs, for what is missing is told from what others sent.
    """

    area: Area
    live: date | None
    start: Milestone | None
    messages: tuple[Message, Message, Message]
    tracks: Sequence[Track]
    since: Sequence[Track]
    queues: Queues | None
    practices: AreaPractices | None
    arrived: Arrived


def profile(
    engine: Engine,
    ccg: str,
    measures: Mapping[str, Measure],
    figures_of: FiguresOf,
    narrowed: Selection = EVERYTHING,
) -> Profile:
    """The profile of one CCG, for the months and the presentation that a selection names.

    Directions, queues and practices are as at its last month. What is not known by presentation is of everybody, and so
    are practices. Raises KeyError for a code that is unknown.
    """
    alone = Selection(ccgs=(ccg,), last=narrowed.last)
    (area,) = areas_of(alone)
    dates = {synthetic: rollout(engine, synthetic) for synthetic in (True, False)}
    tracks: list[Track] = []
    since: list[Track] = []
    for measure in measures.values():
        rows = within(figures_of(measure.key, _of(measure, narrowed, BY_CCG)), None, narrowed.last, "quarter")
        clock = since_go_live(dates[bool(rows) and rows[0].synthetic].live)
        tracks += filter(None, [track(measure, rows, ccg, calendar, narrowed.first)])
        since += filter(None, [track(measure, rows, ccg, clock, narrowed.first)])
    queue = next(iter(queues(engine, replace(alone, presentation=narrowed.presentation))), None)
    months = narrowed.first, narrowed.last
    arrived = {fact: months_within(held, *months) for fact, held in months_received(engine).items()}
    missing = missing_words(ccg, arrived, gaps_within(gaps(engine), *months))
    start = _start(engine, ccg)
    place = place_message(area, start, _lags(ccg, measures, figures_of, dates, narrowed), missing)
    messages = direction_message(tracks), step_message(queue), place
    practices = next(iter(practice_states(engine, alone)), None)
    live = dates[engine.is_synthetic("milestone")].live.get(ccg)
    return Profile(area, live, start, messages, tracks, since, queue, practices, arrived)


def _of(measure: Measure, narrowed: Selection, asked: Selection) -> Selection:
    """What is asked, of the presentation where the measure knows it."""
    return replace(asked, presentation=narrowed.presentation if "presentation" in known_by(measure) else ())


def _start(engine: Engine, ccg: str) -> Milestone | None:
    """Go-live of the CCG as the ledger has it."""
    found = ledger(engine)
    rows = found.milestones if found else []
    return next((row for row in rows if row.ccg == ccg and row.component == GO_LIVE), None)


def _lags(
    ccg: str,
    measures: Mapping[str, Measure],
    figures_of: FiguresOf,
    dates: Mapping[bool, Rollout],
    narrowed: Selection,
) -> Mapping[str, Lag]:
    """The lag of the CCG in every measure of adoption that has a better way, by the measure's name."""
    found: dict[str, Lag] = {}
    for measure in measures.values():
        if measure.family == "adoption" and measure.better != "neither" and not isinstance(measure.how, Milestones):
            asked = Selection(first=narrowed.first, last=narrowed.last)
            rows = figures_of(measure.key, _of(measure, narrowed, asked))
            needed = [row for row in rows if row.arm == "early" or row.area == ccg]
            points = aligned(needed, dates[bool(rows) and rows[0].synthetic])
            for lag in lags(points, measure.better):  # of this CCG alone
                found[measure.name] = lag
    return found
