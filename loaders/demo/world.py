"""All that happens in the synthetic programme, before anybody writes it down."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from loaders.demo.arrivals import Referrals, make_referrals
from loaders.demo.faults import drawn
from loaders.demo.pathway import known_dates, make_journeys, mean_log_waits
from loaders.demo.places import Ccg, Practices, make_practices, read_ccgs
from loaders.demo.programme import Programme, stream


@dataclass(frozen=True)
class World:
    """Places, referrals and their course. `dates` and `outcome` hold one element for each referral."""

    programme: Programme
    seed: int
    ccgs: list[Ccg]
    practices: Practices
    log_waits: Mapping[str, np.ndarray]  # mean wait by step: CCGs x months
    referrals: Referrals
    dates: Mapping[str, np.ndarray]  # day of each event as the submission knows it, NaT where not or not yet
    outcome: np.ndarray  # index

    @property
    def ccg_codes(self) -> list[str]:
        return [ccg.code for ccg in self.ccgs]

    def stream(self, topic: int) -> np.random.Generator:
        return stream(self.seed, topic)

    def with_only(self, which: np.ndarray) -> Self:
        """The same programme with some of its referrals."""
        dates = {event: day[which] for event, day in self.dates.items()}
        return replace(self, referrals=self.referrals.kept(which), dates=dates, outcome=self.outcome[which])


def make_world(programme: Programme, seed: int) -> World:
    """The same programme and seed make the same world."""
    ccgs = read_ccgs()
    practices = make_practices(programme, ccgs, seed)
    referrals = make_referrals(programme, ccgs, practices, seed)
    log_waits = mean_log_waits(programme, ccgs, seed)
    journeys = make_journeys(programme, log_waits, referrals, seed)
    dates = known_dates(referrals, journeys, drawn(referrals))
    return World(programme, seed, ccgs, practices, log_waits, referrals, dates, journeys.outcome)
