"""Rows of a small rollout: lists of practices, referrals to the pathway, and the ledger."""

from datetime import date
from pathlib import Path

from metrics.engines import Engine
from tests.metrics.warehouses import Row, hold, referral

EXTRACT = "2015-12-31"
ONE, TWO, THREE = "00M-D01", "00M-D02", "00M-D03"


def listed(practice: str, patients: float = 5000, month: str = "2015-04") -> Row:
    return {
        "practice": practice,
        "ccg": practice[:3],
        "month": date.fromisoformat(f"{month}-01"),
        "patients": patients,
        "membership": "of_the_time",
    }


def sent(practice: str, *months: str, **more: str) -> list[Row]:
    """A referral to the pathway in each month."""
    return [referral(practice, f"{month}-10", EXTRACT, **more) for month in months]


def ledger(practice: str | None, component: str, actual: str | None, ccg: str = "00M") -> Row:
    return {
        "ccg": ccg,
        "practice": practice,
        "component": component,
        "actual": actual and date.fromisoformat(actual),
        "month": date(2015, 5, 1),
        "as_at": date(2015, 12, 31),
        "status": "done" if actual else "not_started",
    }


def released(place: Path, lists: list[Row], referrals: list[Row], milestones: list[Row] | None = None) -> Engine:
    return hold(place, {"list_size": lists, "referral": referrals, "milestone": milestones or []})
