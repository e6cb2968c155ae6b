"""Conversion by cohort to a fixed horizon, for cohorts old enough to judge.

What decides is how long a person could have been followed, never whether the referral has ended: among
those that have ended, the quick ones are too many. A young cohort looks bad by arithmetic alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from metrics.intervals import Statistic, wilson
from metrics.periods import month_after

METHOD = "complete follow-up to the horizon, Wilson interval"


@dataclass(frozen=True)
class Cohort:
    """The people of one month: all, those who could be followed to the horizon, and the converted of these."""

    month: date
    people: int
    followed: int
    converted: int

    @property
    def mature(self) -> bool:
        """Whether everybody could be followed to the horizon."""
        return self.followed == self.people


@dataclass(frozen=True)
class Pooled:
    """The mature cohorts together, and how many people are left out because theirs is too young."""

    share: Statistic
    converted: int
    too_young: int


def within_horizon(cohorts: Iterable[Cohort], level: float = 0.95) -> Pooled:
    """The share converted within the horizon over all mature cohorts; None where nobody is old enough."""
    cohorts = list(cohorts)
    mature = [cohort for cohort in cohorts if cohort.mature]
    people, converted = sum(cohort.people for cohort in mature), sum(cohort.converted for cohort in mature)
    too_young = sum(cohort.people for cohort in cohorts) - people
    if not people:
        return Pooled(Statistic(None, None, None, 0, METHOD), 0, too_young)
    interval = wilson(converted, people, level)
    return Pooled(Statistic(converted / people, interval.lower, interval.upper, people, METHOD), converted, too_young)


def mature_from(month: date, horizon: int) -> date:
    """The first day on which an extract follows a month's last referral for `horizon` days."""
    return month_after(month, 1) - timedelta(days=1) + timedelta(days=horizon)
