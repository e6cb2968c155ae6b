from metrics.areas import ccgs
from metrics.engines import Engine
from metrics.receipt import Gap, gaps, gaps_within, months_received, months_within
from tests.metrics.small import APRIL, JUNE, MAY


def test_months_of_each_ccg_table_by_table(small: Engine) -> None:
    found = months_received(small)
    assert all(set(months) == set(ccgs()) for months in found.values())  # those who sent nothing are named too
    assert {month.month for month in found["referral"]["00M"]} == {4, 6, 7}  # nothing for May
    assert found["referral"]["01H"] == set()
    assert found["practice_coding"]["00C"] == {APRIL, MAY}


def test_returns_under_a_predecessors_code_are_the_successors(small: Engine) -> None:
    assert months_received(small)["rtt_wait"]["13T"] == {APRIL, MAY, JUNE}  # April came as 00F and 00G
    assert "16C" not in months_received(small)["rtt_wait"]


def test_invented_rows_are_received_only_where_there_are_no_real_ones(small: Engine) -> None:
    found = months_received(small)
    assert {month.month for month in found["referral"]["00C"]} == {4, 5, 6, 7, 8}  # not January
    assert found["workforce"]["00M"] == {APRIL, MAY, JUNE}


def test_a_table_that_never_came_is_not_named(nothing: Engine) -> None:
    assert months_received(nothing) == {"note": {code: set() for code in ccgs()}}  # a note on the region is no CCG's


def test_what_was_expected_and_never_came(small: Engine) -> None:
    # coding came of 00M for April and of 00C for April and May
    assert Gap("practice_coding", "00M", "practice_coding of a test", (MAY,)) in gaps(small)
    assert not [gap for gap in gaps(small) if gap.fact == "practice_coding" and gap.ccg == "00C"]


def test_lists_and_questionnaires_are_not_expected_every_month(small: Engine) -> None:
    assert not [gap for gap in gaps(small) if gap.fact in ("list_size", "outcome_score")]


def test_nothing_is_missed_where_nothing_ever_came(nothing: Engine) -> None:
    assert gaps(nothing) == []


def test_what_arrived_and_what_did_not_are_cut_by_months_and_both_ends_count() -> None:
    assert months_within({"00M": {APRIL, MAY, JUNE}, "00C": {JUNE}}, APRIL, MAY) == {"00M": {APRIL, MAY}, "00C": set()}
    late, early = Gap("waiting", "00M", "DP1", (MAY, JUNE)), Gap("waiting", "00C", "DP1", (APRIL,))
    assert gaps_within([late, early], MAY, MAY) == [Gap("waiting", "00M", "DP1", (MAY,))]
    assert gaps_within([late, early], None, None) == [late, early]
