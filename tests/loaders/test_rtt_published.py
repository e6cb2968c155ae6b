"""Reference values: NHS England, RTT commissioner workbooks (OGL v3), read off the printed cells."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from loaders import rtt
from loaders.problems import LoadRefused
from loaders.rtt_percentile import band_percentile
from loaders.submission import Reading
from tests.loaders.published import source


def _published(reading: Reading, ccg: str, function: str) -> dict:
    table = reading.tables["rtt_published"]
    return table.filter(pc.and_(pc.equal(table["ccg"], ccg), pc.equal(table["function"], function))).to_pylist()[0]


def _bands(waits: pa.Table, keys: Sequence[str]) -> dict[tuple, np.ndarray]:
    """Patients by band for each combination of the keys."""
    bands: dict[tuple, np.ndarray] = {}
    for *key, week, patients in zip(*(waits[name].to_pylist() for name in (*keys, "week", "patients")), strict=True):
        bands.setdefault(tuple(key), np.zeros(53, dtype=int))[week] += patients
    return bands


def test_south_tees_orthopaedics_in_march_2015(rtt_workbooks: dict[str, Reading]) -> None:
    figures = _published(rtt_workbooks["incomplete 2015-03"], "00M", "110")
    assert (figures["total"], figures["within_18_weeks"]) == (1791, 1667)
    assert figures["within_18_weeks"] / figures["total"] == pytest.approx(0.930765, abs=5e-7)
    assert figures["median_weeks"] == pytest.approx(5.769230769, abs=5e-10)
    assert figures["p95_weeks"] == pytest.approx(19.889130435, abs=5e-10)
    assert (figures["median_rule"], figures["open_band"], figures["month"]) == ("n+1", 52, date(2015, 3, 1))


def test_its_bands_are_those_printed(rtt_workbooks: dict[str, Reading]) -> None:
    waits = rtt_workbooks["incomplete 2015-03"].tables["rtt_wait"]
    printed = (
        "214 199 145 127 131 104 104 99 96 73 63 58 49 33 33 67 37 35 14 23 21 7 11 10 13 7 2 2 4 1 2 1 0 1 0 2 0 0 0 "
        "1 0 1 0 0 1 0 0 0 0 0 0 0 0"
    )
    assert _bands(waits, ["ccg", "function"])["00M", "110"].tolist() == [int(n) for n in printed.split()]
    assert pc.min(waits["patients"]).as_py() == 1  # empty bands are left out


def test_england_is_the_sum_of_its_commissioners(rtt_workbooks: dict[str, Reading]) -> None:
    waits = rtt_workbooks["incomplete 2015-04"].tables["rtt_wait"]
    england = _bands(waits.filter(pc.not_equal(waits["ccg"], "NONC")), ["function"])["999",]
    assert band_percentile(england, 0.5, "n+1") == pytest.approx(5.921215, abs=5e-7)
    assert band_percentile(england, 0.95, "n+1") == pytest.approx(20.157886, abs=5e-7)


def test_printed_percentiles_follow_from_the_bands(rtt_workbooks: dict[str, Reading]) -> None:
    printed, agree = 0, 0
    for reading in rtt_workbooks.values():
        bands = _bands(reading.tables["rtt_wait"], ["ccg", "function"])
        for figures in reading.tables["rtt_published"].to_pylist():
            for p, weeks in ((0.5, figures["median_weeks"]), (0.95, figures["p95_weeks"])):
                if weeks is not None:
                    worked_out = band_percentile(bands[figures["ccg"], figures["function"]], p, figures["median_rule"])
                    printed, agree = printed + 1, agree + (abs((worked_out or 0) - weeks) < 1e-6)
    assert printed > 40_000
    assert agree / printed >= 0.998


def test_the_commissioner_that_prints_other_medians_is_named(rtt_workbooks: dict[str, Reading]) -> None:
    for name, reading in rtt_workbooks.items():
        odd = "08R" if name.endswith("2015-04") else "09L"  # one a month, and another after April 2015
        assert [odd in warning.why for warning in reading.warnings] == [True], name


def test_the_dates_of_the_workbooks(rtt_workbooks: dict[str, Reading]) -> None:
    assert rtt_workbooks["incomplete 2015-04"].extracted == date(2016, 1, 14)  # revised
    assert rtt_workbooks["non_admitted 2015-03"].extracted == date(2015, 5, 14)  # Revised: N/A, so as published
    assert not any(reading.synthetic for reading in rtt_workbooks.values())


def test_a_workbook_cut_short_is_refused(real: Path) -> None:
    content = next((real / "rtt").glob("Incomplete*Mar15*")).read_bytes()
    for part in (0.01, 0.5, 0.999):  # the reader fails in a different way on each
        with pytest.raises(LoadRefused, match="damaged"):
            rtt.KIND.recognise(source(content[: int(len(content) * part)], "cut.xls"))
