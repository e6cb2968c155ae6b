"""Who is still waiting at each month end, step by step, and for how long: bands that add up to the list.

A list tells what medians of finished waits cannot: who has been forgotten. Few people are in a band, so that bands are
hidden more often than the list itself.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from loaders.tables import STEPS
from metrics.areas import Area, areas_of, members_of
from metrics.counts import counts_of, everywhere, received_in_full, require_enough_left_out, scope_of
from metrics.disclosure import Policy, Shown, disclose, policy_in_force
from metrics.disclosure.beside import unfiltered
from metrics.disclosure.gate import WITH_ITS_TOTAL, beside_others
from metrics.disclosure.table import Item, Layout, hidden_items
from metrics.engines import Engine
from metrics.evidence import Tally
from metrics.explanation import STEP_WORDS
from metrics.query.queues import lists
from metrics.selection import Selection, months_between
from metrics.setting import Return

NOT_RECEIVED = Shown("not_received", reason="Not every list of this month end was received.")


@dataclass(frozen=True)
class Band:
    """More than `over` weeks, up to and with `upto`, which is None for the last; the first holds day 0 too."""

    over: int
    upto: int | None

    @property
    def words(self) -> str:
        """How long people in it have waited."""
        if self.upto is None:
            return f"over {self.over} weeks"
        return f"over {self.over} to {self.upto} weeks" if self.over else f"up to {self.upto} weeks"


BANDS = (Band(0, 6), Band(6, 12), Band(12, 18), Band(18, 26), Band(26, None))
"""18 weeks is the national standard for treatment; 6 and 12 are the programme's own, unverified."""

EVERYBODY = -1
"""The list as a whole, among its bands."""


@dataclass(frozen=True)
class MonthEnd:
    """A list at the end of a month: everybody on it, and those in each of `BANDS`."""

    month: date
    people: Shown
    bands: Sequence[Shown]


@dataclass(frozen=True)
class StepList:
    """The list for one step, month end after month end; `sentence` says how it stood at the last that may be shown."""

    step: str
    months: Sequence[MonthEnd]
    sentence: str


@dataclass(frozen=True)
class StillWaiting:
    """The lists of one area, in pathway order."""

    area: Area
    steps: Sequence[StepList]
    release: int
    synthetic: bool


def still_waiting(
    engine: Engine, selection: Selection, policy: Policy | None = None, steps: Sequence[str] = STEPS
) -> list[StillWaiting]:
    """The lists of every area of the selection for those of these steps that anybody ever waited for.

    Month ends run from the first to the last received, within the selection. An area of several CCGs has a list when
    all of them sent theirs. Empty where no list was received. Raises ValueError for a selection by practice, or one
    that leaves out too few practices.
    """
    in_force, synthetic = policy or policy_in_force(), engine.is_synthetic("waiting")
    require_enough_left_out(engine, selection, synthetic, in_force)
    whole = received_in_full(engine, scope_of(everywhere(selection), engine, "waiting"), "waiting", "referral")
    rows = _rows(engine, selection, steps, whole)
    if rows.empty:
        return []
    layout = _layout(rows)
    everybody = [_rows(engine, every, steps, whole) for every in unfiltered(selection)]
    hidden = hidden_items(rows, everybody, layout, selection, in_force)
    members = members_of(selection)
    return [
        StillWaiting(area, list(_steps(area, layout, shown)), engine.release.number, synthetic)
        for area in areas_of(selection)
        for shown in [_shown(area, members[area.code], rows, layout, whole, hidden, in_force)]
    ]


def _rows(engine: Engine, selection: Selection, steps: Sequence[str], whole: Collection[Return]) -> pd.DataFrame:
    """People by ccg and item (step, month, band), for all CCGs, from lists that came whole: others are too short."""
    wanted = everywhere(selection)
    rows = counts_of(engine, wanted, scope_of(wanted, engine, "waiting"), lists)
    came = np.array([pair in whole for pair in zip(rows.ccg, rows.month, strict=True)], bool)
    rows = rows[came & rows.step.isin(steps)]
    band = np.searchsorted([band.over for band in BANDS], rows.week, side="right") - 1
    both = pd.concat([rows.assign(band=band), rows.assign(band=EVERYBODY)])
    added = both.groupby(["ccg", "step", "month", "band"], as_index=False).people.sum()
    return added.assign(item=list(zip(added.step, added.month, added.band, strict=True)))


def _layout(rows: pd.DataFrame) -> Layout:
    """Every list of every month end from the first to the last: its bands, which add up to it."""
    asked, months = set(rows.step), months_between(rows.month.min(), rows.month.max())
    moments = [(step, month) for step in STEPS if step in asked for month in months]
    sums = [((*moment, EVERYBODY), [(*moment, band) for band in range(len(BANDS))]) for moment in moments]
    return Layout([item for total, parts in sums for item in (total, *parts)], sums, [total for total, _ in sums])


def _shown(
    area: Area,
    ccgs: Sequence[str],
    rows: pd.DataFrame,
    layout: Layout,
    whole: Collection[Return],
    hidden: Collection[tuple[str, Item]],
    policy: Policy,
) -> Mapping[Item, Shown]:
    """What may be shown of each item of an area."""
    people = rows[rows.ccg.isin(ccgs)].groupby("item").people.sum().to_dict()
    received = {month for month in rows.month.unique() if all((ccg, month) in whole for ccg in ccgs)}

    def one(item: Item) -> Shown:
        if item[1] not in received:
            return NOT_RECEIVED
        whole_list = (*item[:-1], EVERYBODY)
        if item != whole_list and one(whole_list).status == "suppressed":
            return WITH_ITS_TOTAL
        return beside_others(disclose(Tally(people.get(item, 0)), policy), (area.code, item) in hidden)

    return {item: one(item) for item in layout.items}


def _steps(area: Area, layout: Layout, shown: Mapping[Item, Shown]) -> Iterator[StepList]:
    for step in dict.fromkeys(item[0] for item in layout.items):
        months = [
            MonthEnd(month, shown[step, month, EVERYBODY], [shown[step, month, band] for band in range(len(BANDS))])
            for month in dict.fromkeys(item[1] for item in layout.items if item[0] == step)
        ]
        yield StepList(step, months, _sentence(area, step, months))


def _sentence(area: Area, step: str, months: Sequence[MonthEnd]) -> str:
    """How the list stood at the last month end that may be shown, and how many of it were in its longest band."""
    last = next((end for end in reversed(months) if end.people.value is not None), None)
    if last is None:
        return f"{area.name}: how many wait for {STEP_WORDS[step]} cannot be shown."
    told = f"{area.name}: {last.people.value:,.0f} people were waiting for {STEP_WORDS[step]} at the end of"
    longest = last.bands[-1]
    beyond = "" if longest.value is None else f", {_number(longest.value)} of them {BANDS[-1].words}"
    return f"{told} {last.month:%B %Y}{beyond}."


def _number(people: float) -> str:
    return f"{people:,.0f}" if people else "none"
