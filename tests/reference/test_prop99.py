"""The published example of one treated area: cigarettes sold in California and 38 other states, 1970 to 2000.

California's Proposition 99 took effect in 1989. Published: difference-in-differences -27.3, synthetic
control -19.6 (its R program stops short of the minimum, which is -19.514), synthetic
difference-in-differences -15.6 (Arkhangelsky and others 2021, table 1).
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from metrics.comparison.imputation import contrast, live_cells
from metrics.comparison.synthetic import synthetic_control, synthetic_did

BEFORE = 19


def states() -> tuple[list[str], np.ndarray]:
    """Names, and packs a head by state and year."""
    with (Path(__file__).parent / "data" / "prop99.csv").open(encoding="utf-8") as lines:
        header, *rows = csv.reader(lines)
    assert header[1 + BEFORE] == "1989"
    return [row[0] for row in rows], np.array([row[1:] for row in rows], dtype=float)


NAMES, PACKS = states()
CALIFORNIA = NAMES.index("California")
OTHERS = np.delete(PACKS, CALIFORNIA, axis=0)


def test_the_states_are_those_of_the_example() -> None:
    assert PACKS.shape == (39, 31)
    assert (PACKS[CALIFORNIA, 0], PACKS[CALIFORNIA, -1]) == (123.0, 41.6)


def test_difference_in_differences_by_imputation() -> None:
    go_live = np.where(np.arange(39) == CALIFORNIA, BEFORE, 31)
    assert (contrast(go_live, live_cells(go_live, 31)) * PACKS).sum() == pytest.approx(-27.349, abs=5e-4)


def test_synthetic_control() -> None:
    found = synthetic_control(PACKS[CALIFORNIA], OTHERS, BEFORE)
    assert found.estimate == pytest.approx(-19.514, abs=5e-4)
    heaviest = [np.delete(NAMES, CALIFORNIA)[at] for at in np.argsort(-found.weights)[:3]]
    assert heaviest == ["Utah", "Montana", "Nevada"]


def test_synthetic_did() -> None:
    assert synthetic_did(PACKS[CALIFORNIA], OTHERS, BEFORE).estimate == pytest.approx(-15.605, abs=5e-4)
