"""Adoption from rows of referrals, lists and the rollout ledger."""

from datetime import date
from pathlib import Path

import pytest

from metrics.adoption import AreaPractices, practice_states, reach
from metrics.disclosure import HES_2018, NONE
from metrics.engines import Engine
from metrics.selection import Selection
from tests.metrics.rollouts import ONE, THREE, TWO, ledger, listed, released, sent
from tests.metrics.warehouses import hold


def states(engine: Engine, **selected: object) -> AreaPractices:
    (found,) = practice_states(engine, Selection(by="region", **selected), NONE)  # type: ignore[arg-type]
    return found


EVERY_MONTH = [f"2015-{month:02}" for month in range(5, 13)]


def test_each_practice_is_in_one_state(tmp_path: Path) -> None:
    codes = {
        ONE: EVERY_MONTH,
        TWO: ["2015-06", "2015-11"],  # of the last three months, one
        THREE: ["2015-06", "2015-09"],  # none since
        "00M-D04": [],  # trained
        "00M-D05": [],
    }
    rows = [row for code, months in codes.items() for row in sent(code, *months)]
    trained = [ledger("00M-D04", "practice_trained", "2015-12-31")]
    found = states(released(tmp_path, [listed(code) for code in codes], rows, trained))

    assert found.month == date(2015, 12, 1)
    assert [practice.state for practice in found.practices] == ["sustained", "live", "lapsed", "trained", "not_started"]
    assert found.sentence.endswith(
        "2 of 5 practices referred in the last 3 months, 1 of them in every one; 1 did before and no longer do."
    )
    assert [practice.code for practice in found.in_state("lapsed")] == [THREE]
    assert found.in_state("lapsed")[0].last_referral == date(2015, 9, 1)


def test_training_after_the_month_looked_at_was_not_yet(tmp_path: Path) -> None:
    rows = sent(ONE, *EVERY_MONTH)
    trained = [ledger(TWO, "practice_trained", "2015-09-01")]
    engine = released(tmp_path, [listed(ONE), listed(TWO)], rows, trained)

    assert [p.state for p in states(engine, last=date(2015, 8, 1)).practices] == ["sustained", "not_started"]
    assert [p.state for p in states(engine, last=date(2015, 9, 1)).practices] == ["sustained", "trained"]


def test_a_referral_the_old_way_is_no_adoption(tmp_path: Path) -> None:
    rows = sent(ONE, *EVERY_MONTH, route="earlier_route")

    assert states(released(tmp_path, [listed(ONE)], rows + sent(TWO, "2015-12")), practices=(ONE,)).counts == {
        "not_started": 1,
        "trained": 0,
        "live": 0,
        "sustained": 0,
        "lapsed": 0,
    }


def test_coverage_and_share_differ_where_the_large_lead(tmp_path: Path) -> None:
    lists = [listed(ONE, 9000), listed(TWO, 3000), listed(THREE, 3000)]
    found = states(released(tmp_path, lists, sent(ONE, *EVERY_MONTH)))

    assert found.adopted.value == pytest.approx(1 / 3)
    assert found.coverage == pytest.approx(9 / 15)
    assert found.median_list == {"refer": 9000, "do not": 3000}


def test_a_practice_no_longer_listed_is_not_counted(tmp_path: Path) -> None:
    lists = [listed(ONE), listed(TWO), listed(ONE, month="2015-07")]
    engine = released(tmp_path, lists, sent(ONE, *EVERY_MONTH))

    assert [practice.code for practice in states(engine).practices] == [ONE]
    assert [practice.code for practice in states(engine, last=date(2015, 6, 1)).practices] == [ONE, TWO]


def test_a_practice_live_on_paper_that_has_sent_nobody_is_named(tmp_path: Path) -> None:
    said = [ledger(ONE, "practice_live", "2015-06-01"), ledger(TWO, "practice_live", "2015-06-01")]
    found = states(released(tmp_path, [listed(ONE), listed(TWO)], sent(ONE, *EVERY_MONTH), said))

    assert [practice.code for practice in found.silent] == [TWO]


def test_how_many_people_a_practice_referred_passes_the_policy_and_its_state_does_not(tmp_path: Path) -> None:
    engine = released(tmp_path, [listed(ONE)], sent(ONE, "2015-12"))
    (found,) = practice_states(engine, Selection(by="region"), HES_2018)

    assert (found.practices[0].referrals.status, found.practices[0].state) == ("suppressed", "live")


def test_without_lists_or_referrals_there_is_nothing(tmp_path: Path) -> None:
    assert practice_states(hold(tmp_path, {}), Selection(), NONE) == []
    with pytest.raises(ValueError, match="not practice by practice"):
        practice_states(hold(tmp_path, {}), Selection(by="practice"), NONE)


# Reach and fidelity


def test_reach_is_the_share_that_came_by_the_pathway(tmp_path: Path) -> None:
    rows = sent(ONE, "2015-05", "2015-06", "2015-07") + sent(ONE, "2015-05", route="earlier_route")
    (found,) = reach(released(tmp_path, [], rows), Selection(by="region"), NONE)

    assert found.reach.value == 75
    assert found.sentence.endswith("75% of 4 referrals came by the pathway.")


def test_fidelity_counts_only_the_pathway_and_only_who_could_be_followed(tmp_path: Path) -> None:
    rows = [
        *sent(ONE, "2015-05", start_back="low", assessed="2015-06-21"),  # 42 days
        *sent(ONE, "2015-05", start_back="high", assessed="2015-06-22"),  # 43 days
        *sent(ONE, "2015-12"),  # 21 days old
        *sent(ONE, "2015-05", route="earlier_route", start_back="low", assessed="2015-05-11"),
    ]
    (found,) = reach(released(tmp_path, [], rows), Selection(by="region"), NONE)
    items = {item.key: item for item in found.items}

    assert items["start_back_recorded"].share.value == pytest.approx(100 * 2 / 3)
    assert items["assessed_in_time"].share.value == 50
    assert items["assessed_in_time"].caveat.startswith("The 42 days are unverified")
    assert items["components_in_place"].share.status == "not_received"


def test_components_in_place_are_those_of_the_areas_own_ccgs(tmp_path: Path) -> None:
    rows = sent(ONE, "2015-05") + sent("00C-D01", "2015-05")
    ours = [ledger(None, "go_live", "2015-05-11"), ledger(None, "imaging_route", None)]
    engine = released(tmp_path, [], rows, [*ours, ledger(None, "go_live", None, "00C")])
    shares = {found.area.code: found.items[-1].share.value for found in reach(engine, Selection(), NONE)}

    assert shares == {"00M": 50, "00C": 0}


def test_small_numbers_are_hidden_in_reach(tmp_path: Path) -> None:
    (found,) = reach(released(tmp_path, [], sent(ONE, "2015-05")), Selection(by="region"), HES_2018)

    assert found.reach.status == "suppressed"
    assert "no share of referrals by the pathway can be given" in found.sentence


def test_added_months_weigh_by_people(tmp_path: Path) -> None:
    # May: 1 of 1; June: 0 of 3. One of four, not the mean of 100% and 0%
    rows = sent(ONE, "2015-05") + sent(ONE, *["2015-06"] * 3, route="earlier_route")
    (found,) = reach(released(tmp_path, [], rows), Selection(by="region"), NONE)

    assert found.reach.value == 25
