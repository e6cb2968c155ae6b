"""Writing files whose bytes depend on their rows alone."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import xlsxwriter

DRAWN = datetime(2018, 3, 31)
"""Stands in a workbook as the time it was made: that of the clock would change its bytes."""

Rows = Iterable[Sequence[object]]


def labels(names: Sequence[str] | np.ndarray, index: np.ndarray, known: np.ndarray | None = None) -> pa.Array:
    """The name at each index; null where not known."""
    mask = None if known is None else ~known
    return pa.array(list(names), pa.string()).take(pa.array(index.astype(np.int64), mask=mask))


def write_csv(path: Path, rows: pa.Table) -> Path:
    """UTF-8 with a header; a missing value is an empty cell."""
    pa_csv.write_csv(rows, path)
    return path


def write_parquet(path: Path, rows: pa.Table) -> Path:
    """One Parquet file."""
    pq.write_table(rows, path)
    return path


def write_workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """A sheet for each name: rows of text, numbers, dates and None for an empty cell."""
    options = {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": DRAWN})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def with_header(rows: pa.Table) -> Rows:
    """A table as the rows of a sheet, its column names first."""
    yield rows.column_names
    yield from zip(*(column.to_pylist() for column in rows.columns), strict=True)
