"""Reference values: ODS, epraccur and eccg (OGL v3), counted in the published rows."""

import csv
import io
from collections import Counter
from datetime import date
from pathlib import Path

import pyarrow.compute as pc
import pytest

from loaders.organisations import CCGS, PRACTICES
from loaders.reading import Source
from tests.loaders.published import read, refusal, source

NAMES = {
    "1": "A81001",
    "2": "THE DENSHAM SURGERY",
    "5": "HEALTH CENTRE",
    "11": "19740401",
    "13": "A",
    "15": "00K",
    "26": "4",
}
CCG = {"1": "00F", "2": "NHS GATESHEAD CCG", "5": "HOUSE", "11": "20130401", "12": "20150331", "14": "C"}


def row(base: dict[str, str], **changed: str) -> list[str]:
    """27 cells, some of them changed: c12 is the twelfth column."""
    cells = {**base, **{key.removeprefix("c"): value for key, value in changed.items()}}
    return [cells.get(str(place), "") for place in range(1, 28)]


def sent(*rows: list[str], name: str = "2016_02_epraccur.csv") -> Source:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    return source(text.getvalue(), name)


def test_a_general_practice() -> None:
    reading = read(PRACTICES, sent(row(NAMES)))
    assert reading.tables["practice"].to_pylist() == [
        {
            "practice": "A81001",
            "ccg": "00K",
            "status": "active",
            "name": "THE DENSHAM SURGERY",
            "opened": date(1974, 4, 1),
            "closed": None,
            "month": date(2016, 2, 1),
            "slice": "practices",
        }
    ]
    assert reading.covers == {"practices": [date(2016, 2, 1)]}


def test_other_prescribers_are_left_out() -> None:
    reading = read(PRACTICES, sent(row(NAMES), row(NAMES, c1="Y00001", c26="10"), row(NAMES, c1="Y00002", c26="")))
    assert reading.tables["practice"]["practice"].to_pylist() == ["A81001"]


def test_every_status_is_kept() -> None:
    rows = [row(NAMES, c1=f"A8100{at}", c13=letter) for at, letter in enumerate("ACDP")]
    assert read(PRACTICES, sent(*rows)).tables["practice"]["status"].to_pylist() == [
        *("active", "closed", "dormant", "proposed")
    ]


def test_ccgs_but_no_hubs() -> None:
    reading = read(CCGS, sent(row(CCG), row(CCG, c1="13Q", c14="H"), name="2016_02_eccg.csv"))
    rows = reading.tables["ccg"].to_pylist()
    assert [(r["ccg"], r["name"], r["opened"], r["closed"]) for r in rows] == [
        ("00F", "NHS GATESHEAD CCG", date(2013, 4, 1), date(2015, 3, 31))
    ]


def test_the_month_is_in_the_name_or_said() -> None:
    nameless = sent(row(NAMES), name="epraccur.csv")
    assert read(PRACTICES, nameless, as_at=date(2015, 5, 20)).covers == {"practices": [date(2015, 5, 1)]}
    assert refusal(PRACTICES, nameless)[0][2].startswith("The file holds no date")


def test_invented_practices_say_so() -> None:
    assert read(PRACTICES, sent(row(NAMES, c1="00K-D01", c5="SYNTHETIC"))).synthetic
    assert not read(PRACTICES, sent(row(NAMES, c5="SYNTHETICS HOUSE"))).synthetic
    mixed = sent(row(NAMES, c5="SYNTHETIC"), row(NAMES, c1="A81002"))
    assert refusal(PRACTICES, mixed)[0][1:] == ("address line 1", "Synthetic and real rows stand in one file.")


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"c1": "ABC001"}, (2, "code", "code of a practice")),
        ({"c11": "20150231"}, (2, "open date", "not a date")),
        ({"c12": "March"}, (2, "close date", "not a date")),
        ({"c12": "19740331"}, (2, "close date", "before it opened")),
        ({"c13": "X"}, (2, "status", "Expected A (active)")),
        ({"c15": ""}, (2, "commissioner", "code of a commissioner")),
        ({"c2": ""}, (2, "name", "needed")),
        ({"c1": "A81001"}, (2, "code", "twice")),
    ],
)
def test_a_faulty_row_refuses_the_file(changed: dict[str, str], problem: tuple[int | None, str, str]) -> None:
    found = refusal(PRACTICES, sent(row(NAMES), row(NAMES, **{"c1": "A81002", **changed})))
    assert [p[:2] for p in found] == [problem[:2]]
    assert problem[2] in found[0][2]


def test_a_file_cut_short_is_refused() -> None:
    whole = sent(row(NAMES), row(NAMES, c1="A81002"), row(NAMES, c1="A81003"))
    assert refusal(PRACTICES, source(whole.content[:-30], whole.name))[0][0] == 3


def test_a_file_without_general_practices_is_refused() -> None:
    assert "No row has 4" in refusal(PRACTICES, sent(row(NAMES, c26="10")))[0][2]


def test_the_two_extracts_are_told_apart() -> None:
    practices, ccgs, other = sent(row(NAMES)), sent(row(CCG)), source("month,code\n2015-01-01,00M\n")
    assert [PRACTICES.recognise(s) for s in (practices, ccgs, other)] == [True, False, False]
    assert [CCGS.recognise(s) for s in (practices, ccgs, other)] == [False, True, False]


def test_published_practices(real: Path) -> None:
    table = read(PRACTICES, source(real / "ods" / "2016_02_epraccur.csv")).tables["practice"]
    assert Counter(table["status"].to_pylist()) == {"active": 7679, "dormant": 263, "closed": 257}
    active = table.filter(pc.and_(pc.equal(table["ccg"], "00M"), pc.equal(table["status"], "active")))
    with (real / "ods" / "2016_02_epraccur.csv").open() as file:
        printed = [r[0] for r in csv.reader(file) if (r[12], r[14], r[25]) == ("A", "00M", "4")]
    assert active["practice"].to_pylist() == printed


def test_published_ccgs(real: Path) -> None:
    table = read(CCGS, source(real / "ods" / "2016_02_eccg.csv")).tables["ccg"]
    assert table.num_rows == 212
    by_code = {r["ccg"]: r for r in table.to_pylist()}
    assert by_code["00F"]["closed"] == date(2015, 3, 31)
    assert by_code["13T"]["opened"] == date(2014, 11, 26)  # before it went live in April 2015


def test_a_ccg_that_closed_is_not_kept_for_ever(real: Path) -> None:
    table = read(CCGS, source(real / "ods" / "2018_11_eccg.csv")).tables["ccg"]
    assert table.num_rows == 213
    closed = pc.unique(table["closed"].drop_null()).to_pylist()
    assert closed == [date(2018, 3, 31)]  # those of March 2015, Gateshead among them, are gone
