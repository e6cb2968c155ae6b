import numpy as np
import pytest

from metrics.comparison.imputation import NotIdentified, by_months_since, contrast, live_cells

# four areas, five months: the first goes live in the third, the second in the fourth, the others never
GO_LIVE = np.array([2, 3, 5, 5])
LIVE = live_cells(GO_LIVE, 5)


def quiet(seed: int = 0) -> np.ndarray:
    """Values with a level for each area and a change for each month, and nothing else."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(4, 1)) + rng.normal(size=(1, 5))


def by_regression(values: np.ndarray, live: np.ndarray) -> float:
    """The same in two steps: fit levels and months on the untreated cells by dummies, subtract, average."""
    areas, months = np.indices(values.shape)
    design = np.hstack([of.reshape(-1, 1) == np.arange(of.max() + 1) for of in (areas, months)]).astype(float)
    free = ~live.ravel()
    found, *_ = np.linalg.lstsq(design[free], values.ravel()[free], rcond=None)
    return float((values.ravel() - design @ found)[~free].mean())


def test_the_pathway_is_live_from_the_month_of_go_live_on() -> None:
    assert LIVE.astype(int).tolist() == [[0, 0, 1, 1, 1], [0, 0, 0, 1, 1], [0] * 5, [0] * 5]


def test_two_areas_and_two_months_are_a_difference_of_differences() -> None:
    weights = contrast(np.array([1, 2]), np.array([[0, 1], [0, 0]]))
    assert weights == pytest.approx(np.array([[-1, 1], [1, -1]]))


def test_is_what_two_regressions_give() -> None:
    values = np.random.default_rng(1).normal(size=(4, 5))
    assert (contrast(GO_LIVE, LIVE) * values).sum() == pytest.approx(by_regression(values, LIVE))


def test_levels_and_common_months_play_no_part() -> None:
    weights = contrast(GO_LIVE, LIVE)
    assert (weights * quiet()).sum() == pytest.approx(0)
    assert weights.sum(axis=0) == pytest.approx(0)
    assert weights.sum(axis=1) == pytest.approx(0)


def test_finds_the_mean_of_effects_that_differ_by_area_and_month() -> None:
    effects = np.array([[0, 0, 1, 2, 3], [0, 0, 0, 4, 0], [0] * 5, [0] * 5])  # mean of the five live cells: 2
    assert (contrast(GO_LIVE, LIVE) * (quiet() + effects)).sum() == pytest.approx(2)


def test_a_month_in_which_everybody_is_live_cannot_be_told() -> None:
    with pytest.raises(NotIdentified):
        contrast(np.array([2, 3]), live_cells(np.array([2, 3]), 5))


def test_an_area_that_was_live_from_the_start_cannot_be_told() -> None:
    with pytest.raises(NotIdentified):
        contrast(np.array([0, 3, 5, 5]), live_cells(np.array([0, 3, 5, 5]), 5))


def test_effects_by_months_since_go_live() -> None:
    since = np.arange(5) - GO_LIVE[:, None]
    effects = np.where(LIVE, since + 1.0, 0)  # 1 in the month of go-live, 2 in the next, 3 in the one after
    numbers, weights = by_months_since(GO_LIVE, since)
    found = dict(zip(numbers.tolist(), (weights * (quiet() + effects)).sum(axis=(1, 2)), strict=True))
    assert found == pytest.approx({-3: 0, -2: 0, -1: 0, 0: 1, 1: 2, 2: 3})
