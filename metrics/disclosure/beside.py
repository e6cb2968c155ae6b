"""What a reader may set beside the figures of a selection, and which of them would then give a hidden one away.

Every reader can ask for every grouping, period and filter. So a figure is held against the usual totals
that it is part of, and against the same figure for everybody of whom a filter leaves some out.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from metrics.areas import ccgs, selected_ccgs
from metrics.disclosure.grid import Axis, Block, Counts, Grid
from metrics.disclosure.policy import Policy
from metrics.disclosure.secondary import left_out_tells
from metrics.disclosure.table import usual_areas
from metrics.evidence import Estimate, Evidence, Nothing, PerHead, Quotient, Tally
from metrics.periods import Per, period_of
from metrics.selection import Selection

Cell = tuple[str, date]
"""The area and the first month of a figure."""

_LONGER: tuple[Per, ...] = ("quarter", "year")


@dataclass(frozen=True, slots=True)
class Asked:
    """What one figure is worked out from: the CCGs, the block of CCGs (or practices) and months, the evidence."""

    ccgs: tuple[str, ...]
    block: Block
    evidence: Evidence

    @property
    def counts(self) -> Counts | None:
        """The people it counts; None where everybody is told that nothing was received, NaN where nothing is told."""
        match self.evidence:
            case Quotient(numerator, denominator):
                return numerator, denominator
            case PerHead(events):
                return (events,)
            case Tally(count):
                return (count,)
            case Estimate(people=people, of=of):
                return (people,) if of is None else (people, of)
            case Nothing(status="not_received"):
                return None
        return (np.nan,)


Ask = Callable[[Selection], Mapping[Cell, Asked]]
"""Works out what a selection asks for, with no small number hidden."""


def given_away(ask: Ask, selection: Selection, policy: Policy, is_state: bool = False) -> Collection[Cell]:
    """The cells of a selection to hide for the sake of others that are hidden.

    Of what is a state and no flow (`is_state`) months do not add up.
    """
    asked = ask(selection)
    found = _beside_totals(asked, ask(_smallest_parts(selection)), policy, is_state)
    for everybody in unfiltered(selection):
        found |= _beside_everybody(asked, ask(everybody), policy)
    return found


def _smallest_parts(selection: Selection) -> Selection:
    """All CCGs (or all practices of the CCGs), month by month, for the same people."""
    by_practice = selection.by == "practice"
    codes = tuple(ccg.code for ccg in selected_ccgs(selection)) if by_practice else (*ccgs(), *selection.ccgs)
    return replace(
        selection,
        by="practice" if by_practice else "ccg",
        ccgs=() if set(codes) == set(ccgs()) else tuple(dict.fromkeys(codes)),
        practices=() if by_practice else selection.practices,
        arms=(),
        waves=(),
        first=None,
        last=None,
        per="month",
    )


def unfiltered(selection: Selection) -> Iterator[Selection]:
    """The selection without each of the filters that leave people out of a figure."""
    if selection.practices and selection.by != "practice":
        yield replace(selection, practices=())
    if selection.presentation:
        yield replace(selection, presentation=())
    if selection.start_back:
        yield replace(selection, start_back=())


def _beside_totals(
    asked: Mapping[Cell, Asked], parts: Mapping[Cell, Asked], policy: Policy, is_state: bool
) -> set[Cell]:
    told = _alike({cell: part.counts for cell, part in parts.items()})
    if not told:
        return set()
    areas, periods = _axis(_areas(parts), asked, 0), _axis(_periods(parts, is_state), asked, 1)
    hidden = Grid(told, areas, periods, _percentages(parts)).hidden(policy)
    return {cell for cell, one in asked.items() if one.block in hidden}


def _percentages(asked: Mapping[Cell, Asked]) -> bool:
    return any(isinstance(one.evidence, Quotient) for one in asked.values())


def _alike(counts: Mapping[Hashable, Counts | None]) -> dict[Any, Counts]:
    """The counts that there are, all of one width: where nothing is told, nothing is told of either."""
    width = max((len(some) for some in counts.values() if some), default=1)
    return {cell: some if len(some) == width else some * width for cell, some in counts.items() if some}


def _axis(usual: Iterable[frozenset], asked: Mapping[Cell, Asked], which: int) -> Axis:
    """The usual sets, and those asked for that are unusual."""
    usual = list(dict.fromkeys(usual))
    wanted = dict.fromkeys(one.block[which] for one in asked.values())
    return Axis(usual, [some for some in wanted if some not in usual])


def _areas(parts: Mapping[Cell, Asked]) -> Iterator[frozenset]:
    """CCGs, waves, arms and the region; or practices and the CCGs that they make up."""
    smallest = {part.block[0]: part.ccgs for part in parts.values()}
    if all(place == set(codes) for place, codes in smallest.items()):
        yield from usual_areas(code for codes in smallest.values() for code in codes)
        return
    yield from smallest
    together: dict[str, set[str]] = defaultdict(set)
    for place, (code,) in smallest.items():
        together[code] |= place
    yield from map(frozenset, together.values())


def _periods(parts: Mapping[Cell, Asked], is_state: bool) -> Iterator[frozenset]:
    """Months and, where they add up, quarters and years."""
    months = sorted({month for _, month in parts})
    yield from (frozenset([month]) for month in months)
    for per in () if is_state else _LONGER:
        together: dict[date, set[date]] = defaultdict(set)
        for month in months:
            together[period_of(month, per)].add(month)
        yield from map(frozenset, together.values())


def _beside_everybody(asked: Mapping[Cell, Asked], everybody: Mapping[Cell, Asked], policy: Policy) -> set[Cell]:
    """Cells that would tell how many were left out, were they shown beside the same for everybody."""
    told = _alike({(who, cell): one.counts for who, of in enumerate((asked, everybody)) for cell, one in of.items()})
    both = [cell for cell in asked if (0, cell) in told and (1, cell) in told]
    if not both:
        return set()
    some, every = (np.array([told[who, cell] for cell in both], float) for who in (0, 1))
    return {both[at] for at in np.flatnonzero(left_out_tells(some, every, policy, _percentages(asked)))}
