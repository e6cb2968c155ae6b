"""The pathway as a graph: how many referrals went from receipt through which steps to which end.

Every referral starts at receipt, runs forwards through the steps it reached, in pathway order whatever
their dates, and comes to exactly one end: an outcome, or still open. What goes into a step comes out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from loaders.tables import STEPS
from metrics.areas import Area, areas_of
from metrics.counts import counts_of, scope_of
from metrics.disclosure import Policy, Shown, disclose, policy_in_force
from metrics.engines import Engine
from metrics.evidence import Quotient, Tally
from metrics.explanation import STEP_WORDS
from metrics.query.flow import NOT_RECORDED, OPEN, RECEIVED, moves
from metrics.selection import Selection

Kind = Literal["start", "step", "end", "open"]

OUTCOMES = ("self_managing", "treated", "declined", "did_not_attend", "other", NOT_RECORDED)
ENDS = (*OUTCOMES, OPEN)

WORDS = {
    **STEP_WORDS,
    "self_managing": "discharged: self-managing",
    "treated": "discharged: treated",
    "declined": "discharged: declined",
    "did_not_attend": "discharged: did not attend",
    "other": "discharged: other",
    NOT_RECORDED: "discharged: outcome not recorded",
    OPEN: "still open",
}
"""What a node is called."""

Move = tuple[str, str]
"""A step (or receipt) and what followed it."""


@dataclass(frozen=True)
class Graph:
    """Counts as they are: people at each node in pathway order, and along each edge. Not to be shown."""

    nodes: Mapping[str, int]
    edges: Mapping[Move, int]

    @property
    def received(self) -> int:
        return self.nodes.get(RECEIVED, 0)

    @property
    def ended(self) -> int:
        return sum(self.nodes.get(outcome, 0) for outcome in OUTCOMES)


@dataclass(frozen=True)
class Node:
    """A step, receipt or an end: the people there, and their share of all received."""

    key: str
    words: str
    kind: Kind
    people: Shown
    share: Shown


@dataclass(frozen=True)
class Edge:
    """The people who went from one node straight to another, and their share of those at the first."""

    source: str
    target: str
    people: Shown
    share: Shown


@dataclass(frozen=True)
class Flow:
    """The graph of one area as it may be shown, for referrals received from month `first` to `last`."""

    area: Area
    first: date
    last: date
    nodes: Sequence[Node]
    edges: Sequence[Edge]
    sentence: str
    release: int
    synthetic: bool


def graph(counts: Mapping[Move, int]) -> Graph:
    """The graph of some moves. Raises ValueError when what goes into a step is not what comes out of it."""
    into: dict[str, int] = {}
    out: dict[str, int] = {}
    for (source, target), people in counts.items():
        out[source] = out.get(source, 0) + people
        into[target] = into.get(target, 0) + people
    for step in STEPS:
        if into.get(step, 0) != out.get(step, 0):
            raise ValueError(f"{into.get(step, 0)} came to {WORDS[step]} and {out.get(step, 0)} went on from it.")
    people_at = {**out, **into}
    order = (RECEIVED, *STEPS, *ENDS)
    nodes = {node: people_at[node] for node in order if node in people_at}
    edges = {move: counts[move] for move in sorted(counts, key=lambda move: [order.index(end) for end in move])}
    return Graph(nodes, edges)


def flow(engine: Engine, selection: Selection, policy: Policy | None = None) -> list[Flow]:
    """The pathway of every area of the selection that has referrals.

    Counts are rounded each by itself, so that what is shown may not add up; what was counted does. Raises
    ValueError for a selection by practice.
    """
    in_force = policy or policy_in_force()
    scope = scope_of(selection, engine, "referral")
    counts = counts_of(engine, selection, scope, moves)
    own = dict(iter(counts.groupby("area")))
    return [
        _flow(area, own[area.code], in_force, engine.release.number, scope.synthetic)
        for area in areas_of(selection)
        if area.code in own
    ]


def _flow(area: Area, rows: pd.DataFrame, policy: Policy, release: int, synthetic: bool) -> Flow:
    people = rows.groupby(["source", "target"]).people.sum()
    found = graph({move: int(count) for move, count in people.items()})
    nodes = [
        Node(key, WORDS[key], _kind(key), *_shown(count, found.received, policy)) for key, count in found.nodes.items()
    ]
    edges = [
        Edge(source, target, *_shown(count, found.nodes[source], policy))
        for (source, target), count in found.edges.items()
    ]
    sentence = _sentence(area, found, policy)
    return Flow(area, rows.month.min(), rows.month.max(), nodes, edges, sentence, release, synthetic)


def _kind(key: str) -> Kind:
    if key == RECEIVED:
        return "start"
    if key == OPEN:
        return "open"
    return "step" if key in STEPS else "end"


def _shown(people: int, of: int, policy: Policy) -> tuple[Shown, Shown]:
    return disclose(Tally(people), policy), disclose(Quotient(people, of), policy)


def _sentence(area: Area, found: Graph, policy: Policy) -> str:
    received = disclose(Tally(found.received), policy)
    if received.value is None:
        return f"{area.name}: too few referrals to say more."
    shares = {
        words: disclose(Quotient(count, found.received), policy).value
        for words, count in (
            ("have been assessed", found.nodes.get("assessed", 0)),
            ("have ended", found.ended),
            ("are still open", found.nodes.get(OPEN, 0)),
        )
    }
    told = ", ".join(f"{share:.0f}% {words}" for words, share in shares.items() if share is not None)
    return f"{area.name}: of {received.value:,.0f} referrals received, {told}."
