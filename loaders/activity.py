"""Monthly Activity Return by commissioner: referrals, first attendances and admissions (NHS England).

One sheet a month, as a workbook or pasted as CSV: England, then one row per organisation. England is
the sum of the organisations, item by item.
"""

import re
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders import returns
from loaders.activity_sums import ENGLAND, ITEMS, check_sums
from loaders.periods import MONTHS, financial_year_of
from loaders.problems import Findings, refuse
from loaders.reading import Source
from loaders.rows import Rows
from loaders.sheet import Body
from loaders.submission import Instructions, Kind, Reading

TITLE = "Monthly Hospital Activity"
YEAR, PERIOD, CODE, NAME = "Year", "Period", "Org Code", "Org Name"
SLICE = "activity"
SIGNATURE = (CODE, NAME, "GP Referrals Made (G&A)")


def recognise(source: Source) -> bool:
    """Whether the file is a Monthly Activity Return."""
    headed = any(sheet.find_header(*SIGNATURE) is not None for sheet in source.sheets)
    return headed or returns.is_titled(source, TITLE)


def read(source: Source, instructions: Instructions) -> Reading:
    """Every item of one month by commissioner; LoadRefused with every problem."""
    sheet = returns.commissioner_sheet(source)
    header = returns.header_row(sheet, [YEAR, PERIOD, CODE, NAME, *ITEMS.values()]) if sheet else None
    if not sheet or header is None:
        why = "There is no sheet 'Commissioner' with a header, and no title block that says Basis: Commissioner."
        raise refuse(source.name, why, "Send the commissioner return as published, not the provider one.")
    findings = Findings(source.name, sheet.name)
    title = returns.title_block(sheet)
    month = returns.period(title, findings)
    rows = _organisations(sheet.body(header), findings)
    synthetic = returns.is_synthetic(_areas(rows), findings, _area_column(rows))
    if month:
        _warn_of_other_period(rows, month)
    ccgs = _commissioners(rows)
    table = pa.table({"ccg": ccgs, **{item: returns.counts(rows, title) for item, title in ITEMS.items()}})
    findings.stop_if_refused()
    kept = table if synthetic else check_sums(table, rows)
    findings.stop_if_refused()
    return Reading(
        kind=KIND.key,
        sender="NHS England",
        tables={"activity": _long(kept, month or date.min)},
        covers={SLICE: [month or date.min]},
        extracted=returns.came_out(title),
        synthetic=synthetic,
        warnings=findings.warnings,
    )


def _organisations(body: Body, findings: Findings) -> Rows:
    """The rows that name an organisation: blank lines and notes are none. LoadRefused without columns or rows."""
    returns.require_columns(body, [YEAR, PERIOD, CODE, NAME, *ITEMS.values()], findings)
    findings.stop_if_refused()
    for problem in body.ragged:
        if re.match(r'["\s]*20\d\d-', problem.value):
            findings.refuse(problem.why, problem.remedy, row=problem.row, value=problem.value)
    organisation = pc.binary_join_element_wise(body.column(CODE), body.column(NAME), "")
    named = pc.not_equal(pc.utf8_trim_whitespace(organisation), "")
    if not pc.any(named).as_py():
        findings.refuse("There is a header but not one row.", "Fetch the return again.")
        findings.stop_if_refused()
    return returns.chosen(Rows(body.text, body.rows, findings), named)


def _commissioners(rows: Rows) -> pa.Array:
    """The code of each row, England for the national one; faults are noted."""
    national = pc.equal(pc.utf8_lower(pc.utf8_trim_whitespace(rows[NAME])), ENGLAND.lower())
    if not pc.any(national).as_py():
        rows.findings.refuse("There is no row for England.", "Send the sheet as published.", column=NAME)
    returns.codes(
        returns.chosen(rows, pc.invert(national)), CODE, returns.COMMISSIONER, "the code of a commissioner, such as 00M"
    )
    codes = pc.if_else(national, ENGLAND, pc.utf8_trim_whitespace(rows[CODE]))
    returns.refuse_repeated(rows, CODE, [codes], "organisation")
    return codes


def _warn_of_other_period(rows: Rows, month: date) -> None:
    """One warning for each of the two columns that says another month than the title block, which is right."""
    remedy = f"The month of the title block was taken: {month:%B %Y}."
    for column, expected in ((YEAR, financial_year_of(month)), (PERIOD, MONTHS[month.month - 1])):
        text = pc.utf8_lower(pc.utf8_trim_whitespace(rows[column]))
        rows.warn(pc.not_equal(text, expected), column, f"The title block makes it {expected}.", remedy)


def _area_column(rows: Rows) -> str:
    """SHA Name, Area Team Name or Region Name, as the years went."""
    names = rows.values.column_names
    return next((name for name in names if name.endswith(" Name") and name != NAME), NAME)


def _areas(rows: Rows) -> list[str]:
    """The areas that are named; England has none."""
    return [name for name in pc.unique(rows[_area_column(rows)]).to_pylist() if name.strip()] or [""]


def _long(table: pa.Table, month: date) -> pa.Table:
    """The rows of `activity`: one per commissioner and item."""
    items = list(ITEMS)
    return pa.table(
        {
            "ccg": pa.concat_arrays([table["ccg"].combine_chunks()] * len(items)),
            "item": pa.array(np.repeat(items, table.num_rows)),
            "count": pa.concat_arrays([table[item].combine_chunks() for item in items]).cast(pa.int32()),
            "month": pa.repeat(pa.scalar(month), table.num_rows * len(items)),
            "slice": pa.repeat(pa.scalar(SLICE), table.num_rows * len(items)),
        }
    )


KIND = Kind("activity", "Monthly Activity Return by commissioner (NHS England)", recognise, read)
