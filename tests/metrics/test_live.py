from datetime import date
from pathlib import Path

import pytest

from metrics.areas import ccgs
from metrics.live import Rollout, from_ledger, from_reference, rollout
from tests.metrics.warehouses import publish

AS_AT = date(2016, 5, 31)


def row(ccg: str, actual: date | None, as_at: date = AS_AT) -> dict[str, date | str | None]:
    return {"ccg": ccg, "actual": actual, "as_at": as_at}


def test_go_live_counts_from_the_month_of_its_day() -> None:
    found = from_ledger([row("00M", date(2015, 5, 11)), row("00C", date(2016, 5, 31)), row("00D", None)])
    assert found.live == {"00M": date(2015, 5, 1), "00C": date(2016, 5, 1), "00D": None}


@pytest.mark.parametrize(
    ("as_at", "known_to"),
    [
        (date(2016, 5, 31), date(2016, 5, 1)),  # the last day: the month is over
        (date(2016, 5, 30), date(2016, 4, 1)),  # a CCG may still start on the 31st
        (date(2016, 1, 1), date(2015, 12, 1)),
    ],
)
def test_a_ledger_tells_of_whole_months(as_at: date, known_to: date) -> None:
    assert from_ledger([row("00M", None, as_at)]).known_to == known_to


def test_the_newest_ledger_counts() -> None:
    old, new = row("00M", None, date(2015, 1, 31)), row("00M", date(2015, 5, 11))
    assert from_ledger([new, old]).live == {"00M": date(2015, 5, 1)}


def test_without_a_ledger_only_the_early_start_is_known() -> None:
    found = from_reference()
    assert {code for code, start in found.live.items() if start} == {"00M", "03D"}
    assert found.live["00M"] == date(2015, 5, 1)  # first patients: newsletter of mid-2015
    assert set(found.live) == set(ccgs())
    assert found.known_to == date(2015, 11, 1)  # wave 1 was planned from December 2015
    assert "No rollout ledger was received" in found.source


def test_months_since() -> None:
    found = Rollout({"00M": date(2015, 5, 1), "00C": None}, AS_AT, "test")
    assert [found.months_since("00M", month) for month in (date(2014, 12, 1), date(2016, 6, 1))] == [-5, 13]
    assert found.months_since("00C", AS_AT) is None
    assert found.months_since("16C", AS_AT) is None


def test_real_measures_never_take_invented_dates(tmp_path: Path) -> None:
    ledger = {
        "component": "go_live",
        "planned": None,
        "actual": date(2014, 9, 8),
        "as_at": AS_AT,
        "month": AS_AT.replace(day=1),
    }
    of_a_practice = {**ledger, "ccg": "00C", "practice": "A81001"}
    engine = publish(tmp_path, ({"milestone": [{**ledger, "ccg": "00M"}, of_a_practice]}, True))
    assert rollout(engine, synthetic=True).live == {"00M": date(2014, 9, 1)}
    assert rollout(engine, synthetic=False) == from_reference()
