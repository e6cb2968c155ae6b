"""Which hidden counts a reader would know too well who sets everything that is shown together, by linear programming.

One programme for either end of each count would take minutes. But a count keeps its values as soon as solutions are
known that differ by enough in it, and one solution tells something of every count: so all are pushed up or down at
once, by chance, and the few that are left are looked at alone. `audit` asks for each by itself, from what is shown.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.optimize import Bounds as Limits
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import block_diag, coo_array, csr_array, diags_array, eye_array, hstack, vstack

from metrics.disclosure.bounds import Bounds
from metrics.disclosure.sums import Sums

NEARLY = 1e-6
"""What the solver may be off by."""

MANY = 1e7
"""An upper bound for what has none: the solver is to stop somewhere."""

SEED = 2015
"""The same counts are pushed the same way each time, so that the same cells are hidden."""


def keeps_fewer(known: Bounds, sums: Sums, asked: np.ndarray, fewest: int) -> np.ndarray:
    """Which of the counts that are asked about are left fewer whole numbers than `fewest`, cells x columns.

    One of which the solver finds nothing counts as such.
    """
    programme, seen = Programme.of(known, sums), _Seen.nothing(asked.size)
    chance = np.random.default_rng(SEED)
    still, before = asked.T.ravel(), np.inf
    while before - still.sum() > programme.parts(still):
        before = still.sum()
        seen.push(programme, np.where(still, chance.choice((-1.0, 1.0), still.size), 0.0))
        still = still & (seen.values < fewest)
    return _alone(programme, seen, still, fewest).reshape(asked.T.shape).T


def _alone(programme: "Programme", seen: "_Seen", still: np.ndarray, fewest: int) -> np.ndarray:
    """Those of the unknowns that are left so few numbers, each asked about by itself."""
    found = np.zeros_like(still)
    while still.any():
        one = programme.one_of_each_part(still)
        seen.push(programme, one.astype(float))
        few = seen.values < fewest
        found |= one & few
        still = still & few & ~one
    return found


@dataclass(frozen=True)
class Programme:
    """What is known of the counts: columns of cells one after the other, each from `low` to `high`.

    The weighted sum of each of the `rows` is from `least` to nought. Unknowns and rows lie in parts by number
    (`part`, `row_part`) that have nothing to do with each other.
    """

    rows: csr_array
    least: np.ndarray
    low: np.ndarray
    high: np.ndarray
    part: np.ndarray
    row_part: np.ndarray

    @classmethod
    def of(cls, known: Bounds, sums: Sums) -> Self:
        """Of two columns the first is a share of the second."""
        cells, columns = known.low.shape
        equal = block_diag([_added(sums, cells)] * columns)
        shares = _shares(known) if columns > 1 else csr_array((0, cells))
        rows = csr_array(vstack([equal, shares]))
        least = np.repeat([0.0, -np.inf], [equal.shape[0], shares.shape[0]])
        part = np.tile(sums.parts(cells), columns)
        low, high = known.low.T.ravel(), np.minimum(known.high, MANY).T.ravel()
        return cls(rows, least, low, high, part, part[rows.indices[rows.indptr[:-1]]])

    def parts(self, unknowns: np.ndarray) -> int:
        """In how many parts these unknowns lie."""
        return len(np.unique(self.part[unknowns]))

    def one_of_each_part(self, unknowns: np.ndarray) -> np.ndarray:
        """The first of these unknowns in every part that has any."""
        places = np.flatnonzero(unknowns)
        one = np.zeros_like(unknowns)
        one[places[np.unique(self.part[places], return_index=True)[1]]] = True
        return one

    def solution(self, weights: np.ndarray) -> np.ndarray:
        """Values of which the weighted sum is least; NaN in parts without weights, and where the solver found none."""
        values = np.full(len(weights), np.nan)
        parts = self.part[weights != 0]
        here, rows = (np.flatnonzero(np.isin(part, parts)) for part in (self.part, self.row_part))
        found = milp(
            weights[here],
            bounds=Limits(self.low[here], self.high[here]),
            constraints=LinearConstraint(self.rows[rows][:, here], self.least[rows], 0.0),
            options={"presolve": False},  # it took a quarter more time than it saved
        )
        if found.success:
            values[here] = found.x
        return values


def _added(sums: Sums, cells: int) -> coo_array:
    """A row for each sum: its parts less its total."""
    number = np.arange(len(sums.totals))
    weights = np.repeat([-1.0, 1.0], [len(number), len(sums.of)])
    places = np.concatenate([number, sums.of]), np.concatenate([sums.totals, sums.part])
    return coo_array((weights, places), (len(number), cells))


def _shares(known: Bounds) -> csr_array:
    """Rows for each cell: its first count less the second; either bound of its share, where more is told of it."""
    told = (known.least > 0) | (known.most < 1)
    one = eye_array(len(told), format="csr")
    least, most = (diags_array(bound, format="csr") for bound in (known.least, known.most))
    rows = [hstack([one, -one]), hstack([-one, least])[told], hstack([one, -most])[told]]
    return csr_array(vstack(rows))


@dataclass
class _Seen:
    """The least and the largest value of each unknown in any solution."""

    low: np.ndarray
    high: np.ndarray

    @classmethod
    def nothing(cls, unknowns: int) -> Self:
        return cls(np.full(unknowns, np.inf), np.full(unknowns, -np.inf))

    def push(self, programme: Programme, weights: np.ndarray) -> None:
        """Look at the solutions at either end of a weighted sum."""
        for some in (weights, -weights):
            if some.any():
                values = programme.solution(some)
                self.low, self.high = np.fmin(self.low, values), np.fmax(self.high, values)

    @property
    def values(self) -> np.ndarray:
        """How many whole numbers lie between; none where there was no solution."""
        return np.floor(self.high + NEARLY) - np.ceil(self.low - NEARLY) + 1
