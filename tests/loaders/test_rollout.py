import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import openpyxl
import pytest

from loaders import pathway
from loaders.problems import LoadRefused, Problem
from loaders.reading import Source, open_bytes
from loaders.rollout import KIND
from loaders.submission import Instructions, Reading
from tests.loaders.given import day, source_of

Sheets = Mapping[str, Sequence[Sequence[object]]]

LEDGER: Sheets = {
    "About": [
        ["Prepared by", "Programme office"],
        ["As at", date(2016, 1, 31)],  # a real date, as Excel keeps it
        ["Data status", "synthetic"],
    ],
    "Milestones": [
        ["ccg", "practice", "component", "planned", "forecast", "actual", "status", "owner", "evidence"],
        ["00M", "", "go_live", date(2015, 5, 1), "", date(2015, 5, 12), "done", "CCG lead", "clinic list"],
        ["00C", "", "go_live", "2015-12-01", "2016-02-15", "", "in_progress", "CCG lead", ""],
    ],
    "Practices": [
        ["practice", "ccg", "trained", "live"],
        ["A81001", "00M", date(2015, 4, 20), date(2016, 1, 31)],  # live on the day of the ledger
        ["A81002", "00M", "", ""],
    ],
    "Workforce": [
        ["ccg", "month", "planned", "in_post", "trained"],
        ["00M", "2016-01", 4, 3.6, ""],
    ],
    "Notes": [
        ["date", "ccg", "text", "source"],
        [date(2016, 11, 30), "", "NICE NG59 is published.", "NICE"],
    ],
}


def workbook(**sheets: Sequence[Sequence[object]]) -> Source:
    """The ledger as a file, with some of its sheets replaced."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in {**LEDGER, **sheets}.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return open_bytes("ledger.xlsx", content.getvalue())[0]


def with_rows(sheet: str, *rows: Sequence[object]) -> dict[str, Sequence[Sequence[object]]]:
    """A sheet of the ledger with these rows below its own."""
    return {sheet: [*LEDGER[sheet], *rows]}


def read(**sheets: Sequence[Sequence[object]]) -> Reading:
    return KIND.read(workbook(**sheets), Instructions())


def refusal(**sheets: Sequence[Sequence[object]]) -> list[Problem]:
    with pytest.raises(LoadRefused) as refused:
        read(**sheets)
    return [problem for problem in refused.value.problems if problem.level == "error"]


# ---- What is read ----------------------------------------------------------------------------------------------------


def test_milestones_are_those_of_ccgs_and_of_practices() -> None:
    rows = read().tables["milestone"].to_pylist()
    found = [(r["ccg"], r["practice"], r["component"], r["actual"], r["status"], r["month"]) for r in rows]
    january = day("2016-01-01")
    assert found == [
        ("00M", None, "go_live", day("2015-05-12"), "done", day("2015-05-01")),  # in the month of its plan
        ("00C", None, "go_live", None, "in_progress", day("2015-12-01")),
        ("00M", "A81001", "practice_trained", day("2015-04-20"), "done", day("2015-04-01")),
        ("00M", "A81002", "practice_trained", None, "not_started", january),  # nothing known: the month of the ledger
        ("00M", "A81001", "practice_live", day("2016-01-31"), "done", january),
        ("00M", "A81002", "practice_live", None, "not_started", january),
    ]
    assert {row["as_at"] for row in rows} == {day("2016-01-31")}


def test_workforce_and_notes_are_read() -> None:
    tables = read().tables
    assert tables["workforce"].to_pylist() == [
        {"ccg": "00M", "month": day("2016-01-01"), "planned": 4, "in_post": 3.6, "trained": None, "slice": "rollout"}
    ]
    (note,) = tables["note"].to_pylist()
    assert (note["date"], note["ccg"], note["month"]) == (day("2016-11-30"), None, day("2016-11-01"))


def test_the_ledger_says_who_when_and_whether_it_is_synthetic() -> None:
    reading = read()
    assert (reading.sender, reading.extracted, reading.synthetic) == ("Programme office", day("2016-01-31"), True)
    assert list(reading.covers) == ["rollout"]


def test_a_later_ledger_replaces_every_row_of_an_earlier_one() -> None:
    """Whatever month a row of any ledger stands in, every ledger answers for it."""
    months = set(read().covers["rollout"])
    assert {day("2010-01-01"), day("2016-01-01"), day("2026-12-01")} <= months
    rows = [row for table in read().tables.values() for row in table.to_pylist()]
    assert {row["month"] for row in rows} <= months


def test_sheets_may_hold_their_header_alone_but_for_milestones() -> None:
    bare = {name: LEDGER[name][:1] for name in ("Practices", "Workforce", "Notes")}
    reading = read(**bare)
    assert {name: table.num_rows for name, table in reading.tables.items()} == {
        "milestone": 2,
        "workforce": 0,
        "note": 0,
    }
    (problem,) = refusal(Milestones=LEDGER["Milestones"][:1])
    assert (problem.sheet, problem.why) == ("Milestones", "There is a header but not one row.")


def test_only_the_workbook_with_these_sheets_is_a_rollout() -> None:
    assert KIND.recognise(workbook())
    assert not KIND.recognise(source_of([{"ccg": "00M", "component": "go_live", "status": "done"}]))
    assert not pathway.KIND.recognise(workbook())


# ---- What is refused -------------------------------------------------------------------------------------------------

DAMAGE = [
    # ccg, practice, component, planned, forecast, actual, status
    ("Milestones", ["00M", "", "go_live", "", "", "", "stopped"], "component", "further up already"),
    ("Milestones", ["00K", "", "go_live", "2015-12-01", "", "", "done"], "status", "no actual date"),
    ("Milestones", ["00K", "", "imaging_route", "", "", "2016-02-01", "done"], "actual", "had not happened"),
    ("Milestones", ["16C", "", "go_live", "", "", "", "not_started"], "ccg", "none of the 12 CCGs"),
    ("Milestones", ["00K", "", "party", "", "", "", "not_started"], "component", "Expected one of go_live"),
    ("Milestones", ["00K", "", "cppp_running", "", "", "", "late"], "status", "Expected one of not_started"),
    ("Milestones", ["00K", "", "gp_template_live", "31/09/2016", "", "", "stopped"], "planned", "not a date"),
    ("Milestones", ["00K", "", "ttps_appointed", "2027-01-01", "", "", "stopped"], "planned", "10 years ahead"),
    # practice, ccg, trained, live
    ("Practices", ["A81001", "00M", "", ""], "practice", "further up already"),
    ("Practices", ["A81003", "00M", "", "2016-02-01"], "live", "had not happened"),
    ("Practices", ["A81004", "", "", ""], "ccg", "needed"),
    # ccg, month, planned, in_post, trained
    ("Workforce", ["00M", "2016-01", 4, 3, ""], "month", "further up already"),
    ("Workforce", ["00C", "2016-01", 4, -1, ""], "in_post", "below 0"),
    ("Workforce", ["00K", "2016-01", 4, "", ""], "in_post", "needed"),
    # date, ccg, text, source
    ("Notes", ["2016-01-05", "", "", ""], "text", "needed"),
    ("Notes", ["2016-01-05", "", "@risk", ""], "text", "like a formula"),
    ("Notes", ["", "", "Something happened.", ""], "date", "needed"),
]


def test_the_faults_of_all_sheets_are_said_at_once() -> None:
    sheets: dict[str, list] = {name: list(rows) for name, rows in LEDGER.items()}
    places = []
    for sheet, row, column, why in DAMAGE:
        sheets[sheet].append(row)
        places.append((sheet, len(sheets[sheet]), column, why))
    problems = refusal(**sheets)
    for sheet, number, column, why in places:
        found = [p for p in problems if (p.sheet, p.row, p.column) == (sheet, number, column) and why in p.why]
        assert found, (sheet, number, column, why)


@pytest.mark.parametrize(
    ("about", "column", "why"),
    [
        ([["As at", "2016-01-31"]], "Prepared by", "missing"),
        ([["Prepared by", "Office"]], "As at", "missing"),
        ([["Prepared by", "Office"], ["As at", "last week"]], "As at", "not a day"),
        ([["Prepared by", "Office"], ["As at", "2009-12-31"]], "As at", "not a day"),
        ([["Prepared by", "Office"], ["As at", date.today() + timedelta(days=1)]], "As at", "not a day"),
        ([["Prepared by", "Office"], ["As at", "2016-01-31"], ["Data status", "test"]], "Data status", "Expected"),
    ],
)
def test_the_ledger_must_say_who_and_when(about: Sequence[Sequence[object]], column: str, why: str) -> None:
    found = [problem for problem in refusal(About=about) if problem.column == column]
    assert [problem.sheet for problem in found if why in problem.why] == ["About"]


def test_a_missing_sheet_is_said() -> None:
    book = {name: rows for name, rows in LEDGER.items() if name != "Workforce"}
    (problem,) = refusal(**book, Workforce=[])
    assert (problem.sheet, problem.why) == ("Workforce", "The sheet is missing or empty.")


def test_identifiers_are_refused_on_every_sheet_before_anything_else() -> None:
    notes = [["date", "ccg", "text", "surname"], ["soon", "", "x", "x"]]
    practices = [["practice", "ccg", "trained", "live", "postcode"], ["A81001", "00M", "", "", ""]]
    problems = refusal(Notes=notes, Practices=practices)
    assert [(problem.sheet, problem.column) for problem in problems] == [
        ("Practices", "postcode"),
        ("Notes", "surname"),
    ]


# ---- What is warned about --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "row", "column", "why"),
    [
        ("Milestones", ["00K", "", "go_live", "", "", "", "not_started", "", ""], "planned", "no planned date"),
        (
            "Milestones",
            ["00K", "", "go_live", "2015-12-01", "", "2015-12-01", "in_progress", "", ""],
            "actual",
            "not done",
        ),
        (
            "Milestones",
            ["00K", "", "go_live", "2015-12-01", "2016-01-30", "", "in_progress", "", ""],
            "forecast",
            "passed",
        ),
        ("Workforce", ["00K", "2016-02", 2, 1, ""], "in_post", "month to come"),
    ],
)
def test_what_is_odd_loads_with_a_warning(sheet: str, row: Sequence[object], column: str, why: str) -> None:
    (warning,) = read(**with_rows(sheet, row)).warnings
    assert (warning.sheet, warning.row, warning.column) == (sheet, len(LEDGER[sheet]) + 1, column)
    assert why in warning.why


def test_a_milestone_that_was_stopped_is_not_late() -> None:
    stopped = ["00K", "", "go_live", "2015-12-01", "2016-01-01", "", "stopped", "", ""]
    assert read(**with_rows("Milestones", stopped)).warnings == []
