"""Reference values: NHS England, RTT commissioner workbooks (OGL v3), read off the printed cells."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from loaders import rtt
from loaders.problems import LoadRefused
from loaders.reading import Source
from loaders.rtt_jumps import jumps
from loaders.rtt_percentile import band_percentile, band_percentiles
from loaders.submission import Reading
from tests.loaders.published import pasted, read, refusal, source, workbook

TITLE = {
    "Title:": "Referral to Treatment (RTT) Waiting Times",
    "Summary:": "RTT waiting times for incomplete pathways.",
}
COMPLETED = {**TITLE, "Summary:": "RTT waiting times for completed admitted pathways."}
BANDS = [*(f">{week}-{week + 1}" for week in range(52)), "52 plus"]
HEADER = [
    *("Region Code", "CCG Code", "CCG Name", "Treatment Function Code", "Treatment Function"),
    *BANDS,
    *("Total number of incomplete pathways", "Total within 18 weeks", "% within 18 weeks"),
    *("Average (median) waiting time (in weeks)", "95th percentile waiting time (in weeks)"),
]
COMPLETED_HEADER = [
    *HEADER[:58],
    "Patients with unknown clock start date",
    "Total number of completed pathways (all)",
    "Total number of completed pathways (with a known clock start)",
    "Total (with a known clock start) within 18 weeks",
    *HEADER[60:],
]


def row(ccg: str, code: str, patients: Mapping[int, object], *printed: object) -> list[object]:
    """A row of the incomplete sheet; `printed` are the total, those within 18 weeks, and the two percentiles."""
    total, within, median, p95 = printed or (4, 3, "-", "-")
    return [
        "Y54",
        ccg,
        "NHS CCG",
        code,
        "-",
        *(patients.get(week, 0) for week in range(53)),
        total,
        within,
        "-",
        median,
        p95,
    ]


# Four people: two up to one week, one in week 18 (the last within 18 weeks), one past 52 weeks
WAITS = {0: 2, 17: 1, 52: 1}
ROWS = [row("00M", "IP110", WAITS), row("00M", "IP999", WAITS)]


def sent(rows: Sequence[Sequence[object]] = ROWS, header: Sequence[str] = HEADER, **title: str) -> Source:
    return source(pasted({**TITLE, **{f"{label}:": value for label, value in title.items()}}, header, rows))


@pytest.fixture(scope="module")
def workbooks(real: Path) -> dict[str, Reading]:
    """The reading of every published workbook, by 'incomplete 2015-03'."""
    readings = [read(rtt.KIND, source(path)) for path in sorted((real / "rtt").glob("*.xls"))]
    return {f"{name.removeprefix('rtt ')} {months[0]:%Y-%m}": r for r in readings for name, months in r.covers.items()}


def _published(reading: Reading, ccg: str, function: str) -> dict:
    table = reading.tables["rtt_published"]
    return table.filter(pc.and_(pc.equal(table["ccg"], ccg), pc.equal(table["function"], function))).to_pylist()[0]


def _bands(waits: pa.Table, keys: Sequence[str]) -> dict[tuple, np.ndarray]:
    """Patients by band for each combination of the keys."""
    bands: dict[tuple, np.ndarray] = {}
    for *key, week, patients in zip(*(waits[name].to_pylist() for name in (*keys, "week", "patients")), strict=True):
        bands.setdefault(tuple(key), np.zeros(53, dtype=int))[week] += patients
    return bands


# ---- The percentile ------------------------------------------------------------------------------------------------


def test_the_two_rules_of_the_median() -> None:
    # Four waits, two in each of the first two weeks. (4+1)/2 = 2.5 lies a quarter into the second band
    assert band_percentile([2, 2, 0], 0.5, "n+1") == 1.25
    # 4/2 = 2 is reached by the end of the first
    assert band_percentile([2, 2, 0], 0.5, "n") == 1.0


def test_other_percentiles_have_one_rule() -> None:
    # 0.95 x 60 = 57 is reached at the end of the first band, though the next three people wait ten weeks
    assert band_percentile([57, *[0] * 9, 3, 0], 0.95, "n+1") == 1.0
    assert band_percentile([57, *[0] * 9, 3, 0], 0.95, "n") == 1.0


def test_the_open_band_is_a_week_wide_or_its_lower_end() -> None:
    # 0.95 x 20 = 19 is the last but one of ten people in the open band, from index 2
    assert band_percentile([10, 0, 10], 0.95, "n+1") == 2.9
    assert band_percentile([10, 0, 10], 0.95, "n") == 2.0


def test_no_patients_have_no_median() -> None:
    assert band_percentile([0, 0, 0], 0.5, "n") is None
    assert np.isnan(band_percentiles(np.array([[0, 0], [2, 0]]), 0.5, "n")).tolist() == [True, False]


# ---- Published workbooks -------------------------------------------------------------------------------------------


def test_south_tees_orthopaedics_in_march_2015(workbooks: dict[str, Reading]) -> None:
    figures = _published(workbooks["incomplete 2015-03"], "00M", "110")
    assert (figures["total"], figures["within_18_weeks"]) == (1791, 1667)
    assert figures["within_18_weeks"] / figures["total"] == pytest.approx(0.930765, abs=5e-7)
    assert figures["median_weeks"] == pytest.approx(5.769230769, abs=5e-10)
    assert figures["p95_weeks"] == pytest.approx(19.889130435, abs=5e-10)
    assert (figures["median_rule"], figures["open_band"], figures["month"]) == ("n+1", 52, date(2015, 3, 1))


def test_its_bands_are_those_printed(workbooks: dict[str, Reading]) -> None:
    waits = workbooks["incomplete 2015-03"].tables["rtt_wait"]
    printed = (
        "214 199 145 127 131 104 104 99 96 73 63 58 49 33 33 67 37 35 14 23 21 7 11 10 13 7 2 2 4 1 2 1 0 1 0 2 0 0 0 "
        "1 0 1 0 0 1 0 0 0 0 0 0 0 0"
    )
    assert _bands(waits, ["ccg", "function"])["00M", "110"].tolist() == [int(n) for n in printed.split()]
    assert pc.min(waits["patients"]).as_py() == 1  # empty bands are left out


def test_england_is_the_sum_of_its_commissioners(workbooks: dict[str, Reading]) -> None:
    waits = workbooks["incomplete 2015-04"].tables["rtt_wait"]
    england = _bands(waits.filter(pc.not_equal(waits["ccg"], "NONC")), ["function"])["999",]
    assert band_percentile(england, 0.5, "n+1") == pytest.approx(5.921215, abs=5e-7)
    assert band_percentile(england, 0.95, "n+1") == pytest.approx(20.157886, abs=5e-7)


def test_printed_percentiles_follow_from_the_bands(workbooks: dict[str, Reading]) -> None:
    printed, agree = 0, 0
    for reading in workbooks.values():
        bands = _bands(reading.tables["rtt_wait"], ["ccg", "function"])
        for figures in reading.tables["rtt_published"].to_pylist():
            for p, weeks in ((0.5, figures["median_weeks"]), (0.95, figures["p95_weeks"])):
                if weeks is not None:
                    worked_out = band_percentile(bands[figures["ccg"], figures["function"]], p, figures["median_rule"])
                    printed, agree = printed + 1, agree + (abs((worked_out or 0) - weeks) < 1e-6)
    assert printed > 40_000
    assert agree / printed >= 0.998


def test_the_commissioner_that_prints_other_medians_is_named(workbooks: dict[str, Reading]) -> None:
    for name, reading in workbooks.items():
        odd = "08R" if name.endswith("2015-04") else "09L"  # one a month, and another after April 2015
        assert [odd in warning.why for warning in reading.warnings] == [True], name


def test_the_dates_of_the_workbooks(workbooks: dict[str, Reading]) -> None:
    assert workbooks["incomplete 2015-04"].extracted == date(2016, 1, 14)  # revised
    assert workbooks["non_admitted 2015-03"].extracted == date(2015, 5, 14)  # Revised: N/A, so as published
    assert not any(reading.synthetic for reading in workbooks.values())


def test_a_workbook_cut_short_is_refused(real: Path) -> None:
    content = next((real / "rtt").glob("Incomplete*Mar15*")).read_bytes()
    for part in (0.01, 0.5, 0.999):  # the reader fails in a different way on each
        with pytest.raises(LoadRefused, match="damaged"):
            rtt.KIND.recognise(source(content[: int(len(content) * part)], "cut.xls"))


# ---- What is read --------------------------------------------------------------------------------------------------


def test_waits_and_what_is_printed() -> None:
    reading = read(rtt.KIND, sent())
    waits = [(w["function"], w["week"], w["patients"]) for w in reading.tables["rtt_wait"].to_pylist()]
    assert waits == [("110", 0, 2), ("110", 17, 1), ("110", 52, 1), ("999", 0, 2), ("999", 17, 1), ("999", 52, 1)]
    published = reading.tables["rtt_published"].to_pylist()[0]
    assert published == {
        "part": "incomplete",
        "ccg": "00M",
        "function": "110",
        "total": 4,
        "within_18_weeks": 3,
        "unknown_start": 0,
        "median_weeks": None,  # printed as '-'
        "p95_weeks": None,
        "open_band": 52,
        "median_rule": None,  # no median, no rule
        "month": date(2015, 3, 1),
        "slice": "rtt incomplete",
    }
    assert reading.covers == {"rtt incomplete": [date(2015, 3, 1)]}
    assert reading.extracted == date(2015, 7, 9)


def test_a_row_without_patients_is_kept_beside_the_bands() -> None:
    reading = read(rtt.KIND, sent([row("X24", "IP110", {}, 0, 0, "-", "-"), row("X24", "IP999", {}, 0, 0, "-", "-")]))
    assert reading.tables["rtt_wait"].num_rows == 0
    assert reading.tables["rtt_published"]["ccg"].to_pylist() == ["X24", "X24"]


def test_completed_pathways_have_unknown_clock_starts() -> None:
    weeks = [2, *[0] * 16, 1, *[0] * 34, 1]
    rows = [["Y54", "00M", "NHS CCG", f"AP{code}", "-", *weeks, 5, 9, 4, 3, "-", "-", "-"] for code in ("110", "999")]
    published = read(rtt.KIND, source(pasted(COMPLETED, COMPLETED_HEADER, rows))).tables["rtt_published"].to_pylist()[0]
    assert (published["part"], published["total"], published["unknown_start"]) == ("admitted", 4, 5)


def test_a_later_workbook_may_follow_the_other_rule() -> None:
    # Rows of 50 people, 25 in each of two bands: N/2 is the end of the first, (N+1)/2 lies in the second
    weeks = {3: 25, 4: 25}
    later = read(rtt.KIND, sent([row("00M", code, weeks, 50, 50, 4.0, "-") for code in ("IP110", "IP999")]))
    assert later.tables["rtt_published"]["median_rule"].to_pylist() == ["n", "n"]
    earlier = read(rtt.KIND, sent([row("00M", code, weeks, 50, 50, 4.02, "-") for code in ("IP110", "IP999")]))
    assert earlier.tables["rtt_published"]["median_rule"].to_pylist() == ["n+1", "n+1"]


def test_prefixes_are_taken_off_and_commissioners_kept_as_published() -> None:
    rows = [row("NONC", "C_110", WAITS), row("NONC", "X01", {}, 0, 0, "-", "-"), row("NONC", "IP999", WAITS)]
    published = read(rtt.KIND, sent(rows)).tables["rtt_published"]
    assert published["function"].to_pylist() == ["110", "X01", "999"]
    assert set(published["ccg"].to_pylist()) == {"NONC"}


def test_a_total_out_by_one_is_a_warning() -> None:
    reading = read(rtt.KIND, sent([row("00M", "IP110", WAITS, 5, 3, "-", "-"), row("00M", "IP999", WAITS)]))
    assert [(warning.row, warning.column) for warning in reading.warnings] == [(11, HEADER[58])]
    assert reading.tables["rtt_published"]["total"].to_pylist() == [5, 4]  # as published


def test_invented_returns_say_so() -> None:
    assert read(rtt.KIND, sent(Source="SYNTHETIC, not a return")).synthetic


# ---- What is refused -----------------------------------------------------------------------------------------------

TWO_PROBLEMS = [row("00M", "IP110", {0: "many", 17: -1}, 0, 0, "-", "-"), row("00M", "IP999", {}, 0, 0, "-", "-")]


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (sent(TWO_PROBLEMS), [(11, ">0-1", "not a count"), (11, ">17-18", "negative")]),
        (sent([*ROWS, ROWS[0]]), [(13, "Treatment Function Code", "twice"), (None, "", "add up to 8, row 999 says 4")]),
        (
            sent([row("South Tees", "IP110", WAITS), *ROWS]),
            [(11, "CCG Code", "commissioner"), (None, "", "no row of all")],
        ),
        (
            sent([row("00M", "IP1100", {}, 0, 0, "-", "-"), *ROWS]),
            [(11, "Treatment Function Code", "treatment function")],
        ),
        (sent([row("00M", "AP110", WAITS), ROWS[1]]), [(11, "Treatment Function Code", "another part")]),
        (
            sent([row("00M", "IP110", WAITS, 9, 1, "-", "-"), ROWS[1]]),
            [(11, HEADER[58], "to 4,"), (11, HEADER[59], "to 3,")],
        ),
        (sent([row("00M", "IP110", {0: 1, 17: 2, 52: 1}), ROWS[1]]), [(None, "", "week band 0: 1 against 2")]),
        (sent([ROWS[0]]), [(None, "", "no row of all treatment functions (999)")]),
        (sent([row("00M", code, WAITS, 4, 3, 9.5, "-") for code in ("IP110", "IP999")]), [(None, "", "do not follow")]),
        (sent([row("00M", "IP110", WAITS, 4, 3, "long", "-"), ROWS[1]]), [(11, HEADER[61], "not a number")]),
        (sent([]), [(None, "", "not one row")]),
        (sent(Period="Q4"), [(None, "Period:", "month")]),
        (sent(Summary="Adjusted admitted pathways"), [(None, "Summary:", "not adjusted")]),
        (sent(header=[name.replace("Total within", "Within") for name in HEADER]), [(None, HEADER[59], "missing")]),
        (sent(header=[name.replace(">30-31", "30-31") for name in HEADER]), [(None, ">30-31", "missing")]),
        (sent(Basis="Provider"), [(None, "", "no sheet 'Commissioner'")]),
    ],
)
def test_every_problem_is_said_at_once(content: Source, problems: list[tuple[int | None, str, str]]) -> None:
    found = refusal(rtt.KIND, content)
    assert [problem[:2] for problem in found] == [problem[:2] for problem in problems]
    for (_, _, why), (_, _, words) in zip(found, problems, strict=True):
        assert words in why


def test_a_renamed_column_is_recognised_by_what_is_near() -> None:
    header = [name.replace("Total within 18 weeks", "Total within 18 wks") for name in HEADER]
    with pytest.raises(LoadRefused, match="Is it 'Total within 18 wks'"):
        read(rtt.KIND, sent(header=header))


def test_a_provider_workbook_is_no_commissioner_workbook() -> None:
    content = workbook({"Provider": [["Title:", TITLE["Title:"]], ["Basis:", "Provider"]], "Notes": [["Notes"]]})
    assert refusal(rtt.KIND, source(content, "provider.xlsx")) == [
        (None, "", "There is no sheet 'Commissioner' with a header.")
    ]


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "<html><table><tr><td>Referral to Treatment</td></tr></table>"])
def test_other_files_are_left_to_others(content: str) -> None:
    assert not rtt.KIND.recognise(source(content))


# ---- Jumps ---------------------------------------------------------------------------------------------------------


def lists(*rows: tuple[str, str, int], function: str = "110", part: str = "incomplete") -> pa.Table:
    """Published lists as (CCG, month, patients)."""
    text, whole, day = pa.string(), pa.int32(), pa.date32()
    schema = pa.schema({"ccg": text, "month": day, "total": whole, "part": text, "function": text})
    values = [(ccg, date.fromisoformat(f"{month}-01"), total, part, function) for ccg, month, total in rows]
    return pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in values], schema)


def test_the_known_artefacts_of_2015_and_no_others(workbooks: dict[str, Reading]) -> None:
    found = [warning.why for warning in jumps(pa.concat_tables(r.tables["rtt_published"] for r in workbooks.values()))]
    assert found == [
        "00K Hartlepool and Stockton-on-Tees, trauma and orthopaedics, incomplete: "
        "2,848 in April 2015, +1,027 (+56%) on 1,821 in March 2015.",
        # January, when the list of South Tyneside fell, is not among these files
        "00N South Tyneside, all treatment functions, incomplete: "
        "9,098 in February 2015, -2,558 (-22%) on 11,656 in December 2014.",
        "00N South Tyneside, trauma and orthopaedics, incomplete: "
        "1,280 in February 2015, -586 (-31%) on 1,866 in December 2014.",
        "03D Hambleton, Richmondshire and Whitby, trauma and orthopaedics, incomplete: 1,058 in February 2015, "
        "-298 (-22%) on 1,356 in December 2014 and -267 (-20%) on 1,325 in March 2015.",
    ]


def test_a_fall_is_reported_against_whichever_month_is_known() -> None:
    found = jumps(lists(("03D", "2015-02", 1058), ("03D", "2015-03", 1325)))
    assert ["1,325 in March 2015, +267 (+25%) on 1,058 in February 2015" in warning.why for warning in found] == [True]


def test_a_month_that_returns_is_reported_once() -> None:
    spike = lists(("00K", "2015-03", 1821), ("00K", "2015-04", 2848), ("00K", "2015-05", 1868))
    assert [warning.level for warning in jumps(spike)] == ["warning"]
    assert "2,848 in April 2015" in jumps(spike)[0].why


@pytest.mark.parametrize(
    "ordinary",
    [
        lists(("00J", "2015-02", 1950), ("00J", "2015-03", 1659)),  # 18% of the smaller
        lists(("00M", "2015-02", 500), ("00M", "2015-03", 600)),  # a fifth exactly
        lists(("00M", "2015-02", 300), ("00M", "2015-03", 499)),  # too small to tell
        lists(("00M", "2014-12", 1000), ("00M", "2015-03", 2000)),  # three months apart
        lists(("00M", "2015-02", 1000), ("00M", "2015-03", 2000), part="admitted"),  # treated, not waiting
        lists(("00M", "2015-02", 1000), ("00M", "2015-03", 2000), function="100"),  # not shown
        lists(("10R", "2015-03", 2242), ("10R", "2015-04", 1202)),  # Portsmouth
        # Newcastle Gateshead takes over from three; one of them alone is not its list
        lists(("00F", "2015-03", 1590), ("00G", "2015-03", 1265), ("00H", "2015-03", 1065), ("13T", "2015-04", 4003)),
        lists(("00F", "2015-03", 1590), ("13T", "2015-04", 4003)),
        lists(),
    ],
)
def test_ordinary_months_pass(ordinary: pa.Table) -> None:
    assert jumps(ordinary) == []


def test_a_list_that_vanishes_has_jumped() -> None:
    assert "0 in March 2015, -600 (-100%) on 600" in jumps(lists(("00M", "2015-02", 600), ("00M", "2015-03", 0)))[0].why
