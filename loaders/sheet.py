"""Numbered rows of text, whatever file they came in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.problems import Problem

HEAD = 40
"""Rows that are enough to recognise any file: title blocks end by row 15."""


@dataclass(frozen=True)
class Body:
    """The rows below a header: text columns, and the row of the file that each one stands on.

    `ragged` are rows with more or fewer cells than the header: a fault in data, a note in a return.
    """

    text: pa.Table
    rows: np.ndarray
    ragged: Sequence[Problem] = ()

    def column(self, name: str) -> pa.Array:
        """One column as a single array of text; empty cells are ''."""
        return self.text.column(name).combine_chunks()


NOTHING = Body(pa.table({}), np.zeros(0, dtype=np.int64))
"""What follows a header in a sheet that has none."""


class Sheet:
    """A sheet of text. `head` holds the first rows; `body` reads what follows the header."""

    def __init__(
        self,
        name: str,
        head: Callable[[], Sequence[Sequence[str]]],
        body: Callable[[int, Sequence[str] | None], Body],
    ) -> None:
        self.name = name
        self._head = head
        self._body = body

    @cached_property
    def head(self) -> Sequence[Sequence[str]]:
        return self._head()

    def body(self, header: int = 0, names: Sequence[str] | None = None) -> Body:
        """Rows below the row at index `header`, named by it; from `header` on when `names` are given.

        Blank rows are left out.
        """
        return _without_blank_rows(self._body(header, names)) if header < len(self.head) else NOTHING

    def find_header(self, *wanted: str) -> int | None:
        """Index of the first row that holds all the wanted names (trimmed, any case), or None."""
        names = {name.strip().lower() for name in wanted}
        for index, row in enumerate(self.head):
            if names <= {cell.strip().lower() for cell in row}:
                return index
        return None


def _without_blank_rows(body: Body) -> Body:
    filled = np.zeros(body.text.num_rows, dtype=bool)
    for column in body.text.columns:
        if filled.all():
            return body
        filled |= pc.not_equal(column, "").to_numpy()
    return replace(body, text=body.text.filter(pa.array(filled)), rows=body.rows[filled])


def titles(cells: Sequence[str]) -> list[str]:
    """Header names, trimmed; one that is blank or used twice gets its position, so that nothing is lost."""
    given: list[str] = []
    for at, cell in enumerate(cells, 1):
        title = cell.strip().lstrip("\ufeff") or f"column {at}"
        while title in given:
            title = f"{title} ({at})"
        given.append(title)
    return given
