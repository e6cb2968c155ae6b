"""Tables and downloads over figures: exactly what is shown, from the same objects as the chart."""

import csv
import io
from collections.abc import Sequence
from dataclasses import fields
from html import escape

import pandas as pd

from dashboard import words
from metrics.figure import Figure
from metrics.measure import Measure

Row = Sequence[str]

Plain = str | int | float | bool | None

FORMULA = ("=", "+", "-", "@", "\t")
"""Letters with which text begins that a spreadsheet would run."""

COLUMNS = ("Area", "Arm", "Month", "Value", "95% from", "95% to", "Number", "Out of", "Note")


def figure_table(measure: Measure, figures: Sequence[Figure]) -> pd.DataFrame:
    """A row for each figure, in text, the newest month first."""
    rows = [_row(measure, figure) for figure in sorted(figures, key=lambda f: (f.period, f.area_name), reverse=True)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(measure: Measure, figure: Figure) -> list[str]:
    def limit(value: float | None) -> str:
        return "" if value is None else measure.in_words(value)

    def count(value: float | None) -> str:
        return "" if value is None else f"{value:,.0f}"

    return [
        figure.area_name,
        figure.arm,
        words.month_name(figure.period),
        words.shown(measure, figure),
        limit(figure.lower),
        limit(figure.upper),
        count(figure.numerator),
        count(figure.denominator),
        figure.reason,
    ]


def figure_data(figures: Sequence[Figure]) -> pd.DataFrame:
    """The figures for a machine: a column for each field, numbers as numbers, empty where there is none."""
    names = [field.name for field in fields(Figure)]
    return pd.DataFrame([[getattr(figure, name) for name in names] for figure in figures], columns=names)


def printed(table: pd.DataFrame) -> str:
    """The whole table as HTML for paper, where one that scrolls would be cut off."""
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in table.columns)
    rows = "".join(f"<tr>{_cells(row)}</tr>" for row in plain_rows(table))
    return f'<table class="printed"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _cells(row: Sequence[Plain]) -> str:
    return "".join(f"<td>{'' if value is None else escape(str(value))}</td>" for value in row)


def csv_bytes(title: str, stamp: str, data: pd.DataFrame) -> bytes:
    """A table as CSV, with its title and stamp above the header."""
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\r\n")
    writer.writerows([[title], [stamp], list(data.columns)])
    writer.writerows([_safe(value) for value in row] for row in plain_rows(data))
    return sink.getvalue().encode("utf-8-sig")


def plain_rows(data: pd.DataFrame) -> Sequence[Sequence[Plain]]:
    """The rows of a table as Python values, None where there is none."""
    return data.astype(object).where(data.notna(), None).to_numpy().tolist()


def _safe(value: Plain) -> Plain:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay as they are."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def html_table(caption: str, heads: Row, rows: Sequence[Row]) -> str:
    """A table of words that wraps, its first column the head of each row; on a phone each row is a list."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(
            f'<td data-head="{escape(name)}">{escape(cell)}</td>' for name, cell in zip(heads[1:], rest, strict=True)
        )
        + "</tr>"
        for first, *rest in rows
    )
    return (
        f'<div class="grid-wrap" role="region" aria-label="{escape(caption)}" tabindex="0"><table class="grid told">'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
