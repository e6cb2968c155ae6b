"""What arrived for whom: the months of each CCG, table by table."""

from datetime import date

from metrics import query
from metrics.areas import ccgs, places_of
from metrics.engines import Engine
from metrics.selection import Selection


def months_received(engine: Engine) -> dict[str, dict[str, set[date]]]:
    """Table -> 2015 CCG -> months with rows, for every table that holds any; all 12 CCGs are named."""
    found: dict[str, dict[str, set[date]]] = {}
    for fact in engine.tables_received():
        scope = query.Scope(places_of(Selection()), engine.is_synthetic(fact))
        months: dict[str, set[date]] = {code: set() for code in ccgs()}
        for row in engine.counts(query.arrivals(fact, scope)).to_pylist():
            months[row["ccg"]].add(row["month"])
        found[fact] = months
    return found
