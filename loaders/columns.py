"""How a column of the warehouse is written down, and which type it has in Arrow."""

import pyarrow as pa
from sqlalchemy import Boolean, Column, Date, Double, Integer, Table, Text

_ARROW = {
    Text: pa.string(),
    Date: pa.date32(),
    Integer: pa.int32(),
    Double: pa.float64(),
    Boolean: pa.bool_(),
}


def text(name: str, comment: str) -> Column:
    """A column of words or codes."""
    return Column(name, Text, comment=comment)


def day(name: str, comment: str) -> Column:
    """A column of days of the calendar."""
    return Column(name, Date, comment=comment)


def whole(name: str, comment: str) -> Column:
    """A column of whole numbers."""
    return Column(name, Integer, comment=comment)


def number(name: str, comment: str) -> Column:
    """A column of numbers that need not be whole."""
    return Column(name, Double, comment=comment)


def provenance() -> list[Column]:
    """The four columns that every fact ends in."""
    return [
        day("month", "first day of the month that the row counts in"),
        text("slice", "what a later submission for the same months replaces: kind and sender"),
        text("submission", "the submission that brought the row (its content hash, 12 characters)"),
        Column("synthetic", Boolean, comment="true for invented rows"),
    ]


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a table: what a loader hands over and what Iceberg stores."""
    return pa.schema(
        pa.field(column.name, _ARROW[type(column.type)], metadata={"doc": column.comment or ""})
        for column in table.columns
    )
