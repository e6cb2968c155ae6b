"""Workbooks, CSV and Parquet as sheets of text.

Nothing is converted here: a sheet gives text, and the loader that recognises it says what the
text means. So a problem can quote the value as the sender wrote it.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache, partial, reduce
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import python_calamine

from loaders.problems import LoadRefused, Problem, quoted, refuse
from loaders.sheet import HEAD, Body, Sheet, titles

MOST_CELLS = 50_000_000
"""Cells from the first to the last of a sheet: more than any return has."""

_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""Where Excel puts a workbook that has a password."""

_EXTENT = re.compile(rb'<dimension ref="(?:[A-Z]+\d+:)?(?P<column>[A-Z]+)(?P<row>\d+)"')

# ---- Workbooks


def workbook(name: str, content: bytes) -> list[Sheet]:
    """The sheets of a workbook; LoadRefused when it is damaged or locked."""
    if _LOCKED in content:
        raise _protected(name)
    with _refusing_damage(name):
        _refuse_stray_cells(name, content)
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [_grid(name, book, sheet) for sheet in book.sheet_names]


def _protected(name: str) -> LoadRefused:
    return refuse(name, "The workbook is protected by a password.", "Send it without one.")


def _refuse_stray_cells(name: str, content: bytes) -> None:
    """Refuse a sheet of which a cell far off makes a grid that no memory holds: its reader would end the program."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return
    archive = zipfile.ZipFile(io.BytesIO(content))
    for member in archive.namelist():
        sheet = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", member)
        extent = sheet and _EXTENT.search(archive.open(member).read(4096))
        if sheet and extent:
            columns = reduce(lambda number, letter: 26 * number + letter - 64, extent["column"], 0)
            if columns * int(extent["row"]) > MOST_CELLS:
                why = f"Sheet number {sheet[1]} reaches down to cell {(extent['column'] + extent['row']).decode()}."
                raise refuse(name, why, "Delete the columns and rows beyond the table, and save it again.")


@contextmanager
def _refusing_damage(name: str) -> Iterator[None]:
    """Refuse a workbook that its reader cannot cope with."""
    why = "The workbook is damaged, protected or none"
    remedy = "Open it in Excel and save it again."
    try:
        yield
    except python_calamine.PasswordError as locked:
        raise _protected(name) from locked
    except (python_calamine.CalamineError, zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError) as broken:
        raise refuse(name, f"{why} ({broken}).", remedy) from broken
    except BaseException as broken:
        # On some damage the reader, which is written in Rust, panics; no class stands for that in Python
        if type(broken).__name__ != "PanicException":
            raise
        raise refuse(name, f"{why}.", remedy) from broken


def _grid(file: str, book: python_calamine.CalamineWorkbook, name: str) -> Sheet:
    @cache
    def rows() -> Sequence[Sequence[object]]:
        with _refusing_damage(file):
            return book.get_sheet_by_name(name).to_python(skip_empty_area=False)

    return Sheet(name, lambda: [_cells(row) for row in rows()[:HEAD]], partial(_grid_body, rows))


def _grid_body(grid: Callable[[], Sequence[Sequence[object]]], header: int, names: Sequence[str] | None) -> Body:
    rows = grid()
    first = header if names else header + 1
    kept = [i for i in range(first, len(rows)) if any(cell not in ("", None) for cell in rows[i])]
    columns = {
        title: pa.array([_cell(rows[i][at]) if at < len(rows[i]) else "" for i in kept], pa.string())
        for at, title in enumerate(names or titles(_cells(rows[header])))
    }
    return Body(pa.table(columns), np.array(kept, dtype=np.int64) + 1)


def _cells(row: Sequence[object]) -> list[str]:
    return [_cell(value) for value in row]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


# ---- Parquet and tables in memory


def parquet(name: str, content: bytes) -> list[Sheet]:
    """The one sheet of a Parquet file; LoadRefused when it is damaged or holds more than plain columns."""
    try:
        return [sheet_of(name, as_text(pq.read_table(io.BytesIO(content))))]
    except pa.ArrowNotImplementedError as nested:
        why = f"A column cannot be read as text ({nested})."
        raise refuse(name, why, "Write numbers, dates and text only.") from nested
    except (pa.ArrowException, OSError) as broken:
        raise refuse(name, "The Parquet file is cut short or damaged.", "Write it again.") from broken


def as_text(table: pa.Table) -> pa.Table:
    """The same table with every value as text, '' for null; of a moment only the day."""
    return pa.table([_as_text(column) for column in table.columns], names=titles(table.column_names))


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("s"), safe=False).cast(pa.date32(), safe=False)
    return pc.fill_null(column.cast(pa.string()), "")


def sheet_of(name: str, text: pa.Table) -> Sheet:
    """A sheet from a table of text that has its names already: the header is row 1."""
    first = text.slice(0, HEAD - 1).to_pylist()
    head = [text.column_names, *[[row[column] for column in text.column_names] for row in first]]
    return Sheet(name, lambda: head, lambda _header, _names: Body(text, np.arange(text.num_rows) + 2))


# ---- CSV


def comma_separated(name: str, content: bytes) -> list[Sheet]:
    """The one sheet of a CSV in UTF-8; LoadRefused when it is not separated by commas."""
    start = content[: 1 << 18].decode("utf-8-sig", errors="ignore")
    try:
        head = list(islice(csv.reader(io.StringIO(start, newline="")), HEAD))
    except csv.Error as broken:
        raise refuse(name, f"The CSV cannot be read: {broken}.", "Look for a quote that never closes.") from broken
    widest = max((len(row) for row in head), default=0)
    if widest < 2 and any(mark in start[:2000] for mark in ";\t|") and not start.lstrip().startswith("{"):
        raise refuse(name, "The columns are not separated by commas.", "Save it as 'CSV UTF-8 (comma delimited)'.")
    return [Sheet("", lambda: head, partial(_csv_body, name, content, head))]


def _csv_body(
    name: str, content: bytes, head: Sequence[Sequence[str]], header: int, names: Sequence[str] | None
) -> Body:
    columns = list(names or titles(head[header]))
    skipped = header if names else header + 1
    if skipped == len(head) < HEAD:
        return Body(pa.table({name: pa.array([], pa.string()) for name in columns}), np.zeros(0, dtype=np.int64))
    ragged: list[pa_csv.InvalidRow] = []

    def note(row: pa_csv.InvalidRow) -> str:
        ragged.append(row)
        return "skip"

    def parse(threads: bool) -> pa.Table:
        ragged.clear()
        return pa_csv.read_csv(
            pa.BufferReader(content),
            pa_csv.ReadOptions(column_names=columns, skip_rows=skipped, use_threads=threads, block_size=1 << 22),
            pa_csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=note),
            pa_csv.ConvertOptions(column_types=dict.fromkeys(columns, pa.string()), strings_can_be_null=False),
        )

    try:
        text = parse(threads=True)
        if ragged:
            text = parse(threads=False)  # only then are the numbers of the ragged rows known
    except pa.ArrowInvalid as broken:
        raise refuse(name, f"The CSV cannot be read: {broken}.", "Export it again.") from broken
    every = np.arange(skipped + 1, skipped + 1 + text.num_rows + len(ragged))
    uneven = [_ragged(name, row) for row in ragged if row.text.strip(", \t\r\n")]
    return Body(text, np.setdiff1d(every, [row.number for row in ragged]) if ragged else every, uneven)


def _ragged(name: str, row: pa_csv.InvalidRow) -> Problem:
    return Problem(
        f"The row has {row.actual_columns} columns; the header has {row.expected_columns}.",
        "Put quotes around text that holds a comma.",
        file=name,
        row=row.number,
        value=quoted(row.text),
    )
