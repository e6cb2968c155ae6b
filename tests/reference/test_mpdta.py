"""The published example of staggered adoption: minimum wages and teenagers' employment in 500 counties, 2003 to 2007.

Expected values are those that R's did prints for its data `mpdta` without covariates, as csdid 0.4.3 and
differences 0.3.0 repeat them; the imputation estimate is that of a saturated two-way regression.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from metrics.comparison.callaway import Aggregate, aggregate, att, cells, since_go_live
from metrics.comparison.imputation import contrast, live_cells

YEARS = 5
FIRST = 2003


def counties() -> tuple[np.ndarray, np.ndarray]:
    """Log of teenage employment (counties x years), and the column of the year in which the wage was first raised."""
    with (Path(__file__).parent / "data" / "mpdta.csv").open(encoding="utf-8") as lines:
        rows = list(csv.reader(lines))[1:]
    raised = np.array([int(row[1]) for row in rows])
    return np.array([row[2:] for row in rows], dtype=float), np.where(raised, raised - FIRST, YEARS)


VALUES, RAISED = counties()


def test_the_counties_are_those_of_the_example() -> None:
    assert VALUES.shape == (500, 5)
    years, sizes = np.unique(RAISED, return_counts=True)
    assert dict(zip((years + FIRST).tolist(), sizes.tolist(), strict=True)) == {
        2004: 20,
        2006: 40,
        2007: 131,
        2008: 309,
    }


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        (2004, [-0.0105, -0.0704, -0.1373, -0.1008]),
        (2006, [0.0065, -0.0028, -0.0046, -0.0412]),
        (2007, [0.0305, -0.0027, -0.0311, -0.0261]),
    ],
)
def test_effect_by_group_and_year(group: int, expected: list[float]) -> None:
    column = group - FIRST
    found = [(att(RAISED, YEARS, (column, year), "never") * VALUES).sum() for year in range(1, YEARS)]
    assert found == pytest.approx(expected, abs=5e-5)
    assert {(column, year) for year in range(1, YEARS)} <= set(cells(RAISED, YEARS, "never"))


@pytest.mark.parametrize(
    ("how", "expected"),
    [("simple", -0.039951), ("group", -0.031018), ("dynamic", -0.077240), ("calendar", -0.041700)],
)
def test_mean_effects(how: Aggregate, expected: float) -> None:
    assert (aggregate(RAISED, YEARS, how, "never") * VALUES).sum() == pytest.approx(expected, abs=5e-7)


def test_effect_by_years_since() -> None:
    found = [(since_go_live(RAISED, YEARS, number, "never") * VALUES).sum() for number in range(-3, 4)]
    assert found == pytest.approx([0.0305, -0.0006, -0.0245, -0.0199, -0.0510, -0.1373, -0.1008], abs=5e-5)


def test_imputation() -> None:
    assert (contrast(RAISED, live_cells(RAISED, YEARS)) * VALUES).sum() == pytest.approx(-0.047709918, abs=5e-10)
