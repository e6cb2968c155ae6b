"""Returns of every kind that load, and ways to spoil them."""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tests.loaders.published import workbook

Rows = Sequence[Sequence[object]]

PROTECTED = Path(__file__).parent / "files" / "protected.xlsx"
"""A workbook of one cell, encrypted as Excel does it (by msoffcrypto-tool 6; the password is pathway)."""


@dataclass(frozen=True)
class Return:
    """A return that loads. `rows` are those of its sheet, all of them: title block, header, data.

    `sheet` is the name of that sheet in a workbook, blank for a CSV; `beside` are the other sheets.
    `header` is the index of the header, and `columns` name the columns where there is none. The rest
    name the column that may not hold the same twice, and one with a number, a day, a CCG, a text that
    is kept, the period, and the mark of synthetic rows.
    """

    name: str
    rows: Rows
    header: int | None = 0
    sheet: str = ""
    beside: Mapping[str, Rows] = field(default_factory=dict)
    columns: Sequence[str] = ()
    key: str = ""
    number: str = ""
    day: str = ""
    ccg: str = ""
    text: str = ""
    period: str = ""
    status: str = ""

    @property
    def content(self) -> bytes:
        if self.sheet:
            sheets = {self.sheet: self.rows, **self.beside}
            return workbook({n: [[_as_excel_does(cell) for cell in row] for row in rows] for n, rows in sheets.items()})
        text = io.StringIO()
        csv.writer(text).writerows(self.rows)
        return text.getvalue().encode()

    @property
    def titles(self) -> Sequence[str]:
        return self.columns if self.header is None else [str(cell) for cell in self.rows[self.header]]

    @property
    def first(self) -> int:
        """Index of the first row of data."""
        return 0 if self.header is None else self.header + 1

    def with_cell(self, column: str, value: object) -> "Return":
        """Another value in the last row."""
        rows = [list(row) for row in self.rows]
        rows[-1][self.titles.index(column)] = value
        return replace(self, rows=rows)

    def with_rows(self, *more: Sequence[object]) -> "Return":
        return replace(self, rows=[*self.rows, *more])


def _as_excel_does(cell: object) -> object:
    """Digits are a number in a workbook; a day is left as it is written."""
    return int(cell) if isinstance(cell, str) and cell.isdigit() else str(cell) if isinstance(cell, date) else cell


def of_csv(content: bytes) -> Rows:
    return list(csv.reader(io.StringIO(content.decode())))


Spoil = Callable[[Return], Return | bytes]


# ---- Damage to a file, whatever is in it


def cut_short(sent: Return) -> bytes:
    """Half of a workbook, or a text that ends in its last row."""
    if sent.sheet:
        return sent.content[: len(sent.content) // 2]
    return sent.content.rstrip()[: sent.content.rstrip().rindex(b",")]


def empty(_: Return) -> bytes:
    return b""


def protected(_: Return) -> bytes:
    return PROTECTED.read_bytes()


def a_letter(_: Return) -> bytes:
    return b"Dear colleague,\nplease find the return attached.\n"


def utf_16(sent: Return) -> bytes:
    return sent.content.decode().encode("utf-16")


def windows_1252(sent: Return) -> bytes:
    return sent.content.rstrip() + "Montréal".encode("cp1252") + b"\n"


def semicolons(sent: Return) -> bytes:
    return sent.content.replace(b",", b";")


def too_large(sent: Return) -> bytes:
    """One byte more than the test lets a file have."""
    return sent.content + b" " * (1_000_001 - len(sent.content))


# ---- Damage to a sheet


def other_sheet(sent: Return) -> Return:
    return replace(sent, sheet="Sheet1")


def header_alone(sent: Return) -> Return:
    return replace(sent, rows=sent.rows[: sent.first])


def column_missing(sent: Return) -> Return:
    at = sent.titles.index(sent.ccg)
    rows = [[*row[:at], *row[at + 1 :]] if index >= (sent.header or 0) else row for index, row in enumerate(sent.rows)]
    return replace(sent, rows=rows)


def column_renamed(sent: Return) -> Return:
    return replace(sent, rows=[[slip(sent.ccg) if cell == sent.ccg else cell for cell in row] for row in sent.rows])


def slip(word: str) -> str:
    """The word with two letters exchanged, as hasty fingers do."""
    return f"{word[:-2]}{word[-1]}{word[-2]}" if word[-2] != word[-1] else f"{word[:-1]}"


def ragged(sent: Return) -> Return:
    return sent.with_rows([*sent.rows[-1], "more", "cells"])


def cell_far_off(sent: Return) -> Return:
    """A blank-looking sheet that goes on to its last column, four thousand rows below."""
    return sent.with_rows(*[[]] * 4000, [*[""] * 16_383, "x"])


def repeated(sent: Return) -> Return:
    return sent.with_rows(sent.rows[-1])


def nhs_numbers(sent: Return) -> Return:
    """One more column, of ten digits; 943 476 5919 is the number that the NHS itself gives as an example."""
    rows = [[*row, "tally" if at == sent.header else "943 476 5919"] for at, row in enumerate(sent.rows)]
    return replace(sent, rows=[*rows, *[rows[-1]] * 10])


# ---- Damage to a cell


def cell(sort: str, value: object) -> Spoil:
    """Put a value into the last row, in the column of this sort."""
    return lambda sent: sent.with_cell(getattr(sent, sort), value)


def no_such_day(sent: Return) -> Return:
    """A day, month or period that no calendar has: in a column, in the title block or in the file's name."""
    if sent.day:
        return sent.with_cell(sent.day, "2015-02-31")
    if not any(row and row[0] == "Period:" for row in sent.rows):
        return replace(sent, name=sent.name.replace("_0", "_9"))
    return replace(sent, rows=[["Period:", "Smarch 2015"] if row and row[0] == "Period:" else row for row in sent.rows])


def two_periods(sent: Return) -> Return:
    """The last row again, of the year before or of the next month."""
    value = str(sent.rows[-1][sent.titles.index(sent.period)])
    other = re.sub(r"20\d\d", lambda year: str(int(year[0]) - 1), value.replace("APRIL", "MAY"))
    return sent.with_rows(sent.rows[-1]).with_cell(sent.period, other)


def partly_synthetic(sent: Return) -> Return:
    """The last row again, marked as the others are not."""
    marked = "SYNTHETIC" in str(sent.rows[-1][sent.titles.index(sent.status)]).upper()
    return sent.with_rows(sent.rows[-1]).with_cell(sent.status, "" if marked else "SYNTHETIC")
