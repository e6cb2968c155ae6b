"""Secondary suppression: by hand, and held against the audit for tables made at random."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.disclosure import HES_2018, MHSDS, NONE, Policy, Shown, disclose
from metrics.disclosure.audit import audit
from metrics.disclosure.bounds import narrowed, small, told
from metrics.disclosure.gate import BESIDE_A_SMALLER
from metrics.disclosure.secondary import hidden_beside, left_out_tells
from metrics.disclosure.sums import Sums
from metrics.evidence import Evidence, Quotient, Tally
from tests.metrics.disclosure.test_audit import HES_BEFORE_2018

Table = Sequence[tuple[float, ...]]
AddsUp = Sequence[tuple[int, Sequence[int]]]


def beside(counts: Table, sums: AddsUp, policy: Policy) -> list[int]:
    return np.flatnonzero(hidden_beside(np.array(counts, float), Sums.among(sums), policy)).tolist()


def row(*counts: int) -> tuple[Table, AddsUp]:
    """Cells and their total, which is the last."""
    return [*((count,) for count in counts), (sum(counts),)], [(len(counts), list(range(len(counts))))]


# ---- Where all others and the total are exact


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ((3, 20, 40), [1]),  # one is hidden: the next smallest too
        ((3, 20, 20, 40), [1]),  # the first of two as small
        ((3, 0, 20), [2]),  # nought protects nobody
        ((1, 1, 20), [2]),  # two are hidden, and 2 together can only be 1 and 1
        ((5, 5, 20), [2]),  # 10 together can only be 5 and 5
        ((2, 3, 20), []),  # 5 together: 1 to 4 each
        ((20, 30), []),  # nothing is hidden
        ((0, 20), []),
    ],
)
def test_exact_totals_need_the_next_smallest_hidden(counts: tuple[int, ...], hidden: list[int]) -> None:
    assert beside(*row(*counts), HES_BEFORE_2018) == hidden


def test_a_total_is_itself_part_of_a_larger_one() -> None:
    # 1 and 2 are hidden, and so are the 3 together, which 53 less 50 would tell: the 50 too
    cells, sums = row(1, 2)
    hidden = beside([*cells, (50,), (53,)], [*sums, (4, [2, 3])], HES_BEFORE_2018)
    assert 3 in hidden
    # that the 3 are 5 at the most would still leave 1 and 2 only four values each, which is enough
    assert not {0, 1} & set(hidden)


# ---- Where others are rounded


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ((3, 20, 40), []),  # 1 to 7, as the notes on methods have it
        ((3, 8), []),  # 1 to 4: three values or more
        ((6, 12), [1]),  # 6 or 7
        ((7, 12, 12, 12), [1]),  # 7
        ((1, 8, 8), [1]),  # 1
        ((7, 60), []),
    ],
)
def test_rounded_totals_seldom_do(counts: tuple[int, ...], hidden: list[int]) -> None:
    assert beside(*row(*counts), HES_2018) == hidden


def test_the_total_that_is_hidden_itself_no_longer_tells_that_it_is_small() -> None:
    # seven months with one person each: that they are 7 at the most together tells every one of them
    assert beside(*row(1, 1, 1, 1, 1, 1, 1), HES_2018) == [7]
    assert beside(*row(1, 1, 1, 1), HES_2018) == []  # 1 to 4 each


def test_percentages_of_exact_counts_need_more_hidden() -> None:
    cells, sums = [(37, 100), (4, 30), (41, 130)], [(2, [0, 1])]
    assert beside(cells, sums, MHSDS) == [0]
    assert beside(cells, sums, HES_2018) == []


def test_what_only_all_percentages_together_tell_is_found() -> None:
    # shown are 15 of 25 (52%) and together 15 of 30 (57%); tried one by one, only 3 and 4 people fit between them
    cells, sums = [(14, 27), (3, 3), (17, 30)], [(2, [0, 1])]
    counts, none = np.array(cells, float), np.zeros(3, bool)
    sum_by_sum = narrowed(told(counts, small(counts, MHSDS), none, MHSDS, none), Sums.among(sums))
    assert sum_by_sum.values[1, 0] == 3  # 2 to 4
    assert beside(cells, sums, MHSDS) == [0]


def test_percentages_that_are_not_shown_tell_nothing() -> None:
    cells, sums = np.array([(37, 100), (4, 30), (41, 130)], float), Sums.among([(2, [0, 1])])
    assert not hidden_beside(cells, sums, MHSDS, percentages=False).any()


# ---- Where nothing beside may be hidden


def test_the_nearest_that_may_is_hidden_instead() -> None:
    # 6 and 12 are 18 in one column, 12 and 40 are 52 in the second row; neither 12 nor 18 may be hidden
    cells, sums = [(6,), (12,), (18,), (40,), (52,)], [(2, [0, 1]), (4, [1, 3])]
    may = np.array([False, False, False, True, False])
    found = hidden_beside(np.array(cells, float), Sums.among(sums), HES_2018, may_hide=may)
    assert found.tolist() == may.tolist()


def test_a_count_that_is_nowhere_told_is_not_known_to_be_few() -> None:
    cells, sums = row(6, 12)
    counts, untold = np.array(cells, float), np.array([True, False, False])
    assert hidden_beside(counts, Sums.among(sums), HES_2018, untold=~untold & untold).tolist() == [False, True, False]
    # 18 to 22 less 8 to 12 are 6 to 14 to somebody who does not know that it is few
    assert not hidden_beside(counts, Sums.among(sums), HES_2018, untold=untold).any()


# ---- What is left alone


def test_what_is_told_of_nobody_bounds_nothing() -> None:
    cells, sums = [(6.0,), (np.nan,), (np.nan,)], [(2, [0, 1])]
    assert not hidden_beside(np.array(cells), Sums.among(sums), HES_2018).any()


def test_only_what_may_be_hidden_is() -> None:
    cells, sums = row(6, 12)
    may = np.array([False, False, True])
    assert hidden_beside(np.array(cells, float), Sums.among(sums), HES_2018, may_hide=may).tolist() == may.tolist()
    assert not hidden_beside(np.array(cells, float), Sums.among(sums), HES_2018, may_hide=~may & may).any()


def test_what_is_remembered_for_others_cannot_be_written_into() -> None:
    cells, sums = row(3, 20, 40)
    with pytest.raises(ValueError, match="read-only"):
        hidden_beside(np.array(cells, float), Sums.among(sums), HES_2018)[0] = True
    with pytest.raises(ValueError, match="read-only"):
        left_out_tells(np.array([[20.0]]), np.array([[23.0]]), HES_2018)[0] = False


def test_an_empty_table() -> None:
    assert hidden_beside(np.zeros((0, 1)), Sums.among([]), HES_2018).tolist() == []
    assert beside([(3,), (20,)], [], HES_2018) == []


# ---- Tables of areas and periods at random


def two_way(table: list[list[Evidence]]) -> tuple[Table, AddsUp]:
    """Rows and columns with their totals, as cells in reading order."""
    counts = np.array([[_counts(cell) for cell in row] for row in table])
    counts = np.concatenate([counts, counts.sum(axis=1, keepdims=True)], axis=1)
    counts = np.concatenate([counts, counts.sum(axis=0, keepdims=True)], axis=0)
    cells = np.arange(counts.shape[0] * counts.shape[1]).reshape(counts.shape[:2])
    sums = [(line[-1], line[:-1]) for line in [*cells.tolist(), *cells.T.tolist()]]
    return [tuple(cell) for cell in counts.reshape(len(cells.ravel()), -1).tolist()], sums


def _counts(cell: Evidence) -> tuple[float, ...]:
    return (cell.numerator, cell.denominator) if isinstance(cell, Quotient) else (cell.count,)  # type: ignore[union-attr]


def as_shown(counts: Table, hidden: list[int], policy: Policy) -> list[Shown]:
    evidence = [Quotient(*cell) if len(cell) > 1 else Tally(*cell) for cell in counts]
    return [BESIDE_A_SMALLER if at in hidden else disclose(one, policy) for at, one in enumerate(evidence)]


def tables(cell: st.SearchStrategy[Evidence]) -> st.SearchStrategy[list[list[Evidence]]]:
    return st.integers(2, 4).flatmap(
        lambda width: st.lists(st.lists(cell, min_size=width, max_size=width), min_size=2, max_size=4)
    )


tallies = st.builds(Tally, st.one_of(st.integers(0, 14), st.integers(0, 60)))
quotients = st.tuples(st.integers(0, 14), st.integers(0, 60)).map(lambda parts: Quotient(parts[0], sum(parts)))


@settings(max_examples=50, derandomize=True)
@given(st.one_of(tables(tallies), tables(quotients)))
def test_every_hidden_count_keeps_as_many_values_as_promised(table: list[list[Evidence]]) -> None:
    assert min(values_kept(table, HES_2018), default=HES_2018.keeps) >= HES_2018.keeps


@pytest.mark.parametrize("policy", [HES_2018, MHSDS])
def test_in_tables_of_which_half_the_cells_are_empty_too(policy: Policy) -> None:
    """Where much is nought, sums and shares tell most together."""
    chance = np.random.default_rng(2018)
    kept = [values for _ in range(40) for values in values_kept(half_empty(chance), policy)]
    assert len(kept) > 200
    assert min(kept) >= policy.keeps


def half_empty(chance: np.random.Generator) -> list[list[Evidence]]:
    shape = chance.integers(2, 5, 2)
    some, others = (chance.integers(0, most, shape) * (chance.random(shape) < 0.5) for most in (15, 61))
    return [[Quotient(n, n + rest) for n, rest in zip(*row, strict=True)] for row in zip(some, others, strict=True)]


def values_kept(table: list[list[Evidence]], policy: Policy) -> list[float]:
    """How many values the audit leaves each small count."""
    counts, sums = two_way(table)
    few = small(np.array(counts, float), policy)
    cells = as_shown(counts, beside(counts, sums, policy), policy)
    return [
        interval.values
        for cell, found in audit(cells, sums, policy, shares=len(counts[0]) > 1).items()
        for column, interval in enumerate((found.count, found.denominator))
        if interval and few[cell, column]
    ]


@settings(max_examples=40)
@given(tables(quotients))
def test_the_truth_lies_within_the_bounds(table: list[list[Evidence]]) -> None:
    counts, sums = two_way(table)
    cells = np.array(counts, float)
    for policy in (HES_2018, MHSDS, HES_BEFORE_2018):
        hidden = hidden_beside(cells, Sums.among(sums), policy)
        found = narrowed(told(cells, small(cells, policy), hidden, policy, hidden & False), Sums.among(sums))
        assert (found.low <= cells).all()
        assert (cells <= found.high).all()


@given(tables(tallies))
def test_nothing_is_hidden_for_the_sake_of_others_under_none(table: list[list[Evidence]]) -> None:
    assert beside(*two_way(table), NONE) == []
