"""Figures printed in the RTT workbooks of NHS England (OGL v3.0), worked out again from the bands beside them."""

from pathlib import Path

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from loaders.rtt_percentile import Rule
from metrics import rtt

PRINTED = (
    "214 199 145 127 131 104 104 99 96 73 63 58 49 33 33 67 37 35 14 23 21 7 11 10 13 7 2 2 4 1 2 1 0 1 0 2 0 0 0 1 0 "
    "1 0 0 1 0 0 0 0 0 0 0 0"
)
SOUTH_TEES = np.array(PRINTED.split(), dtype=int)
"""Incomplete trauma and orthopaedics (IP110) of NHS South Tees (00M), Incomplete-Commissioner-Mar15."""


def test_the_standard_in_south_tees() -> None:
    within, patients = rtt.within_18_weeks(SOUTH_TEES)

    assert (within, patients) == (1667, 1791)
    assert within / patients == pytest.approx(0.930765, abs=1e-6)


@pytest.mark.parametrize(
    ("p", "rule", "weeks"),
    [
        (0.5, "n+1", 5.769230769),  # as printed
        (0.5, "n", 5.764423),  # what the rule of later years would have given
        (0.95, "n+1", 19.889130435),  # as printed
        (0.92, "n+1", 17.449143),  # not printed then
    ],
)
def test_percentiles_in_south_tees(p: float, rule: Rule, weeks: float) -> None:
    assert rtt.percentile(SOUTH_TEES, p, rule).value == pytest.approx(weeks, abs=1e-6)


@pytest.mark.parametrize(
    ("month", "median", "p95"),
    [
        ("Dec14", 6.545317, 20.652547),
        ("Feb15", 5.569832, 20.121455),
        ("Mar15", 5.559153, 20.087307),
        ("Apr15", 5.921215, 20.157886),
    ],
)
def test_bands_of_all_commissioners_added_give_the_printed_figures_of_england(
    real: Path, month: str, median: float, p95: float
) -> None:
    england = _bands(next((real / "rtt").glob(f"Incomplete-Commissioner-{month}-*.xls")), "IP999")

    assert rtt.percentile(england, 0.5, "n+1").value == pytest.approx(median, abs=1e-6)
    assert rtt.percentile(england, 0.95, "n+1").value == pytest.approx(p95, abs=1e-6)


def _bands(workbook: Path, function: str) -> np.ndarray:
    """Bands of one treatment function, added over the commissioners of a workbook."""
    with CalamineWorkbook.from_path(workbook) as book:
        rows = book.get_sheet_by_name("Commissioner").to_python()
    header = next(row for row in rows if "Treatment Function Code" in row)
    at, first = header.index("Treatment Function Code"), header.index(">0-1")
    counts = [row[first : header.index("52 plus") + 1] for row in rows if row[at] == function]
    return np.sum(np.array(counts, dtype=float), axis=0).astype(int)
