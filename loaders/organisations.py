"""General practices and CCGs of the Organisation Data Service: the extracts epraccur and eccg.

Neither has a header or a date: 27 columns in a fixed order, and the month from the file's name, such
as 2016_02_epraccur.csv, or said with --as-at.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from loaders import returns
from loaders.contract import FORMULA
from loaders.periods import month_in_name
from loaders.problems import Findings
from loaders.reading import Source
from loaders.rows import Rows
from loaders.submission import Instructions, Kind, Reading
from loaders.values import as_dates

CODE, NAME, ADDRESS, OPENED, CLOSED = "code", "name", "address line 1", "open date", "close date"
STATUS, TYPE, COMMISSIONER, SETTING = "status", "type", "commissioner", "prescribing setting"
_PLACES = {1: CODE, 2: NAME, 5: ADDRESS, 11: OPENED, 12: CLOSED, 13: STATUS, 14: TYPE, 15: COMMISSIONER, 26: SETTING}
COLUMNS = [_PLACES.get(place, f"column {place}") for place in range(1, 28)]

STATUSES = {"A": "active", "C": "closed", "D": "dormant", "P": "proposed"}
GENERAL_PRACTICE, CCG_TYPE = "4", "C"
_PRESCRIBER = rf"{returns.PRACTICE}|^[A-Z]{{3}}\d{{3}}$"
_CCG = r"^[0-9A-Z]{3}$"


def recognise_practices(source: Source) -> bool:
    """Whether the rows are 27 columns without a header that begin with a practice's code."""
    return _begins_with(source, _PRESCRIBER)


def recognise_ccgs(source: Source) -> bool:
    """Whether the rows are 27 columns without a header that begin with a CCG's code."""
    return _begins_with(source, _CCG)


def _begins_with(source: Source, pattern: str) -> bool:
    """Whether most of the first rows have 27 cells, the first such a code: one bad row is not to hide the kind."""
    rows = [row for sheet in source.sheets[:1] for row in sheet.head if any(row)]
    fitting = [row for row in rows if len(row) == len(COLUMNS) and re.match(pattern, row[0].strip())]
    return len(fitting) > len(rows) / 2


def read_practices(source: Source, instructions: Instructions) -> Reading:
    """General practices of every status; other prescribers are left out. LoadRefused with every problem."""
    rows, month = _rows(source, instructions, SETTING, GENERAL_PRACTICE)
    codes = returns.codes(rows, CODE, returns.PRACTICE, "the code of a practice, such as A81001")
    columns = {
        "practice": codes,
        "ccg": returns.codes(rows, COMMISSIONER, _CCG, "the code of a commissioner, such as 00M"),
        "status": _statuses(rows),
    }
    return _reading(PRACTICES, "practice", rows, codes, month, columns)


def read_ccgs(source: Source, instructions: Instructions) -> Reading:
    """CCGs, open and closed; commissioning hubs are left out. LoadRefused with every problem."""
    rows, month = _rows(source, instructions, TYPE, CCG_TYPE)
    codes = returns.codes(rows, CODE, _CCG, "the code of a CCG, such as 00M")
    return _reading(CCGS, "ccg", rows, codes, month, {"ccg": codes})


def _rows(source: Source, instructions: Instructions, column: str, kept: str) -> tuple[Rows, date | None]:
    """The rows whose `column` says `kept`, and the month of the extract; LoadRefused without a row."""
    findings = Findings(source.name)
    month = instructions.as_at or month_in_name(source.name)
    if not month:
        why = "The file holds no date, and its name no month such as 2016_02_epraccur.csv."
        findings.refuse(why, "Say the month of the extract with --as-at.")
    body = source.sheets[0].body(0, COLUMNS)
    for problem in body.ragged:
        findings.refuse(problem.why, problem.remedy, row=problem.row, value=problem.value)
    chosen = pc.equal(pc.utf8_trim_whitespace(body.column(column)), kept)
    if not pc.any(chosen).as_py():
        findings.refuse(f"No row has {kept} for its {column}.", "Send the whole file.", column=column)
        findings.stop_if_refused()
    return returns.chosen(Rows(body.text, body.rows, findings), chosen), month and month.replace(day=1)


def _reading(
    kind: Kind, table: str, rows: Rows, codes: pa.Array, month: date | None, columns: Mapping[str, pa.Array]
) -> Reading:
    returns.refuse_repeated(rows, CODE, [codes], "organisation")
    opened, closed = (_dates(rows, column) for column in (OPENED, CLOSED))
    rows.refuse(pc.less(closed, opened), CLOSED, "It closed before it opened.", "Correct one of the dates.")
    rows.refuse(pc.equal(rows[NAME], ""), NAME, "A name is needed here.", "Fill it in.")
    formula = pc.match_substring_regex(rows[NAME], FORMULA)
    rows.refuse(formula, NAME, "A value may not begin like a formula.", "Remove the first sign.")
    synthetic = returns.is_synthetic(_marks(rows), rows.findings, ADDRESS)
    rows.findings.stop_if_refused()
    values = {
        **columns,
        "name": rows[NAME],
        "opened": opened,
        "closed": closed,
        "month": pa.repeat(pa.scalar(month), len(codes)),
        "slice": pa.repeat(pa.scalar(kind.key), len(codes)),
    }
    return Reading(
        kind=kind.key,
        sender="ODS",
        tables={table: pa.table(values)},
        covers={kind.key: [month or date.min]},
        synthetic=synthetic,
        warnings=rows.findings.warnings,
    )


def _dates(rows: Rows, column: str) -> pa.Array:
    """Dates written 20130401; null where blank. A date that does not exist is noted."""
    text = pc.utf8_trim_whitespace(rows[column])
    dates = as_dates(pc.replace_substring_regex(text, r"^(\d{4})(\d\d)(\d\d)$", r"\1-\2-\3"))
    unread = pc.and_(pc.is_null(dates), pc.not_equal(text, ""))
    rows.refuse(unread, column, "This is not a date such as 20130401.", "Correct it.")
    return dates


def _statuses(rows: Rows) -> pa.Array:
    at = pc.index_in(pc.utf8_trim_whitespace(rows[STATUS]), pa.array(list(STATUSES)))
    meanings = ", ".join(f"{letter} ({meaning})" for letter, meaning in STATUSES.items())
    rows.refuse(pc.is_null(at), STATUS, f"Expected {meanings}.", "Correct it.")
    return pa.array(list(STATUSES.values())).take(at)


def _marks(rows: Rows) -> Sequence[str]:
    """'synthetic' where the address says so, '' for every real one."""
    marked = pc.equal(pc.utf8_lower(pc.utf8_trim_whitespace(rows[ADDRESS])), "synthetic")
    return ["synthetic" if mark else "" for mark in pc.unique(marked).to_pylist()]


PRACTICES = Kind("practices", "General practices (ODS epraccur)", recognise_practices, read_practices, undated=True)
CCGS = Kind("ccgs", "Clinical commissioning groups (ODS eccg)", recognise_ccgs, read_ccgs, undated=True)
KINDS = (PRACTICES, CCGS)
