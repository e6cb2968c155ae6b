"""Submissions as literal rows, and what is said of them."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date

from loaders.problems import LoadRefused, Problem
from loaders.reading import Source, open_bytes
from loaders.submission import Instructions, Kind, Reading

Row = Mapping[str, object]


def csv_of(rows: Sequence[Row], columns: Sequence[str] | None = None) -> bytes:
    """A CSV with a column for every key of the rows; a row without one is blank there."""
    names = list(columns or dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    csv.writer(text).writerows([names, *([row.get(name, "") for name in names] for row in rows)])
    return text.getvalue().encode()


def source_of(rows: Sequence[Row], columns: Sequence[str] | None = None) -> Source:
    return open_bytes("sent.csv", csv_of(rows, columns))[0]


def read(kind: Kind, *rows: Row, mapping: Mapping[str, object] | None = None) -> Reading:
    return kind.read(source_of(rows), Instructions(mapping=mapping))


def refusal(kind: Kind, *rows: Row, mapping: Mapping[str, object] | None = None) -> Sequence[Problem]:
    """The errors for which a file of these rows is refused; none when it loads."""
    try:
        read(kind, *rows, mapping=mapping)
    except LoadRefused as refused:
        return [problem for problem in refused.problems if problem.level == "error"]
    return []


def told(problems: Sequence[Problem]) -> set[tuple[int | None, str, str]]:
    """Row, column and value of each problem."""
    return {(problem.row, problem.column, problem.value) for problem in problems}


def day(text: str) -> date:
    return date.fromisoformat(text)


REFERRAL: Row = {
    "referral_id": "R1",
    "provider": "DP1",
    "practice": "A81001",
    "ccg": "00M",
    "route": "triage_and_treat",
    "presentation": "low_back_pain",
    "received": "2015-06-01",
    "extracted": "2015-08-31",
    "data_status": "synthetic",
}
"""The fewest columns that load."""


def referral(**changes: object) -> Row:
    return {**REFERRAL, **changes}
