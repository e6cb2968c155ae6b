"""What is asked of a release for a scope, and what is remembered of it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from metrics.areas import places_of
from metrics.counts import received, received_in_full, rows_of
from metrics.engines import Engine
from metrics.kinds import Count
from metrics.measure import Measure
from metrics.query import Counting, Scope, select_for
from metrics.selection import Selection
from tests.metrics.small import CODING
from tests.metrics.warehouses import Row, hold

ARRIVED = [
    # Darlington: one of two senders stops in March, the other in April
    *(("darlington-a", "00C", month) for month in (1, 2, 3)),
    *(("darlington-b", "00C", month) for month in (1, 2, 3, 4)),
    # South Tees goes on to August, so that the first of them has left and is not late
    *(("south-tees", "00M", month) for month in range(1, 9)),
]


def _scope(*ccgs: str, synthetic: bool = False) -> Scope:
    return Scope(places_of(Selection(ccgs=ccgs)), synthetic)


@pytest.fixture
def senders(tmp_path: Path) -> Iterator[Engine]:
    rows: list[Row] = [
        {"fact": "practice_coding", "sender": sender, "ccg": ccg, "month": date(2016, month, 1), "arrived": 50}
        for sender, ccg, month in ARRIVED
    ]
    engine = hold(tmp_path, {"practice_coding": CODING, "received": rows})
    yield engine
    engine.close()


def test_a_month_is_whole_or_not_whichever_ccgs_are_asked_for(senders: Engine) -> None:
    together = received_in_full(senders, _scope("00C", "00M"), "practice_coding")
    alone = received_in_full(senders, _scope("00C"), "practice_coding")

    assert sorted(month.month for ccg, month in together if ccg == "00C") == [1, 2, 3, 4]
    assert sorted(month.month for _, month in alone) == [1, 2, 3, 4]
    assert {ccg for ccg, _ in alone} == {"00C"}


def test_what_arrived_is_that_of_the_scope(senders: Engine) -> None:
    assert {ccg for ccg, _ in received(senders, _scope("00M"), "practice_coding")} == {"00M"}
    assert received(senders, _scope("00N"), "practice_coding") == set()
    assert received(senders, _scope("00M", synthetic=True), "practice_coding") == set()


def test_another_choice_of_ccgs_asks_nothing_more(
    senders: Engine, measures: dict[str, Measure], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Counting] = []
    counts = senders.counts

    def counting(query: Counting) -> pa.Table:
        asked.append(query)
        return counts(query)

    monkeypatch.setattr(senders, "counts", counting)
    how = measures["start_back_recorded"].how
    found = [rows_of(senders, _scope(*ccgs), select_for, how) for ccgs in (["00C"], ["00M"], ["00M", "00C"])]

    assert [set(rows.ccg) for rows in found] == [{"00C"}, {"00M"}, {"00C", "00M"}]
    assert found[0].numerator.sum() + found[1].numerator.sum() == found[2].numerator.sum() > 0
    assert len(asked) == 1


def test_what_is_remembered_of_some_patients_is_not_told_of_all(small: Engine) -> None:
    how = Count(table="referral", count="rows")
    every = _scope("00C")
    radicular = Scope(every.places, synthetic=False, presentation=("radicular_pain",))

    assert rows_of(small, every, select_for, how).number.sum() > rows_of(small, radicular, select_for, how).number.sum()


def test_a_code_of_later_times_is_counted_by_name_alone(small: Engine, measures: dict[str, Measure]) -> None:
    how = measures["rtt_orthopaedics_within_18_weeks"].how

    assert set(rows_of(small, _scope("16C", "00M"), select_for, how).ccg) == {"16C", "00M"}
    assert set(rows_of(small, _scope("00M"), select_for, how).ccg) == {"00M"}


def test_a_scope_without_ccgs_holds_nobody(small: Engine, measures: dict[str, Measure]) -> None:
    assert rows_of(small, Scope((), synthetic=False), select_for, measures["start_back_recorded"].how).empty
