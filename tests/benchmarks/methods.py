"""Each statistical method on made-up numbers: python -m tests.benchmarks.methods RUNS SIZES. Prints JSON."""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from metrics.comparison import callaway
from metrics.comparison.imputation import contrast, live_cells
from metrics.comparison.inference import effect_of
from metrics.comparison.lag import Curve, lag
from metrics.comparison.panel import Panel
from metrics.comparison.permutation import DRAWN, arrangements, p_value, placebos
from metrics.comparison.synthetic import synthetic_control, synthetic_did
from metrics.conversion.incidence import Ends, incidence
from metrics.funnel import funnel
from metrics.periods import month_after
from metrics.spc.chart import xmr
from metrics.spc.quiet import lag_one_autocorrelation
from metrics.waits import median, restricted_mean, survival

PEOPLE, FOLLOWED = 200, 365
"""Referrals of a CCG in a month, and days that they are followed."""
HORIZON = 84
MEASURES = 50
PERMUTATIONS = f"{DRAWN} permutations of {MEASURES} measures"
FIRST = date(2014, 5, 1)


@dataclass(frozen=True)
class Size:
    """How many CCGs and months. Two in twelve are early, the others follow in three waves or are never live."""

    ccgs: int
    months: int

    @property
    def words(self) -> str:
        return f"{self.ccgs} CCGs x {self.months} months"

    @property
    def go_live(self) -> np.ndarray:
        """Column of each CCG's first live month; the last quarter are never live."""
        waves = np.array([0.3, 0.3, 0.5, 0.5, 0.5, 0.6, 0.6, 0.7, 0.7, 1.0, 1.0, 1.0])
        return (np.resize(waves, self.ccgs) * self.months).astype(int)


SIZES = (Size(12, 60), Size(191, 120))


def timings(size: Size, runs: int) -> Iterator[dict]:
    """Milliseconds of every method over all CCGs and months, the median of the runs."""
    rng = np.random.default_rng(0)
    values = rng.standard_normal((size.ccgs, size.months)) + 20
    for name, method in _methods(size, values, rng).items():
        yield {"size": size.words, "method": name, "ms": _milliseconds(method, runs)}


def _methods(size: Size, values: np.ndarray, rng: np.random.Generator) -> dict[str, Callable[[], object]]:
    """Every method as it is used: of CCG and month one by one, or of the table as a whole."""
    reached = rng.multinomial(PEOPLE, np.full(FOLLOWED, 1 / FOLLOWED), (size.ccgs, size.months))
    others = rng.multinomial(PEOPLE // 2, np.full(FOLLOWED, 1 / FOLLOWED), (size.ccgs, size.months))
    cells = [(reached[at], others[at]) for at in np.ndindex(size.ccgs, size.months)]
    months = [month_after(FIRST, at) for at in range(size.months)]
    go_live = size.go_live
    live = live_cells(go_live, size.months)
    starts = tuple(months[at] if at < size.months else None for at in go_live)
    panel = Panel(tuple(map(str, range(size.ccgs))), tuple(months), values, starts)
    weights = contrast(go_live, live.astype(float))
    early = go_live == go_live.min()
    donors, before = values[go_live == size.months], int(go_live.min())
    curve, other = (Curve(np.arange(size.months), np.cumsum(values[at] - 19.5)) for at in (0, 1))
    events = reached[:, :, :HORIZON].sum(axis=2)
    return {
        "waits: medians and restricted means, every cohort": lambda: [
            (median(c), restricted_mean(c, HORIZON)) for c in (survival(*cell) for cell in cells)
        ],
        "conversion: Aalen-Johansen, every cohort": lambda: [
            incidence(Ends(e, o, 0 * o)).by(HORIZON) for e, o in cells
        ],
        "XmR with autocorrelation, every CCG": lambda: [
            lag_one_autocorrelation(xmr(list(zip(months, map(float, row), strict=True)))) for row in values
        ],
        "funnel, every month": lambda: [
            funnel(panel.areas, month, np.full(size.ccgs, PEOPLE), "proportion") for month in events.T
        ],
        "lag of every CCG": lambda: [lag("", curve, other) for _ in range(size.ccgs)],
        "imputation: weights": lambda: contrast(go_live, live.astype(float)),
        "imputation: effect, p, interval": lambda: effect_of(panel, weights, early),
        "Callaway and Sant'Anna: weights": lambda: callaway.aggregate(go_live, size.months, "simple"),
        "synthetic control, every early CCG": lambda: [synthetic_control(row, donors, before) for row in values[early]],
        "synthetic difference-in-differences, every early CCG": lambda: [
            synthetic_did(row, donors, before) for row in values[early]
        ],
        PERMUTATIONS: _permutations(size, rng),
    }


def _permutations(size: Size, rng: np.random.Generator) -> Callable[[], object]:
    """The estimate of every measure under each arrangement of the dates, and its p."""
    region = rng.standard_normal((MEASURES, size.ccgs, size.months))
    weights = contrast(size.go_live, live_cells(size.go_live, size.months).astype(float))
    return lambda: p_value(placebos(weights, region, arrangements(size.go_live)))


def _milliseconds(method: Callable[[], object], runs: int) -> float:
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        method()
        seconds.append(time.perf_counter() - start)
    return 1000 * statistics.median(seconds)


if __name__ == "__main__":
    runs, sizes = map(int, sys.argv[1:])
    print(json.dumps([row for size in SIZES[:sizes] for row in timings(size, runs)]))
