"""Files that are refused for what they are, before a row is looked at."""

import pytest

from loaders import reading
from tests.loaders.damaged import PROTECTED
from tests.loaders.opened import parquet, refusal, zipped
from tests.loaders.published import workbook


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
