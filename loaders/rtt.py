"""Referral to treatment waits by commissioner: the monthly workbooks of NHS England.

A workbook holds one part (completed admitted, completed non-admitted or incomplete pathways): bands
of weeks for every commissioner and treatment function, and the totals, median and 95th percentile
printed beside them, which are kept and compared.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders import returns
from loaders.problems import Findings, refuse
from loaders.reading import Source
from loaders.rows import Rows
from loaders.rtt_bands import (
    FUNCTION,
    WITHIN_18,
    Bands,
    check_total_rows,
    note_unequal,
    plain_function,
    published_rows,
    wait_rows,
)
from loaders.rtt_jumps import ACROSS_MONTHS
from loaders.rtt_medians import median_rule, not_reproduced
from loaders.rtt_percentile import Rule
from loaders.sheet import Body
from loaders.submission import Instructions, Kind, Reading

TITLE = "Referral to Treatment (RTT) Waiting Times"
CCG, CODE = "CCG Code", "Treatment Function Code"
MEDIAN = "Average (median) waiting time (in weeks)"
P95 = "95th percentile waiting time (in weeks)"
UNKNOWN = "Patients with unknown clock start date"
TOTAL_ALL = "Total number of completed pathways (all)"

PARTS = (
    ("adjusted", None),
    ("decision to admit", "incomplete_with_decision"),
    ("non-admitted", "non_admitted"),
    ("incomplete", "incomplete"),
    ("admitted", "admitted"),
)
"""What the title block's Summary says, and the part that it means: the first that fits."""

PREFIXES = {"admitted": "AP", "non_admitted": "NP", "incomplete": "IP", "incomplete_with_decision": "IP"}


@dataclass(frozen=True)
class _Printed:
    """What is printed beside the bands, a value per row; NaN where no percentile is printed."""

    total: np.ndarray
    within_18_weeks: np.ndarray
    median: np.ndarray
    p95: np.ndarray


def recognise(source: Source) -> bool:
    """Whether the file is one of NHS England's RTT workbooks."""
    headed = any(sheet.find_header(CCG, CODE, MEDIAN) is not None for sheet in source.sheets)
    return headed or returns.is_titled(source, TITLE)


def read(source: Source, instructions: Instructions) -> Reading:
    """The waits of one part and month; LoadRefused with every problem."""
    sheet = returns.commissioner_sheet(source)
    header = returns.header_row(sheet, (CCG, CODE, MEDIAN, ">0-1", "52 plus")) if sheet else None
    if not sheet or header is None:
        why = "There is no sheet 'Commissioner' with a header."
        raise refuse(source.name, why, "Send the commissioner workbook as published, not the provider one.")
    findings = Findings(source.name, sheet.name)
    title = returns.title_block(sheet)
    month, part = returns.period(title, findings), _part(title, findings)
    rows = _rows(sheet.body(header), part, findings)
    bands = _bands(rows, month or date.min, part)
    printed = _printed(rows, part)
    _reconcile(rows, bands, printed)
    rule = median_rule(bands.counts, printed.median, findings)
    _warn_of_other_percentiles(rows, bands, printed, rule)
    findings.stop_if_refused()
    return Reading(
        kind=KIND.key,
        sender="NHS England",
        tables={
            "rtt_wait": wait_rows(bands),
            "rtt_published": published_rows(
                bands, printed.total, printed.within_18_weeks, printed.median, printed.p95, rule
            ),
        },
        covers=bands.covers(),
        extracted=returns.came_out(title),
        synthetic=returns.is_synthetic([" ".join(title.values())], findings, ""),
        warnings=findings.warnings,
    )


def _part(title: Mapping[str, str], findings: Findings) -> str:
    """The part in the title block. Without one the columns are not known: LoadRefused."""
    summary = title.get("summary", "")
    part = next((part for words, part in PARTS if words in summary.lower()), None)
    if not part:
        why = "The title block does not say admitted, non-admitted or incomplete pathways (as reported, not adjusted)."
        findings.refuse(why, "Send the workbook of one of these.", column="Summary:", value=summary)
        findings.stop_if_refused()
    return part or ""


def _rows(body: Body, part: str, findings: Findings) -> Rows:
    """The rows, with every column that is needed: LoadRefused where one is missing, or all rows are."""
    names = [CCG, CODE, *_band_names(body.text.column_names), *_totals(part), MEDIAN]
    return returns.rows_of(body, names, findings)


def _band_names(found: Sequence[str]) -> list[str]:
    """The columns of the bands, from '>0-1' to the open last one, '52 plus'."""
    last = next((name for name in found if re.fullmatch(r"\d+ plus", name)), "52 plus")
    return [*(f">{week}-{week + 1}" for week in range(int(last.split()[0]))), last]


def _totals(part: str) -> list[str]:
    """The columns of the total with a known clock start, those within 18 weeks, and for completed pathways the rest."""
    if part.startswith("incomplete"):
        return ["Total number of incomplete pathways", "Total within 18 weeks"]
    known = "(with a known clock start)"
    return [f"Total number of completed pathways {known}", f"Total {known} within 18 weeks", UNKNOWN, TOTAL_ALL]


def _bands(rows: Rows, month: date, part: str) -> Bands:
    ccg = returns.codes(rows, CCG, returns.COMMISSIONER, "the code of a commissioner, such as 00M")
    code = returns.codes(rows, CODE, FUNCTION, "a treatment function, such as IP110")
    returns.refuse_repeated(rows, CODE, [ccg, code], "treatment function of the commissioner")
    prefix = pc.utf8_slice_codeunits(code, 0, 2)
    other = pc.is_in(prefix, value_set=pa.array([known for known in PREFIXES.values() if known != PREFIXES[part]]))
    rows.refuse(other, CODE, f"The title block says {part}; the code is of another part.", "Send one part a workbook.")
    names = _band_names(rows.values.column_names)
    unknown = np.zeros(len(ccg), np.int64) if part.startswith("incomplete") else returns.counts(rows, UNKNOWN)
    weeks = np.column_stack([returns.counts(rows, name) for name in names])
    return Bands(month, pa.repeat(pa.scalar(part), len(ccg)), ccg, plain_function(code), weeks, unknown)


def _printed(rows: Rows, part: str) -> _Printed:
    total, within = (returns.counts(rows, name) for name in _totals(part)[:2])
    p95 = returns.printed_numbers(rows, P95) if P95 in rows.values.column_names else np.full(len(total), np.nan)
    return _Printed(total, within, returns.printed_numbers(rows, MEDIAN), p95)


def _reconcile(rows: Rows, bands: Bands, printed: _Printed) -> None:
    total, within, *others = _totals(bands.part[0].as_py())
    note_unequal(rows, total, bands.counts.sum(axis=1), "The bands", printed.total)
    first = bands.counts[:, :WITHIN_18].sum(axis=1)
    note_unequal(rows, within, first, "The bands up to 18 weeks", printed.within_18_weeks)
    if others:
        known_or_not = printed.total + bands.unknown
        note_unequal(rows, TOTAL_ALL, known_or_not, "Known and unknown clock starts", returns.counts(rows, TOTAL_ALL))
    check_total_rows(bands, rows.findings)


def _warn_of_other_percentiles(rows: Rows, bands: Bands, printed: _Printed, rule: Rule | None) -> None:
    """One warning for each commissioner whose printed percentiles are not those of its bands."""
    if not rule:
        return
    median, p95 = (not_reproduced(bands.counts, p, rule, n) for p, n in ((0.5, printed.median), (0.95, printed.p95)))
    odd = pc.value_counts(bands.ccg.filter(pa.array(median | p95))).to_pylist()
    for entry in odd:
        rows.findings.warn(
            f"Of {entry['values']}, {entry['counts']} rows print a median or percentile that their bands do not give.",
            "What is shown is worked out from the bands.",
            column=MEDIAN,
        )


KIND = Kind("rtt", "RTT waiting times by commissioner (NHS England workbook)", recognise, read, ACROSS_MONTHS)
