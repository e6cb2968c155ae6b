"""A small programme, April to August 2016: every row has a reason, and what follows from it can be counted by hand.

Provider P1 (00M, 03D) drew its extract on 2016-09-30, provider P2 (00C, 13T) on 2017-06-30.
"""

from datetime import date
from typing import Any

from tests.metrics.warehouses import Row, Rows, day, referral

P1, P2 = "2016-09-30", "2017-06-30"
APRIL, MAY, JUNE = date(2016, 4, 1), date(2016, 5, 1), date(2016, 6, 1)

# every step there is, each by itself
THE_WHOLE_WAY = {
    "assessed": "2016-04-18",  # 14 days
    "imaging_requested": "2016-04-18",
    "imaging": "2016-05-09",  # 21 days
    "core_therapy_requested": "2016-04-18",
    "core_therapy": "2016-05-02",  # 14 days
    "nerve_root_block_requested": "2016-05-16",
    "nerve_root_block": "2016-06-13",  # 28 days
    "cppp_requested": "2016-05-16",
    "cppp": "2016-06-06",  # 21 days
    "cppp_completed": "2016-06-23",
    "surgical_opinion_requested": "2016-05-16",
    "surgical_opinion": "2016-06-20",  # 35 days
    "surgery_requested": "2016-06-20",  # on the day of the opinion: it counts as its yield; the block before does not
    "surgery": "2016-08-01",  # 42 days
    "pain_clinic_requested": "2016-06-20",
    "pain_clinic": "2016-07-18",
    "discharged": "2016-08-08",
    "outcome": "self_managing",
}

REFERRALS: list[Row] = [
    # 84 days to the assessment, the last that counts; the first day of a month
    referral("00M-A", "2016-04-01", P1, assessed="2016-06-24", start_back="high"),
    # 85 days: too late; the last day of a month
    referral("00M-A", "2016-04-30", P1, assessed="2016-07-24", presentation="radicular_pain"),
    # the earlier route: in the cohort, but no referral to the pathway; left without being seen
    referral("00M-B", "2016-04-10", P1, route="earlier_route", discharged="2016-04-20", outcome="declined"),
    # nothing of 00M for May: not received
    referral("00M-A", "2016-06-01", P1, assessed="2016-06-15"),
    # followed for 83 days: the July of 00M is immature at 84
    referral("00M-A", "2016-07-09", P1, assessed="2016-07-20"),
    # followed for 84 days and assessed on the last of them, the day of the extract: mature, and counted
    referral("03D-A", "2016-07-08", P1, assessed="2016-09-30"),
    # assessed on the day received: 0 days; the last day of May
    referral("03D-A", "2016-05-31", P1, assessed="2016-05-31"),
    referral("00C-A", "2016-04-04", P2, start_back="low", **THE_WHOLE_WAY),
    # assessed after 21 days and discharged on that day
    referral("00C-A", "2016-04-05", P2, assessed="2016-04-26", discharged="2016-04-26", outcome="self_managing"),
    # assessed after 28 days, in another month than received
    referral("00C-B", "2016-04-06", P2, route="earlier_route", assessed="2016-05-04"),
    # with April's, 00C-A refers in each of three months to June; 00C-B in June only
    referral("00C-A", "2016-05-10", P2),
    referral("00C-A", "2016-06-10", P2),
    referral("00C-B", "2016-06-11", P2),
    # a month of 00C with nobody on the pathway: zero, and not missing
    referral("00C-B", "2016-07-04", P2, route="earlier_route"),
    referral("00C-A", "2016-08-01", P2),
    # 13T, whose lists and returns come under the codes of its predecessors
    referral("00F-A", "2016-04-12", P2, ccg="13T", assessed="2016-04-22"),
]

INVENTED: Rows = {
    # never counted beside the real rows above: neither the person, nor January as a month
    "referral": [referral("00C-A", "2016-04-04", P2), referral("00C-A", "2016-01-04", P2)],
    # there is no real row of this table, so the invented ones are shown, and said to be invented
    "workforce": [
        {"ccg": "00M", "month": APRIL, "planned": 4.0, "in_post": 3.0},
        {"ccg": "00M", "month": MAY, "planned": 4.0, "in_post": 4.0},
        {"ccg": "00M", "month": JUNE, "planned": 4.0, "in_post": 5.0},  # more than planned
        {"ccg": "00C", "month": APRIL, "planned": 0.0, "in_post": 0.0},  # nobody is planned: no share
    ],
}


def _list(practice: str, month: str, band: str, patients: float, ccg: str = "") -> Row:
    return {
        "practice": practice,
        "ccg": ccg or practice[:3],
        "age_band": band,
        "patients": patients,
        "membership": "of_the_time",
        "month": day(month),
    }


LISTS: list[Row] = [
    # 00C: 5,000 aged 15 and over, 6,000 in all, 3,000 to each practice
    _list("00C-A", "2016-04-01", "0-4", 1000),
    _list("00C-A", "2016-04-01", "15-24", 2000),
    _list("00C-B", "2016-04-01", "15-24", 3000),
    _list("00C-C", "2016-04-01", "0-4", 999),  # a special service: no practice to be counted
    _list("00M-A", "2016-04-01", "75+", 1000),  # the smallest list of a practice
    _list("00M-B", "2016-04-01", "75+", 3000),
    _list("00M-C", "2016-01-01", "75+", 2000),  # closed: in the list before, not in the newest
    _list("03D-A", "2015-06-01", "75+", 4000),  # stands until May 2016, and no longer
    _list("00F-A", "2016-04-01", "75+", 10000),
    _list("00G-A", "2016-04-01", "10-14", 5000),
    _list("16C-A", "2016-04-01", "75+", 70000),  # both arms in one: part of no arm, wave or region
    *(
        {"ccg": "00M", "patients": 2000.0, "membership": "2019_20", "month": month}
        for month in (APRIL, MAY)  # cast back, one a month, without practice or age
    ),
]

CODING: list[Row] = [
    {"practice": practice, "ccg": practice[:3], "month": month, "episodes": episodes, "gp_lumbar_mri": scans}
    | {"start_back_low": low, "start_back_medium": medium, "start_back_high": high}
    for practice, month, episodes, low, medium, high, scans in [
        ("00C-A", APRIL, 40, 5, 3, 2, 3),  # 10 of 40
        ("00C-B", APRIL, 0, 0, 0, 0, 0),  # sent, and there was nothing: a zero for the scans, no share of the episodes
        ("00C-A", MAY, 10, 5, 0, 0, 0),
        ("00M-A", APRIL, 10, 1, 0, 0, 1),
    ]
]

PROCEDURES: list[Row] = [
    {"ccg": "00C", "provider": "P2", "month": APRIL, "procedure_group": procedure, "diagnosis_group": diagnosis}
    | {"spells": spells, "repeat_spells": repeats, "cost": None}  # no cost was sent
    for procedure, diagnosis, spells, repeats in [
        ("facet_joint_injection", "low_back_pain_non_specific", 4, 1),  # of low value
        ("nerve_root_block", "low_back_pain_non_specific", 1, 0),  # of low value
        ("nerve_root_block", "sciatica", 2, 0),
        ("facet_joint_injection", "other", 6, 1),  # 2 of 10 facet injections are repeats
    ]
]

MILESTONES: list[Row] = [
    {"month": day("2015-05-01"), "as_at": day("2016-03-31"), "practice": practice}
    | {"ccg": ccg, "component": component, "planned": planned, "actual": actual}
    for ccg, component, planned, actual, practice in [
        ("00M", "contract_signed", day("2015-04-30"), day("2015-04-30"), None),  # a month end; on time to the day
        ("00M", "go_live", day("2015-05-11"), day("2015-05-11"), None),
        ("03D", "go_live", day("2015-05-11"), day("2015-06-08"), None),  # late
        ("00C", "go_live", day("2015-12-07"), None, None),  # due in December and not done
        ("13T", "go_live", None, None, None),  # no plan: never due
        ("00M", "practice_live", None, day("2015-05-11"), "00M-A"),  # a practice's, no CCG's
    ]
]


def _bands(ccg: str, function: str, month: date, **bands: int) -> list[Row]:
    return [
        {"ccg": ccg, "part": "incomplete", "function": function, "month": month, "week": int(w[1:]), "patients": n}
        for w, n in bands.items()
    ]


RTT: list[Row] = [
    # 13T: 30 within a week, 30 in the last band within 18 weeks, 40 just over
    *_bands("00F", "110", APRIL, w0=30),
    *_bands("00G", "110", APRIL, w17=30, w18=40),
    *_bands("13T", "110", MAY, w0=30, w17=30, w18=40),
    *_bands("13T", "110", JUNE, w0=30, w17=30, w18=40),
    *_bands("00M", "110", APRIL, w2=49),  # one too few for a median
    *_bands("00C", "110", APRIL, w2=50),
    *_bands("16C", "110", APRIL, w40=500),  # fuses both arms
    *_bands("00C", "150", APRIL, w3=60, w30=20),
    *_bands("00C", "410", APRIL, w3=80, w30=20),
]

RTT_PUBLISHED: list[Row] = [
    {"ccg": "13T", "part": "incomplete", "function": "110", "month": month, "open_band": 52, "median_rule": rule}
    for month, rule in [(APRIL, "n"), (MAY, "n+1"), (JUNE, None)]  # a full extract prints no median
]

ACTIVITY: list[Row] = [
    {"ccg": ccg, "item": item, "count": count, "month": APRIL}
    for ccg, item, count in [
        ("00F", "gp_referrals_made_ga", 100),
        ("00G", "gp_referrals_made_ga", 50),
        ("00G", "other_referrals_made_ga", 999),  # another item
        ("00C", "gp_referrals_made_ga", 3),  # published: not hidden, however small
        ("England", "gp_referrals_made_ga", 1000000),  # no CCG of the programme
    ]
]

PRESCRIBING: list[Row] = [
    {"ccg": "00M", "drug_group": group, "quantity": quantity, "month": APRIL}
    for group, quantity in [("opioids", 5000.0), ("gabapentin", 30.0), ("pregabalin", 10.0)]
]
PRESCRIBING.append({"ccg": "00M", "drug_group": "opioids", "quantity": 4000.0, "month": MAY})  # one return came alone


def _scores(number: int, instrument: str, followed: int | None, change: float | None, month: date) -> list[Row]:
    """A baseline form with so many days since, and the form at discharge where there is a change."""
    shared: dict[str, Any] = {"referral_id": f"S{number}", "ccg": "00C", "instrument": instrument, "month": month}
    baseline = {**shared, "time_point": "baseline", "followed": followed}
    discharge = {**shared, "time_point": "discharge", "followed": followed, "change": change}
    return [baseline] if change is None else [baseline, discharge]


SCORES: list[Row] = [
    *_scores(1, "ODI", 200, -10.0, APRIL),  # better by just what matters
    *_scores(2, "ODI", 182, -9.0, APRIL),  # better by less; its form is due on the very day of the extract
    *_scores(3, "ODI", 400, None, APRIL),  # never sent a second form
    # a form at discharge without a baseline: no pair; one at 6 months: another question
    {"referral_id": "S4", "ccg": "00C", "instrument": "ODI", "month": APRIL, "time_point": "discharge"},
    {"referral_id": "S1", "ccg": "00C", "instrument": "ODI", "month": APRIL, "time_point": "6_months", "change": -40.0},
    *_scores(5, "ODI", 181, -20.0, MAY),  # a day before its form is due
    *_scores(1, "EQ-5D-5L", 200, 0.125, APRIL),
    *_scores(1, "PAIN_NRS", 200, -3.0, APRIL),
    *_scores(1, "GAD-7", 200, -4.0, APRIL),
    *_scores(1, "PHQ-9", 200, 0.0, APRIL),  # no change is a change of 0
]

WAITING: list[Row] = [
    {"ccg": ccg, "practice": f"{ccg}-A", "step": step, "week": week, "patients": patients, "month": month}
    for ccg, step, week, patients, month in [
        ("00C", "assessed", 0, 3, APRIL),
        ("00C", "assessed", 6, 2, APRIL),  # 43 to 49 days: more than 6 weeks
        ("00C", "assessed", 5, 1, APRIL),  # up to 42 days: not more than 6 weeks
        ("00C", "surgery", 5, 1, MAY),  # nobody waits for an assessment: zero
        ("00M", "assessed", 1, 4, MAY),  # without May's referrals the list is too short to be shown
    ]
]

REAL: Rows = {
    "referral": REFERRALS,
    "waiting": WAITING,
    "list_size": LISTS,
    "practice_coding": CODING,
    "procedure": PROCEDURES,
    "milestone": MILESTONES,
    "rtt_wait": RTT,
    "rtt_published": RTT_PUBLISHED,
    "activity": ACTIVITY,
    "prescribing": PRESCRIBING,
    "outcome_score": SCORES,
    "practice": [
        {"practice": "00C-A", "name": "The Old Name", "ccg": "00C", "month": APRIL},
        {"practice": "00C-A", "name": "The Surgery", "ccg": "00C", "month": MAY},  # the newest name is shown
    ],
}
