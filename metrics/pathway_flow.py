"""The pathway as a graph: how many referrals went from receipt through which steps to which end.

Every referral starts at receipt, runs forwards through the steps it reached, in pathway order whatever
their dates, and comes to exactly one end: an outcome, or still open. What goes into a step comes out.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from loaders.tables import STEPS
from metrics.areas import Area, areas_of, members_of
from metrics.counts import counts_of, everywhere, require_enough_left_out, scope_of
from metrics.disclosure import Policy, Shown, disclose, policy_in_force
from metrics.disclosure.beside import unfiltered
from metrics.disclosure.gate import beside_others
from metrics.disclosure.table import Item, Layout, hidden_items
from metrics.engines import Engine
from metrics.evidence import Quotient, Tally
from metrics.explanation import STEP_WORDS
from metrics.query.flow import NOT_RECORDED, OPEN, RECEIVED, moves
from metrics.selection import Selection

Kind = Literal["start", "step", "end", "open"]

OUTCOMES = ("self_managing", "treated", "declined", "did_not_attend", "other", NOT_RECORDED)
ENDS = (*OUTCOMES, OPEN)

_ENDED = ("ended",)
"""All outcomes together, of which the sentence tells."""

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

Sums = list[tuple[Item, list[Item]]]

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

    Counts are rounded each by itself, so that what is shown may not add up; what was counted does. Percentages follow
    from rounded counts under every policy. Raises ValueError for a selection by practice, or one that leaves out too
    few practices.
    """
    in_force, synthetic = policy or policy_in_force(), engine.is_synthetic("referral")
    require_enough_left_out(engine, selection, synthetic, in_force)
    rows, everybody = _rows(engine, selection), [_people(_rows(engine, every)) for every in unfiltered(selection)]
    hidden = hidden_items(_people(rows), everybody, _layout(rows), selection, in_force)
    members = members_of(selection)
    return [
        _flow(
            area, own, {item for code, item in hidden if code == area.code}, in_force, engine.release.number, synthetic
        )
        for area in areas_of(selection)
        for own in [rows[rows.ccg.isin(members[area.code])]]
        if not own.empty
    ]


def _rows(engine: Engine, selection: Selection) -> pd.DataFrame:
    """Moves by CCG and month, for all CCGs."""
    wanted = everywhere(selection)
    return counts_of(engine, wanted, scope_of(wanted, engine, "referral"), moves)


def _people(rows: pd.DataFrame) -> pd.DataFrame:
    """People by ccg and item: along an edge (source, target), at a node (node,), and of all who have ended."""
    edges = rows.assign(item=list(zip(rows.source, rows.target, strict=True)))
    into = rows.assign(item=[(node,) for node in rows.target])
    received = rows[rows.source == RECEIVED].assign(item=lambda some: [(RECEIVED,)] * len(some))
    ended = rows[rows.target.isin(OUTCOMES)].assign(item=lambda some: [_ENDED] * len(some))
    return pd.concat([edges, into, received, ended])[["ccg", "item", "people"]]


def _layout(rows: pd.DataFrame) -> Layout:
    """Who comes to a node is who goes on from it; whoever was received has ended or is still open."""
    edges = sorted({*zip(rows.source, rows.target, strict=True)})
    sources, targets = ({edge[end] for edge in edges} for end in (0, 1))
    into: Sums = [((node,), [edge for edge in edges if edge[1] == node]) for node in sorted(targets)]
    out: Sums = [((node,), [edge for edge in edges if edge[0] == node]) for node in sorted(sources)]
    ended: list[Item] = [(outcome,) for outcome in OUTCOMES if outcome in targets]
    ends: list[Item] = [*([_ENDED] if ended else []), *([(OPEN,)] if OPEN in targets else [])]
    sums = [*into, *out, *([(_ENDED, ended)] if ended else []), *([((RECEIVED,), ends)] if ends else [])]
    nodes = [(node,) for node in sorted(sources | targets)]
    return Layout([*edges, *nodes, *([_ENDED] if ended else [])], sums)


def _flow(
    area: Area, rows: pd.DataFrame, hidden: Collection[Item], policy: Policy, release: int, synthetic: bool
) -> Flow:
    people = rows.groupby(["source", "target"]).people.sum()
    found = graph({move: int(count) for move, count in people.items()})
    nodes = [
        Node(key, WORDS[key], _kind(key), *_shown((key,), RECEIVED, count, found, hidden, policy))
        for key, count in found.nodes.items()
    ]
    edges = [Edge(*edge, *_shown(edge, edge[0], count, found, hidden, policy)) for edge, count in found.edges.items()]
    sentence = _sentence(area, found, hidden, policy)
    return Flow(area, rows.month.min(), rows.month.max(), nodes, edges, sentence, release, synthetic)


def _kind(key: str) -> Kind:
    if key == RECEIVED:
        return "start"
    if key == OPEN:
        return "open"
    return "step" if key in STEPS else "end"


def _shown(
    item: Item, of: str, people: int, found: Graph, hidden: Collection[Item], policy: Policy
) -> tuple[Shown, Shown]:
    """The people of an item, and their share of those at the node `of`."""
    share = disclose(Quotient(people, found.nodes.get(of, 0)), policy.with_rounded_shares)
    return (
        beside_others(disclose(Tally(people), policy), item in hidden),
        beside_others(share, item in hidden or (of,) in hidden),
    )


def _sentence(area: Area, found: Graph, hidden: Collection[Item], policy: Policy) -> str:
    received, _ = _shown((RECEIVED,), RECEIVED, found.received, found, hidden, policy)
    if received.value is None:
        return f"{area.name}: too few referrals to say more."
    shares = {
        words: _shown(item, RECEIVED, count, found, hidden, policy)[1].value
        for words, item, count in (
            ("have been assessed", ("assessed",), found.nodes.get("assessed", 0)),
            ("have ended", _ENDED, found.ended),
            ("are still open", (OPEN,), found.nodes.get(OPEN, 0)),
        )
    }
    told = [f"{share:.0f}% {words}" for words, share in shares.items() if share is not None]
    said = " and ".join(filter(None, [", ".join(told[:-1]), *told[-1:]]))
    return f"{area.name}: of {received.value:,.0f} referrals received, {said}."
