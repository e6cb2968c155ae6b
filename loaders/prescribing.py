"""Opioids and gabapentinoids prescribed, by CCG and month (OpenPrescribing, from NHSBSA).

Both files are cast back on the CCGs of 2019/20: a CCG of that year is there from the first month.
The denominator of the opioid file is the registered list in thousands, and so gives lists by month.
"""

from collections.abc import Mapping
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from loaders.contract import Contract, Field, typed_rows
from loaders.problems import Findings
from loaders.reading import Source
from loaders.returns import COMMISSIONER, codes, is_synthetic, refuse_repeated
from loaders.rows import Rows
from loaders.submission import Instructions, Kind, Reading

_DATA_STATUS = Field("data_status", "text", "synthetic for invented rows; absent from published files")

OPIOIDS = Contract(
    "opioids",
    "Opioids prescribed",
    "One row per CCG and month",
    ("month", "code", "numerator", "denominator"),
    (
        Field("month", "month", "first day of the month", True),
        Field("code", "code", "CCG", True),
        Field("numerator", "number", "oral morphine equivalent in mg", True, lowest=0),
        Field("denominator", "number", "registered patients in thousands", True, lowest=0),
        _DATA_STATUS,
    ),
)
GABAPENTINOIDS = Contract(
    "gabapentinoids",
    "Gabapentinoids prescribed",
    "One row per CCG, month and drug",
    ("pct", "month", "drug", "gaba_ddd"),
    (
        Field("pct", "code", "CCG", True),
        Field("month", "month", "first day of the month", True),
        Field("drug", "text", "drug", True, ("gabapentin", "pregabalin")),
        Field("gaba_ddd", "number", "defined daily doses", True, lowest=0),
        _DATA_STATUS,
    ),
)


def recognise(source: Source) -> bool:
    """Whether the first row holds all columns of one of the two files, or all but one."""
    return _contract(source) is not None


def _contract(source: Source) -> Contract | None:
    first = {cell.strip() for sheet in source.sheets[:1] for row in sheet.head[:1] for cell in row}
    return next((contract for contract in (OPIOIDS, GABAPENTINOIDS) if len(first & set(contract.signature)) > 2), None)


def read(source: Source, instructions: Instructions) -> Reading:
    """The quantities by CCG and month; LoadRefused with every problem."""
    contract = _contract(source) or OPIOIDS
    findings = Findings(source.name)
    rows = typed_rows(source.sheets[0].body(0), contract, findings)
    if not rows.values.num_rows:
        findings.refuse("There is a header but not one row.", "Export it again.")
    column = "code" if contract is OPIOIDS else "pct"
    ccgs = codes(rows, column, COMMISSIONER, "the code of a CCG, such as 00M")
    keys = [rows["month"], ccgs] if contract is OPIOIDS else [rows["month"], ccgs, rows["drug"]]
    refuse_repeated(rows, column, keys, "CCG and month")
    synthetic = is_synthetic(pc.unique(pc.fill_null(rows["data_status"], "")).to_pylist(), findings, "data_status")
    findings.stop_if_refused()
    _warn_of_gaps(rows["month"], ccgs, findings)
    return Reading(
        kind=KIND.key,
        sender="OpenPrescribing",
        tables=_opioids(rows, ccgs) if contract is OPIOIDS else _gabapentinoids(rows, ccgs),
        covers={contract.key: sorted(pc.unique(rows["month"]).to_pylist())},
        synthetic=synthetic,
        warnings=findings.warnings,
    )


def _opioids(rows: Rows, ccgs: pa.Array) -> Mapping[str, pa.Table]:
    nothing = pa.nulls(len(ccgs), pa.string())
    lists = {
        "practice": nothing,
        "ccg": ccgs,
        "sex": nothing,
        "age_band": nothing,
        "patients": pc.multiply(rows["denominator"], 1000.0),
        "membership": _repeat("2019_20", ccgs),
        "month": rows["month"],
        "slice": _repeat(OPIOIDS.key, ccgs),
    }
    quantities = _quantities(rows["month"], ccgs, _repeat("opioids", ccgs), rows["numerator"], "OME mg", OPIOIDS.key)
    return {"prescribing": quantities, "list_size": pa.table(lists)}


def _gabapentinoids(rows: Rows, ccgs: pa.Array) -> Mapping[str, pa.Table]:
    quantities = _quantities(rows["month"], ccgs, rows["drug"], rows["gaba_ddd"], "DDD", GABAPENTINOIDS.key)
    return {"prescribing": quantities}


def _quantities(month: pa.Array, ccgs: pa.Array, drug: pa.Array, quantity: pa.Array, unit: str, slice: str) -> pa.Table:
    return pa.table(
        {
            "ccg": ccgs,
            "drug_group": drug,
            "quantity": quantity,
            "unit": _repeat(unit, ccgs),
            "month": month,
            "slice": _repeat(slice, ccgs),
        }
    )


def _repeat(value: str, like: pa.Array) -> pa.Array:
    return pa.repeat(pa.scalar(value), len(like))


def _warn_of_gaps(months: pa.Array, ccgs: pa.Array, findings: Findings) -> None:
    """One warning for each CCG that has no row in a month for which other CCGs have one."""
    there: dict[str, set[date]] = {}
    for ccg, month in zip(ccgs.to_pylist(), months.to_pylist(), strict=True):
        there.setdefault(ccg, set()).add(month)
    every = set().union(*there.values())
    for ccg, found in sorted(there.items()):
        missing = sorted(every - found)
        if missing:
            findings.warn(
                f"{ccg} has no row for {len(missing)} of {len(every)} months, "
                f"the first {missing[0]:%B %Y}, the last {missing[-1]:%B %Y}.",
                "These months are shown as not received.",
            )


KIND = Kind("prescribing", "Opioids or gabapentinoids by CCG and month (OpenPrescribing)", recognise, read)
