"""Tables and downloads over figures: exactly what is shown, from the same objects as the chart."""

import csv
import io
from collections.abc import Sequence
from dataclasses import fields

import pandas as pd

from dashboard import words
from metrics.figure import Figure
from metrics.measure import Measure

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


def figure_csv(measure: Measure, figures: Sequence[Figure], stamp: str) -> bytes:
    """The figures as CSV with two lines of notes above the header."""
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\r\n")
    writer.writerow([words.subtitle(measure, figures)])
    writer.writerow([stamp])
    writer.writerow([field.name for field in fields(Figure)])
    writer.writerows([_safe(getattr(figure, field.name)) for field in fields(Figure)] for figure in figures)
    return sink.getvalue().encode("utf-8-sig")


def frame_csv(title: str, stamp: str, table: pd.DataFrame) -> bytes:
    """A table as it stands on the page as CSV, with its title and stamp above the header."""
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\r\n")
    writer.writerows([[title], [stamp], list(table.columns)])
    writer.writerows([_safe(value) for value in row] for row in table.itertuples(index=False))
    return sink.getvalue().encode("utf-8-sig")


def _safe(value: object) -> object:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay as they are."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t") else value
