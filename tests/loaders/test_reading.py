"""A file as text on numbered rows: CSV, its header, and what holds for every format."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import reading
from loaders.problems import LoadRefused
from loaders.reading import open_bytes, open_file
from loaders.sheet import titles
from tests.loaders.opened import body, one, rows, zipped
from tests.loaders.published import workbook

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
