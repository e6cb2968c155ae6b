"""Pathway referrals, one row each: the tables `referral` and `waiting`."""

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from loaders.contract import Contract, Field
from loaders.extract import DATA_STATUS, EXTRACTED, Extract, read_extract, recognises
from loaders.months import first_of_month, months_between
from loaders.pathway_checks import check_referrals
from loaders.reading import Source
from loaders.submission import Instructions, Kind, Reading
from loaders.tables import REFERRAL, STEPS
from loaders.waiting import waiting_lists

ABOUT_THE_REFERRAL = (
    Field("practice", "code", "general practice that referred (ODS code)", True, example="A81001"),
    Field("ccg", "code", "CCG of the practice in 2015; 00F, 00G and 00H count as 13T", True, example="00M"),
    Field(
        "route",
        "text",
        "triage_and_treat, or earlier_route for a referral made the old way",
        True,
        ("triage_and_treat", "earlier_route"),
        example="triage_and_treat",
    ),
    Field(
        "presentation",
        "text",
        "what the referral is for",
        True,
        ("low_back_pain", "radicular_pain"),
        example="low_back_pain",
    ),
    Field(
        "pain_duration",
        "text",
        "how long the pain had lasted when the referral was received",
        False,
        ("under_3_months", "3_to_12_months", "over_12_months"),
        example="3_to_12_months",
    ),
    Field("start_back", "text", "STarT Back risk", False, ("low", "medium", "high"), example="medium"),
    Field(
        "age_band",
        "text",
        "age when the referral was received",
        False,
        ("16-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75+"),
        example="45-54",
    ),
    Field("sex", "text", "sex", False, ("female", "male", "other"), example="female"),
)
EVENTS = (
    Field("received", "date", "day the referral was received: its month is the cohort", True, example="2015-06-01"),
    Field("assessed", "date", "first contact with a Triage and Treat Practitioner", example="2015-06-22"),
    Field("imaging_requested", "date", "day imaging was asked for", example="2015-06-22"),
    Field("imaging", "date", "day of imaging", example="2015-07-10"),
    Field("core_therapy_requested", "date", "day core therapies were asked for", example="2015-06-22"),
    Field("core_therapy", "date", "first day of core therapies", example="2015-07-20"),
    Field("nerve_root_block_requested", "date", "day a nerve root block was asked for"),
    Field("nerve_root_block", "date", "day of the nerve root block"),
    Field("cppp_referred", "date", "day of referral to the Combined Physical and Psychological Programme"),
    Field("cppp_started", "date", "first day of that programme"),
    Field("cppp_completed", "date", "last day of that programme, where it was completed"),
    Field("surgical_opinion_requested", "date", "day a spinal surgical opinion was asked for"),
    Field("surgical_opinion", "date", "day of the opinion"),
    Field("surgery_listed", "date", "day the patient was listed for surgery"),
    Field("surgery", "date", "day of surgery"),
    Field("pain_clinic_requested", "date", "day the pain clinic was asked for"),
    Field("pain_clinic", "date", "first day at the pain clinic"),
    Field("discharged", "date", "day the referral ended; blank while it is open", example="2015-09-30"),
)
OUTCOME = Field(
    "outcome",
    "text",
    "how the referral ended; blank while it is open",
    False,
    ("self_managing", "treated", "declined", "did_not_attend", "other"),
    example="self_managing",
)
REFERRAL_ID = Field(
    "referral_id", "text", "pseudonym of the referral, the same in every extract", True, example="R0001"
)
PROVIDER = Field("provider", "code", "who assesses: the code the provider reports under", True, example="DP1")

CONTRACT = Contract(
    "pathway",
    "Pathway referrals",
    "One row for each referral of a provider since its first, open or ended.",
    ("referral_id", "received"),
    (REFERRAL_ID, PROVIDER, *ABOUT_THE_REFERRAL, *EVENTS, OUTCOME, EXTRACTED, DATA_STATUS),
)

_IN_TABLE = {"cppp_referred": "cppp_requested", "cppp_started": "cppp", "surgery_listed": "surgery_requested"}
"""Columns of the contract that the table names as it names every step."""


def read(source: Source, instructions: Instructions) -> Reading:
    """A file with one row per referral as a reading; LoadRefused with every problem in it."""
    return referrals_read(read_extract(source, CONTRACT, instructions), CONTRACT.key)


def referrals_read(extract: Extract, kind: str) -> Reading:
    """The reading of referrals, however they were sent: checked, then made into the two tables."""
    check_referrals(extract)
    extract.rows.findings.stop_if_refused()
    assert extract.extracted is not None  # a blank one was refused
    referrals = referral_rows(extract.rows.values, extract.extracted)
    waiting = waiting_lists(referrals, extract.extracted)
    return Reading(
        kind=kind,
        sender=", ".join(sorted(pc.unique(referrals["provider"]).to_pylist())),
        tables={"referral": _in_slices(referrals), "waiting": _in_slices(waiting)},
        covers=_covers(referrals, extract.extracted),
        extracted=extract.extracted,
        synthetic=extract.synthetic,
        warnings=extract.rows.findings.warnings,
    )


def referral_rows(values: pa.Table, extracted: date) -> pa.Table:
    """Rows of the table `referral` from those of the contract, without slice and provenance."""
    values = values.rename_columns([_IN_TABLE.get(name, name) for name in values.column_names])
    columns = {name: values[name].combine_chunks() for name in values.column_names}
    received, discharged = columns["received"], columns["discharged"]
    end = pc.fill_null(discharged, extracted)
    columns["assessed_requested"] = received
    for step in STEPS:
        asked, reached = columns[f"{step}_requested"], columns[step]
        columns[f"days_to_{step}_requested"] = _days(received, asked)
        columns[f"days_to_{step}"] = _days(received, reached)
        columns[f"wait_{step}"] = _days(asked, reached)
        # what was asked for after the discharge was not waited for: 0 days
        so_far = pc.max_element_wise(_days(asked, end), pa.scalar(0, pa.int32()), skip_nulls=False)
        columns[f"unmet_{step}"] = pc.if_else(pc.is_null(reached), so_far, pa.scalar(None, pa.int32()))
    columns["days_to_cppp_completed"] = _days(received, columns["cppp_completed"])
    columns["days_to_discharged"] = _days(received, discharged)
    columns["followed"] = _days(received, columns["extracted"])
    columns["month"] = first_of_month(received)
    return pa.table({column.name: columns[column.name] for column in REFERRAL.columns if column.name in columns})


def _days(start: pa.Array, end: pa.Array) -> pa.Array:
    """Whole days from one date to another; null where either is."""
    return pc.subtract(end.cast(pa.int32()), start.cast(pa.int32()))


def _in_slices(rows: pa.Table) -> pa.Table:
    return rows.append_column("slice", pc.binary_join_element_wise("pathway", rows["provider"], " "))


def _covers(referrals: pa.Table, extracted: date) -> dict[str, list[date]]:
    """All months of each provider from its first: an extract holds every referral since then."""
    firsts = referrals.group_by("provider").aggregate([("received", "min")]).to_pylist()
    return {f"pathway {row['provider']}": months_between(row["received_min"], extracted) for row in firsts}


KIND = Kind(CONTRACT.key, "pathway referrals (one row per referral)", recognises(CONTRACT), read)
