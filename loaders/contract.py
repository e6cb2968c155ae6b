"""The contract of a programme submission: its columns, and rows checked against them.

A contract drives the check, the empty template, the filled example and docs/submissions.md.
"""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.problems import Findings
from loaders.reading import Body

MOST_QUOTED = 1000
"""Faults of one kind in one column that are listed one by one; the rest are counted."""

_ARROW = {
    "text": pa.string(),
    "code": pa.string(),
    "date": pa.date32(),
    "month": pa.date32(),
    "whole": pa.int32(),
    "number": pa.float64(),
}
_EXPECTED = {
    "date": "a date such as 2016-05-31 or 31/05/2016",
    "month": "a month such as 2016-05",
    "whole": "a whole number",
    "number": "a number",
}
_FORMULA = r"^[=+@\t\r]|^-[^0-9. ]"


@dataclass(frozen=True)
class Field:
    """One column. `allowed` lists the only values; `lowest` and `highest` bound a number."""

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

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)


def typed_rows(body: Body, contract: Contract, findings: Findings) -> pa.Table:
    """The rows as typed columns, one for each field of the contract (null where blank or absent).

    Every fault is noted in `findings`; a faulty value becomes null so that checking can go on.
    """
    for problem in body.ragged:
        findings.refuse(problem.why, problem.remedy, row=problem.row, value=problem.value)
    _check_header(body.text.column_names, contract, findings)
    if not body.text.num_rows:
        findings.refuse("There is a header but not one row.", "Export it again.")
    columns = {}
    for field in contract.fields:
        if field.name in body.text.column_names:
            columns[field.name] = _typed(body, field, findings)
        else:
            columns[field.name] = pa.nulls(body.text.num_rows, _ARROW[field.kind])
    return pa.table(columns)


def _check_header(found: Sequence[str], contract: Contract, findings: Findings) -> None:
    known = [field.name for field in contract.fields]
    strangers = [name for name in found if name not in known]
    for field in contract.fields:
        if field.needed and field.name not in found:
            near = difflib.get_close_matches(field.name, strangers, 1, 0.6)
            hint = f"Is it '{near[0]}'? Rename it" if near else "Add it"
            findings.refuse(f"The column is missing: {field.about}.", f"{hint}, or use a mapping.", column=field.name)
    for name in strangers:
        findings.warn("The contract does not know this column; it was left out.", column=name)


def _typed(body: Body, field: Field, findings: Findings) -> pa.Array:
    text = pc.utf8_trim_whitespace(body.column(field.name))
    blank = pc.equal(text, "")
    if field.needed:
        _quote(body, text, blank, field, findings, "A value is needed here.", "Fill it in.")
    text = pc.if_else(blank, pa.scalar(None, pa.string()), text)
    if field.kind in ("text", "code"):
        return _text(body, text, field, findings)
    values = {"date": _dates, "month": _months, "whole": _wholes, "number": _numbers}[field.kind](text)
    bad = pc.and_(pc.is_valid(text), pc.is_null(values))
    _quote(body, text, bad, field, findings, f"This is not {_EXPECTED[field.kind]}.", "Correct it.")
    if field.kind in ("whole", "number"):
        _check_range(body, text, values, field, findings)
    return values


def _text(body: Body, text: pa.Array, field: Field, findings: Findings) -> pa.Array:
    formula = pc.fill_null(pc.match_substring_regex(text, _FORMULA), False)
    _quote(body, text, formula, field, findings, "A value may not begin like a formula.", "Remove the first sign.")
    if field.allowed:
        folded = pc.replace_substring_regex(pc.utf8_lower(text), r"[ \-]+", "_")
        keys = {re.sub(r"[ \-]+", "_", value.lower()): value for value in field.allowed}
        at = pc.index_in(folded, pa.array(list(keys)))
        bad = pc.and_(pc.is_valid(text), pc.is_null(at))
        _quote(body, text, bad, field, findings, f"Expected one of {', '.join(field.allowed)}.", "Correct it or map it.")
        return pa.array(list(keys.values())).take(at)
    return text


def _check_range(body: Body, text: pa.Array, values: pa.Array, field: Field, findings: Findings) -> None:
    if field.lowest is not None:
        low = pc.fill_null(pc.less(values, field.lowest), False)
        _quote(body, text, low, field, findings, f"The value is below {field.lowest:g}.", "Correct it.")
    if field.highest is not None:
        high = pc.fill_null(pc.greater(values, field.highest), False)
        _quote(body, text, high, field, findings, f"The value is above {field.highest:g}.", "Correct it.")


def _quote(
    body: Body, text: pa.Array, bad: pa.Array, field: Field, findings: Findings, why: str, remedy: str
) -> None:
    at = np.flatnonzero(pc.fill_null(bad, False).to_numpy(zero_copy_only=False))
    for index in at[:MOST_QUOTED]:
        value = text[int(index)].as_py() or ""
        findings.refuse(why, remedy, row=int(body.rows[index]), column=field.name, value=value)
    if len(at) > MOST_QUOTED:
        findings.refuse(f"{why} {len(at) - MOST_QUOTED} more rows have the same fault.", remedy, column=field.name)


def _dates(text: pa.Array) -> pa.Array:
    """ISO dates, UK dates, and either with a midnight time behind; others become null."""
    text = pc.replace_substring_regex(text, r"[ T]00:00(:00)?(\.0+)?$", "")
    text = pc.replace_substring_regex(text, r"^(\d)/", r"0\1/")
    text = pc.replace_substring_regex(text, r"/(\d)/", r"/0\1/")
    text = pc.replace_substring_regex(text, r"^(\d\d)/(\d\d)/(\d{4})$", r"\3-\2-\1")
    dates = pc.strptime(_like(text, r"^\d{4}-\d{2}-\d{2}$"), "%Y-%m-%d", "s", error_is_null=True).cast(pa.date32())
    # strptime takes 31 February for 2 March: a date must come back as it was written
    rolled = pc.fill_null(pc.not_equal(dates.cast(pa.string()), text), False)
    return pc.if_else(rolled, pa.scalar(None, pa.date32()), dates)


def _months(text: pa.Array) -> pa.Array:
    first = pc.if_else(pc.match_substring_regex(text, r"^\d{4}-\d{2}$"), pc.binary_join_element_wise(text, "01", "-"), text)
    return pc.floor_temporal(_dates(first), unit="month").cast(pa.date32())


def _wholes(text: pa.Array) -> pa.Array:
    plain = pc.replace_substring_regex(text, r"\.0+$", "")
    return _like(plain, r"^-?\d{1,9}$").cast(pa.int32())


def _numbers(text: pa.Array) -> pa.Array:
    return _like(text, r"^-?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?$").cast(pa.float64())


def _like(text: pa.Array, pattern: str) -> pa.Array:
    """The values that match; null for the others, so that a cast cannot fail."""
    return pc.if_else(pc.match_substring_regex(text, pattern), text, pa.scalar(None, pa.string()))
