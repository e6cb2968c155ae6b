"""The audit by linear programming, on tables small enough to be bounded by hand."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.disclosure import HES_2018, MHSDS, NONE, Policy, Shown, disclose
from metrics.disclosure.audit import Interval, audit
from metrics.disclosure.gate import BESIDE_A_SMALLER
from metrics.evidence import Quotient, Tally

HES_BEFORE_2018 = Policy("hes_before_2018", range(1, 6), 1, False, "exact", 3, "1 to 5 hidden, others as they are.")
"""The rule to August 2018, before what was hidden by hand besides."""

ROW = [(3, [0, 1, 2])]


def shown(policy: Policy, *counts: int) -> list[Shown]:
    return [disclose(Tally(count), policy) for count in counts]


# ---- The example of the notes on methods: 3, 20 and 40 people, 63 together


def test_exact_totals_give_a_hidden_count_back() -> None:
    found = audit(shown(HES_BEFORE_2018, 3, 20, 40, 63), ROW, HES_BEFORE_2018)
    assert found[0].count == Interval(3, 3)


def test_the_rule_of_2018_leaves_one_to_seven() -> None:
    found = audit(shown(HES_2018, 3, 20, 40, 63), ROW, HES_2018)
    assert found == {0: type(found[0])(Interval(1, 7))}


# ---- Where it does not


@pytest.mark.parametrize(
    ("counts", "interval"),
    [
        ((8, 11, 3), Interval(1, 4)),  # shown 10 and 10: 8 to 12 less 8 to 12
        ((12, 18, 6), Interval(6, 7)),  # shown 10 and 20: 18 to 22 less 8 to 12
        ((12, 12, 12, 43, 7), Interval(7, 7)),  # three at the top of their rounding, and their total too low for it
        ((8, 8, 17, 1), Interval(1, 1)),
    ],
)
def test_rounded_totals_can_tell_more(counts: tuple[int, ...], interval: Interval) -> None:
    *others, total, hidden = counts
    cells = [hidden, *others, total]
    found = audit(shown(HES_2018, *cells), [(len(cells) - 1, range(len(cells) - 1))], HES_2018)
    assert found[0].count == interval


def test_two_totals_tell_more_than_one() -> None:
    # down 10 of 10 leaves 8 to 12 less 8 to 12; across 10, 10 and 10 of 40 leaves 38 to 42 less 24 to 36
    cells, down, across = shown(HES_2018, 3, 8, 11, 12, 12, 12, 39), (2, [0, 1]), (6, [0, 3, 4, 5])
    assert audit(cells, [down], HES_2018)[0].count == Interval(1, 4)
    assert audit(cells, [across], HES_2018)[0].count == Interval(2, 7)
    assert audit(cells, [down, across], HES_2018)[0].count == Interval(2, 4)


def test_a_cell_hidden_for_another_is_bounded_by_neither_rule() -> None:
    cells = [*shown(HES_BEFORE_2018, 3), BESIDE_A_SMALLER, *shown(HES_BEFORE_2018, 40, 63)]
    found = audit(cells, ROW, HES_BEFORE_2018)
    assert (found[0].count, found[1].count) == (Interval(1, 5), Interval(18, 22))


def test_what_is_not_shown_at_all_bounds_nothing() -> None:
    cells = [*shown(HES_2018, 3), Shown("immature"), *shown(HES_2018, 40, 63)]
    assert audit(cells, ROW, HES_2018)[0].count == Interval(1, 7)


# ---- Numerators and denominators


def test_a_share_may_be_hidden_for_either_part() -> None:
    (found,) = audit([disclose(Quotient(3, 60), HES_2018)], [], HES_2018, shares=True).values()
    assert found.count == Interval(0, 7)
    assert found.denominator == Interval(1, None)
    assert found.denominator.values == math.inf


def test_percentages_of_exact_counts_can_give_a_hidden_one_back() -> None:
    # 37 of 100, 4 of 30 and together 41 of 130 are shown as 35 of 100 (37%), * and 40 of 130 (32%)
    cells = [disclose(evidence, MHSDS) for evidence in (Quotient(37, 100), Quotient(4, 30), Quotient(41, 130))]
    assert [cell.value for cell in cells] == [37, None, 32]
    found = audit(cells, [(2, [0, 1])], MHSDS, shares=True)
    # 31.5% of 128 is 40.3, so that there are 41 together; 35 are 37 at the most
    assert found[1].count == Interval(4, 4)


def test_denominators_of_rates_are_left_aside() -> None:
    cells = [Shown("ok", 4.0, numerator=10.0, denominator=250_000.0), Shown("suppressed")]
    assert audit(cells, [], HES_2018) == {1: type(audit(cells, [], HES_2018)[1])(Interval(1, 7))}


# ---- In general


def test_there_is_nothing_to_find_where_nothing_is_hidden() -> None:
    assert audit([], [], HES_2018) == {}
    assert audit(shown(HES_2018, 0, 20, 20), [(2, [0, 1])], HES_2018) == {}
    assert audit(shown(NONE, 1, 2, 3), [(2, [0, 1])], NONE) == {}


def test_what_contradicts_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="contradicts itself"):
        audit(shown(HES_2018, 3, 100, 20), [(2, [0, 1])], HES_2018)


@settings(max_examples=40)
@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=4))
def test_the_truth_is_always_within(rows: list[list[int]]) -> None:
    table = [[*row, sum(row)] for row in rows]
    table.append([sum(column) for column in zip(*table, strict=True)])
    width, truth = len(table[0]), [count for row in table for count in row]
    across = [(at * width + 3, range(at * width, at * width + 3)) for at in range(len(table))]
    down = [((len(table) - 1) * width + at, range(at, (len(table) - 1) * width, width)) for at in range(width)]
    for policy in (HES_2018, MHSDS):
        for cell, found in audit(shown(policy, *truth), [*across, *down], policy).items():
            assert found.count.low <= truth[cell] <= (found.count.high or 0)
