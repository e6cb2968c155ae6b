"""Small worlds at random: every table, with gaps, predecessors' codes, blanks and boundaries far too often."""

from datetime import date, timedelta
from random import Random
from typing import Any

from loaders.tables import STEPS
from metrics.names import RISING_IS_BETTER
from metrics.periods import month_after
from tests.metrics.warehouses import Row, Rows

FIRST = date(2016, 1, 1)
MONTHS = [month_after(FIRST, at) for at in range(8)]
"""January to August 2016: three financial quarters, two of them whole, and two financial years."""

CCGS = ("00M", "03D", "00C", "13T", "01H")
PUBLISHED = {"00M": ["00M"], "03D": ["03D"], "00C": ["00C"], "13T": ["00F", "13T"], "01H": ["01H"]}
"""The codes that the returns of a CCG come under."""

OUTCOMES = (None, "self_managing", "treated", "declined")
GROUPS = ("facet_joint_injection", "nerve_root_block", "decompression")
DIAGNOSES = ("low_back_pain_non_specific", "sciatica", "other")


def made(random: Random, referrals: int | None = None) -> Rows:
    """A world; the same random numbers give the same one. It has 1 to 40 referrals unless told how many."""
    cells = [(ccg, month) for ccg in CCGS for month in MONTHS]
    came = [cell for cell in cells if random.random() < 0.8]  # the others are not received
    return {
        "referral": [_referral(random, *random.choice(came)) for _ in range(referrals or random.randint(1, 40))],
        "waiting": [_waiting(random, *random.choice(cells)) for _ in range(20)],
        "list_size": [row for ccg in CCGS for row in _lists(random, ccg)],
        "practice_coding": [_coding(random, *cell) for cell in came],
        "procedure": [_procedure(random, *random.choice(came)) for _ in range(20)],
        "milestone": [_milestone(random, ccg, component) for ccg in CCGS for component in ("go_live", "imaging_route")],
        "workforce": [
            {"ccg": c, "month": m, "planned": float(random.randint(1, 4)), "in_post": random.randint(0, 8) / 2}
            for c, m in came
        ],
        "rtt_wait": [_band(random, *random.choice(came)) for _ in range(60)],
        "rtt_published": [
            {"month": m, "part": "incomplete", "open_band": 52, "median_rule": random.choice(["n", "n+1"])}
            for m in MONTHS
        ],
        "activity": [_activity(random, *cell) for cell in came],
        "prescribing": [
            {"ccg": c, "month": m, "drug_group": g, "quantity": float(random.randint(0, 900))}
            for c, m in came
            for g in ("opioids", "gabapentin", "pregabalin")
        ],
        "outcome_score": [form for number in range(20) for form in _forms(random, number, *random.choice(came))],
    }


def _day(random: Random, month: date) -> date:
    """A day of a month; its first and its last more often than the others."""
    last = (month_after(month, 1) - timedelta(days=1)).day
    return month.replace(day=random.choice([1, last, random.randint(1, last)]))


def _referral(random: Random, ccg: str, month: date) -> Row:
    received = _day(random, month)
    extracted = date(2016, 8, 31) if ccg in ("00M", "01H") else date(2017, 3, 31)
    row: dict[str, Any] = {
        "practice": f"{ccg}-{random.choice('AB')}",
        "ccg": ccg,
        "received": received,
        "extracted": extracted,
        "route": random.choice(["triage_and_treat", "triage_and_treat", "earlier_route"]),
        "presentation": random.choice(["low_back_pain", "radicular_pain"]),
        "start_back": random.choice([None, "low", "medium", "high"]),
        "outcome": random.choice(OUTCOMES),
    }
    at = received
    for step in STEPS:
        asked = at + timedelta(days=random.choice([0, 1, 7]))
        reached = asked + timedelta(days=random.choice([0, 20, 84, 85, random.randint(0, 182)]))
        if random.random() < 0.6 and asked <= extracted:
            row |= {} if step == "assessed" else {f"{step}_requested": asked}
            if random.random() < 0.7 and reached <= extracted:
                row[step], at = reached, reached
    for end in ("cppp_completed", "discharged"):
        if random.random() < 0.6:
            row[end] = min(at + timedelta(days=random.choice([0, 7, 8])), extracted)
    return row


def _waiting(random: Random, ccg: str, month: date) -> Row:
    step, week, patients = random.choice(["assessed", "surgery"]), random.randint(0, 9), random.randint(1, 9)
    presentation = ("low_back_pain", "radicular_pain")[patients % 2]
    return {"ccg": ccg, "month": month, "step": step, "presentation": presentation, "week": week, "patients": patients}


def _lists(random: Random, ccg: str) -> list[Row]:
    """One or two editions, the first of which may be too old for the last months; practice B may be in one only."""
    editions = [month_after(FIRST, random.choice([-10, -6, -1, 0]))] + [FIRST] * random.randint(0, 1)
    rows = [
        {"practice": f"{ccg}-{practice}", "ccg": random.choice(PUBLISHED[ccg]), "age_band": band, "month": edition}
        | {"patients": float(random.choice([400, 999, 1000, 2500])), "membership": "of_the_time"}
        for edition in set(editions)
        for practice in random.choice(["A", "AB"])
        for band in ("0-4", "10-14", "15-24", "75+")
    ]
    cast_back = {"ccg": ccg, "month": editions[0], "patients": 5000.0, "membership": "2019_20"}
    return [*rows, {"practice": None, "age_band": None, **cast_back}]


def _coding(random: Random, ccg: str, month: date) -> Row:
    low, medium, high, more = (random.randint(0, 5) for _ in range(4))
    return {
        "practice": f"{ccg}-A",
        "ccg": ccg,
        "month": month,
        "episodes": low + medium + high + more,
        "start_back_low": low,
        "start_back_medium": medium,
        "start_back_high": high,
        "gp_lumbar_mri": random.randint(0, 9),
    }


def _procedure(random: Random, ccg: str, month: date) -> Row:
    spells = random.randint(1, 12)
    groups = {"procedure_group": random.choice(GROUPS), "diagnosis_group": random.choice(DIAGNOSES)}
    return {"ccg": ccg, "month": month, "spells": spells, "repeat_spells": random.randint(0, spells), **groups}


def _milestone(random: Random, ccg: str, component: str) -> Row:
    days = [None, *(_day(random, month) for month in MONTHS)]
    planned = random.choice(days)
    actual = random.choice([planned, random.choice(days)])
    return {"practice": None, "ccg": ccg, "component": component, "planned": planned, "actual": actual} | {
        "month": FIRST,
        "as_at": date(2016, 8, 31),
    }


def _band(random: Random, ccg: str, month: date) -> Row:
    function, week = random.choice(["110", "110", "150", "410"]), random.choice([0, 17, 18, random.randint(0, 51)])
    published = {"ccg": random.choice(PUBLISHED[ccg]), "part": "incomplete", "function": function}
    return {**published, "month": month, "week": week, "patients": random.randint(1, 60)}


def _activity(random: Random, ccg: str, month: date) -> Row:
    item = random.choice(["gp_referrals_made_ga", "gp_referrals_made_ga", "other_referrals_made_ga"])
    return {"ccg": random.choice(PUBLISHED[ccg]), "item": item, "count": random.randint(0, 500), "month": month}


def _forms(random: Random, number: int, ccg: str, month: date) -> list[Row]:
    shared = {"referral_id": f"S{number}", "ccg": ccg, "month": month, "instrument": random.choice([*RISING_IS_BETTER])}
    shared["followed"] = random.choice([181, 182, 400])
    forms: list[Row] = [{**shared, "time_point": "baseline", "change": None}]
    for time_point in ("discharge", "6_months"):
        if random.random() < 0.6:
            forms.append({**shared, "time_point": time_point, "change": random.choice([-12.0, -10.0, -9.5, 0.0, 10.5])})
    return forms
