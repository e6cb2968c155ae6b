"""What is wrong with the synthetic submissions, as it is with real ones: known, counted, and still loadable.

Examples that a loader must refuse are in refusals.py and are not among the files to load.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from loaders.demo.arrivals import Referrals
from loaders.demo.places import MERGED, PROVIDERS, SILENT, Practices
from loaders.demo.programme import EXTRACTED, MONTHS

LATE, LATE_DRAWN = PROVIDERS.index("DP5"), np.datetime64("2018-02-28")
"""A provider whose submission was drawn a month before the others: its last month is missing."""

ABSENT, ABSENT_MONTH = PROVIDERS.index("DP4"), np.datetime64("2016-08")
"""A provider of which one whole month is missing."""

UNRECORDED, UNRECORDED_MONTHS = PROVIDERS.index("DP2"), np.arange("2017-01", "2017-04", dtype="datetime64[M]")
"""A provider whose form lost STarT Back for three months."""

MISTYPED, MISTYPED_MONTH, MISTYPED_ROWS = PROVIDERS.index("DP3"), np.datetime64("2017-08"), 7
"""A provider that typed 2014 for 2017 as the year received: the wait is three years too long."""

EARLY_END, EARLY_END_MONTH, EARLY_END_ROWS = PROVIDERS.index("DP1"), np.datetime64("2016-05"), 9
"""A provider that dated some discharges the day before the assessment that led to them."""


@dataclass(frozen=True)
class Fault:
    """A planted fault: its provider or practice, how often it occurs, and what is counted in words."""

    kind: str
    where: str
    count: int
    words: str


def drawn(referrals: Referrals) -> np.ndarray:
    """The day on which the submission of each referral is drawn."""
    return np.where(referrals.provider == LATE, LATE_DRAWN, EXTRACTED)


def held(referrals: Referrals) -> np.ndarray:
    """Which referrals the submissions hold."""
    return (referrals.received <= drawn(referrals)) & ~_of(referrals, ABSENT, ABSENT_MONTH)


def unrecorded(referrals: Referrals) -> np.ndarray:
    """Which referrals came without STarT Back because the form had lost it."""
    return _of(referrals, UNRECORDED, *UNRECORDED_MONTHS)


def mistyped(referrals: Referrals, dates: Mapping[str, np.ndarray]) -> np.ndarray:
    """Which referrals carry the wrong year: the first of their month on the earlier route that were assessed."""
    there = _of(referrals, MISTYPED, MISTYPED_MONTH) & ~referrals.triaged & ~np.isnat(dates["assessed"])
    return there & (np.cumsum(there) <= MISTYPED_ROWS)


def mistyped_year(days: np.ndarray) -> np.ndarray:
    """The same day and month with the year typed 2014 for 2017."""
    month = days.astype("datetime64[M]")
    return (month - 36).astype("datetime64[D]") + (days - month.astype("datetime64[D]"))


def ended_early(referrals: Referrals, dates: Mapping[str, np.ndarray]) -> np.ndarray:
    """Which referrals ended, on paper, the day before their assessment: the first of those it ended."""
    there = _of(referrals, EARLY_END, EARLY_END_MONTH) & (dates["discharged"] == dates["assessed"])
    return there & (np.cumsum(there) <= EARLY_END_ROWS)


def _of(referrals: Referrals, provider: int, *months: np.datetime64) -> np.ndarray:
    return (referrals.provider == provider) & np.isin(MONTHS[referrals.month], np.array(months))


def planted(made: Referrals, dates: Mapping[str, np.ndarray], practices: Practices) -> list[Fault]:
    """Every fault in the submissions, with its count. `made` are all referrals, held or not."""
    late = made.received > drawn(made)
    absent = _of(made, ABSENT, ABSENT_MONTH)
    lost, wrong, early = unrecorded(made), mistyped(made, dates), ended_early(made, dates)
    silent = practices.patients[practices.code == SILENT[0]]
    quarter = f"from {UNRECORDED_MONTHS[0]} to {UNRECORDED_MONTHS[-1]}"
    return [
        _fault("late_submission", LATE, late, f"Drawn on {LATE_DRAWN}: referrals received later."),
        _fault("missing_month", ABSENT, absent, f"Nothing for {ABSENT_MONTH}: referrals received then."),
        _fault("start_back_missing", UNRECORDED, lost, f"No STarT Back {quarter}: referrals received then."),
        _fault("year_mistyped", MISTYPED, wrong, f"Received in {MISTYPED_MONTH}, typed with the year 2014."),
        _fault("ended_early", EARLY_END, early, f"Received in {EARLY_END_MONTH}, ended the day before the assessment."),
        Fault("merged_practice", MERGED[0], 1, f"Closed on {MERGED[2] - 1}; its list moved to {MERGED[1]}: practices."),
        Fault(
            "silent_practice", SILENT[0], int(silent.sum()), f"Sends nothing from {SILENT[1]}: patients on its list."
        ),
    ]


def _fault(kind: str, provider: int, rows: np.ndarray, words: str) -> Fault:
    return Fault(kind, PROVIDERS[provider], int(rows.sum()), words)
