"""The contract of a programme submission: its columns, and rows checked against them.

A contract drives the check, the empty template, the filled example and docs/submissions.md.
"""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from loaders.problems import Findings
from loaders.rows import Rows
from loaders.sheet import Body
from loaders.values import as_dates, as_months, as_numbers, as_wholes

EARLIEST = date(2010, 1, 1)
"""Before CCGs and before the programme: an earlier date is a slip of the pen."""

_ARROW = {
    "text": pa.string(),
    "code": pa.string(),
    "date": pa.date32(),
    "month": pa.date32(),
    "whole": pa.int32(),
    "number": pa.float64(),
}
_READ_AS = {
    "date": (as_dates, "a date such as 2016-05-31 or 31/05/2016"),
    "month": (as_months, "a month such as 2016-05"),
    "whole": (as_wholes, "a whole number"),
    "number": (as_numbers, "a number"),
}
FORMULA = r"^[=+@]|^-[^0-9. ]"
"""Text that a spreadsheet would run when what was loaded is opened there again."""
_CODE = r"^\S{1,40}$"

_Fault = tuple[pa.Array, str, str]
"""Which of some distinct values are at fault, why, and the remedy."""


@dataclass(frozen=True)
class Field:
    """One column. `allowed` lists the only values; `lowest` and `highest` bound a number.

    A `code` names an organisation: it holds no blanks, and a81001 is A81001. A `text` is kept as
    written. `example` is a value for documents.
    """

    name: str
    kind: Literal["text", "code", "date", "month", "whole", "number"]
    about: str
    needed: bool = False
    allowed: tuple[str, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    example: str = ""


@dataclass(frozen=True)
class Contract:
    """The columns of one kind of submission. A file is of this kind when it has all of `signature`."""

    key: str
    title: str
    about: str
    signature: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def names(self) -> list[str]:
        """The columns in order."""
        return [field.name for field in self.fields]

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    def dates(self) -> list[str]:
        """The columns that hold a date or a month, but for the date of the extract itself."""
        return [field.name for field in self.fields if field.kind in ("date", "month") and field.name != "extracted"]


def typed_rows(body: Body, contract: Contract, findings: Findings) -> Rows:
    """The rows as typed columns, one for each field of the contract (null where blank or absent).

    Every fault is noted in `findings`; a faulty value becomes null so that checking can go on.
    """
    for problem in body.ragged:
        findings.refuse(problem.why, problem.remedy, row=problem.row, value=problem.value)
    _check_header(body.text.column_names, contract, findings)
    raw = Rows(body.text, body.rows, findings)
    return Rows(pa.table({field.name: _typed(raw, field) for field in contract.fields}), body.rows, findings)


def _check_header(found: Sequence[str], contract: Contract, findings: Findings) -> None:
    strangers = [name for name in found if name not in contract.names]
    for field in contract.fields:
        if field.needed and field.name not in found:
            near = difflib.get_close_matches(field.name, strangers, 1, 0.6)
            hint = f"Is it '{near[0]}'? Rename it" if near else "Add it"
            findings.refuse(f"The column is missing: {field.about}.", f"{hint}, or use a mapping.", column=field.name)
    for name in strangers:
        near = difflib.get_close_matches(name, [n for n in contract.names if n not in found], 1, 0.8)
        hint = f"Is it '{near[0]}'? Then rename it." if near else ""
        findings.warn("The contract does not know this column; it was left out.", hint, column=name)


def _typed(raw: Rows, field: Field) -> pa.Array:
    """One column. What is read and what is checked are its distinct values, of which there are far fewer."""
    if field.name not in raw.values.column_names:
        return pa.nulls(raw.values.num_rows, _ARROW[field.kind])
    distinct = pc.dictionary_encode(raw[field.name])
    text = pc.utf8_trim_whitespace(distinct.dictionary)
    blank = pc.equal(text, "")
    text = pc.if_else(blank, pa.scalar(None, pa.string()), text)
    values, faults = _texts(text, field) if field.kind in ("text", "code") else _others(text, field)
    if field.needed:
        faults.insert(0, (blank, "A value is needed here.", "Fill it in."))
    for fault, why, remedy in faults:
        raw.refuse(fault.take(distinct.indices), field.name, why, remedy)
        values = pc.if_else(pc.fill_null(fault, False), pa.scalar(None, values.type), values)
    return values.take(distinct.indices)


def _texts(text: pa.Array, field: Field) -> tuple[pa.Array, list[_Fault]]:
    formula = pc.match_substring_regex(text, FORMULA)
    faults = [(formula, "A value may not begin like a formula.", "Remove the first sign.")]
    if field.allowed:
        folded = pc.replace_substring_regex(pc.utf8_lower(text), r"[ _\-]+", "_")
        keys = [re.sub(r"[ _\-]+", "_", value.lower()) for value in field.allowed]
        at = pc.index_in(folded, pa.array(keys))
        unknown = pc.and_not(pc.and_(pc.is_valid(text), pc.is_null(at)), formula)
        faults.append((unknown, f"Expected one of {', '.join(field.allowed)}.", "Correct it, or map it."))
        return pa.array(field.allowed).take(at), faults
    if field.kind == "code":
        odd = pc.invert(pc.match_substring_regex(text, _CODE))
        faults.append((odd, "A code holds no blanks and at most 40 characters.", "Send the code, not the name."))
        text = pc.utf8_upper(text)
    return text, faults


def _others(text: pa.Array, field: Field) -> tuple[pa.Array, list[_Fault]]:
    read, expected = _READ_AS[field.kind]
    values = read(text)
    unread = pc.and_(pc.is_valid(text), pc.is_null(values))
    faults = [(unread, f"This is not {expected}.", "Correct it.")]
    if field.kind in ("date", "month"):
        faults.append((pc.less(values, EARLIEST), f"The year is before {EARLIEST.year}.", "Check the year."))
    if field.lowest is not None:
        faults.append((pc.less(values, field.lowest), f"The value is below {field.lowest:g}.", "Correct it."))
    if field.highest is not None:
        faults.append((pc.greater(values, field.highest), f"The value is above {field.highest:g}.", "Correct it."))
    return values, faults
