"""The acceptance table in short, with fewer whole programmes: `python -m tests.simulation` has all of it."""

from collections.abc import Callable, Iterable

import numpy as np
import pytest

from metrics.waits import median, survival
from tests.simulation import corruption, effects, figures, permutations
from tests.simulation.check import Asked, Check
from tests.simulation.noise import clustered_p, noise, one_dummy
from tests.simulation.programme import EFFECT, MONTHS, Programme, cohort_medians, programme
from tests.simulation.table import acceptance

PARTS: list[Callable[[], Iterable[Check]]] = [
    lambda: effects.effects(30),
    effects.ramp,
    lambda: permutations.sizes(1000),
    lambda: permutations.noisy_early(1000),
    lambda: permutations.intervals(300),
    lambda: permutations.detectable(400),
    lambda: figures.conversions(1000),
    lambda: figures.bands(2000),
    figures.quiet_charts,
    lambda: figures.pooled_patients(200),
    figures.averaged_medians,
    lambda: corruption.corruption(5),
]


@pytest.mark.parametrize("part", PARTS)
def test_methods_keep_their_word_and_wrong_ones_are_seen_to_fail(part: Callable[[], Iterable[Check]]) -> None:
    assert [check for check in part() if not check.ok] == []


def test_the_table_holds_every_part() -> None:
    quantities = [check.quantity for check in acceptance(part=0.02)]
    assert len(quantities) == len(set(quantities)) == 39


@pytest.mark.parametrize(
    ("found", "asked", "ok"),
    [
        (1.2, "near", True),
        (0.7, "near", False),
        (0.8, "at least", True),
        (9.0, "at least", True),
        (0.7, "at least", False),
        (1.1, "must miss", False),
        (0.7, "must miss", True),
    ],
)
def test_a_line_is_met(found: float, asked: Asked, ok: bool) -> None:
    assert Check("x", target=1.0, found=found, tolerance=0.25, asked=asked).ok is ok


@pytest.fixture(scope="module")
def made() -> Programme:
    return programme(np.random.default_rng(0))


def test_a_programme_has_about_56_000_referrals(made: Programme) -> None:
    assert 45_000 < (made.month >= 0).sum() < 67_000


def test_nobody_adopts_before_go_live_and_most_do_within_the_year(made: Programme) -> None:
    assert made.share_adopted[:2, :12].max() == 0
    assert made.share_adopted[:2, 24:].min() > 0.7
    assert made.truth[:, :12].tolist() == np.zeros((12, 12)).tolist()
    assert made.truth.min() >= EFFECT


def test_its_medians_are_those_of_the_product(made: Programme) -> None:
    found = cohort_medians(made)
    for ccg, month in ((0, 0), (5, 17), (11, MONTHS - 1)):
        days = made.wait[(made.ccg == ccg) & (made.month == month)].astype(int)
        events = np.bincount(days)
        expected = median(survival(events, np.zeros_like(events))).value
        assert np.exp(found[ccg, month]) == pytest.approx(expected)


def test_one_dummy_and_its_clustered_p_are_those_of_a_regression() -> None:
    # the same by statsmodels, with dummies for areas and months
    import statsmodels.api as sm

    go_live = np.array([4, 4, *[8] * 4])
    values = noise(np.random.default_rng(1), 1, 8, ccgs=6)[0]
    area, month = (index.ravel() for index in np.indices(values.shape))
    live = (month >= go_live[area]).astype(float)
    design = np.column_stack([live, np.eye(6)[area], np.eye(8)[month][:, 1:]])
    fit = sm.OLS(values.ravel(), design).fit(cov_type="cluster", cov_kwds={"groups": area}, use_t=True)
    assert one_dummy(values, go_live) == pytest.approx(fit.params[0])
    assert clustered_p(values, go_live) == pytest.approx(fit.pvalues[0], rel=1e-6)
