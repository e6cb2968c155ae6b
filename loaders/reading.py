"""Workbook, CSV, Parquet or zip of them: numbered rows of text, whatever the file is called.

Nothing is converted here: a sheet gives text, and the loader that recognises it says what the
text means. So a problem can quote the value as the sender wrote it.
"""

import csv
import hashlib
import io
import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property, partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import python_calamine

from loaders.problems import LoadRefused, Problem

HEAD = 40
"""Rows that are enough to recognise any file: title blocks end by row 15."""

LARGEST = int(os.environ.get("LARGEST_FILE_MB", "190")) * 1_000_000
"""Bytes: far above any return; a larger file is taken for a mistake until someone says otherwise."""

_OLE2, _ZIP, _PARQUET = b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"PAR1"


@dataclass(frozen=True)
class Body:
    """The rows below a header: text columns, and the row of the file that each one stands on.

    `ragged` are rows with more or fewer cells than the header: a fault in data, a note in a return.
    """

    text: pa.Table
    rows: np.ndarray
    ragged: Sequence[Problem] = ()

    def column(self, name: str) -> pa.Array:
        """One column as a single array of text; empty cells are ''."""
        return self.text.column(name).combine_chunks()


class Sheet:
    """A sheet of text. `head` holds the first rows; `body` reads what follows the header."""

    def __init__(
        self,
        name: str,
        head: Callable[[], Sequence[Sequence[str]]],
        body: Callable[[int, Sequence[str] | None], Body],
    ) -> None:
        self.name = name
        self._head = head
        self._body = body

    @cached_property
    def head(self) -> Sequence[Sequence[str]]:
        return self._head()

    def body(self, header: int = 0, names: Sequence[str] | None = None) -> Body:
        """Rows below the row at index `header`, named by it; from `header` on when `names` are given."""
        return self._body(header, names)

    def find_header(self, *wanted: str) -> int | None:
        """Index of the first row that holds all the wanted names (trimmed, any case), or None."""
        names = {name.strip().lower() for name in wanted}
        for index, row in enumerate(self.head):
            if names <= {cell.strip().lower() for cell in row}:
                return index
        return None


class Source:
    """A file as read: its sheets, its content hash and its name for messages."""

    def __init__(self, name: str, content: bytes, sheets: Callable[[], Sequence[Sheet]]) -> None:
        self.name = name
        self.content = content
        self._sheets = sheets

    @cached_property
    def sheets(self) -> Sequence[Sheet]:
        return self._sheets()

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of this name (trimmed, any case), or None."""
        return next((s for s in self.sheets if s.name.strip().lower() == name.lower()), None)


def refuse(name: str, why: str, remedy: str = "") -> LoadRefused:
    """The refusal of a whole file for one reason."""
    return LoadRefused([Problem(why, remedy, file=name)])


def open_file(path: Path) -> list[Source]:
    """The sources in a file: one, or one for each file inside a zip."""
    if not path.is_file():
        raise refuse(str(path), "There is no such file.", "Check the path.")
    if path.stat().st_size > LARGEST:
        raise refuse(
            path.name,
            f"The file is larger than {LARGEST // 1_000_000} MB.",
            "Send one provider and period a file, or set LARGEST_FILE_MB if it really is that large.",
        )
    return open_bytes(path.name, path.read_bytes())


def open_bytes(name: str, content: bytes) -> list[Source]:
    """The sources in a file's content; LoadRefused when it is none of the formats read."""
    if not content.strip():
        raise refuse(name, "The file is empty.", "Export it again.")
    if content[:4] == _ZIP:
        return _zip(name, content)
    if content[:4] == _OLE2:
        return [Source(name, content, partial(_workbook, name, content))]
    if content[:4] == _PARQUET:
        return [Source(name, content, partial(_parquet, name, content))]
    _require_utf8(name, content)
    return [Source(name, content, partial(_csv, name, content))]


def from_table(name: str, table: pa.Table) -> Source:
    """A source from rows already in memory, such as a database view; hashed by its values."""
    text = pa.table({column: _as_text(table.column(column)) for column in table.column_names})
    sink = io.BytesIO()
    pa_csv.write_csv(text, sink)
    return Source(name, sink.getvalue(), lambda: [_sheet_of(name, text)])


def _zip(name: str, content: bytes) -> list[Source]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as broken:
        raise refuse(name, f"The file is cut short or damaged ({broken}).", "Fetch or export it again.") from broken
    if sum(entry.file_size for entry in archive.infolist()) > 10 * LARGEST:
        raise refuse(name, "Unpacked, the file would be far larger than any return.", "Check what it is.")
    members = archive.namelist()
    if "[Content_Types].xml" in members:
        return [Source(name, content, partial(_workbook, name, content))]
    files = [m for m in members if not m.endswith("/") and not m.startswith("__MACOSX")]
    return [source for member in files for source in open_bytes(f"{name} > {member}", archive.read(member))]


def _require_utf8(name: str, content: bytes) -> None:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content[:4096]:
        raise refuse(
            name,
            "This is neither a workbook, Parquet nor CSV text in UTF-8.",
            "Save it from Excel as 'CSV UTF-8' or as a workbook (.xlsx).",
        )
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise refuse(
            name,
            f"Line {line} holds a byte (0x{content[wrong.start]:02x}) that is not UTF-8.",
            "Save it from Excel as 'CSV UTF-8'.",
        ) from wrong


def _workbook(name: str, content: bytes) -> list[Sheet]:
    with _refusing_damage(name):
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [_grid(name, book, sheet) for sheet in book.sheet_names]


@contextmanager
def _refusing_damage(name: str) -> Iterator[None]:
    """Refuse a workbook that its reader cannot cope with."""
    why = "The workbook is damaged, protected or none"
    remedy = "Open it in Excel and save it again."
    try:
        yield
    except python_calamine.PasswordError as locked:
        raise refuse(name, "The workbook is protected by a password.", "Send it without one.") from locked
    except (python_calamine.CalamineError, OSError, ValueError) as broken:
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
    titles = list(names) if names else _titles(_cells(rows[header]))
    kept = [i for i in range(first, len(rows)) if any(cell not in ("", None) for cell in rows[i])]
    columns = {
        title: pa.array([_cell(rows[i][at]) if at < len(rows[i]) else "" for i in kept], pa.string())
        for at, title in enumerate(titles)
        if title
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


def _titles(cells: Sequence[str]) -> list[str]:
    """Header names, trimmed; a name used twice gets its position so that nothing is lost."""
    seen: set[str] = set()
    titles = []
    for at, cell in enumerate(cells):
        title = cell.strip().lstrip("\ufeff")
        titles.append(title if title not in seen else f"{title} ({at + 1})")
        seen.add(title)
    return titles


def _parquet(name: str, content: bytes) -> list[Sheet]:
    try:
        table = pq.read_table(io.BytesIO(content))
    except (pa.ArrowException, OSError) as broken:
        raise refuse(name, "The Parquet file is cut short or damaged.", "Write it again.") from broken
    return [_sheet_of(name, pa.table({column: _as_text(table.column(column)) for column in table.column_names}))]


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("s"), safe=False).cast(pa.date32(), safe=False)
    return pc.fill_null(column.cast(pa.string()), "")


def _sheet_of(name: str, text: pa.Table) -> Sheet:
    """A sheet from a table of text that has its names already: the header is row 1."""
    first = text.slice(0, HEAD - 1).to_pylist()
    head = [text.column_names, *[[row[column] for column in text.column_names] for row in first]]
    return Sheet(name, lambda: head, lambda _header, _names: Body(text, np.arange(text.num_rows) + 2))


def _csv(name: str, content: bytes) -> list[Sheet]:
    start = content[: 1 << 18].decode("utf-8-sig", errors="ignore")
    try:
        head = [row for row, _ in zip(csv.reader(io.StringIO(start)), range(HEAD), strict=False)]
    except csv.Error as broken:
        raise refuse(name, f"The CSV cannot be read: {broken}.", "Look for a quote that never closes.") from broken
    widest = max((len(row) for row in head), default=0)
    if widest < 2 and any(mark in start[:2000] for mark in ";\t|") and not start.lstrip().startswith("{"):
        raise refuse(name, "The columns are not separated by commas.", "Save it as 'CSV UTF-8 (comma delimited)'.")
    return [Sheet("", lambda: head, partial(_csv_body, name, content, head))]


def _csv_body(
    name: str, content: bytes, head: Sequence[Sequence[str]], header: int, names: Sequence[str] | None
) -> Body:
    titles = list(names) if names else _titles(head[header])
    titles = [title or f"column {at + 1}" for at, title in enumerate(titles)]
    skipped = header if names else header + 1
    ragged: list[pa_csv.InvalidRow] = []

    def note(row: pa_csv.InvalidRow) -> str:
        ragged.append(row)
        return "skip"

    def parse(threads: bool) -> pa.Table:
        ragged.clear()
        return pa_csv.read_csv(
            pa.BufferReader(content),
            pa_csv.ReadOptions(column_names=titles, skip_rows=skipped, use_threads=threads, block_size=1 << 22),
            pa_csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=note),
            pa_csv.ConvertOptions(column_types=dict.fromkeys(titles, pa.string()), strings_can_be_null=False),
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
        value=row.text[:80],
    )
