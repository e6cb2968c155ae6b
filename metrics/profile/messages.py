"""What can be said of one CCG in three messages; honest where nothing can."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from metrics.adoption.milestones import Milestone
from metrics.areas import Area
from metrics.comparison.lag import Answer, Lag
from metrics.measure import Measure, Milestones
from metrics.profile.tracks import Track
from metrics.receipt import Gap

NAMED = 3
"""Measures, or months, that a sentence names; the rest it counts."""

FIRST = ("waiting", "conversion", "outcome", "fidelity", "activity", "adoption")
"""Families in the order in which a sentence names their measures: what patients meet before what the programme does."""

SENT = {
    "referral": "pathway referrals",
    "outcome_score": "questionnaire scores",
    "practice_coding": "practice coding",
    "procedure": "hospital procedures",
    "workforce": "practitioners in post",
}
"""What is sent of a CCG month by month for the programme, in words; national returns come from elsewhere."""

Arrived = Mapping[str, Mapping[str, set[date]]]
"""Table -> CCG -> months for which rows arrived."""


@dataclass(frozen=True)
class Message:
    """A finding in a sentence, and what it rests on; `rest` is blank where there is no more to say."""

    lead: str
    rest: str = ""

    @property
    def words(self) -> str:
        return f"{self.lead} {self.rest}".strip()


def direction_message(tracks: Sequence[Track]) -> Message:
    """What has got better or worse by each measure's own past, in its last year."""
    valued = [track for track in tracks if track.last.figure.value is not None and not _is_go_live(track.measure)]
    if not valued:
        return Message("Nothing can be said of better or worse.", "No measure has a value.")
    recent = [track for track in valued if track.is_recent]
    better, worse = (_going(recent, way) for way in ("improving", "worsening"))
    said = [f"Got worse: {_names(worse)}." if worse else "Nothing has clearly got worse."]
    said += [f"Got better: {_names(better)}." if better else "Nothing has clearly got better."]
    quiet, short = len(_going(recent, "no_special_change")), len(_going(recent, "too_few_points"))
    rest = f"Of {len(valued)} measures with a value {quiet} show no special change, and {short} have too few quarters."
    return Message(" ".join(said), rest)


def _is_go_live(measure: Measure) -> bool:
    """A step from no to yes, which no chart of chance fits."""
    return isinstance(measure.how, Milestones) and measure.how.statistic == "reached"


def _going(tracks: Sequence[Track], key: str) -> list[Measure]:
    found = [track.measure for track in tracks if track.direction.key == key]
    return sorted(found, key=lambda measure: (FIRST.index(measure.family), measure.order))


def _names(measures: Sequence[Measure]) -> str:
    named = "; ".join(measure.name for measure in measures[:NAMED])
    more = len(measures) - NAMED
    return f"{named}; and {more} more" if more > 0 else named


def place_message(area: Area, start: Milestone | None, lags: Mapping[str, Lag], missing: str) -> Message:
    """Where it stands on the early implementers' curve, and what it has not sent.

    `start` is its go-live in the ledger; `lags` are by the name of the measure.
    """
    if area.arm == "early":
        return Message("It is an early implementer: the others are held against its curve.", missing)
    if start is None:
        return Message("It has no place on the early implementers' curve: no ledger says when it went live.", missing)
    if start.actual is None:
        expected = f", forecast for {start.forecast:%d %b %Y}" if start.forecast else ""
        planned = f"planned for {start.planned:%d %b %Y}" if start.planned else "without a planned date"
        return Message(f"Not yet live: go-live {planned}{expected}.", f"{start.sentence} {missing}")
    since, lead = f"Live since {start.actual:%B %Y}", _behind(lags)
    rest = f"{_standings(lags)} {missing}".strip()
    if lead:
        return Message(f"{since}; {lead}, at the same stage.", rest)
    why = "not clearly behind or ahead of the early implementers at the same stage in any measure of adoption"
    return Message(f"{since}; {why}.", rest)


def _behind(lags: Mapping[str, Lag]) -> str:
    """'behind the early implementers by 17.4 months on Practices referring (95% from 17.1 to 17.8)'."""
    told = [(lag.months, name, lag) for name, lag in lags.items() if lag.answer == "lag" and lag.months is not None]
    ways = {"behind": [one for one in told if one[0] > 0], "ahead of": [one for one in told if one[0] <= 0]}
    return "; ".join(f"{way} the early implementers {_by(some)}" for way, some in ways.items() if some)


def _by(told: Sequence[tuple[float, str, Lag]]) -> str:
    longest = sorted(told, key=lambda one: -abs(one[0]))
    return " and ".join(f"by {abs(months):.1f} months on {name}{_limits(lag)}" for months, name, lag in longest)


def _limits(lag: Lag) -> str:
    if lag.lower is None or lag.upper is None:
        return ""
    low, high = sorted((abs(lag.lower), abs(lag.upper)))
    return f" (95% from {low:.1f} to {high:.1f})"


_ANSWERS: dict[Answer, str] = {
    "below": "Short of where they started",
    "beyond": "Beyond all they reached",
    "level": "Level within chance",
    "cannot_be_told": "Cannot be told",
}


def _standings(lags: Mapping[str, Lag]) -> str:
    """'Level within chance: Practices referring, Patients covered.' for every other answer."""
    named = {answer: [name for name, lag in lags.items() if lag.answer == answer] for answer in _ANSWERS}
    return " ".join(f"{_ANSWERS[answer]}: {', '.join(names)}." for answer, names in named.items() if names)


def missing_words(ccg: str, arrived: Arrived, gaps: Sequence[Gap]) -> str:
    """What it has not sent: months that were expected of a sender and never came, and kinds that never came at all."""
    sent = {fact: arrived[fact] for fact in SENT if fact in arrived}
    if not any(months[ccg] for months in sent.values()):
        return "Nothing that is sent month by month has been received from it."
    parts = [_gap(gap) for gap in gaps if gap.ccg == ccg and gap.fact in SENT]
    parts += [f"all {SENT[fact]}" for fact, months in sent.items() if not months[ccg]]
    return f"Missing: {'; '.join(parts)}." if parts else "Nothing is missing of what it sends month by month."


def _gap(gap: Gap) -> str:
    months = ", ".join(f"{month:%B %Y}" for month in gap.months[:NAMED])
    more = len(gap.months) - NAMED
    return f"{SENT[gap.fact]} of {months}{f' and {more} months more' if more > 0 else ''} from {gap.sender}"
