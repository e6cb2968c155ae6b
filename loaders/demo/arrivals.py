"""Who is referred, when, and by which route."""

from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np

from loaders.demo.places import Ccg, Practices, adopted_share
from loaders.demo.programme import MONTHS, Programme, shocks, stream


@dataclass(frozen=True)
class Referrals:
    """Referrals in the order received, one element each."""

    number: np.ndarray  # position in the whole programme: the pseudonym is made from it
    practice: np.ndarray  # index
    ccg: np.ndarray  # index
    provider: np.ndarray  # index
    month: np.ndarray  # index of the month received
    received: np.ndarray  # day
    triaged: np.ndarray  # whether it went to Triage and Treat
    presentation: np.ndarray  # index
    duration: np.ndarray  # index
    risk: np.ndarray  # index of the STarT Back risk the person has
    age: np.ndarray  # index
    sex: np.ndarray  # index

    def kept(self, which: np.ndarray) -> Self:
        """Only some of them: a mask or indices."""
        return replace(self, **{field.name: getattr(self, field.name)[which] for field in fields(self)})


def make_referrals(programme: Programme, ccgs: list[Ccg], practices: Practices, seed: int) -> Referrals:
    """Every referral that is made, whether or not a provider's submission will hold it."""
    rng = stream(seed, 2)
    expected = _expected(programme, practices, stream(seed, 3))
    made = rng.poisson(expected)
    practice = np.repeat(np.arange(len(practices.code)), made.sum(axis=1))
    month = np.concatenate([np.repeat(np.arange(len(MONTHS)), row) for row in made])
    received = _weekdays(month, rng)
    order = np.lexsort((practice, received))
    practice, month, received = practice[order], month[order], received[order]
    count, ccg = len(order), practices.ccg[practice]
    return Referrals(
        number=np.arange(count),
        practice=practice,
        ccg=ccg,
        provider=_providers(programme, ccgs, ccg, rng),
        month=month,
        received=received,
        triaged=_adopted(practices, practice, received) & (rng.random(count) < programme.triaged_share),
        presentation=(rng.random(count) < programme.radicular).astype(int),
        duration=_drawn(programme.durations, count, rng),
        risk=_drawn(programme.risks, count, rng),
        age=_drawn(programme.ages, count, rng),
        sex=_drawn(programme.sexes, count, rng),
    )


def _expected(programme: Programme, practices: Practices, rng: np.random.Generator) -> np.ndarray:
    """Referrals expected from each practice in each month."""
    ccgs = practices.ccg.max() + 1
    level = rng.normal(0, programme.ccg_sd, (ccgs, 1))
    shock = shocks(rng, programme.rate_shock_sd, programme.memory, (ccgs, len(MONTHS)))
    lift = 1 + (programme.volume_lift - 1) * adopted_share(practices)
    rate = programme.referrals_per_1000 / 1000 * season(programme)[None, :] * lift
    return patients_by_month(practices) * rate * np.exp(level + shock)[practices.ccg] * _sending(practices)


def patients_by_month(practices: Practices) -> np.ndarray:
    """List of each practice in each month: that of a merged practice counts with its heir."""
    is_open = practices.open_on(MONTHS.astype("datetime64[D]"))
    patients = practices.patients[:, None] * is_open
    np.add.at(patients, practices.heir, practices.patients[:, None] * ~is_open)
    return patients


def _sending(practices: Practices) -> np.ndarray:
    return ~(practices.silent[:, None] <= MONTHS.astype("datetime64[D]")[None, :])


def season(programme: Programme) -> np.ndarray:
    """What the time of year does to referrals: one factor a month."""
    of_year = MONTHS.astype(int) % 12 + 1
    factor = 1 + programme.season_swing * np.sin(2 * np.pi * of_year / 12)
    for month, dip in programme.month_dips:
        factor[of_year == month] *= dip
    factor[np.isin(MONTHS, np.array(programme.easter_months, MONTHS.dtype))] *= programme.easter_dip
    return factor


def _weekdays(month: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A weekday of each month, all equally likely."""
    first, after = (MONTHS + shift for shift in (0, 1))
    days = np.busday_count(first.astype("datetime64[D]"), after.astype("datetime64[D]"))
    which = np.floor(rng.random(len(month)) * days[month]).astype(int)
    start = np.busday_offset(first.astype("datetime64[D]"), 0, roll="forward")
    return np.busday_offset(start[month], which)


def _adopted(practices: Practices, practice: np.ndarray, day: np.ndarray) -> np.ndarray:
    return (practices.adopted[practice] <= day) & ~(practices.lapsed[practice] <= day)


def _providers(programme: Programme, ccgs: list[Ccg], ccg: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    main, second = (np.array([getattr(c, name) for c in ccgs])[ccg] for name in ("provider", "second_provider"))
    return np.where(rng.random(len(ccg)) < programme.main_provider_share, main, second)


def _drawn(shares: tuple[float, ...], count: int, rng: np.random.Generator) -> np.ndarray:
    """Indices drawn with these chances."""
    return np.searchsorted(np.cumsum(shares)[:-1], rng.random(count), side="right")
