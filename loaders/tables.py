"""Every table of the warehouse: what one row is, and what each column holds.

These are the only definitions: Iceberg's schemas, the queries of `metrics` and the data
dictionary in docs/ are made from them. A new column goes at the end of its table; an older
release reads as null there.

Every fact ends in the same four columns (`_provenance`): the slice that a later submission
replaces, its month, the submission it came with, and whether it is synthetic.
"""

import pyarrow as pa
from sqlalchemy import BigInteger, Boolean, Column, Date, Double, Integer, MetaData, Table, Text

FACTS = MetaData()

STEPS = (
    "assessed",
    "imaging",
    "core_therapy",
    "nerve_root_block",
    "cppp",
    "surgical_opinion",
    "surgery",
    "pain_clinic",
)
"""The steps after receipt that a referral may reach, in pathway order; `discharged` ends it."""

_ARROW = {
    Text: pa.string(),
    Date: pa.date32(),
    Integer: pa.int32(),
    BigInteger: pa.int64(),
    Double: pa.float64(),
    Boolean: pa.bool_(),
}


def _text(name: str, comment: str) -> Column:
    return Column(name, Text, comment=comment)


def _date(name: str, comment: str) -> Column:
    return Column(name, Date, comment=comment)


def _whole(name: str, comment: str) -> Column:
    return Column(name, Integer, comment=comment)


def _number(name: str, comment: str) -> Column:
    return Column(name, Double, comment=comment)


def _provenance() -> list[Column]:
    return [
        _date("month", "first day of the month that the row counts in"),
        _text("slice", "what a later submission for the same months replaces: kind and sender"),
        _text("submission", "the submission that brought the row (its content hash, 12 characters)"),
        Column("synthetic", Boolean, comment="true for invented rows"),
    ]


def _fact(name: str, grain: str, *columns: Column) -> Table:
    return Table(name, FACTS, *columns, *_provenance(), comment=grain)


def _step(step: str) -> list[Column]:
    """The six columns of a step; days are whole days, null where the step was not asked for or not reached."""
    return [
        _date(f"{step}_requested", f"date {step} was asked for; for assessed, the date received"),
        _whole(f"days_to_{step}_requested", f"days from received to the request for {step}"),
        _date(step, f"date of {step}"),
        _whole(f"days_to_{step}", f"days from received to {step}"),
        _whole(f"wait_{step}", f"days from the request to {step}"),
        _whole(f"unmet_{step}", f"days waited so far or until discharge, where requested and {step} not reached"),
    ]


REFERRAL = _fact(
    "referral",
    "One row per referral for low back or radicular pain, with a date for each step (an accumulating snapshot).",
    _text("referral_id", "pseudonym of the referral, given by the provider"),
    _text("provider", "who assesses: the code the provider reports under"),
    _text("practice", "general practice that referred (ODS code)"),
    _text("ccg", "CCG of the practice in 2015 (ODS code): the analysis key for ever"),
    _text("route", "triage_and_treat, or earlier_route for referrals made the old way"),
    _text("presentation", "low_back_pain or radicular_pain"),
    _text("pain_duration", "under_3_months, 3_to_12_months, over_12_months; null where not recorded"),
    _text("start_back", "STarT Back risk: low, medium, high; null where not recorded"),
    _text("age_band", "age in bands of ten years"),
    _text("sex", "female, male or other"),
    _date("received", "date the referral was received; its month is the cohort"),
    *[column for step in STEPS for column in _step(step)],
    _date("cppp_completed", "date the programme was completed"),
    _whole("days_to_cppp_completed", "days from received to completing the programme"),
    _date("discharged", "date the referral ended"),
    _whole("days_to_discharged", "days from received to discharge"),
    _text("outcome", "self_managing, treated, declined, did_not_attend or other; null while open"),
    _date("extracted", "date of the extract: nothing is known after it"),
    _whole("followed", "days from received to the extract: the follow-up that was possible"),
)

WAITING = _fact(
    "waiting",
    "One row per month end, practice, step, presentation, risk and whole week waited: people still waiting then.",
    _text("provider", "who the wait is with"),
    _text("practice", "general practice that referred"),
    _text("ccg", "2015 CCG of the practice"),
    _text("step", "the step waited for"),
    _text("presentation", "low_back_pain or radicular_pain"),
    _text("start_back", "STarT Back risk: low, medium, high; null where not recorded"),
    _whole("week", "whole weeks waited, band k as in RTT: 0 is up to 7 days, 1 is 8 to 14 days"),
    _whole("patients", "people waiting"),
)

OUTCOME_SCORE = _fact(
    "outcome_score",
    "One row per referral, instrument and time point; its month is that of the baseline form.",
    _text("referral_id", "pseudonym of the referral"),
    _text("provider", "who collected the form"),
    _text("practice", "general practice that referred; null where not sent"),
    _text("ccg", "2015 CCG of the practice"),
    _text("instrument", "ODI, EQ-5D-5L, PAIN_NRS, GAD-7, PHQ-9 or STARTBACK"),
    _text("time_point", "baseline, discharge, 6_months or 12_months"),
    _date("completed", "date the form was filled in"),
    _number("score", "score on the instrument's own scale"),
    _number("change", "score less the same person's baseline; null at baseline or where there is none"),
    _text("pain_duration", "as in referral"),
    _text("start_back", "STarT Back risk as in referral"),
    _date("extracted", "date of the extract"),
    _whole("followed", "days from the baseline form to the extract; null without a baseline"),
)

PRACTICE_CODING = _fact(
    "practice_coding",
    "One row per general practice and month: what its records hold.",
    _text("practice", "general practice (ODS code)"),
    _text("ccg", "2015 CCG of the practice"),
    _whole("episodes", "new low back pain episodes"),
    _whole("start_back_low", "of them with STarT Back low within 6 weeks"),
    _whole("start_back_medium", "of them with STarT Back medium within 6 weeks"),
    _whole("start_back_high", "of them with STarT Back high within 6 weeks"),
    _whole("gp_lumbar_mri", "lumbar MRI scans requested by the practice"),
)

PROCEDURE = _fact(
    "procedure",
    "One row per month, CCG, provider, procedure group and diagnosis group (groups: data/reference/code_sets.csv).",
    _text("ccg", "2015 CCG of the practice"),
    _text("provider", "hospital provider"),
    _text("procedure_group", "group of OPCS-4 codes"),
    _text("diagnosis_group", "group of the primary ICD-10 code"),
    _whole("spells", "hospital spells"),
    _whole("repeat_spells", "of them at least the third of their group for the patient in 365 days"),
    _number("cost", "cost of the spells in pounds; null where not sent"),
)

MILESTONE = _fact(
    "milestone",
    "One row per CCG (or practice) and component of the rollout.",
    _text("ccg", "2015 CCG"),
    _text("practice", "general practice; null for the CCG's own milestones"),
    _text("component", "what is to be in place, go_live first of all"),
    _date("planned", "date in the plan; null where there is none"),
    _date("forecast", "date now expected"),
    _date("actual", "date it happened; null until then"),
    _text("status", "not_started, in_progress, done or stopped"),
    _text("owner", "role that answers for it"),
    _text("evidence", "what shows that it happened"),
    _date("as_at", "date the ledger was drawn up"),
)

WORKFORCE = _fact(
    "workforce",
    "One row per CCG and month: Triage and Treat Practitioners in whole-time equivalents.",
    _text("ccg", "2015 CCG"),
    _number("planned", "WTE planned"),
    _number("in_post", "WTE in post at month end"),
    _number("trained", "WTE trained at month end"),
)

NOTE = _fact(
    "note",
    "One row per dated note on a CCG or on the region, shown on charts.",
    _date("date", "day the note is about"),
    _text("ccg", "2015 CCG; null for the whole region"),
    _text("text", "what happened, in a sentence"),
    _text("source", "who says so"),
)

RTT_WAIT = _fact(
    "rtt_wait",
    "One row per month, part, commissioner, treatment function and week band; bands without patients are left out.",
    _text("part", "admitted, non_admitted, incomplete or incomplete_with_decision"),
    _text("ccg", "commissioner as published (ODS code)"),
    _text("function", "treatment function without its prefix: 110, X01, 999 for the total"),
    _whole("week", "band k: 0 is up to 7 days, 1 is 8 to 14 days, 51 is 358 to 364"),
    _whole("patients", "patients in the band"),
)

RTT_PUBLISHED = _fact(
    "rtt_published",
    "One row per month, part, commissioner and treatment function: the figures printed beside the bands.",
    _text("part", "as in rtt_wait"),
    _text("ccg", "commissioner as published"),
    _text("function", "treatment function without its prefix"),
    _whole("total", "patients with a known clock start: the sum of the bands"),
    _whole("within_18_weeks", "patients within 18 weeks; null in the full extract"),
    _whole("unknown_start", "completed pathways with no known clock start, outside the total"),
    _number("median_weeks", "published median in weeks; null where not printed"),
    _number("p95_weeks", "published 95th percentile in weeks; null where not printed"),
    _whole("open_band", "index of the open last band: 52, or 104 from April 2021"),
    _text("median_rule", "rank that reproduces the published medians, n+1 or n; null where none is printed"),
)

ACTIVITY = _fact(
    "activity",
    "One row per month, commissioner and item of the Monthly Activity Return.",
    _text("ccg", "commissioner as published; England for the national row"),
    _text("item", "what is counted, e.g. gp_referrals_made_ga"),
    _whole("count", "as published"),
)

PRESCRIBING = _fact(
    "prescribing",
    "One row per month, CCG and drug group, on 2019/20 membership.",
    _text("ccg", "CCG on the membership of 2019/20, cast back to the first month"),
    _text("drug_group", "opioids, gabapentin or pregabalin"),
    _number("quantity", "amount dispensed, in `unit`"),
    _text("unit", "OME mg (oral morphine equivalent) or DDD (defined daily dose)"),
)

LIST_SIZE = _fact(
    "list_size",
    "One row per quarter (its first month), practice, sex and age band; one per month and CCG for back-cast lists.",
    _text("practice", "general practice; null where only the CCG is published"),
    _text("ccg", "CCG as published for that quarter"),
    _text("sex", "female or male; null where not published"),
    _text("age_band", "age band as published; null where not published"),
    _number("patients", "registered patients"),
    _text("membership", "of_the_time, or 2019_20 for lists cast back on later membership"),
)

PRACTICE = _fact(
    "practice",
    "One row per general practice and ODS extract.",
    _text("practice", "ODS code"),
    _text("name", "name in that extract"),
    _text("ccg", "commissioner in that extract"),
    _date("opened", "date the practice opened"),
    _date("closed", "date it closed; null while open"),
    _text("status", "active, closed, dormant or proposed"),
)

CCG = _fact(
    "ccg",
    "One row per clinical commissioning group and ODS extract.",
    _text("ccg", "ODS code"),
    _text("name", "name in that extract"),
    _date("opened", "date it opened"),
    _date("closed", "date it closed; null while open"),
)

BOUNDARY = _fact(
    "boundary",
    "One row per CCG: its outline.",
    _text("ccg", "ODS code"),
    _text("name", "name in the file"),
    _text("geometry", "GeoJSON geometry, longitude and latitude (WGS84)"),
)

RECEIVED = _fact(
    "received",
    "One row per table, sender, CCG and month of which rows arrived: tells nothing sent from nothing happened.",
    _text("fact", "name of the table the rows are in"),
    _text("sender", "who sent them"),
    _text("ccg", "CCG the rows are about"),
    _whole("arrived", "how many rows"),
)


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a table: what a loader hands over and what Iceberg stores."""
    return pa.schema(
        pa.field(column.name, _ARROW[type(column.type)], metadata={"doc": column.comment or ""})
        for column in table.columns
    )
