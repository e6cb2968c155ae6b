from datetime import date

import pandas as pd

from metrics.returns import missing_returns, whole_returns


def _arrivals(*rows: tuple[str, str, int, int]) -> pd.DataFrame:
    """CCG, sender, month of 2018 and rows."""
    return pd.DataFrame(
        [(ccg, sender, date(2018, month, 1), arrived) for ccg, sender, month, arrived in rows],
        columns=["ccg", "sender", "month", "arrived"],
    )


def _months(arrivals: pd.DataFrame, ccg: str) -> list[int]:
    return sorted(month.month for code, month in whole_returns(arrivals) if code == ccg)


def test_a_month_without_a_main_sender_is_not_whole() -> None:
    rows = [("00N", "A", m, 50) for m in (1, 2, 3)] + [("00N", "B", m, 50) for m in (1, 3)]  # B left out February
    assert _months(_arrivals(*rows), "00N") == [1, 3]


def test_a_sender_that_is_late_is_still_expected() -> None:
    rows = [("00N", "A", m, 50) for m in (1, 2, 3)] + [("00N", "B", m, 50) for m in (1, 2)]  # B has not sent March
    assert _months(_arrivals(*rows), "00N") == [1, 2]


def test_a_sender_that_left_long_ago_is_not_expected_any_more() -> None:
    rows = [("00N", "A", m, 50) for m in range(1, 7)] + [("00N", "B", 1, 150)]  # five months before the newest
    assert _months(_arrivals(*rows), "00N") == [1, 2, 3, 4, 5, 6]


def test_a_small_sender_is_never_waited_for() -> None:
    rows = [("00N", "A", m, 90) for m in (1, 2)] + [("00N", "B", 1, 10)]  # 10 of 190 rows
    assert _months(_arrivals(*rows), "00N") == [1, 2]


def test_each_ccg_has_senders_of_its_own() -> None:
    rows = [("00N", "A", 1, 50), ("00N", "A", 2, 50), ("00P", "B", 1, 50)]  # nothing of B's for 00P in February
    assert _months(_arrivals(*rows), "00P") == [1]
    assert _months(_arrivals(*rows), "00N") == [1, 2]


def test_nothing_arrived_is_nothing_whole() -> None:
    assert whole_returns(_arrivals()) == set()


def test_what_a_main_sender_left_out_is_missing() -> None:
    rows = [("00N", "A", m, 50) for m in (1, 2, 4)] + [("00N", "B", m, 50) for m in (1, 2, 3, 5)]
    # A sent nothing for March and is late with May; B nothing for April
    assert [(sender, month.month) for _, sender, month in missing_returns(_arrivals(*rows))] == [
        ("A", 3),
        ("A", 5),
        ("B", 4),
    ]


def test_a_month_that_nobody_sent_is_missing_too() -> None:
    rows = [("00N", "A", 1, 50), ("00N", "A", 3, 50)]
    assert [month.month for _, _, month in missing_returns(_arrivals(*rows))] == [2]


def test_small_senders_and_those_that_left_are_not_missed() -> None:
    rows = [("00N", "A", m, 90) for m in range(1, 7)] + [("00N", "B", 1, 10), ("00N", "C", 1, 200)]
    assert list(missing_returns(_arrivals(*rows))) == []


def test_of_nothing_nothing_is_missing() -> None:
    assert list(missing_returns(_arrivals())) == []
