"""Published returns as literal rows, and what a loader says of them."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

from loaders.problems import LoadRefused
from loaders.reading import Source, open_bytes, open_file
from loaders.submission import Instructions, Kind, Reading

TITLE_BLOCK = {
    "Title:": "",
    "Summary:": "",
    "Period:": "March 2015",
    "Source:": "Unify2 data collection",
    "Basis:": "Commissioner",
    "Published:": "14th May 2015",
    "Revised:": "9th July 2015",
    "Status:": "Published",
}


def pasted(title: Mapping[str, str], header: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """A return pasted as CSV: the title block, one blank line, the header and the rows, all equally wide."""
    lines = [*([label, value] for label, value in {**TITLE_BLOCK, **title}.items()), [], header, *rows]
    width = max(len(line) for line in lines)
    text = io.StringIO()
    csv.writer(text).writerows([*line, *[""] * (width - len(line))] for line in lines)
    return text.getvalue().encode()


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """A workbook with these sheets, their rows as given."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    book.close()
    return content.getvalue()


def source(content: bytes | str | Path, name: str = "sent.csv") -> Source:
    """The one source in a file, or in bytes or text as if a file of this name held them."""
    if isinstance(content, Path):
        return open_file(content)[0]
    return open_bytes(name, content.encode() if isinstance(content, str) else content)[0]


def read(kind: Kind, sent: Source, as_at: date | None = None) -> Reading:
    """The reading of a source that is recognised as this kind."""
    assert kind.recognise(sent), f"{sent.name} was not recognised as {kind.key}"
    return kind.read(sent, Instructions(as_at=as_at))


def refusal(kind: Kind, sent: Source) -> list[tuple[int | None, str, str]]:
    """Row, column and reason of every error for which the source is refused."""
    try:
        read(kind, sent)
    except LoadRefused as refused:
        return [(p.row, p.column, p.why) for p in refused.problems if p.level == "error"]
    raise AssertionError(f"{sent.name} loaded")
