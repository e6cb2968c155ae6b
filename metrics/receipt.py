"""What arrived for whom, table by table: the months of each CCG, and those that were expected and never came."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from metrics import query
from metrics.areas import ccgs, places_of
from metrics.engines import Engine
from metrics.returns import missing_returns
from metrics.selection import Selection

MONTHLY = ("referral", "waiting", "practice_coding", "procedure", "workforce", "rtt_wait", "activity", "prescribing")
"""Tables of which each month is expected. A month without questionnaires may be one in which nobody filled any in."""


@dataclass(frozen=True)
class Gap:
    """Months for which a main sender of a CCG's rows was expected and sent none, of one table."""

    fact: str
    ccg: str
    sender: str
    months: tuple[date, ...]


def months_received(engine: Engine) -> dict[str, dict[str, set[date]]]:
    """Table -> 2015 CCG -> months with rows, for every table that holds any; all 12 CCGs are named."""
    found: dict[str, dict[str, set[date]]] = {}
    for fact in engine.tables_received():
        months: dict[str, set[date]] = {code: set() for code in ccgs()}
        for row in engine.counts(_arrivals(engine, fact)).to_pylist():
            months[row["ccg"]].add(row["month"])
        found[fact] = months
    return found


def months_within(held: Mapping[str, set[date]], first: date | None, last: date | None) -> dict[str, set[date]]:
    """Those of the months of each CCG that lie between two, both included; None is no bound."""
    return {
        ccg: {month for month in months if (first or date.min) <= month <= (last or date.max)}
        for ccg, months in held.items()
    }


def gaps_within(gaps: Iterable[Gap], first: date | None, last: date | None) -> Sequence[Gap]:
    """The gaps as far as they lie between two months, both included; None is no bound."""
    start, end = first or date.min, last or date.max
    cut = [replace(gap, months=tuple(month for month in gap.months if start <= month <= end)) for gap in gaps]
    return [gap for gap in cut if gap.months]


def gaps(engine: Engine) -> list[Gap]:
    """What was expected and did not arrive, by table, CCG and sender.

    A sender is expected from its first month to its last, and on to the table's newest month while it is only
    late: that nobody has sent a newer one yet cannot be seen from what arrived.
    """
    found: dict[tuple[str, str, str], list[date]] = defaultdict(list)
    for fact in engine.tables_received():
        if fact in MONTHLY:
            arrivals = engine.counts(_arrivals(engine, fact)).to_pandas(date_as_object=True)
            for ccg, sender, month in missing_returns(arrivals):
                found[fact, ccg, sender].append(month)
    return [Gap(*of, tuple(months)) for of, months in found.items()]


def _arrivals(engine: Engine, fact: str) -> query.Counting:
    return query.arrivals(fact, query.Scope(places_of(Selection()), engine.is_synthetic(fact)))
