"""Registered patients by practice, sex and age band (NHSBSA), or by CCG (NHS Digital).

The files of NHSBSA, quarterly to 2016, hold no date: the month is taken from the file's name, such as
Patient_List_Size_2015_04-06.csv, or said with --as-at. Those of NHS Digital say the day of the extract;
their rows of practices do not say the CCG, so its rows of CCGs are taken.
"""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders import returns
from loaders.periods import day_of, month_in_name, quarter_of
from loaders.problems import Findings
from loaders.reading import Source
from loaders.rows import Rows
from loaders.submission import Instructions, Kind, Reading

REGION, PCO, PRACTICE = "Regional Office Name", "PCO Code", "Practice Code"
AGE_BANDS = ("0-4", "5-14", "15-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75+")
CELLS = tuple((sex, band) for band in AGE_BANDS for sex in ("Male", "Female"))
BY_CELL = tuple(f"{sex} {band}" for sex, band in CELLS)
"""The columns of patients."""

DATE, TYPE, ORGANISATION, SEX, AGE, PATIENTS = (
    "EXTRACT_DATE",
    "ORG_TYPE",
    "ORG_CODE",
    "SEX",
    "AGE_GROUP_5",
    "NUMBER_OF_PATIENTS",
)
"""The columns of NHS Digital that are read."""

SLICE = "list sizes"
_PCO = r"^[0-9A-Z]{3}[0-9A-Z]{2}$"


def recognise_by_practice(source: Source) -> bool:
    """Whether the first row is the header of NHSBSA's list sizes, or nearly."""
    return _holds(source, [PCO, PRACTICE, "PCO Name", "Practice Name", "Male 0-4", "Female 75+"], 4)


def recognise_by_ccg(source: Source) -> bool:
    """Whether the first row is the header of NHS Digital's list sizes, or nearly."""
    return _holds(source, [DATE, TYPE, ORGANISATION, SEX, AGE, PATIENTS], 5)


def _holds(source: Source, names: list[str], least: int) -> bool:
    first = {cell.strip() for sheet in source.sheets[:1] for row in sheet.head[:1] for cell in row}
    return len(first & set(names)) >= least


def read_by_practice(source: Source, instructions: Instructions) -> Reading:
    """Patients of every practice with any, by sex and age band; LoadRefused with every problem."""
    findings = Findings(source.name)
    named = instructions.as_at or month_in_name(source.name)
    if not named:
        why = "The file holds no date, and its name no month such as Patient_List_Size_2015_04-06.csv."
        findings.refuse(why, "Say the quarter's first month with --as-at.")
    rows = returns.rows_of(source.sheets[0].body(0), [REGION, PCO, PRACTICE, *BY_CELL], findings)
    practices = returns.codes(rows, PRACTICE, returns.PRACTICE, "the code of a practice, such as A81001")
    pcos = returns.codes(rows, PCO, _PCO, "a CCG's code and two more characters, such as 00M00")
    returns.refuse_repeated(rows, PRACTICE, [practices, pcos], "practice")
    patients = np.column_stack([returns.counts(rows, column) for column in BY_CELL])
    synthetic = returns.is_synthetic(pc.unique(rows[REGION]).to_pylist(), findings, REGION)
    findings.stop_if_refused()
    at, cell = np.nonzero(patients)
    where = pa.array(at)
    month = quarter_of(named or date.min)
    table = _table(
        practices.take(where),
        pc.utf8_slice_codeunits(pcos, 0, 3).take(where),
        pa.array([sex.lower() for sex, _ in CELLS]).take(pa.array(cell)),
        pa.array([band for _, band in CELLS]).take(pa.array(cell)),
        patients[at, cell],
        month,
    )
    return _reading(BY_PRACTICE, "NHSBSA", table, month, None, synthetic, findings)


def read_by_ccg(source: Source, instructions: Instructions) -> Reading:
    """Patients of every CCG by sex and age band; LoadRefused with every problem."""
    findings = Findings(source.name)
    every = returns.rows_of(source.sheets[0].body(0), [DATE, TYPE, ORGANISATION, SEX, AGE, PATIENTS], findings)
    drawn = _one_day(every)
    rows = _of_ccgs(every)
    ccgs = returns.codes(rows, ORGANISATION, returns.COMMISSIONER, "the code of a CCG, such as 00M")
    sexes = returns.codes(rows, SEX, r"^(MALE|FEMALE)$", "MALE, FEMALE or ALL")
    ages = returns.codes(rows, AGE, r"^\d{1,2}(_\d{1,2}|\+)$", "an age group such as 0_4 or 95+")
    returns.refuse_repeated(rows, ORGANISATION, [ccgs, sexes, ages], "CCG, sex and age group")
    patients = returns.counts(rows, PATIENTS)
    findings.stop_if_refused()
    month = (drawn or date.min).replace(day=1)
    ages = pc.replace_substring(ages, "_", "-")
    nothing = pa.nulls(len(ccgs), pa.string())
    table = _table(nothing, ccgs, pc.utf8_lower(sexes), ages, patients, month)
    return _reading(BY_CCG, "NHS Digital", table, month, drawn, False, findings)


def _one_day(rows: Rows) -> date | None:
    """The day on which the extract was drawn; an error is noted when rows say none or several."""
    days = {text: day_of(text) for text in pc.unique(rows[DATE]).to_pylist()}
    first = next(iter(days.values()))
    odd = pa.array([text for text, day in days.items() if not day or day != first], pa.string())
    rows.refuse(pc.is_in(rows[DATE], value_set=odd), DATE, "Not one day throughout, such as 01SEP2017.", "Split it.")
    return first


def _of_ccgs(rows: Rows) -> Rows:
    """The rows of CCGs by sex and age group, without those that add them up."""
    kept = pc.and_(pc.equal(rows[TYPE], "CCG"), pc.and_(pc.not_equal(rows[SEX], "ALL"), pc.not_equal(rows[AGE], "ALL")))
    if not pc.any(kept).as_py():
        why = "No row is of a CCG by sex and age group; rows of practices do not say their CCG."
        rows.findings.refuse(why, "Send the file that holds CCGs.", column=TYPE)
    return returns.chosen(rows, kept)


def _table(
    practice: pa.Array, ccg: pa.Array, sex: pa.Array, age_band: pa.Array, patients: np.ndarray, month: date
) -> pa.Table:
    """The rows of `list_size`."""
    return pa.table(
        {
            "practice": practice,
            "ccg": ccg,
            "sex": sex,
            "age_band": age_band,
            "patients": pa.array(patients, pa.float64()),
            "membership": pa.repeat(pa.scalar("of_the_time"), len(ccg)),
            "month": pa.repeat(pa.scalar(month), len(ccg)),
            "slice": pa.repeat(pa.scalar(SLICE), len(ccg)),
        }
    )


def _reading(
    kind: Kind, sender: str, table: pa.Table, month: date, drawn: date | None, synthetic: bool, findings: Findings
) -> Reading:
    return Reading(kind.key, sender, {"list_size": table}, {SLICE: [month]}, drawn, synthetic, findings.warnings)


BY_PRACTICE = Kind(
    "list_sizes", "List sizes by practice (NHSBSA)", recognise_by_practice, read_by_practice, undated=True
)
BY_CCG = Kind("list_sizes_by_ccg", "List sizes by CCG (NHS Digital)", recognise_by_ccg, read_by_ccg)
KINDS = (BY_PRACTICE, BY_CCG)
