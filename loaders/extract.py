"""What every extract of the programme has in common, whatever it is about.

One sheet with a header, no column that identifies anybody, one date of extract, synthetic or real
throughout, CCGs as they were in 2015.
"""

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from loaders.contract import Contract, Field, typed_rows
from loaders.places import with_2015_ccgs
from loaders.problems import Findings, refuse
from loaders.pseudonyms import refuse_identifiable
from loaders.reading import Source
from loaders.rows import Rows
from loaders.sheet import Body, Sheet
from loaders.submission import Instructions
from loaders.translation import part, translated

EXTRACTED = Field(
    "extracted",
    "date",
    "day the extract was drawn: all that happened up to it is in the file",
    True,
    example="2016-05-31",
)
DATA_STATUS = Field(
    "data_status", "text", "synthetic for invented rows; blank or real otherwise", False, ("synthetic", "real")
)
"""The columns that every extract ends with."""

_UNNAMED = re.compile(r"(column \d+)?( \(\d+\))?")
"""What a reader calls a column whose header is blank."""


@dataclass(frozen=True)
class Extract:
    """The checked rows of an extract. `extracted` is None only where no row says it."""

    rows: Rows
    extracted: date | None
    synthetic: bool


def recognises(contract: Contract) -> Callable[[Source], bool]:
    """Whether a row of the first sheet holds the contract's signature, slips of the pen forgiven."""

    def recognise(source: Source) -> bool:
        head = source.sheets[0].head if source.sheets else []
        return any(all(_stands_in(row, name) for name in contract.signature) for row in head)

    return recognise


def read_extract(source: Source, contract: Contract, instructions: Instructions) -> Extract:
    """The rows of the first sheet, typed and checked for all that extracts have in common.

    Faults go to the findings of the rows. Raises LoadRefused before any value can be quoted when
    a column identifies people.
    """
    if not source.sheets:
        raise refuse(source.name, "The workbook has no sheet.", "Export it again.")
    sheet = source.sheets[0]
    findings = Findings(source.name, "" if sheet.name == source.name else sheet.name)
    body = sheet.body(header_row(sheet, [*contract.names, *part(instructions.mapping, "columns")]))
    refuse_identifiable(body, findings)
    findings.stop_if_refused()
    if instructions.mapping:
        body = translated(body, instructions.mapping, findings)
    rows = checked_rows(body, contract, findings)
    if not rows.values.num_rows:
        findings.refuse("There is a header but not one row.", "Export it again.")
    _refuse_later_than_extract(rows, contract)
    if "practice" in contract.names:
        _warn_of_two_ccgs(rows)
    synthetic = _same_throughout(
        rows.with_column("data_status", pc.fill_null(rows["data_status"], "real")), "data_status"
    )
    return Extract(rows, _extract_date(rows), synthetic == "synthetic")


def checked_rows(body: Body, contract: Contract, findings: Findings) -> Rows:
    """The rows of one sheet as typed columns, with CCGs by their 2015 codes."""
    rows = typed_rows(_with_known_names(body, contract, findings), contract, findings)
    return with_2015_ccgs(rows) if "ccg" in contract.names else rows


def header_row(sheet: Sheet, names: Sequence[str]) -> int:
    """Index of the row that holds most of the names; the first row where none holds any."""
    wanted = {_folded(name) for name in names}
    hits = [len(wanted & {_folded(cell) for cell in row}) for row in sheet.head]
    return hits.index(max(hits)) if hits else 0


def _folded(name: str) -> str:
    """A column's name as contracts write it: 'Referral ID' is referral_id."""
    return re.sub(r"[\s\-]+", "_", name.strip().lower())


def _stands_in(row: Sequence[str], name: str) -> bool:
    # Lengths are compared first: a return may have a hundred columns, and comparing letters is slow.
    near = (cell for cell in map(_folded, row) if abs(len(cell) - len(name)) <= 2)
    return any(cell == name or difflib.SequenceMatcher(None, cell, name).ratio() >= 0.85 for cell in near)


def _with_known_names(body: Body, contract: Contract, findings: Findings) -> Body:
    """Columns under the contract's own spelling; one that stands twice is refused."""
    columns: dict[str, pa.Array] = {}
    for title in body.text.column_names:
        spelt = _folded(re.sub(r" \(\d+\)$", "", title))  # a second 'ccg' was read as 'ccg (5)'
        name = spelt if spelt in contract.names else title
        if _UNNAMED.fullmatch(title) and pc.all(pc.equal(body.text[title], "")).as_py():
            continue  # Excel writes commas for cells that were only formatted
        if name in columns:
            findings.refuse("The column stands twice in the header.", "Take one of them out.", column=name)
        columns.setdefault(name, body.text[title])
    return replace(body, text=pa.table(columns))


def _refuse_later_than_extract(rows: Rows, contract: Contract) -> None:
    for column in contract.dates():
        later = pc.greater(rows[column], rows["extracted"])
        rows.refuse(later, column, f"{column} is after the extract was drawn.", "Correct one of the two dates.")


def _extract_date(rows: Rows) -> date | None:
    extracted = _same_throughout(rows, "extracted")
    if isinstance(extracted, date) and extracted > date.today():
        rows.findings.refuse("The extract is dated in the future.", "Correct it.", column="extracted", value=extracted)
    return extracted  # type: ignore[return-value]


def _same_throughout(rows: Rows, column: str) -> object:
    """The commonest value of a column that may hold one only; None where it holds none."""
    counts = sorted(pc.value_counts(rows[column].drop_null()).to_pylist(), key=lambda entry: -entry["counts"])
    if len(counts) > 1:
        odd = pc.index(pc.fill_null(pc.not_equal(rows[column], counts[0]["values"]), False), True).as_py()
        held = ", ".join(f"{entry['counts']} x {entry['values']}" for entry in counts[:5])
        why = f"One file holds one value here; this one holds {len(counts)}: {held}."
        rows.findings.refuse(why, "Send a file for each.", **rows.place(column, odd))
    return counts[0]["values"] if counts else None


def _warn_of_two_ccgs(rows: Rows) -> None:
    ccgs = rows.values.group_by("practice").aggregate([("ccg", "count_distinct")])
    split = ccgs.filter(pc.greater(ccgs["ccg_count_distinct"], 1))["practice"].combine_chunks()
    odd = pc.is_in(rows["practice"], value_set=split.drop_null())
    rows.warn(odd, "ccg", "The practice stands under more than one CCG.", "A practice keeps its CCG of 2015.")
