import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import reading
from loaders.problems import LoadRefused
from loaders.reading import Source, from_table, open_bytes, open_file
from loaders.sheet import Body, titles
from tests.loaders.published import workbook

PROTECTED = Path(__file__).parent / "files" / "protected.xlsx"
"""A workbook of one cell, encrypted as Excel does it (by msoffcrypto-tool 6; the password is pathway)."""


def one(content: bytes | str, name: str = "sent.csv") -> Source:
    (source,) = open_bytes(name, content.encode() if isinstance(content, str) else content)
    return source


def body(content: bytes | str, header: int = 0, names: Sequence[str] | None = None) -> Body:
    return one(content).sheets[0].body(header, names)


def rows(found: Body) -> list[dict]:
    return found.text.to_pylist()


def refusal(content: bytes | str, name: str = "sent.csv") -> str:
    """What is said of a file, from opening it to reading its rows, that is refused."""
    with pytest.raises(LoadRefused) as refused:
        read_through(name, content.encode() if isinstance(content, str) else content)
    (problem,) = refused.value.problems
    assert problem.remedy
    return str(problem)


def read_through(name: str, content: bytes) -> None:
    for source in open_bytes(name, content):
        for sheet in source.sheets:
            sheet.body(0)


def zipped(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in files.items():
            archive.writestr(name, inside)
    return content.getvalue()


def parquet(**columns: Sequence[object]) -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.table(columns), content)
    return content.getvalue()


# ---- CSV


def test_a_csv_is_text_on_the_rows_of_the_file() -> None:
    found = body("code,patients\n00M, 007 \n00K,\n")
    assert rows(found) == [{"code": "00M", "patients": " 007 "}, {"code": "00K", "patients": ""}]
    assert found.rows.tolist() == [2, 3]
    assert found.column("code").to_pylist() == ["00M", "00K"]


@pytest.mark.parametrize(
    "content",
    [
        "a,b\r\n1,2\r\n",
        "a,b\r1,2\r",  # as old Macs end lines
        "\ufeffa,b\n1,2\n",  # as Excel begins UTF-8
        'a,b\n"1","2"',
        " a , b\n1,2\n",
    ],
)
def test_a_csv_may_be_written_in_several_ways(content: str) -> None:
    assert rows(body(content)) == [{"a": "1", "b": "2"}]


def test_a_quoted_cell_may_hold_commas_quotes_and_lines() -> None:
    found = body('a,b\n"x, ""y""\nz",1\nw,2\n')
    assert rows(found) == [{"a": 'x, "y"\nz', "b": "1"}, {"a": "w", "b": "2"}]
    assert found.rows.tolist() == [2, 3]  # as a spreadsheet counts them


def test_words_that_mean_nothing_to_others_are_kept() -> None:
    assert [row["a"] for row in rows(body("a,b\nNA,1\nnull,1\nNaN,1\n"))] == ["NA", "null", "NaN"]


def test_rows_below_a_title_block_keep_their_numbers() -> None:
    found = body("Title:,RTT\n\na,b\n1,2\n", header=2)
    assert (rows(found), found.rows.tolist()) == ([{"a": "1", "b": "2"}], [4])


def test_rows_without_a_header_are_named_by_the_loader() -> None:
    found = body("1,2\n3,4\n", names=["a", "b"])
    assert (rows(found), found.rows.tolist()) == ([{"a": "1", "b": "2"}, {"a": "3", "b": "4"}], [1, 2])


def test_uneven_rows_are_told_with_their_number_and_left_out() -> None:
    found = body("a,b\n1,2\n1,2,3\n4\n\n5,6\n,,\n")
    assert rows(found) == [{"a": "1", "b": "2"}, {"a": "5", "b": "6"}]
    assert found.rows.tolist() == [2, 6]
    assert [(problem.row, problem.why, problem.value) for problem in found.ragged] == [
        (3, "The row has 3 columns; the header has 2.", "1,2,3"),
        (4, "The row has 1 columns; the header has 2.", "4"),
    ]  # and nothing of rows 5 and 7, which are blank


def test_a_header_alone_has_no_rows() -> None:
    assert body("a,b\n").text.num_rows == 0
    assert body("a,b").text.column_names == ["a", "b"]


def test_below_no_header_there_is_nothing() -> None:
    assert body("\ufeff").text.num_rows == 0
    assert body("a,b\n1,2\n", header=7).text.column_names == []


@pytest.mark.parametrize(
    ("header", "named"),
    [
        (["a", "b"], ["a", "b"]),
        (["a", "a"], ["a", "a (2)"]),
        (["a", "a", "a (2)"], ["a", "a (2)", "a (2) (3)"]),
        (["", "a", ""], ["column 1", "a", "column 3"]),
        (["", "column 1"], ["column 1", "column 1 (2)"]),
        (["\ufeffa", " b "], ["a", "b"]),
    ],
)
def test_every_column_has_a_name_of_its_own(header: list[str], named: list[str]) -> None:
    assert titles(header) == named


@given(st.lists(st.sampled_from(["", "a", "a (2)", "column 1", "a (3)"]), max_size=6))
def test_no_column_is_lost_under_the_name_of_another(header: list[str]) -> None:
    assert len(set(titles(header))) == len(header)


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


# ---- What it is, whatever it is called


def test_the_name_says_nothing_about_the_format() -> None:
    assert rows(one(workbook({"S": [["a", "b"], [1, 2]]}), "return.csv").sheets[0].body(0)) == [{"a": "1", "b": "2"}]
    assert rows(one("a,b\n1,2\n", "return.xls").sheets[0].body(0)) == [{"a": "1", "b": "2"}]


def test_a_zip_holds_files_and_a_workbook_in_it_is_one() -> None:
    content = zipped(
        {
            "2015/june.csv": b"a,b\n1,2\n",
            "book.xlsx": workbook({"S": [["c", "d"], [3, 4]]}),
            "2015/": b"",
            "__MACOSX/._june.csv": b"clutter",
            ".DS_Store": b"clutter",
        }
    )
    assert [(source.name, rows(source.sheets[0].body(0))) for source in open_bytes("sent.zip", content)] == [
        ("sent.zip > 2015/june.csv", [{"a": "1", "b": "2"}]),
        ("sent.zip > book.xlsx", [{"c": "3", "d": "4"}]),
    ]


def test_content_is_known_by_its_hash() -> None:
    # the SHA-256 of "abc" is the first example of FIPS 180-2
    assert one("abc", "x").sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


# ---- What is refused


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b" \r\n\n", "The file is empty."),
        ("a;b\n1;2\n", "The columns are not separated by commas."),
        ("a\tb\n1\t2\n", "The columns are not separated by commas."),
        ("a,b\n1,2\n".encode("utf-16"), "This is neither a workbook, Parquet nor CSV text in UTF-8."),
        ("a,b\n1,2\n".encode("utf-16-le"), "This is neither a workbook, Parquet nor CSV text in UTF-8."),
        (b"a,b\n" + b"1,2\n" * 2000 + b"1,\x00\n", "This is neither a workbook, Parquet nor CSV text in UTF-8."),
        (b"a,b\n1,2\nMontr\xe9al,3\n", "Line 3 holds a byte (0xe9) that is not UTF-8."),  # Windows-1252
        (b"a,b\n" + b"x" * 200_000 + b",1\n", "field larger than field limit"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "Line 2 holds a byte (0xe2) that is not UTF-8."),
    ],
)
def test_text_that_is_no_csv_in_utf8_is_refused(content: bytes, said: str) -> None:
    assert said in refusal(content)


@pytest.mark.parametrize("kept", [8, 300, 0.5, 0.99])
def test_a_workbook_cut_short_is_refused(kept: float) -> None:
    whole = workbook({"Commissioner": [["a", "b"], *([n, n * 7919 % 1000] for n in range(500))]})
    content = whole[: kept if isinstance(kept, int) else int(len(whole) * kept)]
    assert "sent.xlsx: The file is cut short or damaged" in refusal(content, "sent.xlsx")


def test_an_old_workbook_cut_short_is_refused() -> None:
    said = refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "sent.xls")
    assert "sent.xls: The workbook is damaged, protected or none" in said


def test_a_workbook_with_a_password_is_refused_as_such() -> None:
    said = refusal(PROTECTED.read_bytes(), "protected.xlsx")
    assert said == "protected.xlsx: The workbook is protected by a password. Send it without one."


def test_a_workbook_of_another_program_is_refused() -> None:
    document = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"})
    assert "The workbook is damaged, protected or none" in refusal(document, "letter.docx")


@pytest.mark.parametrize(("cell", "refused"), [("XFD3000", False), ("XFD3100", True)])  # of 16,384 columns
def test_a_stray_cell_far_off_is_refused_before_it_fills_the_memory(cell: str, refused: bool) -> None:
    sheet = f'<worksheet><dimension ref="A1:{cell}"/><sheetData/></worksheet>'.encode()
    said = refusal(zipped({"[Content_Types].xml": b"<Types/>", "xl/worksheets/sheet2.xml": sheet}), "sent.xlsx")
    assert (f"Sheet number 2 reaches down to cell {cell}" in said) == refused


def test_parquet_cut_short_is_refused() -> None:
    content = parquet(a=list(range(1000)))
    for kept in (10, len(content) // 2, len(content) - 1):
        assert "The Parquet file is cut short or damaged." in refusal(content[:kept], "sent.parquet")


@pytest.mark.parametrize("column", [[[1, 2]], [{"a": 1}]])
def test_parquet_of_more_than_plain_columns_is_refused(column: list) -> None:
    assert "A column cannot be read as text" in refusal(parquet(nested=column), "sent.parquet")


def test_parquet_of_bytes_that_are_no_text_is_refused() -> None:
    assert "The Parquet file is cut short or damaged." in refusal(parquet(a=[b"\xff\xfe"]), "sent.parquet")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (zipped({}), "neither a workbook, Parquet nor CSV"),  # an empty zip begins otherwise
        (zipped({"folder/": b""}), "There is no file in the zip."),
        (zipped({"inner.zip": zipped({"a.csv": b"a,b\n1,2\n"})}), "sent.zip > inner.zip: A zip stands inside a zip."),
        (zipped({"good.csv": b"a,b\n1,2\n", "empty.csv": b""}), "sent.zip > empty.csv: The file is empty."),
        (zipped({"a.csv": b"a,b\n1,2\n"})[:40], "cut short or damaged"),
    ],
    ids=["empty", "folders only", "a zip inside", "an empty file inside", "cut short"],  # a zip's bytes hold the time
)
def test_a_zip_that_does_not_hold_files_is_refused(content: bytes, said: str) -> None:
    assert said in refusal(content, "sent.zip")


def test_a_zip_with_a_broken_file_in_it_is_refused() -> None:
    content = bytearray(zipped({"a.csv": b"a,b\n" + b"1,2\n" * 1000}))
    content[45] ^= 0xFF  # within the compressed bytes
    assert "cut short or damaged" in refusal(bytes(content), "sent.zip")


def test_a_zip_with_a_password_is_refused_as_such() -> None:
    content = bytearray(zipped({"a.csv": b"a,b\n1,2\n"}))
    content[6] |= 1  # the flag in the file's own header ...
    content[content.index(b"PK\x01\x02") + 8] |= 1  # ... and in the directory
    assert "The zip is protected by a password." in refusal(bytes(content), "sent.zip")


def test_a_zip_that_unpacks_to_far_more_than_a_return_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 1000)
    assert "far larger than any return" in refusal(zipped({"a.csv": bytes(10_001)}), "sent.zip")
    assert "neither a workbook" in refusal(zipped({"a.csv": bytes(10_000)}), "sent.zip")


# ---- Files


def test_a_file_of_200_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(200_000_000)  # without taking the room
    with pytest.raises(LoadRefused, match=r"huge.csv: The file is larger than 190 MB.*LARGEST_FILE_MB"):
        open_file(path)


def test_a_file_as_large_as_may_be_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sent.csv"
    path.write_bytes(b"a,b\n1,2\n")
    monkeypatch.setattr(reading, "LARGEST", 8)
    assert open_file(path)[0].name == "sent.csv"
    monkeypatch.setattr(reading, "LARGEST", 7)
    with pytest.raises(LoadRefused):
        open_file(path)


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sent.csv"
    path.write_bytes(b"a,b\n1,2\n")

    def barred(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", barred)
    with pytest.raises(LoadRefused, match=r"sent.csv: The file cannot be opened \(Permission denied\)"):
        open_file(path)


def test_a_path_that_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LoadRefused, match="There is no such file"):
        open_file(tmp_path / "gone.csv")
    with pytest.raises(LoadRefused, match="There is no file in this folder"):
        open_file(tmp_path)
