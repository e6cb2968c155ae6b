"""Questionnaires of people assessed in Triage and Treat: baseline, discharge, 6 and 12 months."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from loaders.demo import faults
from loaders.demo.files import labels
from loaders.demo.places import PROVIDERS
from loaders.demo.programme import DURATIONS, EXTRACTED, RISKS
from loaders.demo.submissions import pseudonyms
from loaders.demo.world import World

TIME_POINTS = ("baseline", "discharge", "6_months", "12_months")


@dataclass(frozen=True)
class Instrument:
    """A questionnaire: its scale, scores before, and mean changes at discharge, 6 and 12 months.

    Everyone's change is an assumption (natural recovery is part of it). `after_cppp` is the change of
    31 people after the Combined Programme (SBPR16), the same here at every time point.
    """

    name: str
    lowest: float
    highest: float
    grain: float
    before: float
    before_sd: float
    changes: tuple[float, float, float]
    after_cppp: float
    change_sd: float


INSTRUMENTS = (
    Instrument("ODI", 0, 100, 2, 38, 16, (-12, -13, -12), -7, 14),
    Instrument("EQ-5D-5L", -0.6, 1, 0.001, 0.52, 0.24, (0.15, 0.16, 0.15), 0.17, 0.21),
    Instrument("PAIN_NRS", 0, 10, 1, 6.4, 2.0, (-2.0, -2.1, -1.9), -1.25, 2.4),
    Instrument("GAD-7", 0, 21, 1, 8.0, 5.2, (-2.2, -2.2, -2.0), -5.2, 4.4),
    Instrument("PHQ-9", 0, 27, 1, 9.2, 6.0, (-2.6, -2.6, -2.3), -5.5, 4.8),
)

SHORTER_PAIN_GAINS = np.array([1.12, 1.0, 0.85])
"""Relative change by pain duration: a trend to better results with shorter pain (JESS18); size assumed."""

RISK_BEFORE = np.array([-0.7, 0.0, 0.7])
"""Standard deviations that the score before lies from the mean, by STarT Back risk (assumption)."""


def score_rows(world: World) -> pa.Table:
    """Every form returned by the day of the extract, a row for each instrument."""
    rng = world.stream(7)
    world = world.with_only(faults.held(world.referrals))
    world = world.with_only(_asked(world, rng))
    completed = _completed(world, rng)
    ease = rng.normal(0, 0.6, len(world.outcome))  # who gains more on one scale gains more on the others
    parts = [
        _rows(world, instrument, point, completed[point], score)
        for instrument in INSTRUMENTS
        for point, score in enumerate(_scores(world, instrument, ease, rng))
    ]
    order = [("referral_id", "ascending"), ("completed", "ascending"), ("instrument", "ascending")]
    return pa.concat_tables(parts).sort_by(order)


def _asked(world: World, rng: np.random.Generator) -> np.ndarray:
    given = rng.random(len(world.outcome)) < world.programme.baseline_forms
    return given & world.referrals.triaged & ~np.isnat(world.dates["assessed"])


def _completed(world: World, rng: np.random.Generator) -> list[np.ndarray]:
    """Day each form was filled in, for each time point; NaT where it was not, or not yet."""
    baseline = world.dates["assessed"]
    due = (world.dates["discharged"], baseline + np.timedelta64(182), baseline + np.timedelta64(365))
    completed = [baseline]
    for day, share in zip(due, world.programme.returned, strict=True):
        came = day + rng.integers(0, 28, len(day)).astype("timedelta64[D]")
        given = (rng.random(len(day)) < share) & (came <= EXTRACTED)
        completed.append(np.where(given, came, np.datetime64("NaT", "D")))
    return completed


def _scores(world: World, instrument: Instrument, ease: np.ndarray, rng: np.random.Generator) -> list[np.ndarray]:
    """Scores at the four time points, on the instrument's own grain and scale."""
    after_cppp = ~np.isnat(world.dates["cppp_completed"])
    own = RISK_BEFORE[world.referrals.risk] * np.sign(instrument.changes[0]) * -1 + rng.normal(0, 0.8, len(ease))
    before = instrument.before + instrument.before_sd * own
    scores = [before]
    for change in instrument.changes:
        mean = np.where(after_cppp, instrument.after_cppp, change) * SHORTER_PAIN_GAINS[world.referrals.duration]
        spread = instrument.change_sd * (0.8 * rng.normal(0, 1, len(ease)) + ease * np.sign(change))
        scores.append(before + mean + spread)
    return [_on_scale(instrument, score) for score in scores]


def _on_scale(instrument: Instrument, score: np.ndarray) -> np.ndarray:
    whole = np.rint(score / instrument.grain) * instrument.grain
    return np.round(np.clip(whole, instrument.lowest, instrument.highest), 3)


def _rows(world: World, instrument: Instrument, point: int, completed: np.ndarray, score: np.ndarray) -> pa.Table:
    given = ~np.isnat(completed)
    there = world.referrals.kept(given)
    count = int(given.sum())
    return pa.table(
        {
            "referral_id": pseudonyms(there.number),
            "provider": labels(PROVIDERS, there.provider),
            "practice": labels(world.practices.code, there.practice),
            "ccg": labels(world.ccg_codes, there.ccg),
            "instrument": pa.repeat(instrument.name, count),
            "time_point": pa.repeat(TIME_POINTS[point], count),
            "completed": pa.array(completed[given]),
            "score": pa.array(score[given]),
            "pain_duration": labels(DURATIONS, there.duration),
            "start_back": labels(RISKS, there.risk),
            "extracted": pa.repeat(pa.scalar(EXTRACTED.item()), count),
            "data_status": pa.repeat("synthetic", count),
        }
    )
