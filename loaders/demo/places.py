"""Where the synthetic programme happens: the real CCGs, their rollout, and invented practices.

Codes, list sizes, numbers of practices and the span of planned dates are real and come from
data/reference/ccgs.csv. The dates of going live are invented: no source gives them.
"""

from dataclasses import dataclass

import numpy as np

from loaders.demo.programme import DAYS_A_MONTH, MONTHS, Programme, stream
from loaders.places import reference_rows

NEVER = np.datetime64("NaT", "D")

PROVIDERS = ("DP1", "DP2", "DP3", "DP4", "DP5", "DP6")

ROLLOUT = {
    # CCG: planned, went live (or is forecast to), main provider, second provider
    "00C": ("2015-12-07", "2015-12-07", "DP2", "DP1"),
    "00D": ("2017-08-07", "2017-08-14", "DP2", "DP5"),
    "00J": ("2018-02-05", "2018-06-04", "DP2", "DP3"),
    "00K": ("2015-12-07", "2016-03-14", "DP2", "DP1"),
    "00L": ("2018-06-04", "2018-09-03", "DP4", "DP4"),
    "00M": ("2015-05-11", "2015-05-11", "DP1", "DP2"),
    "00N": ("2017-10-02", "2017-11-20", "DP5", "DP3"),
    "00P": ("2017-09-04", "2017-10-09", "DP5", "DP2"),
    "01H": ("2018-10-01", "2019-01-14", "DP6", "DP6"),
    "03D": ("2015-05-11", "2015-06-08", "DP1", "DP2"),
    "13T": ("2016-08-01", "2016-10-03", "DP3", "DP4"),
    "99C": ("2017-11-06", "2018-01-15", "DP3", "DP4"),
}
"""Both early CCGs rest mainly on one provider, as in fact; 00K, 13T and 00J slip; 00L, 00J and 01H are not live yet."""

MERGED = ("00D-D12", "00D-D13", np.datetime64("2016-10-01"))
"""A practice, the one that takes its list, and the first day on which it is gone."""

SILENT = ("00M-D05", np.datetime64("2017-02-01"))
"""A practice of an early CCG that sends no referral from this day on, though its list stays."""

SILENT_LIST = 9_000
"""Its list: large enough for silence to mean something."""


@dataclass(frozen=True)
class Ccg:
    """A CCG: reference facts, and its invented rollout. `patients` and `practices` are those of 2015."""

    code: str
    name: str
    arm: str
    wave: int  # 0 for the early implementers
    patients: int
    practices: int
    planned: np.datetime64
    live: np.datetime64
    provider: int
    second_provider: int


@dataclass(frozen=True)
class Practices:
    """General practices, one element each; dates are NaT where it never happens."""

    code: np.ndarray  # text
    ccg: np.ndarray  # index of its CCG
    patients: np.ndarray  # list in the second quarter of 2015
    adopted: np.ndarray  # first day on which it sends to Triage and Treat
    lapsed: np.ndarray  # day on which it goes back to the earlier route
    closed: np.ndarray  # first day on which it is gone
    silent: np.ndarray  # first day on which it sends nothing
    heir: np.ndarray  # index of the practice that takes its list; its own where it stays

    def open_on(self, days: np.ndarray) -> np.ndarray:
        """Whether each practice (rows) is open on each day (columns)."""
        return ~(self.closed[:, None] <= days[None, :])


def read_ccgs() -> list[Ccg]:
    """The 12 CCGs in alphabetical order of their codes."""
    return [_ccg(row) for row in sorted(reference_rows("ccgs"), key=lambda row: row["code"])]


def _ccg(row: dict[str, str]) -> Ccg:
    planned, live, provider, second = ROLLOUT[row["code"]]
    return Ccg(
        row["code"],
        row["name"],
        row["arm"],
        int(row["wave"]),
        int(row["list_size_2015"]),
        int(row["practices_2015"]),
        np.datetime64(planned),
        np.datetime64(live),
        PROVIDERS.index(provider),
        PROVIDERS.index(second),
    )


def make_practices(programme: Programme, ccgs: list[Ccg], seed: int) -> Practices:
    """Invented practices: as many in each CCG as it has, their lists adding up to the CCG's."""
    rng = stream(seed, 1)
    ccg = np.repeat(np.arange(len(ccgs)), [c.practices for c in ccgs])
    code = np.array([f"{c.code}-D{number:02}" for c in ccgs for number in range(1, c.practices + 1)])
    patients = np.concatenate([_lists(programme, c, rng) for c in ccgs])
    adopted, lapsed = _uptake(programme, np.array([c.live for c in ccgs])[ccg], rng)
    closed, silent = np.full(len(code), NEVER), np.full(len(code), NEVER)
    leaving, taking = np.flatnonzero(code == MERGED[0]), np.flatnonzero(code == MERGED[1])
    heir = np.arange(len(code))
    closed[leaving], heir[leaving] = MERGED[2], taking
    silent[code == SILENT[0]], lapsed[code == SILENT[0]] = SILENT[1], NEVER
    return Practices(code, ccg, patients, adopted, lapsed, closed, silent, heir)


def _lists(programme: Programme, ccg: Ccg, rng: np.random.Generator) -> np.ndarray:
    """Lognormal list sizes that add up exactly to the CCG's list."""
    size = rng.lognormal(0, programme.list_log_sd, ccg.practices)
    if SILENT[0].startswith(ccg.code):
        size[int(SILENT[0][-2:]) - 1] = SILENT_LIST / ccg.patients * ccg.practices
    spare = ccg.patients - programme.smallest_list * ccg.practices
    return programme.smallest_list + whole_shares(spare, size[None, :] / size.sum())[0]


def whole_shares(totals: np.ndarray | int, shares: np.ndarray) -> np.ndarray:
    """Totals cut into whole numbers along the last axis: they add up to the total exactly."""
    reached = np.rint(np.cumsum(shares, axis=-1) * np.atleast_1d(totals)[:, None]).astype(np.int64)
    return np.diff(reached, axis=-1, prepend=0)


def _uptake(programme: Programme, live: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The days of adopting and of lapsing; a year passes before a practice lapses."""
    months = rng.exponential(1 / programme.uptake_per_month, len(live))
    adopted = live + _days(months)
    adopted[rng.random(len(live)) < programme.never_adopt] = NEVER
    lapsed = adopted + _days(12 + rng.exponential(6, len(live)))
    lapsed[rng.random(len(live)) >= programme.lapse] = NEVER
    return adopted, lapsed


def _days(months: np.ndarray) -> np.ndarray:
    return np.rint(months * DAYS_A_MONTH).astype("timedelta64[D]")


def adopted_share(practices: Practices) -> np.ndarray:
    """Share of each month's days on which a practice sends to Triage and Treat: practices x months."""
    first = MONTHS.astype("datetime64[D]")
    length = ((MONTHS + 1).astype("datetime64[D]") - first).astype(float)
    far = np.datetime64("2100-01-01")
    start, end = (np.where(np.isnat(day), far, day)[:, None] for day in (practices.adopted, practices.lapsed))
    since, until = ((day - first[None, :]).astype(float) / length for day in (start, end))
    return np.clip(until, 0, 1) - np.clip(since, 0, 1)
