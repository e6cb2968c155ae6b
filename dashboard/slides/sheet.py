"""The workbook inside a chart: what stands along the foot in its first column, a column for each series after it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

SHEET = "Figures"

EPOCH = datetime(2000, 1, 1)
"""When every embedded workbook says that it was made, so that the same figures give the same bytes."""

Cell = float | str | None


@dataclass(frozen=True)
class Column:
    """A heading with what stands below it; `form` is how a spreadsheet writes its numbers."""

    heading: str
    cells: Sequence[Cell]
    form: str = "General"


def heading_at(column: int) -> str:
    """The address of a column's heading."""
    return f"{SHEET}!${xl_col_to_name(column)}$1"


def cells_at(column: int, rows: int) -> str:
    """The address of what stands below it."""
    letter = xl_col_to_name(column)
    return f"{SHEET}!${letter}$2:${letter}${rows + 1}"


def workbook(columns: Sequence[Column]) -> bytes:
    """The workbook with these columns."""
    sink = io.BytesIO()
    with Workbook(sink, {"in_memory": True}) as book:
        book.set_properties({"created": EPOCH})
        sheet = book.add_worksheet(SHEET)
        for number, column in enumerate(columns):
            form = book.add_format({"num_format": column.form})
            sheet.write_string(0, number, column.heading)
            for row, cell in enumerate(column.cells, 1):
                if isinstance(cell, str):
                    sheet.write_string(row, number, cell)  # never a formula, whatever it begins with
                elif cell is not None:
                    sheet.write_number(row, number, cell, form)
    return sink.getvalue()
