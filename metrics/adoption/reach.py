"""Reach and fidelity: how many referrals come by the pathway, and how far it is used as it is meant to be."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pandas as pd

from metrics.adoption.milestones import Milestone, milestones
from metrics.areas import Area, areas_of, members_of
from metrics.counts import counts_of, everywhere, require_enough_left_out, scope_of
from metrics.disclosure import NONE, Policy, Shown, disclose, policy_in_force
from metrics.disclosure.beside import unfiltered
from metrics.disclosure.gate import beside_others
from metrics.disclosure.table import Item as Counted
from metrics.disclosure.table import Layout, hidden_items
from metrics.engines import Engine
from metrics.evidence import Evidence, Nothing, Quotient
from metrics.query.rollout import use
from metrics.queues import targets
from metrics.selection import Selection

_COUNTED = ("referrals", "pathway", "recorded", "due", "in_time")

_NO_LEDGER = Nothing("not_received", "No rollout ledger was received.")


@dataclass(frozen=True)
class Item:
    """One thing the pathway asks for, and the share of cases in which it was so; `caveat` is blank where none."""

    key: str
    words: str
    share: Shown
    caveat: str


@dataclass(frozen=True)
class Reach:
    """The share of an area's referrals that came by the pathway, and the items of fidelity, each by itself.

    The items are not put into one number: no source says what each weighs.
    """

    area: Area
    reach: Shown
    items: Sequence[Item]
    sentence: str
    release: int
    synthetic: bool


def reach(engine: Engine, selection: Selection, policy: Policy | None = None) -> list[Reach]:
    """Reach and fidelity of every area of the selection that has referrals, over its months together.

    Percentages follow from rounded counts under every policy. Raises ValueError for a selection by practice, or one
    that leaves out too few practices.
    """
    in_force, synthetic = policy or policy_in_force(), engine.is_synthetic("referral")
    require_enough_left_out(engine, selection, synthetic, in_force)
    target = targets()["assessed"]
    rows, *everybody = (_rows(engine, some, int(target.value)) for some in (selection, *unfiltered(selection)))
    hidden = hidden_items(rows, everybody, Layout([(name,) for name in _COUNTED]), selection, in_force)
    ledger, members = milestones(engine, selection), members_of(selection)
    caveat = "" if target.verified else f"The {target.value:.0f} days are unverified: {target.source}."
    found = []
    for area in areas_of(selection):
        own = _Own(
            rows[rows.ccg.isin(members[area.code])].groupby("item").people.sum(),
            {item for code, item in hidden if code == area.code},
            in_force,
        )
        if len(own.people):
            items = [
                *_from_referrals(own, int(target.value), caveat),
                _in_place([one for one in ledger if one.ccg in members[area.code]]),
            ]
            share = own.share("pathway", "referrals")
            found.append(Reach(area, share, items, _sentence(area, share), engine.release.number, synthetic))
    return found


def _rows(engine: Engine, selection: Selection, days: int) -> pd.DataFrame:
    """People by ccg and item, for all CCGs."""
    wanted = everywhere(selection)
    counts = counts_of(engine, wanted, scope_of(wanted, engine, "referral"), use, days)
    rows = counts.melt("ccg", list(_COUNTED), "counted", "people")
    return rows.assign(item=[(name,) for name in rows.counted])


@dataclass(frozen=True)
class _Own:
    """The counts of one area, and which of them are hidden for the sake of others."""

    people: pd.Series
    hidden: Collection[Counted]
    policy: Policy

    def share(self, some: str, of: str) -> Shown:
        shown = disclose(Quotient(self.people[(some,)], self.people[(of,)]), self.policy.with_rounded_shares)
        return beside_others(shown, (some,) in self.hidden or (of,) in self.hidden)


def _from_referrals(own: _Own, days: int, caveat: str) -> Sequence[Item]:
    return [
        Item(
            "start_back_recorded",
            "pathway referrals with a STarT Back risk",
            own.share("recorded", "pathway"),
            "",
        ),
        Item(
            "assessed_in_time",
            f"pathway referrals seen within {days} days, of those that could be followed so long",
            own.share("in_time", "due"),
            caveat,
        ),
    ]


def _in_place(ledger: Sequence[Milestone]) -> Item:
    """Components in place, of all the ledger names; they are no people, so nothing is hidden."""
    evidence: Evidence = Quotient(sum(one.actual is not None for one in ledger), len(ledger)) if ledger else _NO_LEDGER
    shown = disclose(evidence, NONE, limits=False)
    return Item(
        "components_in_place", "components of the rollout in place", shown, "One given up counts as not in place."
    )


def _sentence(area: Area, share: Shown) -> str:
    if share.value is None:
        return f"{area.name}: no share of referrals by the pathway can be given. {share.reason}".strip()
    return f"{area.name}: {share.value:.0f}% of {share.denominator:,.0f} referrals came by the pathway."
