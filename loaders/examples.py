"""Filled examples of every submission: a dozen invented rows that load without a word."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from loaders.pathway import ABOUT_THE_REFERRAL, EVENTS

Row = Mapping[str, object]

EXTRACTED = date(2015, 10, 31)
_COMMON = {"extracted": EXTRACTED, "data_status": "synthetic"}

_SEEN = {"assessed": 14}
_THERAPY = {**_SEEN, "core_therapy_requested": 14, "core_therapy": 35}
_IMAGING = {**_SEEN, "imaging_requested": 14, "imaging": 28}
_BLOCK = {**_IMAGING, "nerve_root_block_requested": 36, "nerve_root_block": 61}
_OPINION = {**_IMAGING, "surgical_opinion_requested": 36, "surgical_opinion": 66}

STORIES: tuple[tuple[str, str, str, Mapping[str, int], str], ...] = (
    ("low_back_pain", "under_3_months", "low", {**_SEEN, "discharged": 14}, "self_managing"),
    ("low_back_pain", "3_to_12_months", "medium", {**_THERAPY, "discharged": 77}, "self_managing"),
    ("radicular_pain", "under_3_months", "high", {**_BLOCK, "discharged": 90}, "treated"),
    ("radicular_pain", "3_to_12_months", "high", {**_OPINION, "surgery_listed": 66, "surgery": 121}, ""),
    (
        "low_back_pain",
        "over_12_months",
        "high",
        {**_THERAPY, "cppp_referred": 49, "cppp_started": 70, "cppp_completed": 87, "discharged": 101},
        "self_managing",
    ),
    ("low_back_pain", "over_12_months", "", {**_SEEN, "pain_clinic_requested": 14, "pain_clinic": 80}, ""),
    ("radicular_pain", "", "medium", {**_OPINION, "discharged": 66}, "other"),
    ("low_back_pain", "3_to_12_months", "low", {"discharged": 30}, "did_not_attend"),
    ("low_back_pain", "under_3_months", "medium", {**_THERAPY, "discharged": 63}, "self_managing"),
    ("radicular_pain", "under_3_months", "high", {**_IMAGING, "nerve_root_block_requested": 36}, ""),
    ("low_back_pain", "3_to_12_months", "medium", {**_SEEN, "core_therapy_requested": 14}, ""),
    ("low_back_pain", "under_3_months", "low", {}, ""),
)
"""What a referral is for, how long the pain had lasted, its risk, days from receipt to each event, and how it ended."""


def pathway() -> Iterator[Row]:
    """A referral every ten days, each another way through the pathway."""
    for at, (presentation, duration, risk, days, outcome) in enumerate(STORIES):
        received = date(2015, 5, 5) + timedelta(days=10 * at)
        yield {
            "referral_id": f"R{at + 1:04d}",
            "provider": "DP1",
            "practice": f"00M-D{at % 3 + 1:02d}",
            "ccg": "00M",
            "route": "earlier_route" if at % 4 == 3 else "triage_and_treat",
            "presentation": presentation,
            "pain_duration": duration,
            "start_back": risk,
            "age_band": ("25-34", "45-54", "65-74")[at % 3],
            "sex": ("female", "male")[at % 2],
            "received": received,
            **{event: received + timedelta(days=after) for event, after in days.items()},
            "outcome": outcome,
            **_COMMON,
        }


def pathway_events() -> Iterator[Row]:
    """The last seven of the same referrals, an event to a row."""
    said_once = [field.name for field in ABOUT_THE_REFERRAL]
    for referral in list(pathway())[-7:]:
        shared = {name: referral[name] for name in ("referral_id", "provider", *_COMMON)}
        for event in EVENTS:
            if event.name in referral:
                about = {name: referral[name] for name in said_once} if event.name == "received" else {}
                outcome = {"outcome": referral["outcome"]} if event.name == "discharged" else {}
                yield {**shared, **about, "event": event.name, "event_date": referral[event.name], **outcome}


def outcomes() -> Iterator[Row]:
    """Two people's forms on three instruments, at baseline and at discharge."""
    scores = {"R0001": ((44, 30), (0.58, 0.71), (6, 3)), "R0002": ((52, 40), (0.49, 0.62), (7, 5))}
    for person, (referral, pairs) in enumerate(scores.items()):
        days = {"baseline": date(2015, 5, 19), "discharge": date(2015, 7, 31)}
        for instrument, pair in zip(("ODI", "EQ-5D-5L", "PAIN_NRS"), pairs, strict=True):
            for (time_point, completed), score in zip(days.items(), pair, strict=True):
                yield {
                    "referral_id": referral,
                    "provider": "DP1",
                    "practice": "00M-D01",
                    "ccg": "00M",
                    "instrument": instrument,
                    "time_point": time_point,
                    "completed": completed + timedelta(days=10 * person),
                    "score": score,
                    "pain_duration": ("under_3_months", "3_to_12_months")[person],
                    "start_back": ("low", "medium")[person],
                    **_COMMON,
                }


def coding() -> Iterator[Row]:
    """Three practices over four months, with more and more risks recorded."""
    for practice in range(1, 4):
        for at in range(4):
            yield {
                "sender": "DS1",
                "practice": f"00M-D{practice:02d}",
                "ccg": "00M",
                "month": f"2015-{at + 6:02d}",
                "episodes": 24 + 5 * practice,
                "start_back_low": 2 + at,
                "start_back_medium": 1 + at,
                "start_back_high": at,
                "gp_lumbar_mri": 4 - at,
                **_COMMON,
            }


def procedures() -> Iterator[Row]:
    """A dozen spells: injections with and without sciatica, and operations."""
    codes = (
        ("V54.4;Z67.6", "M54.5"),
        ("A52.1;Z07.3", "M54.4"),
        ("V54.4;Z67.6", "M54.5;M47.8"),
        ("V25.5;Z66.5", "M51.1"),
    )
    for at in range(12):
        procedures, diagnoses = codes[at % 4]
        yield {
            "spell_id": f"S{at + 1:04d}",
            "patient": f"P{at % 8 + 1:04d}",
            "provider": "DP1",
            "ccg": "00M",
            "admitted": date(2015, 6, 8) + timedelta(days=11 * at),
            "procedures": procedures,
            "diagnoses": diagnoses,
            "cost": (640, 655, 640, 3480)[at % 4],
            **_COMMON,
        }


ABOUT_THE_LEDGER = {"Prepared by": "Example programme office", "As at": EXTRACTED, "Data status": "synthetic"}


def milestones() -> Iterator[Row]:
    """Four components in three CCGs: one that is live, one on its way and one that has hardly begun."""
    planned = {"contract_signed": 0, "ttps_appointed": 61, "gp_template_live": 92, "go_live": 122}
    starts = (("00M", date(2015, 1, 1)), ("00C", date(2015, 8, 1)), ("13T", date(2016, 4, 1)))
    for ccg, start in starts:
        for component, after in planned.items():
            day = start + timedelta(days=after)
            done = day < EXTRACTED
            yield {
                "ccg": ccg,
                "component": component,
                "planned": day,
                "forecast": None if done else day + timedelta(days=31),
                "actual": day + timedelta(days=9) if done else None,
                "status": "done" if done else "not_started",
                "owner": "CCG programme lead",
                "evidence": "board paper" if done else "",
            }


def practices() -> Iterator[Row]:
    """Practices that are live, trained, or neither yet."""
    for at, (trained, live) in enumerate(((4, 5), (4, 6), (5, None), (None, None))):
        yield {
            "practice": f"00M-D{at + 1:02d}",
            "ccg": "00M",
            "trained": trained and date(2015, trained, 14),
            "live": live and date(2015, live, 1),
        }


def workforce() -> Iterator[Row]:
    """Two CCGs over three months."""
    for ccg, planned, in_post in (("00M", 4, (3, 3.6, 4)), ("00C", 2, (0, 0.6, 1))):
        for at, present in enumerate(in_post):
            yield {
                "ccg": ccg,
                "month": f"2015-{at + 8:02d}",
                "planned": planned,
                "in_post": present,
                "trained": present,
            }


def notes() -> Iterator[Row]:
    """One note on a CCG and one on the region."""
    yield {"date": date(2015, 5, 5), "ccg": "00M", "text": "First patients seen (invented).", "source": "Example"}
    yield {"date": date(2015, 9, 1), "ccg": "", "text": "Regional template agreed (invented).", "source": "Example"}


ROLLOUT = {"Milestones": milestones, "Practices": practices, "Workforce": workforce, "Notes": notes}
ONE_SHEET = {
    "pathway": pathway,
    "pathway_events": pathway_events,
    "outcomes": outcomes,
    "coding": coding,
    "procedures": procedures,
}


def cells(row: Row, names: Sequence[str]) -> list[object]:
    """A row's values in the order of the columns; None and columns it lacks are blank."""
    return ["" if row.get(name) is None else row[name] for name in names]
