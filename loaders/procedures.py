"""Hospital spells with their codes: the table `procedure`, counts by group of codes."""

import re
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.code_sets import bare, group_of
from loaders.contract import Contract, Field
from loaders.extract import DATA_STATUS, EXTRACTED, read_extract, recognises
from loaders.months import first_of_month, months_between
from loaders.pathway import ABOUT_THE_REFERRAL
from loaders.reading import Source
from loaders.rows import Rows
from loaders.submission import Instructions, Kind, Reading

REPEAT_DAYS = 365
"""A spell is a repeat when it is at least the third of its group for the patient within so many days."""

_OPCS4 = r"^[A-Z]\d\d(\.?\d)?$"
_ICD10 = r"^[A-Z]\d\d(\.?[\dX]\d?)?[AD*+]?$"  # a site digit and the dagger or asterisk may stand behind
_CCG = next(field for field in ABOUT_THE_REFERRAL if field.name == "ccg")

CONTRACT = Contract(
    "procedures",
    "Procedures",
    "One row for each hospital spell with a spinal procedure, admitted in the months sent and, so that repeats can "
    "be counted, in the year before.",
    ("spell_id", "procedures", "diagnoses"),
    (
        Field("spell_id", "text", "pseudonym of the spell", True, example="S0001"),
        Field("patient", "text", "pseudonym of the patient, the same in every extract", True, example="P0001"),
        Field("provider", "code", "hospital provider", True, example="DP1"),
        _CCG,
        Field("admitted", "date", "day of admission: its month is the one counted in", True, example="2016-02-08"),
        Field("procedures", "text", "OPCS-4 codes, the primary first, separated by ;", True, example="A52.1;Z07.3"),
        Field("diagnoses", "text", "ICD-10 codes, the primary first, separated by ;", True, example="M54.4"),
        Field("cost", "number", "cost of the spell in pounds", lowest=0, example="640"),
        EXTRACTED,
        DATA_STATUS,
    ),
)


def read(source: Source, instructions: Instructions) -> Reading:
    """A file of spells as a reading; LoadRefused with every problem in it."""
    extract = read_extract(source, CONTRACT, instructions)
    rows = extract.rows
    _check(rows)
    rows.findings.stop_if_refused()
    counts = _counts(_grouped(rows))
    months = counts.group_by("slice").aggregate([("month", "min_max")]).to_pylist()
    return Reading(
        kind=CONTRACT.key,
        sender=", ".join(sorted(pc.unique(counts["provider"]).to_pylist())),
        tables={"procedure": counts},
        covers={row["slice"]: months_between(*row["month_min_max"].values()) for row in months},
        extracted=extract.extracted,
        synthetic=extract.synthetic,
        warnings=rows.findings.warnings,
    )


def _check(rows: Rows) -> None:
    repeated = rows.repeated("provider", "spell_id")
    rows.refuse(repeated, "spell_id", "The provider has this spell further up already.", "Send one row for each.")
    for column, pattern, known_as in (("procedures", _OPCS4, "an OPCS-4"), ("diagnoses", _ICD10, "an ICD-10")):
        malformed = _of_each(rows[column], partial(_any_malformed, pattern), pa.bool_())
        rows.refuse(malformed, column, f"Not all of this is {known_as} code.", "Separate codes like V54.4 by ;.")
    if rows["cost"].null_count < len(rows["cost"]):
        why = "There is no cost; that of its whole month and group is left blank."
        rows.warn(pc.is_null(rows["cost"]), "cost", why, "Send the cost of every spell.")


def _any_malformed(pattern: str, codes: Sequence[str]) -> bool:
    return not codes or not all(re.match(pattern, code) for code in codes)


def _of_each(texts: pa.Array, answer: Callable[[Sequence[str]], object], kind: pa.DataType) -> pa.Array:
    """What a function answers to the codes in each value, asked once for each distinct one."""
    distinct = texts.dictionary_encode()
    answers = [answer(_codes(text)) for text in distinct.dictionary.to_pylist()]
    return pa.array(answers, kind).take(distinct.indices)


def _codes(text: str) -> list[str]:
    return [bare(code) for code in text.split(";") if code.strip()]


def _grouped(rows: Rows) -> pa.Table:
    """One row per spell with its groups, and whether it is a repeat."""
    rows = rows.with_column(
        "procedure_group", _of_each(rows["procedures"], partial(group_of, name="procedures"), pa.string())
    )
    rows = rows.with_column(
        "diagnosis_group", _of_each(rows["diagnoses"], partial(group_of, name="diagnoses"), pa.string())
    )
    rows = rows.with_column("month", first_of_month(rows["admitted"]))
    rows = rows.with_column("slice", pc.binary_join_element_wise("procedures", rows["provider"], " "))
    return rows.with_column("repeat", pa.array(_repeats(rows), pa.int32())).values


def _repeats(rows: Rows) -> np.ndarray:
    """Whether each spell is at least the third of its group for the patient, at any provider, in REPEAT_DAYS."""
    keys = ("patient", "procedure_group", "admitted", "spell_id")
    order = pc.sort_indices(rows.values, [(key, "ascending") for key in keys]).to_numpy()
    patient, group = (rows[key].dictionary_encode().indices.to_numpy()[order] for key in keys[:2])
    day = rows["admitted"].cast(pa.int32()).to_numpy()[order]
    third = (patient[2:] == patient[:-2]) & (group[2:] == group[:-2]) & (day[2:] - day[:-2] <= REPEAT_DAYS)
    repeats = np.zeros(len(order), dtype=bool)
    repeats[order[2:]] = third
    return repeats


def _counts(spells: pa.Table) -> pa.Table:
    """Spells by month, CCG, provider and groups; the cost is null where that of any spell is."""
    keys = ["ccg", "provider", "procedure_group", "diagnosis_group", "month", "slice"]
    counts = spells.group_by(keys).aggregate([([], "count_all"), ("repeat", "sum"), ("cost", "sum"), ("cost", "count")])
    known = pc.equal(counts["cost_count"], counts["count_all"])
    cost = pc.if_else(known, counts["cost_sum"], pa.scalar(None, pa.float64()))
    return pa.table(
        {
            **{key: counts[key] for key in keys},
            "spells": counts["count_all"].cast(pa.int32()),
            "repeat_spells": counts["repeat_sum"].cast(pa.int32()),
            "cost": cost,
        }
    )


KIND = Kind(CONTRACT.key, "hospital spells with procedure codes", recognises(CONTRACT), read)
