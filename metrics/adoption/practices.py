"""Every practice of a release: its list, its referrals to the pathway month by month, and since when it is gone.

A practice is gone when a later list of its CCG no longer holds it, with at least `SMALLEST_LIST`
patients: so one that merged is gone, and has not failed to adopt.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from metrics.areas import members_of
from metrics.counts import counts_of, received_in_full, scope_of
from metrics.engines import Engine
from metrics.kinds import Practices
from metrics.periods import month_after
from metrics.practices import SMALLEST_LIST
from metrics.query import practice_names, select_for
from metrics.query.rollout import practice_milestones
from metrics.queue_window import window_of
from metrics.selection import Selection

_REFERRALS_AND_LISTS = Practices(state="referring", weight="practices")


@dataclass(frozen=True)
class Practice:
    """One practice. Months are firsts of months.

    `referrals` are those to the pathway, in each month that had any. `listed` is the first month it was
    listed for, `gone` the first for which it no longer was (None while it is), `patients` its newest
    list. `trained` and `live` are the ledger's dates, None where it has none.
    """

    code: str
    name: str
    ccg: str
    patients: float
    listed: date
    gone: date | None
    referrals: Mapping[date, int]
    trained: date | None
    live: date | None

    def open_in(self, month: date) -> bool:
        """Whether it was listed in a month."""
        return self.listed <= month and (self.gone is None or month < self.gone)

    def referred(self, month: date, months: int) -> Sequence[int]:
        """Referrals in each of the last months up to this one, this one first."""
        return [self.referrals.get(month_after(month, -back), 0) for back in range(months)]

    def first_referral(self, upto: date) -> date | None:
        """The month of its first referral to the pathway, if that came by `upto`."""
        return min((month for month in self.referrals if month <= upto), default=None)

    def last_referral(self, upto: date) -> date | None:
        """The month of its last one up to then."""
        return max((month for month in self.referrals if month <= upto), default=None)


@dataclass(frozen=True)
class Known:
    """What is known of the practices of one area up to a month; `note` names CCGs that sent nothing."""

    practices: Sequence[Practice]
    upto: date
    note: str


def practices_of(engine: Engine, selection: Selection) -> tuple[Mapping[str, Known], bool]:
    """The practices of each area that has lists and referrals, and whether they are invented.

    The selection's last month ends what is looked at, or the last that was sent in full. Its first
    month does not matter, for a first referral may lie before it.
    """
    ever = Selection(selection.by, selection.ccgs, arms=selection.arms, waves=selection.waves)
    scope = scope_of(ever, engine, "referral")
    counts = counts_of(engine, ever, scope, select_for, _REFERRALS_AND_LISTS)
    if counts.empty:
        return {}, scope.synthetic
    found = _practices(counts, _names(engine, scope.synthetic), _ledger(engine, scope.synthetic))
    whole = received_in_full(engine, scope, "referral")
    known: dict[str, Known] = {}
    for area, ccgs in members_of(ever).items():
        own = [p for p in found if p.ccg in ccgs and (not selection.practices or p.code in selection.practices)]
        window = window_of(whole, ccgs, selection.last, 1)
        if own and window:
            known[area] = Known(own, window.last, window.note)
    return known, scope.synthetic


def _names(engine: Engine, synthetic: bool) -> Mapping[str, str]:
    """The newest name of each practice."""
    names: dict[str, str] = {}
    for row in engine.counts(practice_names(synthetic)).to_pylist():
        names.setdefault(row["practice"], row["name"])
    return names


def _ledger(engine: Engine, synthetic: bool) -> Mapping[tuple[str, str], date]:
    rows = engine.counts(practice_milestones(synthetic)).to_pylist()
    return {(row["practice"], row["component"]): row["actual"] for row in rows}


def _practices(
    counts: pd.DataFrame, names: Mapping[str, str], ledger: Mapping[tuple[str, str], date]
) -> Sequence[Practice]:
    """Every practice that was ever listed, by code."""
    lists = counts[(counts.part == "list") & (counts["number"] >= SMALLEST_LIST)].sort_values("month")
    events = counts[counts.part == "events"].groupby("place")
    referrals = {code: dict(zip(rows.month, rows["number"].astype(int), strict=True)) for code, rows in events}
    editions = lists.groupby("ccg").month.unique()
    made = []
    for code, rows in lists.groupby("place"):
        last = rows.iloc[-1]
        made.append(
            Practice(
                code=code,
                name=names.get(code, code),
                ccg=last.ccg,
                patients=float(last["number"]),
                listed=rows.month.iloc[0],
                gone=min((month for month in editions[last.ccg] if month > last.month), default=None),
                referrals=referrals.get(code, {}),
                trained=ledger.get((code, "practice_trained")),
                live=ledger.get((code, "practice_live")),
            )
        )
    return made
