from collections.abc import Sequence
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from loaders.contract import Contract, Field, typed_rows
from loaders.problems import Findings, Problem
from loaders.rows import MOST_QUOTED
from loaders.sheet import Body
from tests.loaders.given import told

CONTRACT = Contract(
    "spells",
    "Spells",
    "One row for each spell.",
    ("spell", "day"),
    (
        Field("spell", "text", "pseudonym of the spell", True),
        Field("provider", "code", "who treats"),
        Field("day", "date", "day of admission"),
        Field("month", "month", "month counted"),
        Field("beds", "whole", "beds used", lowest=0, highest=9),
        Field("cost", "number", "cost in pounds", lowest=-0.5),
        Field("risk", "text", "risk", allowed=("low", "not_known")),
    ),
)


def body(*rows: Sequence[str], columns: Sequence[str] = (), ragged: Sequence[Problem] = ()) -> Body:
    """Rows of text from row 2 on; the columns are the contract's unless others are named."""
    names = list(columns or CONTRACT.names)
    text = {name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(names)}
    return Body(pa.table(text), np.arange(len(rows)) + 2, ragged)


def spell(**cells: str) -> list[str]:
    return [{"spell": "S1", **cells}.get(name, "") for name in CONTRACT.names]


def one(**cells: str) -> tuple[object, list[Problem]]:
    """The value made of the one cell, and what is said of it."""
    findings = Findings("sent.csv")
    rows = typed_rows(body(spell(**cells)), CONTRACT, findings)
    return rows.values[next(iter(cells))][0].as_py(), list(findings)


# ---- Values


@pytest.mark.parametrize(
    ("column", "written", "value"),
    [
        ("spell", "  S 1 ", "S 1"),
        ("spell", "-5", "-5"),  # a number is no formula
        ("provider", " rtr ", "RTR"),
        ("day", "2016-05-31", date(2016, 5, 31)),
        ("day", "31/05/2016", date(2016, 5, 31)),
        ("day", "1/5/2016 00:00", date(2016, 5, 1)),
        ("day", "2010-01-01", date(2010, 1, 1)),  # the earliest
        ("month", "2016-05", date(2016, 5, 1)),
        ("month", "2016-05-31", date(2016, 5, 1)),
        ("beds", "0", 0),
        ("beds", "9", 9),
        ("beds", "3.0", 3),
        ("cost", "1.5", 1.5),
        ("cost", "-0.5", -0.5),
        ("cost", "2e3", 2000.0),
        ("risk", "Not known", "not_known"),  # as others write it
        ("risk", "LOW", "low"),
        ("risk", "", None),
        ("day", " ", None),
    ],
)
def test_a_value_is_read(column: str, written: str, value: object) -> None:
    assert one(**{column: written}) == (value, [])


@pytest.mark.parametrize(
    ("column", "written", "why", "remedy"),
    [
        ("spell", "", "A value is needed here.", "Fill it in."),
        ("spell", "=1+1", "A value may not begin like a formula.", "Remove the first sign."),
        ("spell", "@SUM(A1)", "A value may not begin like a formula.", "Remove the first sign."),
        ("spell", "+44", "A value may not begin like a formula.", "Remove the first sign."),
        ("spell", "-A1", "A value may not begin like a formula.", "Remove the first sign."),
        ("provider", "South Tees", "A code holds no blanks and at most 40 characters.", "Send the code, not the name."),
        ("provider", "R" * 41, "A code holds no blanks and at most 40 characters.", "Send the code, not the name."),
        ("day", "31/02/2016", "This is not a date such as 2016-05-31 or 31/05/2016.", "Correct it."),
        ("day", "05/31/2016", "This is not a date such as 2016-05-31 or 31/05/2016.", "Correct it."),
        ("day", "42521", "This is not a date such as 2016-05-31 or 31/05/2016.", "Correct it."),
        ("day", "2009-12-31", "The year is before 2010.", "Check the year."),
        ("month", "May 2016", "This is not a month such as 2016-05.", "Correct it."),
        ("beds", "some", "This is not a whole number.", "Correct it."),
        ("beds", "1,000", "This is not a whole number.", "Correct it."),
        ("beds", "1.5", "This is not a whole number.", "Correct it."),
        ("beds", "-1", "The value is below 0.", "Correct it."),
        ("beds", "10", "The value is above 9.", "Correct it."),
        ("beds", "99999999999", "This is not a whole number.", "Correct it."),
        ("cost", "£5", "This is not a number.", "Correct it."),
        ("cost", "nan", "This is not a number.", "Correct it."),
        ("cost", "-0.6", "The value is below -0.5.", "Correct it."),
        ("risk", "medium", "Expected one of low, not_known.", "Correct it, or map it."),
        ("risk", "=low", "A value may not begin like a formula.", "Remove the first sign."),
    ],
)
def test_a_faulty_value_is_named_with_its_place_and_becomes_null(
    column: str, written: str, why: str, remedy: str
) -> None:
    value, problems = one(**{column: written})
    assert value is None
    assert problems == [Problem(why, remedy, "error", "sent.csv", "", 2, column, written)]


def test_the_same_fault_in_many_rows_is_named_row_by_row_and_then_counted() -> None:
    findings = Findings("sent.csv")
    typed_rows(body(*[spell(beds="some")] * (MOST_QUOTED + 3)), CONTRACT, findings)
    assert len(findings.errors) == MOST_QUOTED + 1
    assert findings.errors[-1].why == "This is not a whole number. 3 more rows have the same fault."


# ---- Columns


def test_columns_may_stand_in_any_order_and_the_optional_ones_be_absent() -> None:
    findings = Findings("sent.csv")
    rows = typed_rows(body(["3", "S1"], columns=["beds", "spell"]), CONTRACT, findings)
    assert list(findings) == []
    assert rows.values.column_names == CONTRACT.names
    assert rows.values.to_pylist()[0] == {**dict.fromkeys(CONTRACT.names), "spell": "S1", "beds": 3}


def test_a_missing_column_is_named_with_the_likeliest_in_its_place() -> None:
    findings = Findings("sent.csv")
    typed_rows(body(["S1", "3"], columns=["spel", "beds"]), CONTRACT, findings)
    (error,), (warning,) = findings.errors, findings.warnings
    assert (error.column, error.why) == ("spell", "The column is missing: pseudonym of the spell.")
    assert error.remedy == "Is it 'spel'? Rename it, or use a mapping."
    assert (warning.column, warning.why) == ("spel", "The contract does not know this column; it was left out.")


def test_a_missing_column_with_nothing_like_it_is_to_be_added() -> None:
    findings = Findings("sent.csv")
    typed_rows(body(["3"], columns=["beds"]), CONTRACT, findings)
    assert findings.errors[0].remedy == "Add it, or use a mapping."


def test_a_column_that_is_nearly_an_optional_one_is_told_of() -> None:
    findings = Findings("sent.csv")
    typed_rows(body(["S1", "low", "x"], columns=["spell", "risks", "colour"]), CONTRACT, findings)
    assert [(warning.column, warning.remedy) for warning in findings] == [
        ("risks", "Is it 'risk'? Then rename it."),
        ("colour", ""),
    ]


def test_uneven_rows_are_refused() -> None:
    findings = Findings("sent.csv")
    uneven = Problem("The row has 9 columns; the header has 7.", "Put quotes around it.", row=3, value="S2,,,,,,,,")
    typed_rows(body(spell(), ragged=[uneven]), CONTRACT, findings)
    assert told(findings.errors) == {(3, "", "S2,,,,,,,,")}


def test_a_header_alone_gives_typed_columns_without_rows() -> None:
    findings = Findings("sent.csv")
    rows = typed_rows(body(), CONTRACT, findings)
    assert (rows.values.num_rows, list(findings)) == (0, [])
    assert rows.values.schema.field("day").type == pa.date32()


def test_a_contract_knows_its_columns() -> None:
    assert CONTRACT.names == ["spell", "provider", "day", "month", "beds", "cost", "risk"]
    assert CONTRACT.field("beds").highest == 9
    assert CONTRACT.dates() == ["day", "month"]
