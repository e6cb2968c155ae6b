from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.areas import Area, areas_of, ccgs, known_ccgs, members_of, places_of, selected_ccgs, successors
from metrics.selection import By, Selection, months_between

EARLY, FOLLOWING = {"00M", "03D"}, {"00C", "00D", "00J", "00K", "00L", "00N", "00P", "01H", "13T", "99C"}
"""The programme's newsletter of 2015 names the two early implementers; the others follow in waves."""

GROUPED: tuple[By, ...] = ("region", "arm", "wave")


def test_two_ccgs_are_early_and_ten_follow() -> None:
    assert {code for code, ccg in ccgs().items() if ccg.arm == "early"} == EARLY
    assert {code for code, ccg in ccgs().items() if ccg.arm == "following"} == FOLLOWING
    assert {code: ccg.wave for code, ccg in ccgs().items() if ccg.wave < 3} == {
        **dict.fromkeys(["00M", "03D"], 0),
        **dict.fromkeys(["00C", "00K"], 1),
        "13T": 2,
    }


def test_names_are_said_as_people_say_them() -> None:
    assert ccgs()["00M"].short_name == "South Tees"
    assert [area.name for area in areas_of(Selection())] == sorted(ccg.short_name for ccg in ccgs().values())


def test_codes_of_2020_keep_to_themselves() -> None:
    # Tees Valley fuses South Tees (early) with two following CCGs; both CCGs of County Durham follow
    assert {code: (ccg.arm, ccg.wave) for code, ccg in successors().items()} == {
        "16C": ("mixed", -1),
        "42D": ("mixed", -1),
        "84H": ("following", -1),
    }
    named = ("16C", "84H", "00M")
    assert [area.code for area in areas_of(Selection(ccgs=named))] == ["84H", "00M", "16C"]
    for by in GROUPED:
        assert [ccg.code for ccg in selected_ccgs(Selection(by=by, ccgs=named))] == ["00M"]


@pytest.mark.parametrize("by", GROUPED)
def test_waves_and_arms_part_the_region(by: By) -> None:
    members = members_of(Selection(by=by))
    found = [code for codes in members.values() for code in codes]
    assert sorted(found) == sorted(ccgs())  # each CCG once
    assert [area.code for area in areas_of(Selection(by=by))] == sorted(members)


def test_areas_of_each_kind() -> None:
    assert areas_of(Selection(by="region")) == [Area("region", "North East and Cumbria programme area", "")]
    assert areas_of(Selection(by="arm")) == [
        Area("early", "Early implementers", "early"),
        Area("following", "Following CCGs", "following"),
    ]
    assert [area.name for area in areas_of(Selection(by="wave"))] == [
        "Early implementers",
        "Wave 1",
        "Wave 2",
        "Wave 3",
    ]


def test_a_selection_narrows_by_code_arm_and_wave_together() -> None:
    chosen = selected_ccgs(Selection(ccgs=("00M", "00C", "13T"), arms=("following",), waves=(1, 3)))
    assert [ccg.code for ccg in chosen] == ["00C"]
    assert [ccg.code for ccg in selected_ccgs(Selection(ccgs=("00M", "00M")))] == ["00M"]


def test_an_unknown_code_is_an_error() -> None:
    with pytest.raises(KeyError, match="99X"):
        selected_ccgs(Selection(ccgs=("99X",)))


def test_ccgs_add_up_to_what_they_became() -> None:
    members = members_of(Selection(by="successor"))
    assert members["16C"] == ["00C", "00K", "00M"]
    assert members["84H"] == ["00D", "00J"]
    assert members["00L"] == ["00L"]  # unchanged
    assert sorted(code for codes in members.values() for code in codes) == sorted(ccgs())
    arms = {area.code: area.arm for area in areas_of(Selection(by="successor"))}
    assert {code for code, arm in arms.items() if arm == "mixed"} == {"16C", "42D"}
    assert "early" not in arms.values()


def test_an_area_selected_in_part_says_so_in_its_name() -> None:
    some = ("00M", "00C", "00P", "13T")
    assert [area.name for area in areas_of(Selection(by="arm", ccgs=some))] == [
        "Following CCGs (3 of 10)",
        "South Tees",
    ]
    assert [area.name for area in areas_of(Selection(by="region", ccgs=some))] == [
        "North East and Cumbria programme area (4 of 12)"
    ]
    assert [area.name for area in areas_of(Selection(by="successor", ccgs=("00M",)))] == ["South Tees"]
    assert [area.name for area in areas_of(Selection(by="arm", arms=("early",)))] == ["Early implementers"]


def test_predecessors_count_for_the_ccg_they_became() -> None:
    assert set(places_of(Selection(ccgs=("13T",)))) == {(code, "13T") for code in ("13T", "00F", "00G", "00H")}
    assert places_of(Selection(ccgs=("00M",))) == (("00M", "00M"),)
    assert len(places_of(Selection())) == 12 + 3


def test_what_comes_later_is_never_a_place_of_what_was() -> None:
    # 00M became part of 16C in 2020: rows of 16C say nothing of 00M
    assert "16C" not in {published for published, _ in places_of(Selection(by="region"))}
    assert places_of(Selection(ccgs=("16C",))) == (("16C", "16C"),)


def test_no_code_means_two_things() -> None:
    assert len(known_ccgs()) == 12 + 3


months = st.dates(date(2012, 1, 1), date(2022, 12, 31)).map(lambda day: day.replace(day=1))


@given(months, months)
def test_months_from_one_to_another(first: date, last: date) -> None:
    found = list(months_between(first, last))
    assert found == sorted(set(found))
    assert all(month.day == 1 and first <= month <= last for month in found)
    assert (first in found and last in found) if first <= last else not found
