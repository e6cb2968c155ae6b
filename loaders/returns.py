"""What the published returns have in common: a title block, a header somewhere below it, and counts as text."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.periods import day_of, month_of
from loaders.problems import Findings
from loaders.reading import Source
from loaders.rows import Rows
from loaders.sheet import Body, Sheet

COMMISSIONER = r"^([0-9A-Z]{3}|[A-Z]{3}[0-9]{2}|NONC)$"
"""CCGs (00M), primary care trusts (5D7), hubs (X24, YDD82) and, in full extracts, not English (NONC)."""

PRACTICE = r"^([A-Z]\d{5}|[0-9A-Z]{3}-D\d{2,3})$"
"""General practices (A81001), and the invented ones of the demo (00M-D01), which no real code can look like."""

LARGEST_COUNT = 10**9
"""No count is as large: the people of England are a sixteenth of it."""

_COUNT = r"^(\d{1,9}|\d{1,3}(,\d{3}){1,2})(\.\d+)?$"
_NUMBER = r"^\d{1,9}(\.\d+)?([eE]-\d{1,3})?$"


def title_block(sheet: Sheet) -> dict[str, str]:
    """The labels of the rows above the header ('period', 'published', 'revised', ...) and what stands beside them."""
    filled = ([cell.strip() for cell in row if cell.strip()] for row in sheet.head)
    return {row[0][:-1].lower(): row[1] for row in filled if len(row) > 1 and row[0].endswith(":")}


def is_titled(source: Source, words: str) -> bool:
    """Whether a sheet carries a title block with these words for a title."""
    return any(words.lower() in title_block(sheet).get("title", "").lower() for sheet in source.sheets)


def commissioner_sheet(source: Source) -> Sheet | None:
    """The sheet named Commissioner, or the only sheet of a file whose title block says Basis: Commissioner."""
    named = source.sheet("Commissioner")
    if named or len(source.sheets) != 1:
        return named
    basis = title_block(source.sheets[0]).get("basis", "")
    return source.sheets[0] if basis.lower() == "commissioner" else None


def header_row(sheet: Sheet, names: Sequence[str]) -> int | None:
    """Index of the row that holds most of these column names; None when no row holds two of them."""
    wanted = set(names)
    hits = [len(wanted & {cell.strip() for cell in row}) for row in sheet.head]
    return hits.index(max(hits)) if max(hits, default=0) > 1 else None


def period(title: Mapping[str, str], findings: Findings) -> date | None:
    """The month in the title block; an error is noted where there is none."""
    month = month_of(title.get("period", ""))
    if not month:
        why = "The title block does not say a month such as April 2015 beside 'Period:'."
        findings.refuse(why, "Correct the cell.", column="Period:", value=title.get("period", ""))
    return month


def came_out(title: Mapping[str, str]) -> date | None:
    """The day the return was revised, or first published when it was not; None when neither is told."""
    return day_of(title.get("revised", "")) or day_of(title.get("published", ""))


def rows_of(body: Body, names: Sequence[str], findings: Findings) -> Rows:
    """The rows under a header; LoadRefused when a column is missing, no row follows or one is uneven."""
    for problem in body.ragged:
        findings.refuse(problem.why, problem.remedy, row=problem.row, value=problem.value)
    require_columns(body, names, findings)
    if not body.text.num_rows:
        findings.refuse("There is a header but not one row.", "Fetch the file again.")
    findings.stop_if_refused()
    return Rows(body.text, body.rows, findings)


def require_columns(body: Body, names: Sequence[str], findings: Findings) -> None:
    """Note an error for every column that is missing, with the likeliest column that stands in its place."""
    strangers = [name for name in body.text.column_names if name not in names]
    for name in names:
        if name not in body.text.column_names:
            near = difflib.get_close_matches(name, strangers, 1, 0.6)
            remedy = f"Is it '{near[0]}'? Give it back its published name." if near else "Send the sheet as published."
            findings.refuse("The column is missing.", remedy, column=name)


def chosen(rows: Rows, mask: pa.Array) -> Rows:
    """The rows where the mask is true."""
    return replace(rows, values=rows.values.filter(mask), numbers=rows.numbers[mask.to_numpy(zero_copy_only=False)])


def counts(rows: Rows, column: str, blank_is_zero: bool = False) -> np.ndarray:
    """A column of counts as int64; a fault is noted, and stands as 0 so that checking can go on.

    Commas between thousands and blanks around are taken away, a lone '-' is 0.
    """
    text = rows[column]
    if blank_is_zero:
        text = pc.if_else(pc.equal(text, ""), "0", text)
    try:
        plain = text.cast(pa.int64())
        if not len(plain) or (pc.min(plain).as_py() >= 0 and pc.max(plain).as_py() < LARGEST_COUNT):
            return plain.to_numpy()
    except pa.ArrowInvalid:
        pass
    return _tidied_counts(rows, column, text)


def _tidied_counts(rows: Rows, column: str, text: pa.Array) -> np.ndarray:
    text = pc.utf8_trim_whitespace(text)
    text = pc.if_else(pc.equal(text, "-"), "0", text)
    good = pc.match_substring_regex(text, _COUNT)
    negative = pc.match_substring_regex(text, r"^-\s*\d")
    rows.refuse(negative, column, "A count cannot be negative.", "Correct it.")
    rows.refuse(pc.equal(text, ""), column, "A count is needed here.", "Fill it in; nothing is 0 or '-'.")
    rows.refuse(pc.invert(_any(good, negative, pc.equal(text, ""))), column, "This is not a count.", "Correct it.")
    values = pc.replace_substring(pc.if_else(good, text, "0"), ",", "").cast(pa.float64())
    whole = pc.round(values)
    rows.warn(pc.not_equal(values, whole), column, "The count is not whole; it was rounded.", "Ask the sender.")
    return whole.cast(pa.int64()).to_numpy()


def printed_numbers(rows: Rows, column: str) -> np.ndarray:
    """A column of printed figures as float64, NaN where '-' or blank says that none is printed; faults are noted."""
    text = pc.utf8_trim_whitespace(rows[column])
    none = pc.is_in(text, value_set=pa.array(["", "-"]))
    good = pc.match_substring_regex(text, _NUMBER)
    rows.refuse(pc.invert(_any(none, good)), column, "This is not a number.", "Correct it; '-' where none is printed.")
    return pc.if_else(good, text, "nan").cast(pa.float64()).to_numpy()


def codes(rows: Rows, column: str, pattern: str, expected: str) -> pa.Array:
    """A column of codes, trimmed; an error is noted for every one of another shape."""
    text = pc.utf8_trim_whitespace(rows[column])
    odd = pc.invert(pc.match_substring_regex(text, pattern))
    rows.refuse(odd, column, f"This is not {expected}.", "Correct the code.")
    return text


def refuse_repeated(rows: Rows, column: str, keys: Sequence[pa.Array], what: str) -> None:
    """Note an error for every row whose keys stand together in a row above it; a row without a key is none."""
    joined = pc.binary_join_element_wise(*[key.cast(pa.string()) for key in keys], "|")
    _, first_at = np.unique(pc.fill_null(pc.dictionary_encode(joined).indices, -1).to_numpy(), return_index=True)
    again = pc.is_valid(joined).to_numpy(zero_copy_only=False).copy()
    again[first_at] = False
    rows.refuse(pa.array(again), column, f"This {what} stands in the sheet twice.", "Take one of the two rows out.")


def is_synthetic(words: Sequence[str], findings: Findings, column: str) -> bool:
    """Whether every word marks invented rows; an error is noted when only some of them do."""
    marked = {"synthetic" in word.lower() for word in words}
    if len(marked) > 1:
        findings.refuse("Synthetic and real rows stand in one file.", "Send a file for each.", column=column)
    return marked == {True}


def _any(*masks: pa.Array) -> pa.Array:
    together = masks[0]
    for mask in masks[1:]:
        together = pc.or_(together, mask)
    return together
