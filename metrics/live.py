"""When the pathway went live in each CCG, and up to when that is known.

The rollout ledger says so. Without one, only the early implementers' start of May 2015 is known, from
the programme's newsletter: months from the first planned start of another CCG on are then not used.
"""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from loaders.places import reference_rows
from metrics.engines import Engine
from metrics.periods import month_after
from metrics.query.ledger import go_lives

FROM_LEDGER = "The rollout ledger as at {as_at:%d %B %Y}."
FROM_REFERENCE = (
    "No rollout ledger was received. Early implementers: first patients May 2015, as the programme's newsletter of "
    "2015 says. The others were not to start before {first_plan:%B %Y}; when they did is not known."
)


@dataclass(frozen=True)
class Rollout:
    """Months of go-live, up to a month: what happened after it is not known.

    `live` holds the first of the month for each CCG by code; None for one not live by `known_to`. A
    CCG that is not in it is one of which nothing is known. `source` says in a sentence where from.
    """

    live: Mapping[str, date | None]
    known_to: date
    source: str

    def months_since(self, ccg: str, month: date) -> int | None:
        """Months from a CCG's go-live to a month, negative before it; None where it is not live or not known."""
        start = self.live.get(ccg)
        return None if start is None else (month.year - start.year) * 12 + month.month - start.month


def rollout(engine: Engine, synthetic: bool) -> Rollout:
    """The rollout for measures of invented rows (`synthetic`) or of real ones: never one for the other."""
    rows = engine.counts(go_lives(synthetic)).to_pylist()
    return from_ledger(rows) if rows else from_reference()


def from_ledger(rows: Iterable[Mapping[str, Any]]) -> Rollout:
    """From rows of (ccg, actual, as_at). Of a CCG with several rows the newest ledger's counts."""
    newest = sorted(rows, key=lambda row: row["as_at"])
    as_at = newest[-1]["as_at"]
    live = {row["ccg"]: row["actual"] and row["actual"].replace(day=1) for row in newest}
    return Rollout(live, _last_whole_month(as_at), FROM_LEDGER.format(as_at=as_at))


def from_reference() -> Rollout:
    """From data/reference/ccgs.csv."""
    rows = reference_rows("ccgs")
    starts = {row["code"]: date.fromisoformat(row["planned_go_live_from"]) for row in rows}
    early = {row["code"] for row in rows if row["arm"] == "early"}
    first_plan = min(start for code, start in starts.items() if code not in early)
    live = {code: start if code in early else None for code, start in starts.items()}
    return Rollout(live, month_after(first_plan, -1), FROM_REFERENCE.format(first_plan=first_plan))


def _last_whole_month(day: date) -> date:
    """The month of a day if it is its last; otherwise the month before, for a CCG may still start in it."""
    first = day.replace(day=1)
    return first if day.day == calendar.monthrange(day.year, day.month)[1] else month_after(first, -1)
