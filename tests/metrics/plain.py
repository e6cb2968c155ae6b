"""The measures once more, as loops over rows: no SQL, no data frames, nothing of `metrics` but its definitions.

Written from what the definitions say (metrics/kinds.py), to be compared with what the engine and the
workings make of the same rows.
"""

from collections.abc import Iterable
from datetime import date

from loaders.places import reference_rows
from metrics.kinds import Count, How, Milestones, Practices, Rtt, WaitingList
from tests.metrics.plain_kinds import Answer, answer
from tests.metrics.plain_rows import Return, came, ccg_of, month_at, number_of
from tests.metrics.warehouses import Row, Rows


def answers(how: How, rows: Rows, by: str, per: str) -> dict[tuple[str, str], Answer]:
    """What there is to say of each area and period, with no small number hidden."""
    arrived = _arrived(how, rows)
    if not arrived:
        return {}
    first, last = min(m for _, m in arrived), max(m for _, m in arrived)
    found = {}
    for area, members in _areas(by).items():
        for period, months in _periods(first, last, per).items():
            counting = months[-1:] if _is_state(how) else months
            expected = {(ccg, month) for ccg in members for month in counting}
            returns = expected & arrived
            # a share stands on those who sent; a sum needs everybody
            enough = returns == expected if isinstance(how, Count | WaitingList) else returns
            found[area, period] = answer(how, rows, returns, arrived) if enough else Answer("not_received")
    return found


def _areas(by: str) -> dict[str, list[str]]:
    areas: dict[str, list[str]] = {}
    for row in reference_rows("ccgs"):
        own = {"region": "region", "wave": f"wave {row['wave']}", "ccg": row["code"]}
        area = {**own, "arm": row["arm"], "successor": row["successor"]}[by]
        areas.setdefault(area, []).append(row["code"])
    return areas


def _periods(first: date, last: date, per: str) -> dict[str, list[date]]:
    periods: dict[str, list[date]] = {}
    for number in range(number_of(first), number_of(last) + 1):
        month = month_at(number)
        starts = month.year if month.month >= 4 else month.year - 1
        year = f"{starts}/{str(starts + 1)[2:]}"
        quarter = {4: 1, 5: 1, 6: 1, 7: 2, 8: 2, 9: 2, 10: 3, 11: 3, 12: 3, 1: 4, 2: 4, 3: 4}[month.month]
        name = {"month": month.isoformat()[:7], "quarter": f"{year} Q{quarter}", "year": year}[per]
        periods.setdefault(name, []).append(month)
    return periods


def _is_state(how: How) -> bool:
    return (
        isinstance(how, WaitingList | Practices | Milestones)
        or (isinstance(how, Rtt) and "incomplete" in how.part)
        or how.table == "workforce"
    )


def _arrived(how: How, rows: Rows) -> set[Return]:
    if isinstance(how, Milestones):
        return _ledger_months(how, rows["milestone"])
    if isinstance(how, WaitingList):
        return came(rows["waiting"]) & came(rows["referral"], "received")
    return came(rows[how.table], "received" if how.table == "referral" else "month")


def _ledger_months(how: Milestones, rows: Iterable[Row]) -> set[Return]:
    rows = [row for row in rows if row["practice"] is None and how.component in (None, row["component"])]
    days = [day for row in rows for day in (row["planned"], row["actual"], row["as_at"]) if day]
    last = max((row["as_at"] for row in rows), default=None)
    if last is None:
        return set()
    return {(ccg_of(row), month_at(n)) for row in rows for n in range(number_of(min(days)), number_of(last) + 1)}
