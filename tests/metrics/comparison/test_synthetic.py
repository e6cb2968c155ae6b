import numpy as np
import pytest

from metrics.comparison.synthetic import synthetic_control, synthetic_did

MONTHS = np.arange(12.0)
DONORS = np.array([np.sin(MONTHS), np.cos(MONTHS), MONTHS / 4, -MONTHS / 3])


def test_finds_the_mix_and_the_effect() -> None:
    treated = 0.3 * DONORS[0] + 0.7 * DONORS[2]
    treated[8:] += 2
    found = synthetic_control(treated, DONORS, before=8)
    assert found.weights == pytest.approx([0.3, 0, 0.7, 0], abs=1e-6)
    assert found.estimate == pytest.approx(2)
    assert found.misfit == pytest.approx(0, abs=1e-6)


def test_weights_are_shares() -> None:
    found = synthetic_control(DONORS.sum(axis=0), DONORS, before=8)
    assert found.weights.sum() == pytest.approx(1)
    assert found.weights.min() >= 0


def test_no_other_mix_is_nearer() -> None:
    rng = np.random.default_rng(0)
    treated, before = rng.normal(size=12), 8
    found = synthetic_control(treated, DONORS, before)
    others = rng.dirichlet(np.ones(4) / 2, size=5000) @ DONORS[:, :before]
    assert found.misfit <= np.sqrt(((treated[:before] - others) ** 2).mean(axis=1)).min()


def test_did_allows_for_a_level_of_its_own() -> None:
    treated = 5 + 0.5 * DONORS[0] + 0.5 * DONORS[1]
    treated[8:] += 2
    noise = np.random.default_rng(1).normal(0, 1e-3, size=(60, 12))  # many donors: the ridge weighs little
    donors = np.vstack([DONORS[:2], np.repeat(DONORS[:2], 30, axis=0) + noise])
    assert synthetic_did(treated, donors, before=8).estimate == pytest.approx(2, abs=1e-3)
    assert synthetic_control(treated, donors, before=8).estimate > 6  # it cannot reach the level
