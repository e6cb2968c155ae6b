"""Rows of one sheet under check, and how the same fault in many of them is said."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.problems import Findings

MOST_QUOTED = 1000
"""Rows with the same fault in the same column that are refused one by one; the rest are counted."""

EXAMPLES = 5
"""Rows named in a warning, which is given once however many rows it is about."""


@dataclass(frozen=True)
class Rows:
    """Columns of a sheet, the row of the file that each of their values stands on, and where faults go.

    `elsewhere` is for columns put together from rows of their own (one row per event): for each,
    the row of the file behind every value. Their faults are shown in `stated_in`, the column of the
    file that holds them all.
    """

    values: pa.Table
    numbers: np.ndarray
    findings: Findings
    elsewhere: Mapping[str, np.ndarray] = field(default_factory=dict)
    stated_in: str = ""

    def __getitem__(self, column: str) -> pa.Array:
        return self.values[column].combine_chunks()

    def with_column(self, name: str, values: pa.Array) -> "Rows":
        """The same rows with one column replaced, or added at the end."""
        names = self.values.column_names
        if name not in names:
            return replace(self, values=self.values.append_column(name, values))
        return replace(self, values=self.values.set_column(names.index(name), name, values))

    def refuse(self, bad: pa.Array, column: str, why: str, remedy: str) -> None:
        """Note an error for every row where `bad` is true; null counts as false."""
        at = _where(bad)
        for index in at[:MOST_QUOTED]:
            self.findings.refuse(why, remedy, **self.place(column, index), value=self._quoted(column, index))
        if len(at) > MOST_QUOTED:
            more = f"{why} {len(at) - MOST_QUOTED} more rows have the same fault."
            self.findings.refuse(more, remedy, column=self.place(column, at[0])["column"])

    def warn(self, odd: pa.Array, column: str, why: str, remedy: str) -> None:
        """Note one warning for all the rows where `odd` is true, with the first of them as examples."""
        at = _where(odd)
        if not len(at):
            return
        if len(at) > 1:
            examples = ", ".join(str(self.place(column, index)["row"]) for index in at[:EXAMPLES])
            why = f"{why} {len(at)} rows, {'the first of them' if len(at) > EXAMPLES else 'which are'} {examples}."
        self.findings.warn(why, remedy, **self.place(column, at[0]), value=self._quoted(column, at[0]))

    def repeated(self, *columns: str) -> pa.Array:
        """Where the same values in these columns stand further up already; false where one of them is null."""
        key = pc.binary_join_element_wise(*(self[column].cast(pa.string()) for column in columns), "\x1f")
        codes = pc.fill_null(key.dictionary_encode().indices, -1).to_numpy()
        again = codes >= 0
        again[np.unique(codes, return_index=True)[1]] = False
        return pa.array(again)

    def place(self, column: str, index: int) -> dict[str, object]:
        """The row and the column of the file behind one value, as a problem names them."""
        if column in self.elsewhere:
            return {"row": int(self.elsewhere[column][index]), "column": self.stated_in}
        return {"row": int(self.numbers[index]), "column": column}

    def _quoted(self, column: str, index: int) -> str:
        value = self.values[column][int(index)].as_py()
        return "" if value is None else str(value).strip()


def _where(mask: pa.Array) -> np.ndarray:
    return np.flatnonzero(pc.fill_null(mask, False).to_numpy(zero_copy_only=False))
