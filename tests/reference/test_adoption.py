"""Bass's model on the series he used himself."""

import numpy as np
import pytest

from metrics.adoption.curve import fit_bass

# Sales of room air conditioners in the United States, 1949 to 1961, in thousands (Bass 1969)
AIR_CONDITIONERS = np.array([96, 195, 238, 380, 1045, 1230, 1267, 1828, 1586, 1673, 1800, 1580, 1500])


def test_room_air_conditioners() -> None:
    # Least squares on the increments: Srinivasan and Mason 1986 print 18,713, .0094 and .3748
    found = fit_bass(AIR_CONDITIONERS)

    assert found.ceiling == pytest.approx(18712.7, abs=0.05)
    assert found.p == pytest.approx(0.009442, abs=5e-7)
    assert found.q == pytest.approx(0.374764, abs=5e-6)


def test_no_other_curve_lies_nearer() -> None:
    # a grid about the answer, by the formula written out
    found = fit_bass(AIR_CONDITIONERS)
    edges = np.arange(14)

    def misfit(m: float, p: float, q: float) -> float:
        share = [(1 - np.exp(-(p + q) * t)) / (1 + q / p * np.exp(-(p + q) * t)) for t in edges]
        return float(np.sum((m * np.diff(share) - AIR_CONDITIONERS) ** 2))

    best = misfit(found.ceiling, found.p, found.q)
    for m in (0.98, 1, 1.02):
        for p in (0.95, 1, 1.05):
            for q in (0.98, 1, 1.02):
                assert misfit(found.ceiling * m, found.p * p, found.q * q) >= best
