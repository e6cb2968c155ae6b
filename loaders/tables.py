"""Every table of the warehouse: what one row is, and what each column holds.

These are the only definitions: Iceberg's schemas, the queries of `metrics` and the data
dictionary in docs/ are made from them. A new column goes at the end of its table; an older
release reads as null there.

Every fact ends in the same four columns (`provenance`): the slice that a later submission
replaces, its month, the submission it came with, and whether it is synthetic.
"""

from sqlalchemy import Column, MetaData, Table

from loaders.columns import day, number, provenance, text, whole

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


def _fact(name: str, grain: str, *columns: Column) -> Table:
    return Table(name, FACTS, *columns, *provenance(), comment=grain)


def _step(step: str) -> list[Column]:
    """The six columns of a step; days are whole days, null where the step was not asked for or not reached."""
    return [
        day(f"{step}_requested", f"date {step} was asked for; for assessed, the date received"),
        whole(f"days_to_{step}_requested", f"days from received to the request for {step}"),
        day(step, f"date of {step}"),
        whole(f"days_to_{step}", f"days from received to {step}"),
        whole(f"wait_{step}", f"days from the request to {step}"),
        whole(f"unmet_{step}", f"days waited so far or until discharge, where requested and {step} not reached"),
    ]


REFERRAL = _fact(
    "referral",
    "One row per referral for low back or radicular pain, with a date for each step (an accumulating snapshot).",
    text("referral_id", "pseudonym of the referral, given by the provider"),
    text("provider", "who assesses: the code the provider reports under"),
    text("practice", "general practice that referred (ODS code)"),
    text("ccg", "CCG of the practice in 2015 (ODS code): the analysis key for ever"),
    text("route", "triage_and_treat, or earlier_route for referrals made the old way"),
    text("presentation", "low_back_pain or radicular_pain"),
    text("pain_duration", "under_3_months, 3_to_12_months, over_12_months; null where not recorded"),
    text("start_back", "STarT Back risk: low, medium, high; null where not recorded"),
    text("age_band", "age in bands of ten years"),
    text("sex", "female, male or other"),
    day("received", "date the referral was received; its month is the cohort"),
    *[column for step in STEPS for column in _step(step)],
    day("cppp_completed", "date the programme was completed"),
    whole("days_to_cppp_completed", "days from received to completing the programme"),
    day("discharged", "date the referral ended"),
    whole("days_to_discharged", "days from received to discharge"),
    text("outcome", "self_managing, treated, declined, did_not_attend or other; null while open"),
    day("extracted", "date of the extract: nothing is known after it"),
    whole("followed", "days from received to the extract: the follow-up that was possible"),
)

WAITING = _fact(
    "waiting",
    "One row per month end, practice, step, presentation, risk and whole week waited: people still waiting then.",
    text("provider", "who the wait is with"),
    text("practice", "general practice that referred"),
    text("ccg", "2015 CCG of the practice"),
    text("step", "the step waited for"),
    text("presentation", "low_back_pain or radicular_pain"),
    text("start_back", "STarT Back risk: low, medium, high; null where not recorded"),
    whole("week", "whole weeks waited, band k as in RTT: 0 is up to 7 days, 1 is 8 to 14 days"),
    whole("patients", "people waiting"),
)

OUTCOME_SCORE = _fact(
    "outcome_score",
    "One row per referral, instrument and time point; its month is that of the baseline form.",
    text("referral_id", "pseudonym of the referral"),
    text("provider", "who collected the form"),
    text("practice", "general practice that referred; null where not sent"),
    text("ccg", "2015 CCG of the practice"),
    text("instrument", "ODI, EQ-5D-5L, PAIN_NRS, GAD-7, PHQ-9 or STARTBACK"),
    text("time_point", "baseline, discharge, 6_months or 12_months"),
    day("completed", "date the form was filled in"),
    number("score", "score on the instrument's own scale"),
    number("change", "score less the same person's baseline; null at baseline or where there is none"),
    text("pain_duration", "as in referral"),
    text("start_back", "STarT Back risk as in referral"),
    day("extracted", "date of the extract"),
    whole("followed", "days from the baseline form to the extract; null without a baseline"),
)

PRACTICE_CODING = _fact(
    "practice_coding",
    "One row per general practice and month: what its records hold.",
    text("practice", "general practice (ODS code)"),
    text("ccg", "2015 CCG of the practice"),
    whole("episodes", "new low back pain episodes"),
    whole("start_back_low", "of them with STarT Back low within 6 weeks"),
    whole("start_back_medium", "of them with STarT Back medium within 6 weeks"),
    whole("start_back_high", "of them with STarT Back high within 6 weeks"),
    whole("gp_lumbar_mri", "lumbar MRI scans requested by the practice"),
)

PROCEDURE = _fact(
    "procedure",
    "One row per month, CCG, provider, procedure group and diagnosis group (groups: data/reference/code_sets.csv).",
    text("ccg", "2015 CCG of the practice"),
    text("provider", "hospital provider"),
    text("procedure_group", "group of OPCS-4 codes"),
    text("diagnosis_group", "group of the primary ICD-10 code"),
    whole("spells", "hospital spells"),
    whole("repeat_spells", "of them at least the third of their group for the patient in 365 days"),
    number("cost", "cost of the spells in pounds; null where not sent"),
)

MILESTONE = _fact(
    "milestone",
    "One row per CCG (or practice) and component of the rollout.",
    text("ccg", "2015 CCG"),
    text("practice", "general practice; null for the CCG's own milestones"),
    text("component", "what is to be in place, go_live first of all"),
    day("planned", "date in the plan; null where there is none"),
    day("forecast", "date now expected"),
    day("actual", "date it happened; null until then"),
    text("status", "not_started, in_progress, done or stopped"),
    text("owner", "role that answers for it"),
    text("evidence", "what shows that it happened"),
    day("as_at", "date the ledger was drawn up"),
)

WORKFORCE = _fact(
    "workforce",
    "One row per CCG and month: Triage and Treat Practitioners in whole-time equivalents.",
    text("ccg", "2015 CCG"),
    number("planned", "WTE planned"),
    number("in_post", "WTE in post at month end"),
    number("trained", "WTE trained at month end"),
)

NOTE = _fact(
    "note",
    "One row per dated note on a CCG or on the region, shown on charts.",
    day("date", "day the note is about"),
    text("ccg", "2015 CCG; null for the whole region"),
    text("text", "what happened, in a sentence"),
    text("source", "who says so"),
)

RTT_WAIT = _fact(
    "rtt_wait",
    "One row per month, part, commissioner, treatment function and week band; bands without patients are left out.",
    text("part", "admitted, non_admitted, incomplete or incomplete_with_decision"),
    text("ccg", "commissioner as published (ODS code)"),
    text("function", "treatment function without its prefix: 110, X01, 999 for the total"),
    whole("week", "band k: 0 is up to 7 days, 1 is 8 to 14 days, 51 is 358 to 364"),
    whole("patients", "patients in the band"),
)

RTT_PUBLISHED = _fact(
    "rtt_published",
    "One row per month, part, commissioner and treatment function: the figures printed beside the bands.",
    text("part", "as in rtt_wait"),
    text("ccg", "commissioner as published"),
    text("function", "treatment function without its prefix"),
    whole("total", "patients with a known clock start: the sum of the bands"),
    whole("within_18_weeks", "patients within 18 weeks; null in the full extract"),
    whole("unknown_start", "completed pathways with no known clock start, outside the total"),
    number("median_weeks", "published median in weeks; null where not printed"),
    number("p95_weeks", "published 95th percentile in weeks; null where not printed"),
    whole("open_band", "index of the open last band: 52, or 104 from April 2021"),
    text("median_rule", "rank that reproduces the published medians, n+1 or n; null where none is printed"),
)

ACTIVITY = _fact(
    "activity",
    "One row per month, commissioner and item of the Monthly Activity Return.",
    text("ccg", "commissioner as published; England for the national row"),
    text("item", "what is counted, e.g. gp_referrals_made_ga"),
    whole("count", "as published"),
)

PRESCRIBING = _fact(
    "prescribing",
    "One row per month, CCG and drug group, on 2019/20 membership.",
    text("ccg", "CCG on the membership of 2019/20, cast back to the first month"),
    text("drug_group", "opioids, gabapentin or pregabalin"),
    number("quantity", "amount dispensed, in `unit`"),
    text("unit", "OME mg (oral morphine equivalent) or DDD (defined daily dose)"),
)

LIST_SIZE = _fact(
    "list_size",
    "One row per quarter (its first month), practice, sex and age band; one per month and CCG for back-cast lists.",
    text("practice", "general practice; null where only the CCG is published"),
    text("ccg", "CCG as published for that quarter"),
    text("sex", "female or male; null where not published"),
    text("age_band", "age band as published; null where not published"),
    number("patients", "registered patients"),
    text("membership", "of_the_time, or 2019_20 for lists cast back on later membership"),
)

PRACTICE = _fact(
    "practice",
    "One row per general practice and ODS extract.",
    text("practice", "ODS code"),
    text("name", "name in that extract"),
    text("ccg", "commissioner in that extract"),
    day("opened", "date the practice opened"),
    day("closed", "date it closed; null while open"),
    text("status", "active, closed, dormant or proposed"),
)

CCG = _fact(
    "ccg",
    "One row per clinical commissioning group and ODS extract.",
    text("ccg", "ODS code"),
    text("name", "name in that extract"),
    day("opened", "date it opened"),
    day("closed", "date it closed; null while open"),
)

BOUNDARY = _fact(
    "boundary",
    "One row per CCG: its outline.",
    text("ccg", "ODS code"),
    text("name", "name in the file"),
    text("geometry", "GeoJSON geometry, longitude and latitude (WGS84)"),
)

RECEIVED = _fact(
    "received",
    "One row per table, sender, CCG and month of which rows arrived: tells nothing sent from nothing happened.",
    text("fact", "name of the table the rows are in"),
    text("sender", "who sent them"),
    text("ccg", "CCG the rows are about"),
    whole("arrived", "how many rows"),
)
