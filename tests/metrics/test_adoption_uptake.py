"""Time to adoption from rows of referrals, lists and the rollout ledger."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.adoption import Uptake, uptake
from metrics.adoption.uptake import Time, adoption_curve
from metrics.engines import Engine
from metrics.selection import Selection
from tests.metrics.rollouts import ONE, THREE, TWO, ledger, listed, released, sent
from tests.metrics.warehouses import hold

times = st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=40)


def one_uptake(engine: Engine) -> Uptake:
    (found,) = uptake(engine, Selection(by="region"))
    return found


@given(times)
def test_the_curve_is_that_worked_out_practice_by_practice(practices: list[tuple[int, bool]]) -> None:
    curve = adoption_curve([Time(months, adopted) for months, adopted in practices])
    waiting = 1.0
    for month in range(max(months for months, _ in practices) + 1):
        at_risk = [practice for practice in practices if practice[0] >= month]
        waiting *= 1 - sum(practice == (month, True) for practice in at_risk) / len(at_risk)
        assert curve.waiting[month] == pytest.approx(waiting)


def test_time_runs_from_the_go_live_of_the_practices_own_ccg(tmp_path: Path) -> None:
    lists = [listed(ONE), listed(TWO), listed("00C-D01")]
    rows = sent(ONE, "2015-05") + sent(TWO, "2015-08") + sent("00C-D01", "2015-12")
    live = [ledger(None, "go_live", "2015-05-11"), ledger(None, "go_live", "2015-12-07", "00C")]
    found = one_uptake(released(tmp_path, lists, rows, live))

    # months 0, 3 and 0
    assert [step.months for step in found.steps] == [0, 1, 2, 3]
    assert [step.share for step in found.steps] == pytest.approx([2 / 3, 2 / 3, 2 / 3, 1])
    assert (found.first, found.adopted, found.median.value) == (date(2015, 5, 1), 3, 0)


def test_a_referral_before_go_live_counts_as_adopting_at_once(tmp_path: Path) -> None:
    live = [ledger(None, "go_live", "2015-09-01")]
    found = one_uptake(released(tmp_path, [listed(ONE)], sent(ONE, "2015-06", "2015-12"), live))

    assert found.steps[0].share == 1


def test_a_practice_that_closed_is_seen_until_then_and_has_not_failed(tmp_path: Path) -> None:
    # TWO is last listed from April, gone from July: seen in May and June, months 0 and 1
    lists = [listed(ONE), listed(TWO), listed(THREE), listed(ONE, month="2015-07"), listed(THREE, month="2015-07")]
    rows = sent(ONE, "2015-08") + sent(THREE, "2015-12")
    found = one_uptake(released(tmp_path, lists, rows, [ledger(None, "go_live", "2015-05-11")]))

    assert (found.practices, found.adopted, found.gone) == (3, 2, 1)
    assert [step.at_risk for step in found.steps[:4]] == [3, 3, 2, 2]
    assert found.steps[3].share == 0.5
    assert found.s_curve.practices == 2


def test_a_practice_that_opened_later_and_one_of_a_ccg_not_live_are_not_looked_at(tmp_path: Path) -> None:
    lists = [listed(ONE), listed("00C-D01"), listed(ONE, month="2015-07"), listed(TWO, month="2015-07")]
    live = [ledger(None, "go_live", "2015-05-11"), ledger(None, "go_live", None, "00C")]
    found = one_uptake(released(tmp_path, lists, sent(ONE, "2015-05", "2015-12"), live))

    assert (found.practices, found.adopted) == (1, 1)


def test_while_fewer_than_half_have_adopted_there_is_no_median(tmp_path: Path) -> None:
    lists = [listed(ONE), listed(TWO), listed(THREE)]
    found = one_uptake(released(tmp_path, lists, sent(ONE, "2015-12"), [ledger(None, "go_live", "2015-05-11")]))

    assert found.median.value is None
    assert found.sentence.endswith("1 of the 3 practices open at go-live have referred. Fewer than half have so far.")


def test_without_practices_there_is_nothing(tmp_path: Path) -> None:
    assert uptake(hold(tmp_path, {}), Selection()) == []
