"""From a measure and a selection to figures: one for each area and period asked for."""

from collections.abc import Collection, Mapping, Sequence
from threading import Lock
from weakref import ref

from cachetools import LRUCache, cached
from cachetools.keys import hashkey

from metrics import query
from metrics.counts import require_enough_left_out
from metrics.disclosure import NONE, Policy, Shown, disclose, policy_in_force
from metrics.disclosure.beside import Asked, Cell, given_away
from metrics.disclosure.differencing import TOO_NEAR, Filter, Place, Seen
from metrics.disclosure.gate import BESIDE_A_SMALLER
from metrics.engines import Engine
from metrics.figure import Figure
from metrics.measure import Measure
from metrics.periods import is_state, name_of
from metrics.selection import NotSelectable, Selection
from metrics.worked import Worked, worked_out

REMEMBERED = 300
"""Selections of a measure of which it is remembered what was worked out."""


def figures(
    measure: Measure, selection: Selection, engine: Engine, policy: Policy | None = None, seen: Seen | None = None
) -> list[Figure]:
    """The measure for every selected area and period, by area and period; empty where nothing was received.

    Months run from the first to the last for which rows arrived, within the selection. A period for
    which a CCG sent nothing is `not_received`; an area of several CCGs has it when none of them did, and for
    a sum of people when any did not. `seen` is what the reader was shown before, as far as it is to count.
    Raises NotSelectable when the measure's rows do not hold what the selection narrows by, or when it leaves
    out so few practices that a total of the others would tell of them.
    """
    _require_selectable(measure, selection)
    in_force = (policy or policy_in_force()) if measure.counts_people and not measure.published else NONE
    if selection.by != "practice":
        require_enough_left_out(engine, selection, engine.is_synthetic(measure.how.table), in_force)
    worked = _worked(measure, selection, engine)
    hidden = _given_away(measure, selection, engine, in_force)
    found = []
    for one in worked:
        shown = BESIDE_A_SMALLER if (one.area.code, one.period) in hidden else _disclosed(measure, one, in_force)
        if seen and shown.status == "ok" and not _admitted(seen, measure, selection, one, engine):
            shown = TOO_NEAR
        found.append(_figure(measure, one, name_of(one.period, selection.per), shown.with_note(one.note), engine))
    return found


def known_by(measure: Measure) -> Collection[str]:
    """Columns of a measure's rows: a selection can narrow it by `practice`, `presentation` or `start_back` if here."""
    return query.columns_of(measure.how)


def _require_selectable(measure: Measure, selection: Selection) -> None:
    columns = known_by(measure)
    wanted = {
        "practice": bool(selection.practices) or selection.by == "practice",
        "presentation": bool(selection.presentation),
        "start_back": bool(selection.start_back),
    }
    for column, asked in wanted.items():
        if asked and column not in columns:
            what = column.replace("_", " ").replace("start back", "STarT Back risk")
            raise NotSelectable(f"{measure.name} is not known by {what}.")


def _disclosed(measure: Measure, one: Worked, policy: Policy) -> Shown:
    return disclose(one.evidence, policy, limits=measure.interval is not None, decimals=measure.decimals)


@cached(
    LRUCache(REMEMBERED), key=lambda measure, selection, engine: hashkey(ref(engine), measure, selection), lock=Lock()
)
def _worked(measure: Measure, selection: Selection, engine: Engine) -> Sequence[Worked]:
    """As worked out; a release never changes, and figures of every selection are held against the same few others."""
    return tuple(worked_out(measure, selection, engine))


def _given_away(measure: Measure, selection: Selection, engine: Engine, policy: Policy) -> Collection[Cell]:
    """What may not be shown for the sake of others, beside which a reader can set it."""
    if not policy.keeps:
        return ()

    def ask(another: Selection) -> Mapping[Cell, Asked]:
        by_practice = another.by == "practice"
        return {(one.area.code, one.period): _asked(one, by_practice) for one in _worked(measure, another, engine)}

    return given_away(ask, selection, policy, is_state(measure.how))


def _asked(one: Worked, by_practice: bool) -> Asked:
    places = frozenset([one.area.code]) if by_practice else frozenset(one.ccgs)
    return Asked(tuple(one.ccgs), (places, frozenset(one.months)), one.evidence)


def _admitted(seen: Seen, measure: Measure, selection: Selection, one: Worked, engine: Engine) -> bool:
    """Whether enough people lie between a figure and those shown before of its area and period."""
    counts = _asked(one, selection.by == "practice").counts
    place = Place(engine.release.number, measure.key, one.area.code, name_of(one.period, selection.per))
    return counts is None or seen.admits(place, Filter.of(selection, one.ccgs, one.months), counts)


def _figure(measure: Measure, one: Worked, period: str, shown: Shown, engine: Engine) -> Figure:
    return Figure(
        measure.key,
        one.area.code,
        one.area.name,
        one.area.arm,
        period,
        shown.numerator,
        shown.denominator,
        shown.value,
        shown.lower,
        shown.upper,
        measure.unit,
        shown.status,
        engine.release.number,
        engine.is_synthetic(measure.how.table),
        shown.reason,
    )
