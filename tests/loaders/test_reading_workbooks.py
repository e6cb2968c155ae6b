"""Workbooks, Parquet and rows in memory as the text that a CSV would hold."""

import io
from datetime import date, datetime

import openpyxl
import pyarrow as pa

from loaders.reading import from_table
from tests.loaders.opened import body, one, parquet, rows
from tests.loaders.published import workbook

# ---- Workbooks


def test_cells_of_a_workbook_are_text_as_a_csv_would_hold_it() -> None:
    book = openpyxl.Workbook()
    book.active.append(["code", "n", "share", "day", "moment", "true", "none"])
    book.active.append(["00M", 3.0, 0.25, date(2015, 6, 1), datetime(2015, 6, 1, 9, 30), True, None])
    content = io.BytesIO()
    book.save(content)
    assert rows(body(content.getvalue())) == [
        {
            "code": "00M",
            "n": "3",
            "share": "0.25",
            "day": "2015-06-01",
            "moment": "2015-06-01 09:30:00",
            "true": "True",
            "none": "",
        }
    ]


def test_sheets_are_found_by_name_in_any_case() -> None:
    book = one(workbook({"About ": [["x"]], "Commissioner": [["a", "b"], [1, 2]]}), "return.xlsx")
    assert [sheet.name for sheet in book.sheets] == ["About ", "Commissioner"]
    found = book.sheet("commissioner")
    assert found
    assert rows(found.body(0)) == [{"a": "1", "b": "2"}]
    assert book.sheet("about")
    assert book.sheet("Provider") is None


def test_blank_rows_of_a_workbook_are_left_out_and_the_others_keep_their_numbers() -> None:
    found = body(workbook({"S": [["Title"], [], ["a", "b"], [1, 2], [], [3, 4]]}), header=2)
    assert (rows(found), found.rows.tolist()) == ([{"a": "1", "b": "2"}, {"a": "3", "b": "4"}], [4, 6])


def test_a_workbook_with_an_empty_sheet_has_no_rows() -> None:
    (sheet,) = one(workbook({"S": []}), "empty.xlsx").sheets
    assert (list(sheet.head), sheet.body(0).text.num_rows) == ([], 0)


def test_a_header_is_found_wherever_it_stands_in_the_first_rows() -> None:
    (sheet,) = one("Title:,x\n\n Code ,NAME,other\n1,2,3\n").sheets
    assert sheet.find_header("code", "name") == 2
    assert sheet.find_header("code", "patients") is None


# ---- Parquet, and rows in memory


def test_parquet_is_read_as_text() -> None:
    content = parquet(
        n=[1, None], share=[0.5, 2.0], day=[date(2015, 6, 1), None], moment=[datetime(2015, 6, 1, 9), None]
    )
    assert rows(body(content)) == [
        {"n": "1", "share": "0.5", "day": "2015-06-01", "moment": "2015-06-01"},
        {"n": "", "share": "2", "day": "", "moment": ""},
    ]
    assert one(content).sheets[0].head[0] == ["n", "share", "day", "moment"]


def test_rows_in_memory_are_known_by_their_values() -> None:
    one_way, same, other = (pa.table({"a": values}) for values in ([1, 2], ["1", "2"], [1, 3]))
    assert from_table("view", one_way).sha256 == from_table("view", same).sha256
    assert from_table("view", one_way).sha256 != from_table("view", other).sha256
    assert rows(from_table("view", one_way).sheets[0].body(0)) == [{"a": "1"}, {"a": "2"}]
