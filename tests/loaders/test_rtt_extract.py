"""Columns as in NHS England's full extracts since 2015; no published one is at hand, so the rows are invented."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pyarrow.compute as pc
import pytest

from loaders import rtt_extract
from loaders.problems import LoadRefused
from loaders.reading import Source
from loaders.submission import Reading
from tests.loaders.extracts import write_extract
from tests.loaders.published import read, refusal, source

BANDS_TO_2021 = [*(f"Gt {week:02d} To {week + 1:02d} Weeks SUM 1" for week in range(52)), "Gt 52 Weeks SUM 1"]
BANDS = [*(f"Gt {week:02d} To {week + 1:02d} Weeks SUM 1" for week in range(104)), "Gt 104 Weeks SUM 1"]
ORGANISATIONS = [
    *("Provider Parent Org Code", "Provider Parent Name", "Provider Org Code", "Provider Org Name"),
    *("Commissioner Parent Org Code", "Commissioner Parent Name", "Commissioner Org Code", "Commissioner Org Name"),
]
TOTALS = ["Total", "Patients with unknown clock start date", "Total All"]
HEADER = [
    *("Period", *ORGANISATIONS, "RTT Part Type", "RTT Part Description"),
    *("Treatment Function Code", "Treatment Function Name", *BANDS_TO_2021, *TOTALS),
]
HEADER_TO_2017 = [
    *("Year", "Period Name", *ORGANISATIONS, "RTT Part Name", "RTT Part Description"),
    *("Treatment Function Code", "Treatment Function Name", *BANDS_TO_2021, *TOTALS),
]

Row = Mapping[str, object]


def row(provider: str, ccg: str, part: str, function: str, patients: Mapping[int, object], **more: object) -> Row:
    """One row: patients by week band (blank for none); completed pathways say their total, others only Total All."""
    number = sum(n for n in patients.values() if isinstance(n, int))
    return {
        "Period": "RTT-April-2018",
        "Provider Org Code": provider,
        "Provider Org Name": "TRUST, WITH A COMMA",
        "Commissioner Org Code": ccg,
        "Commissioner Parent Name": "CUMBRIA AND NORTH EAST",
        "RTT Part Type": part,
        "Treatment Function Code": function,
        **{(BANDS_TO_2021 if week <= 52 else BANDS)[week]: n for week, n in patients.items()},
        "Total": "" if part == "Part_2" else number,
        "Total All": number,
        **more,
    }


def sent(rows: Sequence[Row], header: Sequence[str] = HEADER, above: str = "", name: str = "sent.csv") -> Source:
    text = io.StringIO()
    writer = csv.DictWriter(text, header, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return source(above + text.getvalue(), name)


# Two providers treat people of South Tees: 3 + 1 in the first week, 2 in the open band
ROWS = [
    row("RTR", "00M", "Part_2", "C_110", {0: 3}),
    row("RTR", "00M", "Part_2", "C_999", {0: 3}),
    row("RVW", "00M", "Part_2", "C_110", {0: 1, 52: 2}),
    row("RVW", "00M", "Part_2", "C_999", {0: 1, 52: 2}),
]


def _waits(reading: Reading) -> list[tuple]:
    waits = reading.tables["rtt_wait"].to_pylist()
    return [(w["part"], w["ccg"], w["function"], w["week"], w["patients"]) for w in waits]


def test_rows_are_added_up_over_providers() -> None:
    reading = read(rtt_extract.KIND, sent(ROWS))
    assert [wait for wait in _waits(reading) if wait[2] == "110"] == [
        ("incomplete", "00M", "110", 0, 4),
        ("incomplete", "00M", "110", 52, 2),
    ]
    published = reading.tables["rtt_published"].to_pylist()[0]
    assert (published["function"], published["total"], published["open_band"]) == ("110", 6, 52)
    assert [published[name] for name in ("within_18_weeks", "median_weeks", "median_rule")] == [None, None, None]
    assert reading.covers == {"rtt incomplete": [date(2018, 4, 1)]}
    assert reading.extracted is None


def test_completed_pathways_may_lack_a_known_start() -> None:
    # Ten people, 4 of them with no known clock start, which stand in no band
    more = {"Patients with unknown clock start date": 4, "Total All": 10}
    rows = [row("RTR", "00M", "Part_1A", code, {5: 6}, **more) for code in ("C_110", "C_999")]
    published = read(rtt_extract.KIND, sent(rows)).tables["rtt_published"].to_pylist()[0]
    assert (published["part"], published["total"], published["unknown_start"]) == ("admitted", 6, 4)


def test_every_part_is_a_slice_and_new_periods_have_none() -> None:
    parts = ("Part_1A", "Part_1B", "Part_2", "Part_2A")
    rows = [row("RTR", "00M", part, code, {0: 1}) for part in parts for code in ("C_110", "C_999")]
    new = row("RTR", "00M", "Part_3", "C_999", {}, **{"Total": "", "Total All": 70})
    reading = read(rtt_extract.KIND, sent([*rows, new]))
    months = [date(2018, 4, 1)]
    assert reading.covers == {
        "rtt admitted": months,
        "rtt incomplete": months,
        "rtt incomplete_with_decision": months,
        "rtt non_admitted": months,
    }
    assert reading.warnings == []
    assert pc.max(reading.tables["rtt_wait"]["patients"]).as_py() == 1


def test_the_layout_to_september_2017() -> None:
    rows = [{**r, "Year": "2016-17", "Period Name": "JANUARY", "RTT Part Name": "Part_2"} for r in ROWS]
    above = "18 Weeks RTT,Monthly extract\nRevised,June 2017\n"
    reading = read(rtt_extract.KIND, sent(rows, HEADER_TO_2017, above))
    assert reading.covers == {"rtt incomplete": [date(2017, 1, 1)]}
    assert _waits(reading) == _waits(read(rtt_extract.KIND, sent(ROWS)))


def test_in_july_2016_the_code_stood_under_name() -> None:
    header = [name.replace("Treatment Function Name", "Treatment Function Description") for name in HEADER_TO_2017]
    header = [name.replace("Treatment Function Code", "Treatment Function Name") for name in header]
    july = {"Year": "2016-17", "Period Name": "JULY", "RTT Part Name": "Part_2"}
    rows = [{**r, **july, "Treatment Function Name": r["Treatment Function Code"]} for r in ROWS]
    reading = read(rtt_extract.KIND, sent(rows, header, "RTT,\n,\n"))
    assert _waits(reading) == _waits(read(rtt_extract.KIND, sent(ROWS)))


def test_the_layout_since_april_2021() -> None:
    header = [*HEADER[: HEADER.index(BANDS[0])], *BANDS, *TOTALS]
    rows = [row("RTR", "QOQ", "Part_2", code, {51: 1, 53: 1, 104: 2}) for code in ("C_110", "C_999")]
    assert len(header) == 121
    reading = read(rtt_extract.KIND, sent(rows, header))
    assert [wait[3:] for wait in _waits(reading)] == [(51, 1), (53, 1), (104, 2)] * 2
    assert set(reading.tables["rtt_published"]["open_band"].to_pylist()) == {104}


def test_an_extract_may_come_zipped() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("20180430-RTT-APRIL-2018-full-extract.csv", sent(ROWS).content)
    assert _waits(read(rtt_extract.KIND, source(content.getvalue()))) == _waits(read(rtt_extract.KIND, sent(ROWS)))


def test_totals_out_by_one_are_warnings() -> None:
    more = [{**ROWS[0], "Total All": 4}, *ROWS[1:]]
    assert [(w.row, w.column) for w in read(rtt_extract.KIND, sent(more)).warnings] == [(2, "Total All")]
    added = [*ROWS, row("RVW", "00M", "Part_2", "C_150", {7: 1})]
    warning = read(rtt_extract.KIND, sent(added)).warnings[0]
    assert "of the incomplete pathways of 00M add up to 7, row 999 says 6" in warning.why


def test_invented_extracts_say_so() -> None:
    rows = [{**r, "Commissioner Parent Name": "SYNTHETIC"} for r in ROWS]
    assert read(rtt_extract.KIND, sent(rows)).synthetic
    assert not read(rtt_extract.KIND, sent(ROWS)).synthetic
    assert refusal(rtt_extract.KIND, sent([*rows, row("RTR", "00K", "Part_2", "C_999", {})]))[0][1] == (
        "Commissioner Parent Name"
    )


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (
            sent([{**ROWS[0], BANDS[0]: "three"}, *ROWS[1:]]),
            [(2, BANDS[0], "not a count"), (2, "Total All", "add up to 0")],
        ),
        (sent([{**ROWS[0], BANDS[0]: -3}, *ROWS[1:]]), [(2, BANDS[0], "negative"), (2, "Total All", "add up to 0")]),
        (sent([{**ROWS[0], "Total All": 30}, *ROWS[1:]]), [(2, "Total All", "add up to 3, the column says 30")]),
        (sent([*ROWS, ROWS[0]]), [(6, "Treatment Function Code", "twice"), (None, "", "add up to 9, row 999 says 6")]),
        (sent([*ROWS, {**ROWS[0], "Period": "RTT-May-2018"}]), [(None, "Period", "April 2018, May 2018")]),
        (sent([*ROWS, {**ROWS[0], "Period": "RTT-Maya-2018"}]), [(6, "Period", "not a month")]),
        (sent([*ROWS, {**ROWS[0], "RTT Part Type": "Part_4"}]), [(6, "RTT Part Type", "Expected Part_1A")]),
        (sent([*ROWS, row("RTR", "0M", "Part_2", "C_110", {})]), [(6, "Commissioner Org Code", "not the code")]),
        (sent([*ROWS, row("RTR", "00M", "Part_2", "T&O", {})]), [(6, "Treatment Function Code", "not a treatment")]),
        (sent([row("RTR", "00M", "Part_3", "C_999", {})]), [(None, "RTT Part Type", "No row has a part with bands")]),
        (sent(ROWS, [name for name in HEADER if name != BANDS[30]]), [(None, BANDS[30], "missing")]),
        (sent(ROWS, [name.replace("Type", "Sort") for name in HEADER]), [(None, "RTT Part Type", "missing")]),
        (sent(ROWS, [name.replace("All", "of all") for name in HEADER]), [(None, "Total All", "missing")]),
        (sent([]), [(None, "", "not one row")]),
        (source(sent(ROWS).content[:-40]), [(5, "", "columns")]),
    ],
)
def test_a_faulty_extract_is_refused(content: Source, problems: list[tuple[int | None, str, str]]) -> None:
    found = refusal(rtt_extract.KIND, content)
    for row_number, column, words in problems:
        assert any(p[:2] == (row_number, column) and words in p[2] for p in found), found


def test_a_commissioner_without_its_total_is_refused() -> None:
    with pytest.raises(LoadRefused, match="no row of all treatment functions"):
        read(rtt_extract.KIND, sent([ROWS[0]]))


def test_a_large_extract_loses_no_patient(tmp_path: Path) -> None:
    path = write_extract(tmp_path / "extract.csv", 2_400)
    reading = read(rtt_extract.KIND, source(path))
    with path.open() as file:
        rows = list(csv.DictReader(file))
    everyone = sum(int(r["Total All"]) - int(r["Patients with unknown clock start date"] or 0) for r in rows)
    assert len(rows) == 2_400
    assert pc.sum(reading.tables["rtt_wait"]["patients"]).as_py() == everyone
    assert pc.sum(reading.tables["rtt_published"]["total"]).as_py() == everyone
    assert reading.synthetic
