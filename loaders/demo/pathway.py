"""What happens to each referral: the steps asked for and reached, and how it ends.

Steps compete with leaving, which can happen on any day and does not depend on the waits; so the
distribution of every wait is known exactly (truth.py), and censoring it at the discharge is right.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from loaders.demo.arrivals import Referrals
from loaders.demo.places import Ccg
from loaders.demo.programme import MONTHS, OUTCOMES, Programme, shocks, stream

NOT = np.inf
"""The day of an event that does not happen."""

AFTER_REVIEW = ("nerve_root_block", "surgical_opinion", "pain_clinic")

EVENTS = (
    "assessed",
    "imaging_requested",
    "imaging",
    "core_therapy_requested",
    "core_therapy",
    "nerve_root_block_requested",
    "nerve_root_block",
    "cppp_referred",
    "cppp_started",
    "cppp_completed",
    "surgical_opinion_requested",
    "surgical_opinion",
    "surgery_listed",
    "surgery",
    "pain_clinic_requested",
    "pain_clinic",
    "discharged",
)
"""The dates of a submission after the day received, in its order of columns."""

CONSERVATIVE = ("core_therapy", "pain_clinic")
INVASIVE = ("nerve_root_block", "surgery", "cppp_completed")
SELF_MANAGING, TREATED, DECLINED, OTHER = (OUTCOMES.index(o) for o in ("self_managing", "treated", "declined", "other"))


@dataclass(frozen=True)
class Journeys:
    """For each referral the whole days from receipt to each event (`NOT` where never), and its outcome."""

    days: Mapping[str, np.ndarray]
    outcome: np.ndarray  # index


def mean_log_waits(programme: Programme, ccgs: list[Ccg], seed: int) -> dict[str, np.ndarray]:
    """Logarithm of the mean wait on the earlier route, for each step: CCGs x months received."""
    rng = stream(seed, 4)
    ahead = np.array([programme.ahead * (ccg.wave <= 1) for ccg in ccgs])
    level = (ahead + rng.normal(0, programme.ccg_sd, len(ccgs)))[:, None]
    trend = programme.wait_trend * np.arange(len(MONTHS))
    waited = [step for step in programme.steps if step.days]
    shock = shocks(rng, programme.wait_shock_sd, programme.memory, (len(waited), len(ccgs), len(MONTHS)))
    return {step.name: np.log(step.days) + level + trend + shock[at] for at, step in enumerate(waited)}


def make_journeys(
    programme: Programme, log_waits: Mapping[str, np.ndarray], referrals: Referrals, seed: int
) -> Journeys:
    """The course of every referral, as if it could be followed for ever."""
    course = _Course(programme, referrals, log_waits, stream(seed, 5))
    days = {"assessed": course.wait("assessed")}
    for step in ("imaging", "core_therapy"):
        _send(days, course, step, f"{step}_requested", days["assessed"])
    reviewed = _last(days) + course.review()
    for step in AFTER_REVIEW:
        _send(days, course, step, f"{step}_requested", reviewed)
    _send(days, course, "surgery", "surgery_listed", days["surgical_opinion"])
    days["cppp_referred"] = np.where(course.sent_to("cppp"), reviewed, NOT)
    days["cppp_started"] = _cohort_starts(programme, referrals, days["cppp_referred"], course.rng)
    finished = course.drawn(programme.cppp_finished)
    days["cppp_completed"] = np.where(finished, days["cppp_started"] + programme.cppp_length, NOT)
    return _ended(days, course)


@dataclass(frozen=True)
class _Course:
    """Draws waits and choices for all referrals at once."""

    programme: Programme
    referrals: Referrals
    log_waits: Mapping[str, np.ndarray]
    rng: np.random.Generator

    def wait(self, step: str) -> np.ndarray:
        """Days waited: the fraction of a day counts as one, so the gamma holds exactly at whole days."""
        referrals, shape = self.referrals, self.programme.wait_shape
        mean = self.log_waits[step][referrals.ccg, referrals.month]
        mean = np.exp(mean + self.programme.step(step).effect * referrals.triaged)
        return np.ceil(self.rng.gamma(shape, 1 / shape, len(mean)) * mean)

    def review(self) -> np.ndarray:
        shape = self.programme.review_shape
        return np.ceil(self.rng.gamma(shape, self.programme.review_days / shape, len(self.referrals.number)))

    def sent_to(self, step: str) -> np.ndarray:
        """Whether each referral, once it gets so far, is sent to the step."""
        found, referrals = self.programme.step(step), self.referrals
        chance = np.array([found.earlier, found.triaged])[referrals.triaged.astype(int), referrals.presentation]
        if step == "cppp":
            chance = chance * np.array(self.programme.cppp_risk)[referrals.risk]
        return self.drawn(chance)

    def drawn(self, chance: float | np.ndarray) -> np.ndarray:
        return self.rng.random(len(self.referrals.number)) < chance

    def by_route(self, chances: tuple[float, float]) -> np.ndarray:
        return self.drawn(np.array(chances)[self.referrals.triaged.astype(int)])


def _send(days: dict[str, np.ndarray], course: _Course, step: str, asked: str, when: np.ndarray) -> None:
    days[asked] = np.where(course.sent_to(step), when, NOT)
    days[step] = days[asked] + course.wait(step)


def _last(days: Mapping[str, np.ndarray]) -> np.ndarray:
    """The last day on which anything happens."""
    return np.max([np.where(np.isfinite(day), day, 0) for day in days.values()], axis=0)


def _cohort_starts(
    programme: Programme, referrals: Referrals, referred: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Days to the start of the Combined Programme: the first cohort of the CCG with a place, in order of referral."""
    start = np.full(len(referred), NOT)
    first = np.busday_offset(MONTHS[0].astype("datetime64[D]"), 0, roll="forward", weekmask="Mon")
    for ccg in np.unique(referrals.ccg):
        there = np.flatnonzero((referrals.ccg == ccg) & np.isfinite(referred))
        since = (referrals.received[there] - first).astype(int) + referred[there]
        order = np.argsort(since, kind="stable")
        cohort = _cohorts(programme, since[order])
        start[there[order]] = referred[there[order]] + cohort * programme.cohort_every - since[order]
    start[rng.random(len(start)) < programme.cppp_declined] = NOT
    return start


def _cohorts(programme: Programme, since: np.ndarray) -> np.ndarray:
    """Number of the cohort each person joins: never before the one `cohort_size` places ahead in the queue."""
    cohort = np.ceil((since + programme.cohort_notice) / programme.cohort_every).astype(int)
    for at in range(1, len(cohort)):
        full = at >= programme.cohort_size and cohort[at - programme.cohort_size] == cohort[at - 1]
        cohort[at] = max(cohort[at], cohort[at - 1] + full)
    return cohort


def _ended(days: dict[str, np.ndarray], course: _Course) -> Journeys:
    """The end of each journey: the usual one, or leaving before it."""
    programme, rng = course.programme, course.rng
    last = _last(days)
    usual = last + np.where(_at_once(days, last, course), 0, np.ceil(rng.exponential(programme.ending_days, len(last))))
    left = rng.exponential(1 / programme.leaving_per_day, len(last))
    leaves = left < usual
    reached = {event: np.where(leaves & (day > left), NOT, day) for event, day in days.items()}
    reached["discharged"] = np.where(leaves, np.ceil(left), usual)
    return Journeys({event: reached[event] for event in EVENTS}, _outcomes(reached, leaves, course))


def _at_once(days: Mapping[str, np.ndarray], last: np.ndarray, course: _Course) -> np.ndarray:
    """Whether the last contact ends it the same day: an assessment or an opinion that leads nowhere."""
    assessed = (last == days["assessed"]) & course.drawn(course.programme.ended_at_once)
    opinion = (last == days["surgical_opinion"]) & course.by_route(course.programme.ended_at_opinion)
    return assessed | opinion


def _outcomes(days: Mapping[str, np.ndarray], leaves: np.ndarray, course: _Course) -> np.ndarray:
    usual = np.where(_any_of(days, *CONSERVATIVE), TREATED, OTHER)
    usual = np.where(course.by_route(course.programme.self_managing), SELF_MANAGING, usual)
    usual = np.where(_any_of(days, *INVASIVE), TREATED, usual)
    shares = np.array(course.programme.leavers)
    return np.where(leaves, DECLINED + course.rng.choice(len(shares), len(leaves), p=shares), usual)


def _any_of(days: Mapping[str, np.ndarray], *events: str) -> np.ndarray:
    return np.any([np.isfinite(days[event]) for event in events], axis=0)


def known_dates(referrals: Referrals, journeys: Journeys, extracted: np.ndarray) -> dict[str, np.ndarray]:
    """Date of each event as known on the day each referral's submission is drawn; NaT where not, or not yet."""
    return {event: _dates(referrals.received, day, extracted) for event, day in journeys.days.items()}


def _dates(received: np.ndarray, day: np.ndarray, extracted: np.ndarray) -> np.ndarray:
    date = received + np.where(np.isfinite(day), day, 0).astype("timedelta64[D]")
    return np.where(np.isfinite(day) & (date <= extracted), date, np.datetime64("NaT", "D"))
