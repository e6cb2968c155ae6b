"""Tables in which items add up as well as areas, small enough to be followed by hand."""

import pandas as pd
import pytest

from metrics.areas import ccgs
from metrics.disclosure import HES_2018, NONE
from metrics.disclosure.table import Item, Layout, hidden_items, usual_areas
from metrics.selection import Selection

A, B, ALL = ("a",), ("b",), ("all",)
BOTH = Layout([A, B, ALL], [(ALL, [A, B])])


def rows(*counts: tuple[str, Item, int]) -> pd.DataFrame:
    return pd.DataFrame([(ccg, people) for ccg, _, people in counts], columns=["ccg", "people"]).assign(
        item=[item for _, item, _ in counts]
    )


def of_one(ccg: str, a: int, b: int) -> pd.DataFrame:
    return rows((ccg, A, a), (ccg, B, b), (ccg, ALL, a + b))


def test_the_usual_areas_are_ccgs_waves_arms_and_the_region() -> None:
    areas = list(usual_areas(["00M", "03D", "00C"]))
    assert areas[:3] == [{"00M"}, {"03D"}, {"00C"}]
    assert {"00M", "03D"} in areas
    assert areas.count(frozenset({"00M", "03D", "00C"})) == 1
    assert list(usual_areas(["16C"])) == [{"16C"}]  # of both arms, and part of neither


@pytest.mark.parametrize(
    ("a", "b", "hidden"),
    [
        (6, 12, {B}),  # 18 to 22 less 8 to 12 would leave 6 and 7
        (3, 40, set()),  # 1 to 7 as it is
        (0, 40, set()),
        (20, 20, set()),
    ],
)
def test_parts_and_their_total_keep_a_hidden_count(a: int, b: int, hidden: set[Item]) -> None:
    found = hidden_items(of_one("00M", a, b), [], BOTH, Selection(ccgs=("00M",)), HES_2018)
    assert {item for _, item in found} == hidden


def test_areas_add_up_whichever_is_asked_for() -> None:
    # of the early two 6 and 12: beside the 18 of both, which are asked for elsewhere, the 12 would tell of the 6
    counts = rows(("00M", ALL, 6), ("03D", ALL, 12))
    (found,) = hidden_items(counts, [], Layout([ALL]), Selection(ccgs=("03D",)), HES_2018)
    assert found == ("03D", ALL)


def test_what_is_settled_is_not_hidden_for_the_sake_of_its_parts() -> None:
    # seven with one person each: that they are 7 at the most together, as the total's reason says, tells every one
    parts: list[Item] = [(name,) for name in "abcdefg"]
    counts = rows(*(("00M", part, 1) for part in parts), ("00M", ALL, 7))
    free = Layout([*parts, ALL], [(ALL, parts)])
    settled = Layout(free.items, free.sums, settled=[ALL])
    assert hidden_items(counts, [], free, Selection(ccgs=("00M",)), HES_2018) == {("00M", ALL)}
    assert ("00M", ALL) not in hidden_items(counts, [], settled, Selection(ccgs=("00M",)), HES_2018)


def test_nothing_is_told_of_the_parts_of_a_settled_total_that_is_hidden() -> None:
    # 3 and 3 of 6, which is hidden and cannot be hidden further; elsewhere 12 of each, of 24. That the hidden total
    # is 1 to 7 tells nothing of the two while nobody is told that either is one at least
    counts = pd.concat([of_one("00M", 3, 3), of_one("03D", 12, 12)])
    settled = Layout(BOTH.items, BOTH.sums, settled=[ALL])
    found = hidden_items(counts, [], settled, Selection(ccgs=("00M", "03D")), HES_2018)
    assert not {("00M", A), ("00M", B)} & set(found)  # hidden already, with their total
    # the 15 of both, 13 to 17, less 8 to 12 would leave 1 to 7 and 3 on: as many as they need
    assert ("03D", A) not in found


def test_a_set_of_ccgs_that_is_unusual_gives_nothing_away() -> None:
    # 6 in Cumbria, 12 in Darlington, which are of different waves, and 40 in every other CCG
    few = {"01H": 6, "00C": 12}
    counts = rows(*((ccg, ALL, few.get(ccg, 40)) for ccg in ccgs()))
    assert not hidden_items(counts, [], Layout([ALL]), Selection(), HES_2018)
    # the 18 of these two, 18 to 22, less 8 to 12 would leave 6 and 7
    both = Selection(by="region", ccgs=tuple(few))
    assert hidden_items(counts, [], Layout([ALL]), both, HES_2018) == {("region", ALL)}


def test_those_whom_a_filter_leaves_out_are_not_told() -> None:
    some, everybody = rows(("00M", ALL, 12)), rows(("00M", ALL, 18), ("00M", ("new",), 1))
    assert hidden_items(some, [everybody], Layout([ALL]), Selection(ccgs=("00M",)), HES_2018) == {("00M", ALL)}
    assert hidden_items(some, [rows(("00M", ALL, 90))], Layout([ALL]), Selection(ccgs=("00M",)), HES_2018) == set()


def test_nothing_is_hidden_from_authorised_users() -> None:
    assert not hidden_items(of_one("00M", 6, 12), [], BOTH, Selection(), NONE)
