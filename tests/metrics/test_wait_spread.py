"""How waits are spread: the far end of a cohort, completed waits beside it, and what may be shown of either."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from metrics.catalogue import load
from metrics.disclosure import HES_2018, NONE
from metrics.engines import Engine
from metrics.selection import Selection
from metrics.wait_spread import cohort_waits, wait_curves
from tests.metrics.warehouses import Row, hold, referral

WAIT = load()["wait_assessment"]
EXTRACT = "2016-03-31"


def _seen(days: int) -> Row:
    assessed = date(2015, 6, 1) + timedelta(days)
    return referral("00M-D01", "2015-06-01", EXTRACT, assessed=f"{assessed}")


def _waiting() -> Row:
    return referral("00M-D01", "2015-06-01", EXTRACT)


def _engine(place: Path, rows: list[Row]) -> Engine:
    return hold(place, {"referral": rows})


def test_the_92nd_percentile_is_of_everybody_and_the_completed_median_of_those_seen(tmp_path: Path) -> None:
    # of 100 one is seen on each of the days 1 to 95, and five still wait
    engine = _engine(tmp_path, [*(_seen(day) for day in range(1, 96)), *(_waiting() for _ in range(5))])
    [one] = cohort_waits(engine, WAIT, Selection(ccgs=("00M",)), NONE)
    assert one.cohort.value == 50.5  # half of 100 are seen by day 50, and until day 51
    assert one.far.value == 92
    assert one.completed.value == 48  # the middle of 1 to 95


def test_there_is_no_92nd_percentile_until_92_in_100_are_seen(tmp_path: Path) -> None:
    engine = _engine(tmp_path, [*(_seen(day) for day in range(1, 92)), *(_waiting() for _ in range(9))])
    [one] = cohort_waits(engine, WAIT, Selection(ccgs=("00M",)), NONE)
    assert (one.far.status, one.far.value) == ("no_data", None)


@pytest.mark.parametrize(("people", "status"), [(99, "suppressed"), (100, "ok")])
def test_enough_people_must_lie_beyond_it(tmp_path: Path, people: int, status: str) -> None:
    # 8 in 100 wait longer: of 99 that is 7 whole people, too few
    engine = _engine(tmp_path, [_seen(day) for day in range(1, people + 1)])
    [one] = cohort_waits(engine, WAIT, Selection(ccgs=("00M",)), HES_2018)
    assert one.far.status == status


def test_nothing_is_added_to_a_cohort_that_is_hidden(tmp_path: Path) -> None:
    engine = _engine(tmp_path, [_seen(day) for day in range(1, 8)])
    [one] = cohort_waits(engine, WAIT, Selection(ccgs=("00M",)), HES_2018)
    assert (one.cohort.status, one.far.value, one.completed.value) == ("suppressed", None, None)


def test_the_curve_by_week_counts_who_was_seen_by_then_and_stops_where_few_are_followed(tmp_path: Path) -> None:
    # 50 are seen after a week and a day, 40 after two weeks, 10 on day 20; nobody is followed longer
    rows = [*(_seen(8) for _ in range(50)), *(_seen(14) for _ in range(40)), *(_seen(20) for _ in range(10))]
    [curve] = wait_curves(_engine(tmp_path, rows), WAIT, Selection(ccgs=("00M",)), HES_2018)
    assert [share.value for share in curve.shares] == [0, 0, 90]
    assert curve.people.value == 100
    assert {share.numerator for share in curve.shares} == {None}


def test_curves_of_ccgs_and_of_both_together_do_not_give_a_hidden_count_away(tmp_path: Path) -> None:
    # within a week 6 are seen in one CCG and 12 in the other: 18 to 22 of both less 8 to 12 would leave 6 and 7
    def seen(ccg: str, days: int, people: int) -> list[Row]:
        assessed = f"{date(2015, 6, 1) + timedelta(days)}"
        return [referral(ccg, "2015-06-01", EXTRACT, assessed=assessed) for _ in range(people)]

    early = [("00M-D01", 6), ("03D-D01", 12)]
    rows = [row for ccg, soon in early for row in (*seen(ccg, 3, soon), *seen(ccg, 14, 88))]
    curves = wait_curves(_engine(tmp_path, rows), WAIT, Selection(ccgs=("00M", "03D")), HES_2018)
    assert {curve.area.code: curve.shares[1].value for curve in curves} == {"00M": None, "03D": None}
    assert {curve.area.code: curve.shares[2].value for curve in curves} == {"00M": 100, "03D": 100}


def test_only_waits_have_a_spread(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is not a wait"):
        cohort_waits(_engine(tmp_path, [_seen(1)]), load()["odi_change"], Selection(), NONE)


def test_nothing_received_is_no_cohort_and_no_curve(tmp_path: Path) -> None:
    engine = _engine(tmp_path, [])
    assert cohort_waits(engine, WAIT, Selection(), NONE) == []
    assert wait_curves(engine, WAIT, Selection(), NONE) == []
