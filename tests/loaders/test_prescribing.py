"""Reference values: OpenPrescribing, from NHSBSA (OGL v3), read off the rows of the published files."""

import csv
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from loaders import prescribing
from tests.loaders.published import read, refusal, source

OPIOIDS = "month,code,numerator,denominator\n"
GABAPENTINOIDS = "pct,month,drug,gaba_ddd\n"


def _one(table: pa.Table, **wanted: object) -> dict:
    for name, value in wanted.items():
        table = table.filter(pc.equal(table[name], pa.scalar(value)))
    assert table.num_rows == 1
    return table.to_pylist()[0]


def test_opioids_and_the_list_behind_them() -> None:
    reading = read(prescribing.KIND, source(OPIOIDS + "2015-01-01,00M,3517732.5,298.976\n"))
    assert reading.tables["prescribing"].to_pylist() == [
        {
            "ccg": "00M",
            "drug_group": "opioids",
            "quantity": 3517732.5,
            "unit": "OME mg",
            "month": date(2015, 1, 1),
            "slice": "opioids",
        }
    ]
    assert reading.tables["list_size"].to_pylist() == [
        {
            "practice": None,
            "ccg": "00M",
            "sex": None,
            "age_band": None,
            "patients": 298976.0,  # thousands in the file
            "membership": "2019_20",
            "month": date(2015, 1, 1),
            "slice": "opioids",
        }
    ]
    assert reading.covers == {"opioids": [date(2015, 1, 1)]}


def test_gabapentinoids() -> None:
    text = GABAPENTINOIDS + "00M,2012-01-01,gabapentin,14948.83\n00M,2012-01-01,Pregabalin,20\n"
    reading = read(prescribing.KIND, source(text))
    assert list(reading.tables) == ["prescribing"]
    assert [(r["drug_group"], r["quantity"], r["unit"]) for r in reading.tables["prescribing"].to_pylist()] == [
        ("gabapentin", 14948.83, "DDD"),
        ("pregabalin", 20.0, "DDD"),
    ]


def test_a_month_that_one_ccg_lacks_is_a_warning() -> None:
    rows = ["2015-01-01,00M,1,1", "2015-02-01,00M,1,1", "2015-03-01,00M,1,1", "2015-02-01,00K,1,1"]
    warnings = read(prescribing.KIND, source(OPIOIDS + "\n".join(rows))).warnings
    assert [w.why for w in warnings] == [
        "00K has no row for 2 of 3 months, the first January 2015, the last March 2015."
    ]


def test_invented_rows_say_so() -> None:
    header = OPIOIDS.replace("\n", ",data_status\n")
    assert read(prescribing.KIND, source(header + "2015-01-01,00M,1,1,synthetic\n")).synthetic
    mixed = header + "2015-01-01,00M,1,1,synthetic\n2015-01-01,00K,1,1,\n"
    assert refusal(prescribing.KIND, source(mixed)) == [
        (None, "data_status", "Synthetic and real rows stand in one file.")
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (OPIOIDS, (None, "", "not one row")),
        (OPIOIDS + "2015-01-01,00M,many,1\n", (2, "numerator", "not a number")),
        (OPIOIDS + "2015-01-01,00M,-1,1\n", (2, "numerator", "below 0")),
        (OPIOIDS + "2015-01-01,00M,1,\n", (2, "denominator", "needed")),
        (OPIOIDS + "2015-13-01,00M,1,1\n", (2, "month", "not a month")),
        (OPIOIDS + "2015-02-30,00M,1,1\n", (2, "month", "not a month")),
        (OPIOIDS + "2015-01-01,South Tees,1,1\n", (2, "code", "no blanks")),
        (OPIOIDS + "2015-01-01,0M,1,1\n", (2, "code", "not the code of a CCG")),
        (OPIOIDS + "2015-01-01,00M,1,1\n2015-01-01,00M,2,1\n", (3, "code", "twice")),
        (OPIOIDS + "2015-01-01,00M,1,1\n2015-02-01,00M\n", (3, "", "2 columns")),
        (OPIOIDS.replace("denominator", "list") + "2015-01-01,00M,1,1\n", (None, "denominator", "missing")),
        (GABAPENTINOIDS + "00M,2012-01-01,morphine,1\n", (2, "drug", "Expected one of gabapentin, pregabalin")),
        (GABAPENTINOIDS + "00M,2012-01-01,gabapentin,1\n" * 2, (3, "pct", "twice")),
    ],
)
def test_a_faulty_file_is_refused(text: str, problem: tuple[int | None, str, str]) -> None:
    found = refusal(prescribing.KIND, source(text))
    assert any(p[:2] == problem[:2] and problem[2] in p[2] for p in found), found


def test_other_files_are_left_to_others() -> None:
    assert not prescribing.KIND.recognise(source("month,ccg,practice,episodes\n2015-01,00M,A81001,3\n"))


def test_the_published_opioid_file(real: Path) -> None:
    reading = read(prescribing.KIND, source(real / "prescribing" / "opioid_ome.csv"))
    assert reading.tables["prescribing"].num_rows == reading.tables["list_size"].num_rows == 60 * 191
    assert (len(reading.covers["opioids"]), min(reading.covers["opioids"])) == (60, date(2014, 12, 1))
    south_tees = _one(reading.tables["list_size"], ccg="00M", month=date(2019, 10, 1))
    assert south_tees["patients"] == pytest.approx(298_976)
    assert list(reading.warnings) == []


def test_the_published_gabapentinoid_file(real: Path) -> None:
    path = real / "prescribing" / "gabapentinoids.csv"
    reading = read(prescribing.KIND, source(path))
    assert reading.tables["prescribing"].num_rows == 40_194
    with path.open() as file:
        printed = next(r for r in csv.DictReader(file) if (r["pct"], r["month"]) == ("03D", "2015-05-01"))
    row = _one(reading.tables["prescribing"], ccg="03D", month=date(2015, 5, 1), drug_group=printed["drug"])
    assert row["quantity"] == float(printed["gaba_ddd"])
    # Two CCGs that were gone by 2019/20 appear in some months all the same
    assert [w.why.split(",")[0] for w in reading.warnings] == [
        "01M has no row for 95 of 105 months",
        "11D has no row for 71 of 105 months",
    ]
