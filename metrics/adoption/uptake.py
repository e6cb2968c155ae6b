"""How long practices take, from the go-live of their CCG to their first referral to the pathway.

Kaplan and Meier's estimator over practices: one that is gone, or has not adopted by the last month
known, counts for as long as it was seen. A practice that merged has not failed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from metrics.adoption.curve import Model, SCurve, s_curve
from metrics.adoption.practices import Known, Practice, practices_of
from metrics.areas import Area, areas_of
from metrics.engines import Engine
from metrics.intervals import Statistic
from metrics.live import Rollout, rollout
from metrics.selection import Selection
from metrics.waits import Curve, limits, median, survival

ALIKE = (
    "Limits take practices for independent. Those of one CCG resemble each other, so that limits for several "
    "CCGs together are too narrow."
)


@dataclass(frozen=True)
class Time:
    """The months of one practice from go-live: to its first referral, or as far as it was seen without one."""

    months: int
    adopted: bool
    gone: bool = False


@dataclass(frozen=True)
class Step:
    """The share of practices that had adopted so many months after go-live, and how many had not before."""

    months: int
    share: float
    lower: float | None
    upper: float | None
    at_risk: int


@dataclass(frozen=True)
class Uptake:
    """Time to adoption of the practices that were open when their CCG went live; month 0 is that of go-live.

    `median` is in months, None where fewer than half have adopted. `s_curve` runs by calendar month from the area's
    first go-live, `first`, over the practices that are open now.
    """

    area: Area
    practices: int
    adopted: int
    gone: int
    steps: Sequence[Step]
    median: Statistic
    first: date
    s_curve: SCurve
    sentence: str
    note: str
    release: int
    synthetic: bool


def uptake(engine: Engine, selection: Selection, model: Model = "logistic") -> list[Uptake]:
    """Time to adoption for every area of the selection with a CCG that is live and practices that are known.

    Practices are no people: nothing is hidden. Raises ValueError for a selection by practice.
    """
    known, synthetic = practices_of(engine, selection)
    dates = rollout(engine, synthetic)
    return [
        _uptake(area, known[area.code], times, dates, model, engine.release.number, synthetic)
        for area in areas_of(selection)
        if area.code in known and (times := times_of(known[area.code], dates))
    ]


def times_of(known: Known, dates: Rollout) -> list[Time]:
    """The times of the practices that were open when their CCG went live, as far as both are known.

    Where the first list came after go-live, those on it stand for the practices that were open then.
    """
    upto = min(known.upto, dates.known_to)
    began: dict[str, date] = {}
    for practice in known.practices:
        began[practice.ccg] = min(practice.listed, began.get(practice.ccg, practice.listed))
    return [
        _time(practice, live, upto)
        for practice in known.practices
        if (live := dates.live.get(practice.ccg)) and live <= upto
        if practice.listed <= max(live, began[practice.ccg]) and (practice.gone is None or practice.gone > live)
    ]


def _time(practice: Practice, live: date, upto: date) -> Time:
    first = practice.first_referral(upto)
    if first:
        return Time(max(_months(live, first), 0), True)
    if practice.gone and practice.gone <= upto:
        return Time(_months(live, practice.gone) - 1, False, gone=True)
    return Time(_months(live, upto), False)


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month


def adoption_curve(times: Sequence[Time]) -> Curve:
    """The share that has not adopted, month by month."""
    length = max(time.months for time in times) + 1
    adopted, others = (
        np.bincount([time.months for time in times if time.adopted is so], minlength=length) for so in (True, False)
    )
    return survival(adopted, others)


def _uptake(
    area: Area, known: Known, times: Sequence[Time], dates: Rollout, model: Model, release: int, synthetic: bool
) -> Uptake:
    curve = adoption_curve(times)
    half, adopted = median(curve), sum(time.adopted for time in times)
    first, adopters, practices = _adopters(known, dates)
    return Uptake(
        area=area,
        practices=len(times),
        adopted=adopted,
        gone=sum(time.gone for time in times),
        steps=list(_steps(curve)),
        median=half,
        first=first,
        s_curve=s_curve(adopters, practices, model),
        sentence=_sentence(area, len(times), adopted, half),
        note=f"{dates.source} {known.note} {ALIKE}".replace("  ", " "),
        release=release,
        synthetic=synthetic,
    )


def _steps(curve: Curve) -> Iterator[Step]:
    lower, upper = limits(curve)
    for month, (waiting, low, high) in enumerate(zip(curve.waiting, lower, upper, strict=True)):
        known = bool(np.isfinite(low))
        yield Step(
            month,
            float(1 - waiting),
            float(1 - high) if known else None,
            float(1 - low) if known else None,
            int(curve.at_risk[month]),
        )


def _adopters(known: Known, dates: Rollout) -> tuple[date, Sequence[int], int]:
    """The first go-live, practices open now that first referred in each month since then, and how many are open now."""
    upto = min(known.upto, dates.known_to)
    starts = [live for practice in known.practices if (live := dates.live.get(practice.ccg)) and live <= upto]
    first = min(starts)
    open_now = [practice for practice in known.practices if practice.open_in(known.upto)]
    months = [max(_months(first, month), 0) for p in open_now if (month := p.first_referral(upto))]
    return first, np.bincount(months, minlength=_months(first, upto) + 1).tolist(), len(open_now)


def _sentence(area: Area, practices: int, adopted: int, half: Statistic) -> str:
    told = f"{area.name}: {adopted} of the {practices} practices open at go-live have referred."
    if half.value is None:
        return f"{told} Fewer than half have so far."
    within = "in the month of go-live" if half.value == 0 else f"by month {half.value:g} after go-live"
    return f"{told} Half had {within}."
