"""Referral to treatment counts by week band, whichever file they came in: checks and rows of the tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.problems import Findings
from loaders.rows import MOST_QUOTED, Rows

WITHIN_18 = 18
"""Bands 0 to 17: exactly 18 weeks (126 days) is still within."""

ALL_FUNCTIONS = "999"
"""The row of a commissioner that adds up its treatment functions."""

FUNCTION = r"^(AP|NP|IP|C_)?(\d{3}|X0\d)$"
"""A treatment function as published: its prefix says the part, or nothing."""


@dataclass(frozen=True)
class Bands:
    """One row per part, commissioner and treatment function of a month: patients in each week band.

    `counts` is rows x bands, the last band open. `unknown` counts the completed pathways without a
    known clock start, which stand in no band.
    """

    month: date
    part: pa.Array
    ccg: pa.Array
    function: pa.Array
    counts: np.ndarray
    unknown: np.ndarray

    @property
    def open_band(self) -> int:
        """Index of the open last band: 52, or 104 from April 2021."""
        return self.counts.shape[1] - 1

    @property
    def slices(self) -> pa.Array:
        """What a later file of the same part and month replaces."""
        return pc.binary_join_element_wise("rtt", self.part, " ")

    def covers(self) -> dict[str, Sequence[date]]:
        """The month, for each part that there is."""
        return {name: [self.month] for name in sorted(set(self.slices.to_pylist()))}


def plain_function(code: pa.Array) -> pa.Array:
    """Treatment functions without the prefix that differs by part: IP110 and C_110 are 110."""
    return pc.replace_substring_regex(code, FUNCTION, r"\2")


def wait_rows(bands: Bands) -> pa.Table:
    """The rows of `rtt_wait`: one per band with patients in it."""
    row, week = np.nonzero(bands.counts)
    at = pa.array(row)
    return pa.table(
        {
            "part": bands.part.take(at),
            "ccg": bands.ccg.take(at),
            "function": bands.function.take(at),
            "week": pa.array(week, pa.int32()),
            "patients": pa.array(bands.counts[row, week], pa.int32()),
            "month": pa.repeat(pa.scalar(bands.month), len(row)),
            "slice": bands.slices.take(at),
        }
    )


def published_rows(
    bands: Bands,
    total: np.ndarray,
    within_18_weeks: np.ndarray | None = None,
    median: np.ndarray | None = None,
    p95: np.ndarray | None = None,
    rule: str | None = None,
) -> pa.Table:
    """The rows of `rtt_published`: one per row of the bands. None and NaN stand for what is not printed."""
    rows = len(total)
    return pa.table(
        {
            "part": bands.part,
            "ccg": bands.ccg,
            "function": bands.function,
            "total": pa.array(total, pa.int32()),
            "within_18_weeks": _or_nulls(within_18_weeks, rows, pa.int32()),
            "unknown_start": pa.array(bands.unknown, pa.int32()),
            "median_weeks": _or_nulls(median, rows, pa.float64()),
            "p95_weeks": _or_nulls(p95, rows, pa.float64()),
            "open_band": pa.repeat(pa.scalar(bands.open_band, pa.int32()), rows),
            "median_rule": pa.repeat(pa.scalar(rule, pa.string()), rows),
            "month": pa.repeat(pa.scalar(bands.month), rows),
            "slice": bands.slices,
        }
    )


def _or_nulls(values: np.ndarray | None, rows: int, kind: pa.DataType) -> pa.Array:
    return pa.nulls(rows, kind) if values is None else pa.array(values, kind, from_pandas=True)


def check_total_rows(bands: Bands, findings: Findings) -> None:
    """Note each commissioner whose treatment functions do not add up, band by band, to its row 999.

    One patient more or less is a warning; more, or no row 999, is an error.
    """
    owner = pc.dictionary_encode(pc.binary_join_element_wise(bands.part, bands.ccg, " pathways of "))
    names, group = owner.dictionary.to_pylist(), owner.indices.to_numpy()
    figures = np.column_stack([bands.counts, bands.unknown])
    is_total = pc.equal(bands.function, ALL_FUNCTIONS).to_numpy(zero_copy_only=False)
    added = _added(figures[~is_total], group[~is_total], len(names))
    printed = _added(figures[is_total], group[is_total], len(names))
    for at in np.setdiff1d(np.arange(len(names)), group[is_total]):
        findings.refuse(f"There is no row of all treatment functions (999) for {names[at]}.", "Send the whole file.")
        printed[at] = added[at]
    for at in np.flatnonzero((added != printed).any(axis=1)):
        _note_difference(names[at], added[at], printed[at], findings)


def _added(figures: np.ndarray, group: np.ndarray, groups: int) -> np.ndarray:
    added = np.zeros((groups, figures.shape[1]), dtype=np.int64)
    np.add.at(added, group, figures)
    return added


def _note_difference(name: str, added: np.ndarray, printed: np.ndarray, findings: Findings) -> None:
    worst = int(np.abs(added - printed).argmax())
    place = "unknown clock start" if worst == len(added) - 1 else f"week band {worst}"
    note = findings.warn if np.abs(added - printed).sum() <= 1 else findings.refuse
    note(
        f"The treatment functions of the {name} add up to {added.sum():,}, row 999 says {printed.sum():,}; "
        f"the largest difference is in {place}: {added[worst]:,} against {printed[worst]:,}.",
        "Check the rows of this commissioner against the published file.",
    )


def note_unequal(rows: Rows, column: str, added: np.ndarray, what: str, printed: np.ndarray) -> None:
    """Note each row where `added` is not what the column says: a warning for a difference of one, else an error."""
    differ = np.flatnonzero(added != printed)
    for at in differ[:MOST_QUOTED]:
        note = rows.findings.warn if abs(added[at] - printed[at]) == 1 else rows.findings.refuse
        why = f"{what} add up to {added[at]:,}, the column says {printed[at]:,}."
        note(why, "Check the row against the published file.", **rows.place(column, at))
    if len(differ) > MOST_QUOTED:
        why = f"{what} do not add up to the column in {len(differ) - MOST_QUOTED} more rows."
        rows.findings.refuse(why, "Check that the columns are whole and in order.", column=column)
