"""The synthetic programme in numbers: each one with its source, or marked as an assumption.

No volume, wait or conversion of the real programme has been published in a form that could be
read, so nearly all of these are assumptions, chosen to look plausible. They are not findings.
"""

from dataclasses import dataclass, replace

import numpy as np

MONTHS = np.arange("2014-05", "2018-04", dtype="datetime64[M]")
"""The months in which referrals are received: a year before the first go-live, and nearly three after."""

EXTRACTED = np.datetime64("2018-03-31")
"""The day on which submissions are drawn: all that happened up to it is in them."""

DAYS_A_MONTH = 365.25 / 12

LOW_BACK, RADICULAR = 0, 1
PRESENTATIONS = ("low_back_pain", "radicular_pain")
RISKS = ("low", "medium", "high")
DURATIONS = ("under_3_months", "3_to_12_months", "over_12_months")
AGE_BANDS = ("16-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75+")
SEXES = ("female", "male", "other")
OUTCOMES = ("self_managing", "treated", "declined", "did_not_attend", "other")


@dataclass(frozen=True)
class Step:
    """A step: how long it is waited for, and how many are sent to it. All are assumptions.

    `days` is the mean wait from request to step (the Combined Programme has cohorts instead), and
    `effect` what the pathway adds to its logarithm. `earlier` and `triaged` are the chances of being
    sent, of those assessed on the earlier route and in Triage and Treat, for low back and radicular pain.
    """

    name: str
    days: float
    effect: float = 0.0
    earlier: tuple[float, float] = (1.0, 1.0)
    triaged: tuple[float, float] = (1.0, 1.0)

    def without_effect(self) -> "Step":
        return replace(self, effect=0.0, triaged=self.earlier)


STEPS = (
    Step("assessed", 63, np.log(0.75)),  # methods prototype: a quarter shorter once the practice has adopted
    Step("imaging", 35, np.log(0.90), (0.40, 0.65), (0.30, 0.65)),  # the practitioner orders it directly
    Step("core_therapy", 50, np.log(0.80), (0.45, 0.35), (0.62, 0.50)),  # directly bookable slots
    Step("nerve_root_block", 80, np.log(0.80), (0.01, 0.12), (0.01, 0.20)),  # direct access, day case
    Step("cppp", 0, 0.0, (0.02, 0.01), (0.05, 0.02)),  # waited for until a cohort has room
    Step("surgical_opinion", 75, np.log(0.90), (0.14, 0.30), (0.08, 0.22)),  # elsewhere 16-22% (Suffolk BaNS)
    Step("surgery", 100, 0.0, (0.20, 0.24), (0.30, 0.36)),  # of opinions: 31 of 100 chose an intervention (2019)
    Step("pain_clinic", 85, 0.0, (0.08, 0.06), (0.05, 0.05)),
)


@dataclass(frozen=True)
class Programme:
    """What the generator is told. `without_effect` gives the same programme doing nothing."""

    # Referrals
    referrals_per_1000: float = 0.363  # a month on the earlier route: about 60,000 in all (assumption)
    volume_lift: float = 1.15  # referrals from a practice that has adopted, relative to before (assumption)
    season_swing: float = 0.12  # sine over the year (methods prototype)
    month_dips: tuple[tuple[int, float], ...] = ((1, 0.94), (8, 0.88))  # January and August (assumption)
    easter_months: tuple[str, ...] = ("2015-04", "2016-03", "2017-04", "2018-03")  # Easter Day, or Good Friday in 2018
    easter_dip: float = 0.93  # assumption
    ccg_sd: float = 0.10  # between CCGs, on the log of rate and of wait (methods prototype)
    memory: float = 0.6  # of the monthly shocks, AR(1) (methods prototype)
    rate_shock_sd: float = 0.05  # of the log rate, month by month (assumption)
    radicular: float = 0.30  # of referrals (assumption)
    durations: tuple[float, ...] = (0.35, 0.40, 0.25)  # under 3, 3 to 12, over 12 months (assumption)
    ages: tuple[float, ...] = (0.07, 0.13, 0.19, 0.24, 0.18, 0.12, 0.07)  # assumption
    sexes: tuple[float, ...] = (0.56, 0.435, 0.005)  # assumption
    risks: tuple[float, ...] = (0.27, 0.43, 0.30)  # assumption: fewer low than the 42/37/21 of US primary care
    risk_recorded: tuple[float, float] = (0.25, 0.85)  # earlier route, Triage and Treat (assumption)
    duration_recorded: float = 0.90  # assumption

    # Practices
    list_log_sd: float = 0.45  # between practices of a CCG (assumption)
    smallest_list: int = 1_100  # the reference counts practices of 1,000 patients and more
    list_drift_sd: float = 0.004  # a quarter, on the log (assumption)
    uptake_per_month: float = 0.25  # hazard of adopting after go-live (methods prototype)
    never_adopt: float = 0.06  # of practices (assumption)
    lapse: float = 0.06  # of practices, going back to the earlier route (assumption)
    triaged_share: float = 0.92  # of referrals from a practice that has adopted (assumption)
    main_provider_share: float = 0.92  # of a CCG's referrals, where it uses a second provider (assumption)

    # Waits and ends
    steps: tuple[Step, ...] = STEPS
    wait_shape: float = 3.0  # of the gamma waits (methods prototype)
    wait_shock_sd: float = 0.08  # on the log wait, by step, CCG and month received (methods prototype)
    wait_trend: float = 0.004  # a month, on the log wait (methods prototype)
    ahead: float = -0.12  # log wait of early and wave 1 CCGs before anyone is live: RTT of May 2015 was better there
    review_days: float = 14.0  # from the last of imaging and core therapy to the review's decision (assumption)
    review_shape: float = 4.0  # assumption
    leaving_per_day: float = 0.001  # hazard of leaving at any time before the end (assumption)
    leavers: tuple[float, ...] = (0.35, 0.50, 0.15)  # declined, did not attend, other (assumption)
    self_managing: tuple[float, float] = (0.50, 0.64)  # of those who end without invasive care (assumption)
    ended_at_once: float = 0.45  # of those assessed and sent nowhere, on that day (assumption)
    ended_at_opinion: tuple[float, float] = (0.50, 0.30)  # of opinions not listed; twice as likely untriaged (CSP)
    ending_days: float = 35.0  # from the last event to discharge otherwise (assumption)

    # Combined Physical and Psychological Programme (CPPP)
    cppp_risk: tuple[float, ...] = (0.2, 0.8, 2.0)  # chance by STarT Back risk, relative (assumption)
    cohort_size: int = 10  # at most 10 patients a cohort (southtees.nhs.uk)
    cohort_every: int = 42  # days between cohorts of a CCG (assumption)
    cohort_notice: int = 14  # days from referral to the first cohort one can join (assumption)
    cppp_length: int = 17  # days from Monday of the first week to Thursday of the third (southtees.nhs.uk)
    cppp_declined: float = 0.12  # of those referred (assumption: with the next line 70-74% complete, SBPR16, WELL21)
    cppp_finished: float = 0.86  # of those who start (assumption)

    # Records of general practices
    episodes_per_1000: float = 4.6  # low back pain a month: 16,000 consulters a year in South Tees (inference)
    coded: tuple[float, float] = (0.08, 0.46)  # episodes with STarT Back recorded, before and after (assumption)
    coded_risks: tuple[float, ...] = (0.42, 0.37, 0.21)  # US primary care: assumed here
    gp_mri_per_1000: float = 0.55  # a month (assumption)
    gp_mri_effect: float = np.log(0.55)  # once the practice has adopted (assumption)

    # Hospital procedures
    low_value_effect: float = np.log(0.70)  # on injections, where every practice has adopted (assumption)
    nerve_root_block_effect: float = np.log(1.45)  # assumption

    # Questionnaires
    baseline_forms: float = 0.75  # of those assessed in Triage and Treat (assumption)
    returned: tuple[float, ...] = (0.60, 0.35, 0.25)  # at discharge, 6 and 12 months (assumption)

    def step(self, name: str) -> Step:
        """The step of this name."""
        return next(step for step in self.steps if step.name == name)

    def without_effect(self) -> "Programme":
        """The same rollout of a pathway that changes nothing."""
        return replace(
            self,
            volume_lift=1.0,
            steps=tuple(step.without_effect() for step in self.steps),
            risk_recorded=(self.risk_recorded[0],) * 2,
            self_managing=(self.self_managing[0],) * 2,
            ended_at_opinion=(self.ended_at_opinion[0],) * 2,
            coded=(self.coded[0],) * 2,
            gp_mri_effect=0.0,
            low_value_effect=0.0,
            nerve_root_block_effect=0.0,
        )


def stream(seed: int, topic: int) -> np.random.Generator:
    """Random numbers for one topic: a change to one leaves the others as they were."""
    return np.random.default_rng((seed, topic))


def shocks(rng: np.random.Generator, sd: float, memory: float, shape: tuple[int, ...]) -> np.ndarray:
    """AR(1) series along the last axis, each with standard deviation `sd`."""
    noise = rng.normal(0, sd, shape)
    for at in range(1, shape[-1]):
        noise[..., at] = memory * noise[..., at - 1] + np.sqrt(1 - memory**2) * noise[..., at]
    return noise
