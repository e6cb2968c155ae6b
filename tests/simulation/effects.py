"""Is a planted effect on waits found, and by which view of the waits?"""

from collections.abc import Iterator

import numpy as np

from metrics.comparison.imputation import contrast, live_cells
from metrics.comparison.permutation import ALPHA, arrangements, p_value, placebos
from tests.simulation.check import Check, errors_of_mean, errors_of_share
from tests.simulation.noise import one_dummy
from tests.simulation.programme import GO_LIVE, cohort_medians, completed_medians, programme, waiting_medians

LAST = 28
"""The month in which the last three CCGs go live: nothing can be told from it on."""
SPREAD = 0.038
"""Standard deviation of the estimate from cohorts, as a prototype of this design found it."""
RAMP = 8
"""Months over which an effect builds up, for the check of one dummy."""
CONSTANT = 1e-9


def effects(replicates: int, seed: int = 1) -> Iterator[Check]:
    """A wait a quarter shorter after adoption, looked for by imputation in all CCGs that are live."""
    live = live_cells(GO_LIVE, LAST)
    weights, ways = contrast(GO_LIVE, live), arrangements(GO_LIVE)
    rng, off, p = np.random.default_rng(seed), [], []
    for _ in range(replicates):
        made = programme(rng)
        views = [view(made)[:, :LAST] for view in (cohort_medians, completed_medians, waiting_medians)]
        off.append([(weights * view).sum() - made.truth[:, :LAST][live].mean() for view in views])
        p.append(p_value(placebos(weights, views[0], ways)))
    bias, tolerance = np.mean(off, axis=0), errors_of_mean(SPREAD, replicates)
    found = float(np.mean(np.array(p) <= ALPHA))
    yield Check("imputation on cohorts: bias, log median wait", 0, bias[0], tolerance)
    yield Check("imputation on completed waits: bias", 0, bias[1], tolerance, "must miss")
    yield Check("imputation on people still waiting: bias", 0, bias[2], tolerance, "must miss")
    yield Check("power at a wait 25% shorter", 0.8, found, errors_of_share(0.8, replicates), "at least")


def ramp() -> Iterator[Check]:
    """An effect that builds up over eight months, without noise: the mean over live cells, and one dummy for it."""
    live = live_cells(GO_LIVE, LAST)
    effect = np.where(live, np.minimum((np.arange(LAST) - GO_LIVE[:, None] + 1) / RAMP, 1.0), 0.0)
    truth = float(effect[live].mean())
    yield Check("imputation under a ramp of 8 months", truth, (contrast(GO_LIVE, live) * effect).sum(), CONSTANT)
    yield Check("one dummy (TWFE) under that ramp", truth, float(one_dummy(effect, GO_LIVE)), 0.05, "must miss")
