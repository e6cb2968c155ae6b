"""The same change by other methods: if they disagree, none of them is to be leaned on."""

from collections.abc import Callable, Iterator

import numpy as np

from metrics.comparison import callaway
from metrics.comparison.inference import rank_of
from metrics.comparison.panel import Panel
from metrics.comparison.permutation import arrangements, placebos
from metrics.comparison.result import SecondOpinion
from metrics.comparison.scale import Scale
from metrics.comparison.synthetic import Synthetic, synthetic_control, synthetic_did

Fit = Callable[[np.ndarray, np.ndarray, int], Synthetic]

MATTERS = 0.01


def second_opinions(panel: Panel, scale: Scale, one_by_one: bool) -> Iterator[SecondOpinion]:
    """Callaway and Sant'Anna of all together; `one_by_one` also synthetic controls of each area that is live."""
    yield _callaway(panel, scale)
    if one_by_one:
        for row in np.flatnonzero(panel.go_live < len(panel.months)):
            yield _synthetic(panel, int(row), "synthetic difference-in-differences", synthetic_did, scale)
            yield _synthetic(panel, int(row), "synthetic control", synthetic_control, scale)


def _callaway(panel: Panel, scale: Scale) -> SecondOpinion:
    weights = callaway.aggregate(panel.go_live, len(panel.months), "simple")
    estimates = placebos(weights, panel.values, arrangements(panel.go_live))
    told = scale.told(float(estimates[0]))
    return SecondOpinion("Callaway and Sant'Anna", "", told, rank_of(estimates), len(estimates))


def _synthetic(panel: Panel, row: int, method: str, fit: Fit, scale: Scale) -> SecondOpinion:
    """One area against those that are never live, and each of these against the others of them."""
    donors = np.flatnonzero(panel.go_live == len(panel.months))
    before = int(panel.go_live[row])
    actual = fit(panel.values[row], panel.values[donors], before)
    others = [fit(panel.values[at], panel.values[donors[donors != at]], before).estimate for at in donors]
    shares = [(panel.areas[at], round(float(w), 2)) for at, w in zip(donors, actual.weights, strict=True)]
    return SecondOpinion(
        method,
        panel.areas[row],
        scale.told(actual.estimate),
        rank_of(np.array([actual.estimate, *others])),
        1 + len(donors),
        tuple(sorted((share for share in shares if share[1] >= MATTERS), key=lambda share: -share[1])),
    )
