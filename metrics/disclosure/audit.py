"""An audit of what is shown: how well a reader could work out what is hidden.

By linear programming over everything that is shown together: the counts, within what their rounding
leaves open; percentages; and every total that the cells add up to. For tests, and for whoever wants to
know before a table is published; it is far too slow to stand in the way of every figure.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from metrics.disclosure.gate import BESIDE_A_SMALLER, WITH_ITS_TOTAL, Shown
from metrics.disclosure.policy import Policy

NEARLY = 1e-6
"""What the solver may be off by."""

UNBOUNDED = 3
"""What the solver says of it (scipy.optimize.linprog)."""

Row = tuple[dict[int, float], float]
"""One inequality: weights of unknowns by number, and what their sum is at most."""


@dataclass(frozen=True)
class Interval:
    """Whole numbers from `low` to `high`, which is None where nothing bounds it."""

    low: int
    high: int | None

    @property
    def values(self) -> float:
        """How many numbers it holds."""
        return np.inf if self.high is None else self.high - self.low + 1


@dataclass(frozen=True)
class Found:
    """What can be found out of a hidden cell: its count or numerator, and its denominator where it has one."""

    count: Interval
    denominator: Interval | None = None


def audit(
    shown: Sequence[Shown], sums: Iterable[tuple[int, Sequence[int]]], policy: Policy, shares: bool = False
) -> dict[int, Found]:
    """The bounds of every hidden cell, by its place among those shown.

    `sums` are (total, parts), by place. With `shares` each cell is some people out of a number of people; without,
    denominators are left aside, as of rates. Raises ValueError when what is shown contradicts itself.
    """
    hidden = [at for at, cell in enumerate(shown) if cell.status == "suppressed"]
    if not hidden:
        return {}
    columns = 2 if shares else 1
    rows = [row for at, cell in enumerate(shown) for row in _told(columns * at, cell, policy, shares)]
    rows += [row for total, parts in sums for which in range(columns) for row in _added(total, parts, columns, which)]
    matrix, most = _matrix(rows, columns * len(shown))
    return {at: Found(*(_bounds(columns * at + n, matrix, most) for n in range(columns))) for at in hidden}


def _told(count: int, cell: Shown, policy: Policy, shares: bool) -> Iterator[Row]:
    """What one cell says of its count, and of its denominator, which is the unknown after it."""
    last = count + 1 if shares else count
    if cell.status == "suppressed":
        yield from _told_by_hiding(count, last, cell, policy)
    yield from _told_by_number(count, cell.numerator, policy)
    if shares:
        yield {count: 1, last: -1}, 0
        yield from _told_by_number(last, cell.denominator, policy)
        if policy.shares == "exact" and policy.coarse and cell.value is not None:
            yield {count: -1, last: (cell.value - 0.5) / 100}, 0
            yield {count: 1, last: -(cell.value + 0.5) / 100}, 0


def _told_by_number(unknown: int, number: float | None, policy: Policy) -> Iterator[Row]:
    if number is not None:
        low, high = policy.told_by(number)
        yield {unknown: -1}, -low
        yield {unknown: 1}, high


def _told_by_hiding(count: int, last: int, cell: Shown, policy: Policy) -> Iterator[Row]:
    """Few people, if that is the reason: in the numerator or the denominator, so that the former is few."""
    if cell.reason.startswith(BESIDE_A_SMALLER.reason):
        yield {last: -1}, -1
    elif not cell.reason.startswith(WITH_ITS_TOTAL.reason):
        yield {last: -1}, -policy.hidden.start
        yield {count: 1}, policy.hidden_to


def _added(total: int, parts: Sequence[int], columns: int, which: int) -> Iterator[Row]:
    """A total is no less and no more than its parts together."""
    for sign in (1.0, -1.0):
        weights = {columns * part + which: sign for part in parts}
        yield {**weights, columns * total + which: -sign}, 0


def _matrix(rows: Sequence[Row], unknowns: int) -> tuple[csr_array, np.ndarray]:
    entries = [(at, unknown, weight) for at, (weights, _) in enumerate(rows) for unknown, weight in weights.items()]
    down, across, weights = (np.array(part) for part in zip(*entries, strict=True))
    return csr_array((weights, (down, across)), (len(rows), unknowns)), np.array([most for _, most in rows], float)


def _bounds(unknown: int, matrix: csr_array, most: np.ndarray) -> Interval:
    least, largest = (_extreme(unknown, sign, matrix, most) for sign in (1, -1))
    return Interval(ceil(least - NEARLY), None if largest == np.inf else floor(largest + NEARLY))


def _extreme(unknown: int, sign: int, matrix: csr_array, most: np.ndarray) -> float:
    """The least value of an unknown (sign 1) or the largest (-1)."""
    weights = np.zeros(matrix.shape[1])
    weights[unknown] = sign
    found = linprog(weights, A_ub=matrix, b_ub=most, bounds=(0, None))
    if found.status == UNBOUNDED:
        return np.inf
    if not found.success:
        raise ValueError(f"What is shown contradicts itself: {found.message}")
    return float(sign * found.fun)
