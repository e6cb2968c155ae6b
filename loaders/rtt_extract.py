"""Referral to treatment waits by provider and commissioner: the full CSV extracts of NHS England.

To September 2017 two lines stand above the header and the month is in `Year` and `Period Name`; from
October 2017 it is in `Period`, and from April 2021 there are 104 bands and an open one. Rows are added
up over providers. Nothing in a cell means no patients. New periods (Part_3) have no bands and are left
out. No median is printed, so none is kept.
"""

import re
from collections.abc import Sequence
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders import returns
from loaders.periods import month_of, month_of_financial_year
from loaders.problems import Findings, refuse
from loaders.reading import Source
from loaders.rows import Rows
from loaders.rtt_bands import FUNCTION, Bands, check_total_rows, note_unequal, plain_function, published_rows, wait_rows
from loaders.rtt_jumps import ACROSS_MONTHS
from loaders.sheet import Sheet
from loaders.submission import Instructions, Kind, Reading

PARTS = {
    "Part_1A": "admitted",
    "Part_1B": "non_admitted",
    "Part_2": "incomplete",
    "Part_2A": "incomplete_with_decision",
}
NEW_PERIODS = "Part_3"
PROVIDER, CCG, PARENT = "Provider Org Code", "Commissioner Org Code", "Commissioner Parent Name"
TOTAL, UNKNOWN, TOTAL_ALL = "Total", "Patients with unknown clock start date", "Total All"

_BAND = re.compile(r"Gt (\d+)( To \d+)? Weeks SUM 1")


def recognise(source: Source) -> bool:
    """Whether a row of the file names week bands as full extracts do."""
    return len(source.sheets) == 1 and _header(source.sheets[0]) is not None


def _header(sheet: Sheet) -> int | None:
    """Index of the row in which most cells name a week band; None without one."""
    bands = [sum(bool(_BAND.fullmatch(cell.strip())) for cell in row) for row in sheet.head]
    return next((at for at, count in enumerate(bands) if count > len(sheet.head[at]) / 2), None)


def read(source: Source, instructions: Instructions) -> Reading:
    """The waits of every part of one month, added up over providers; LoadRefused with every problem."""
    sheet = source.sheets[0]
    header = _header(sheet)
    if header is None:
        raise refuse(source.name, "There is no header of a full extract.", "Send the file as published.")
    findings = Findings(source.name)
    body = sheet.body(header)
    part, function, names, needed = _columns(body.text.column_names)
    every = returns.rows_of(body, needed, findings)
    month = _month(every)
    rows, parts = _with_bands(every, part)
    bands = _bands(rows, parts, function, names, month or date.min)
    check_total_rows(bands, findings)
    synthetic = returns.is_synthetic(_parents(rows), findings, PARENT)
    findings.stop_if_refused()
    return Reading(
        kind=KIND.key,
        sender="NHS England",
        tables={"rtt_wait": wait_rows(bands), "rtt_published": published_rows(bands, bands.counts.sum(axis=1))},
        covers=bands.covers(),
        synthetic=synthetic,
        warnings=findings.warnings,
    )


def _columns(found: Sequence[str]) -> tuple[str, str, list[str], list[str]]:
    """The columns of part, treatment function and bands in this layout, and all that are needed."""
    part = "RTT Part Name" if "RTT Part Name" in found else "RTT Part Type"
    # In July 2016 alone the code stood under 'Name', and the name under 'Description'
    swapped = "Treatment Function Code" not in found and "Treatment Function Description" in found
    function = "Treatment Function Name" if swapped else "Treatment Function Code"
    months = ["Year", "Period Name"] if "Period Name" in found else ["Period"]
    names = _band_names(found)
    return part, function, names, [*months, PROVIDER, CCG, part, function, *names, TOTAL, UNKNOWN, TOTAL_ALL]


def _band_names(found: Sequence[str]) -> list[str]:
    """The columns of the bands, up to the open last one: 'Gt 52 Weeks SUM 1', or 104 from April 2021."""
    weeks = [int(band[1]) for band in map(_BAND.fullmatch, found) if band]
    last = 104 if max(weeks, default=0) > 52 else 52
    return [*(f"Gt {week:02d} To {week + 1:02d} Weeks SUM 1" for week in range(last)), f"Gt {last} Weeks SUM 1"]


def _with_bands(rows: Rows, column: str) -> tuple[Rows, pa.Array]:
    """The rows that have bands, and the part of each: all but new periods."""
    code = pc.utf8_trim_whitespace(rows[column])
    at = pc.index_in(code, pa.array(list(PARTS)))
    unknown = pc.and_(pc.is_null(at), pc.not_equal(code, NEW_PERIODS))
    rows.refuse(unknown, column, f"Expected {', '.join(PARTS)} or {NEW_PERIODS}.", "Send the file as published.")
    kept = pc.is_valid(at)
    if not pc.any(kept).as_py():
        rows.findings.refuse("No row has a part with bands.", "Send the whole file.", column=column)
        rows.findings.stop_if_refused()
    return returns.chosen(rows, kept), pa.array(list(PARTS.values())).take(at.drop_null())


def _month(rows: Rows) -> date | None:
    """The one month of the file; an error is noted when a row has none or another."""
    column, texts, months = _periods(rows)
    unread = pa.array([text for text, month in months.items() if not month], pa.string())
    rows.refuse(pc.is_in(texts, value_set=unread), column, "This is not a month.", "It reads RTT-April-2018.")
    found = sorted({month for month in months.values() if month})
    if len(found) > 1:
        why = f"The file mixes {len(found)} months: {', '.join(f'{month:%B %Y}' for month in found)}."
        rows.findings.refuse(why, "Send a file for each.", column=column)
    return found[0] if found else None


def _periods(rows: Rows) -> tuple[str, pa.Array, dict[str, date | None]]:
    """The column that says the month, its text in every row, and the month of each text."""
    if "Period" in rows.values.column_names:
        texts = rows["Period"]
        return "Period", texts, {text: month_of(text) for text in pc.unique(texts).to_pylist()}
    texts = pc.binary_join_element_wise(rows["Year"], rows["Period Name"], "|")
    months = {text: month_of_financial_year(*text.split("|", 1)) for text in pc.unique(texts).to_pylist()}
    return "Period Name", texts, months


def _bands(rows: Rows, parts: pa.Array, function: str, names: Sequence[str], month: date) -> Bands:
    ccg = returns.codes(rows, CCG, returns.COMMISSIONER, "the code of a commissioner, such as 00M")
    code = returns.codes(rows, function, FUNCTION, "a treatment function, such as C_110")
    returns.refuse_repeated(rows, function, [parts, rows[PROVIDER], ccg, code], "provider, commissioner and function")
    key = pc.dictionary_encode(pc.binary_join_element_wise(parts, ccg, plain_function(code), "|"))
    groups, group = key.dictionary, key.indices.to_numpy()
    added = np.zeros((len(groups), len(names)), dtype=np.int64)
    in_row = np.zeros(len(group), dtype=np.int64)
    for at, name in enumerate(names):
        patients = returns.counts(rows, name, blank_is_zero=True)
        in_row += patients
        added[:, at] = np.bincount(group, patients, len(groups))
    unknown = returns.counts(rows, UNKNOWN, blank_is_zero=True)
    _reconcile(rows, in_row, unknown)
    part, owner, plain = (pa.array(key) for key in zip(*(g.split("|") for g in groups.to_pylist()), strict=True))
    return Bands(month, part, owner, plain, added, np.bincount(group, unknown, len(groups)).astype(np.int64))


def _reconcile(rows: Rows, in_row: np.ndarray, unknown: np.ndarray) -> None:
    # Rows of incomplete pathways leave Total blank: their bands add up to Total All
    blank = pc.equal(rows[TOTAL], "").to_numpy(zero_copy_only=False)
    total = np.where(blank, in_row, returns.counts(rows, TOTAL, blank_is_zero=True))
    note_unequal(rows, TOTAL, in_row, "The bands", total)
    everyone = returns.counts(rows, TOTAL_ALL, blank_is_zero=True)
    note_unequal(rows, TOTAL_ALL, in_row + unknown, "The bands and unknown clock starts", everyone)


def _parents(rows: Rows) -> list[str]:
    """The names of the bodies above the commissioners, each once."""
    return pc.unique(rows[PARENT]).to_pylist() if PARENT in rows.values.column_names else [""]


KIND = Kind("rtt_extract", "RTT waiting times, full CSV extract (NHS England)", recognise, read, ACROSS_MONTHS)
