from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.tables import STEPS
from metrics.disclosure import HES_2018, NONE
from metrics.engines import Engine
from metrics.pathway_flow import ENDS, Flow, flow, graph
from metrics.selection import Selection
from tests.metrics.warehouses import Row, hold, referral

EXTRACT = "2015-12-31"

journeys = st.lists(st.tuples(st.sets(st.sampled_from(STEPS)), st.sampled_from(ENDS)), max_size=30)
"""People: the steps that each reached, and the end."""


def moves(people: list[tuple[set[str], str]]) -> Counter[tuple[str, str]]:
    """Who went from where to where, one person after the other."""
    paths = [["received", *sorted(steps, key=STEPS.index), end] for steps, end in people]
    return Counter(pair for path in paths for pair in pairwise(path))


def sent(practice: str = "00M-D01", received: str = "2015-05-01", **more: str) -> Row:
    return referral(practice, received, EXTRACT, **more)


def one(engine: Engine, **selected: object) -> Flow:
    (found,) = flow(engine, Selection(by="region", **selected), NONE)  # type: ignore[arg-type]
    return found


def people_at(found: Flow) -> dict[str, float | None]:
    return {node.key: node.people.value for node in found.nodes}


def people_along(found: Flow) -> dict[tuple[str, str], float | None]:
    return {(edge.source, edge.target): edge.people.value for edge in found.edges}


@given(journeys)
def test_every_referral_comes_to_exactly_one_end(people: list[tuple[set[str], str]]) -> None:
    found = graph(moves(people))

    assert found.received == len(people) == sum(found.nodes.get(end, 0) for end in ENDS)
    assert found.ended + found.nodes.get("open", 0) == found.received


@given(journeys)
def test_what_goes_into_a_step_comes_out_of_it(people: list[tuple[set[str], str]]) -> None:
    found = graph(moves(people))

    for step in STEPS:
        into = sum(count for (_, target), count in found.edges.items() if target == step)
        out = sum(count for (source, _), count in found.edges.items() if source == step)
        assert into == out == found.nodes.get(step, 0) == sum(step in steps for steps, _ in people)


@given(journeys, journeys)
def test_the_graph_of_two_ccgs_is_the_sum_of_theirs(
    one: list[tuple[set[str], str]], other: list[tuple[set[str], str]]
) -> None:
    added = graph(moves(one) + moves(other))

    assert dict(added.edges) == dict(graph(moves(one + other)).edges)


def test_counts_that_lose_somebody_are_refused() -> None:
    with pytest.raises(ValueError, match="2 came to imaging and 1 went on from it"):
        graph({("received", "imaging"): 2, ("imaging", "treated"): 1})


def test_nobody_has_an_empty_graph() -> None:
    assert (graph({}).received, graph({}).ended, dict(graph({}).nodes)) == (0, 0, {})


def test_a_referral_runs_through_its_steps_to_its_outcome(tmp_path: Path) -> None:
    row = sent(
        assessed="2015-05-20",
        imaging_requested="2015-05-20",
        imaging="2015-06-10",
        surgical_opinion_requested="2015-06-15",
        surgical_opinion="2015-08-01",
        discharged="2015-08-01",
        outcome="self_managing",
    )
    found = one(hold(tmp_path, {"referral": [row]}))

    assert people_along(found) == {
        ("received", "assessed"): 1,
        ("assessed", "imaging"): 1,
        ("imaging", "surgical_opinion"): 1,
        ("surgical_opinion", "self_managing"): 1,
    }


def test_steps_follow_the_order_of_the_pathway_whatever_their_dates(tmp_path: Path) -> None:
    # core therapies came first, then the scan
    row = sent(assessed="2015-05-20", core_therapy="2015-06-01", imaging="2015-07-01")

    assert ("imaging", "core_therapy") in people_along(one(hold(tmp_path, {"referral": [row]})))


def test_a_referral_that_nobody_saw_ends_straight_from_receipt(tmp_path: Path) -> None:
    rows = [sent(discharged="2015-06-01", outcome="did_not_attend"), sent()]

    assert people_along(one(hold(tmp_path, {"referral": rows}))) == {
        ("received", "did_not_attend"): 1,
        ("received", "open"): 1,
    }


def test_a_discharge_without_an_outcome_is_an_end_of_its_own(tmp_path: Path) -> None:
    found = one(hold(tmp_path, {"referral": [sent(discharged="2015-06-01")]}))

    assert people_at(found) == {"received": 1, "not_recorded": 1}
    assert [node.kind for node in found.nodes] == ["start", "end"]


def test_an_outcome_without_a_discharge_is_still_open(tmp_path: Path) -> None:
    assert people_at(one(hold(tmp_path, {"referral": [sent(outcome="treated")]}))) == {"received": 1, "open": 1}


def test_only_what_is_selected_counts(tmp_path: Path) -> None:
    rows = [
        sent(),
        sent("00M-D02"),
        sent("00C-D01"),
        sent(received="2015-07-01"),
        sent(presentation="radicular_pain"),
    ]
    engine = hold(tmp_path, {"referral": rows})

    assert people_at(one(engine))["received"] == 5
    assert people_at(one(engine, arms=("early",)))["received"] == 4
    assert people_at(one(engine, practices=("00M-D02",)))["received"] == 1
    assert people_at(one(engine, first=date(2015, 6, 1)))["received"] == 1
    assert people_at(one(engine, presentation=("radicular_pain",)))["received"] == 1


def test_areas_come_by_name_and_only_where_there_are_referrals(tmp_path: Path) -> None:
    engine = hold(tmp_path, {"referral": [sent(), sent("00C-D01"), sent("00C-D01")]})

    assert [found.area.name for found in flow(engine, Selection(), NONE)] == ["Darlington", "South Tees"]
    assert flow(hold(tmp_path / "empty", {}), Selection(), NONE) == []


def test_the_sentence_says_how_far_they_have_come(tmp_path: Path) -> None:
    seen = sent(assessed="2015-05-20", discharged="2015-06-01", outcome="treated")
    engine = hold(tmp_path, {"referral": [seen, seen, seen, sent()]})

    assert one(engine).sentence == (
        "North East and Cumbria programme area: of 4 referrals received, 75% have been assessed, 75% have ended "
        "and 25% are still open."
    )


def test_small_counts_are_hidden_at_nodes_along_edges_and_in_the_sentence(tmp_path: Path) -> None:
    # of 40, three did not attend
    rows = [sent(discharged="2015-06-01", outcome="did_not_attend") for _ in range(3)] + [sent() for _ in range(37)]
    (found,) = flow(hold(tmp_path, {"referral": rows}), Selection(by="region"), HES_2018)
    hidden = {node.key for node in found.nodes if node.people.status == "suppressed"}

    assert hidden == {"did_not_attend"}
    assert [(edge.target, edge.people.value, edge.share.value) for edge in found.edges] == [
        ("did_not_attend", None, None),
        ("open", 35, 88),  # 35 of 40
    ]
    assert found.sentence.endswith("of 40 referrals received, 0% have been assessed and 88% are still open.")


def test_single_practices_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not practice by practice"):
        flow(hold(tmp_path, {"referral": [sent()]}), Selection(by="practice"), NONE)
