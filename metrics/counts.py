"""Counts of a release for a selection, with the area that each of them counts for."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from threading import Lock
from typing import TypeVarTuple
from weakref import ref

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from cachetools import LRUCache, cached
from cachetools.keys import hashkey

from metrics.areas import ccgs, members_of, places_of, selected_ccgs
from metrics.disclosure.differencing import too_few_left_out
from metrics.disclosure.policy import Policy
from metrics.engines import Engine
from metrics.query import Counting, Scope, arrivals, practice_names
from metrics.returns import whole_returns
from metrics.selection import NotSelectable, Selection
from metrics.setting import Return

Of = TypeVarTuple("Of")
"""What a select is of, such as a kind of measure."""

REMEMBERED = 100
"""Tables of releases of which it is remembered what was received."""

REMEMBERED_BYTES = 100_000_000
"""Room for counts that were asked for before: a release never changes."""


def scope_of(selection: Selection, engine: Engine, fact: str) -> Scope:
    """What a selection asks of one table: real rows where there are any, invented ones otherwise.

    Counts are by CCG whatever the selection is by; practices, months and patients narrow them.
    """
    return Scope(
        places_of(selection),
        engine.is_synthetic(fact),
        practices=selection.practices,
        first=selection.first,
        last=selection.last,
        presentation=selection.presentation,
        start_back=selection.start_back,
    )


def rows_of(engine: Engine, scope: Scope, select: Callable[[*Of, Scope], Counting], *of: *Of) -> pd.DataFrame:
    """The rows of a select of something in a scope.

    All CCGs are counted at once and those wanted are taken out, so that another choice of CCGs asks nothing more.
    """
    codes = [ccg for _, ccg in scope.places]
    # there are too many practices to count those that nobody asked for
    counted = scope if scope.by_practice else replace(scope, places=_all_places(codes))
    rows = _counted(engine, counted, select, *of)
    return rows.filter(pc.is_in(rows["ccg"], pa.array(codes, pa.string()))).to_pandas(date_as_object=True)


@cached(
    LRUCache(REMEMBERED_BYTES, getsizeof=lambda rows: rows.nbytes),
    key=lambda engine, *asked: hashkey(ref(engine), *asked),
    lock=Lock(),
)
def _counted(engine: Engine, scope: Scope, select: Callable[[*Of, Scope], Counting], *of: *Of) -> pa.Table:
    rows = engine.counts(select(*of, scope))
    # a copy: what DuckDB answers with keeps 30 MB of addresses for itself
    return rows.take(pa.array(range(len(rows)), pa.int64()))


def _all_places(besides: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Those of the 12 CCGs and, where they are asked for, of others."""
    return places_of(Selection(ccgs=(*ccgs(), *(ccg for ccg in besides if ccg not in ccgs()))))


def counts_of(
    engine: Engine, selection: Selection, scope: Scope, select: Callable[[*Of, Scope], Counting], *of: *Of
) -> pd.DataFrame:
    """The rows of a select of something, with a column `area`; no rows where the selection holds no CCG.

    Raises ValueError for a selection by practice: the people of one practice are too few for what is made of these.
    """
    _require_ccgs(selection)
    if not scope.places:
        return pd.DataFrame(columns=["place", "ccg", "month", "area"])
    areas = {ccg: area for area, ccgs in members_of(selection).items() for ccg in ccgs}
    rows = rows_of(engine, scope, select, *of)
    return rows.assign(area=rows.ccg.map(areas))


def _require_ccgs(selection: Selection) -> None:
    if selection.by == "practice":
        raise ValueError("This is worked out for CCGs and what they make up, not practice by practice.")


def everywhere(selection: Selection) -> Selection:
    """The same people and months for all CCGs, beside which a reader can set those selected.

    Raises ValueError for a selection by practice, as `counts_of` does.
    """
    _require_ccgs(selection)
    codes = dict.fromkeys([*ccgs(), *(ccg.code for ccg in selected_ccgs(selection))])
    return replace(selection, by="ccg", ccgs=tuple(codes), arms=(), waves=())


def require_enough_left_out(engine: Engine, selection: Selection, synthetic: bool, policy: Policy) -> None:
    """Raises NotSelectable for a selection that leaves out so few practices that its counts would tell of them."""
    if not (policy.keeps and selection.practices):
        return
    names = engine.counts(practice_names(synthetic)).to_pylist()
    for codes in members_of(selection).values():
        why = too_few_left_out(selection.practices, {row["practice"] for row in names if row["ccg"] in codes})
        if why:
            raise NotSelectable(why)


def received_in_full(engine: Engine, scope: Scope, *facts: str) -> set[Return]:
    """The CCGs of a scope and the months for which every main sender sent each of these tables."""
    return set.intersection(*[_of_scope(_returns(engine, fact, scope).whole, scope) for fact in facts])


def received(engine: Engine, scope: Scope, fact: str) -> set[Return]:
    """The CCGs of a scope and the months for which any row of a table came."""
    return _of_scope(_returns(engine, fact, scope).any, scope)


@dataclass(frozen=True)
class _Returns:
    """The CCGs and months for which any row of a table came, and those for which every main sender's did."""

    any: Collection[Return]
    whole: Collection[Return]


def _of_scope(returns: Collection[Return], scope: Scope) -> set[Return]:
    wanted = {ccg for _, ccg in scope.places}
    return {(ccg, month) for ccg, month in returns if ccg in wanted}


def _returns(engine: Engine, fact: str, scope: Scope) -> _Returns:
    """Looked at for all CCGs, so that a month is not whole in one selection and cut short in another."""
    return _returns_of(engine, fact, Scope(_all_places(ccg for _, ccg in scope.places), scope.synthetic))


@cached(LRUCache(REMEMBERED), key=lambda engine, *asked: hashkey(ref(engine), *asked), lock=Lock())
def _returns_of(engine: Engine, fact: str, everybody: Scope) -> _Returns:
    rows = engine.counts(arrivals(fact, everybody)).to_pandas(date_as_object=True)
    return _Returns(set(zip(rows.ccg, rows.month, strict=True)), whole_returns(rows))
