"""Reach and fidelity: how many referrals come by the pathway, and how far it is used as it is meant to be."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from metrics.adoption.milestones import Milestone, milestones
from metrics.areas import Area, areas_of, members_of
from metrics.counts import counts_of, scope_of
from metrics.disclosure import NONE, Policy, Shown, disclose, policy_in_force
from metrics.engines import Engine
from metrics.evidence import Evidence, Nothing, Quotient
from metrics.query.rollout import use
from metrics.queues import targets
from metrics.selection import Selection

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

    Raises ValueError for a selection by practice.
    """
    in_force = policy or policy_in_force()
    scope = scope_of(selection, engine, "referral")
    target = targets()["assessed"]
    counts = counts_of(engine, selection, scope, partial(use, target=int(target.value)))
    sums = counts.groupby("area")[["referrals", "pathway", "recorded", "due", "in_time"]].sum()
    ledger, members = milestones(engine, selection), members_of(selection)
    caveat = "" if target.verified else f"The {target.value:.0f} days are unverified: {target.source}."
    found = []
    for area in areas_of(selection):
        if area.code in sums.index:
            own = sums.loc[area.code]
            items = [
                *_from_referrals(own, int(target.value), caveat, in_force),
                _in_place([one for one in ledger if one.ccg in members[area.code]]),
            ]
            share = disclose(Quotient(own.pathway, own.referrals), in_force)
            found.append(Reach(area, share, items, _sentence(area, share), engine.release.number, scope.synthetic))
    return found


def _from_referrals(own: pd.Series, days: int, caveat: str, policy: Policy) -> Sequence[Item]:
    return [
        Item(
            "start_back_recorded",
            "pathway referrals with a STarT Back risk",
            disclose(Quotient(own.recorded, own.pathway), policy),
            "",
        ),
        Item(
            "assessed_in_time",
            f"pathway referrals seen within {days} days, of those that could be followed so long",
            disclose(Quotient(own.in_time, own.due), policy),
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
