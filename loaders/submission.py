"""What a loader is, and what it makes of a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from loaders.problems import Problem
from loaders.reading import Source

SYNTHETIC = "synthetic "
"""Stands before the slices of invented rows."""


@dataclass(frozen=True)
class Instructions:
    """What the person loading says beside the file.

    `as_at` is the month a file stands for when it holds no date itself (list sizes, ODS).
    `mapping` turns a provider's own column names and codes into the contract's.
    """

    as_at: date | None = None
    mapping: Mapping[str, object] | None = None

    @property
    def kind(self) -> str | None:
        """The kind that the mapping says the file is; None leaves it to the content."""
        return str(self.mapping["kind"]) if self.mapping and "kind" in self.mapping else None


@dataclass(frozen=True)
class Reading:
    """A file, checked and turned into rows of the warehouse's tables.

    `tables` maps a table's name to its rows, complete but for `submission` and `synthetic`.
    `covers` maps each slice to the months the file answers for, months without a row included:
    they are what it replaces. `extracted` orders two files for the same slice and month: the
    later wins; None loses to any date.
    """

    kind: str
    sender: str
    tables: Mapping[str, pa.Table]
    covers: Mapping[str, Sequence[date]]
    extracted: date | None = None
    synthetic: bool = False
    warnings: Sequence[Problem] = field(default_factory=tuple)

    def set_apart(self) -> "Reading":
        """The same reading in slices of its own, so that invented rows never replace real ones, nor real ones them."""
        apart = {name: _renamed_slices(table) for name, table in self.tables.items()}
        covers = {f"{SYNTHETIC}{slice}": months for slice, months in self.covers.items()}
        return replace(self, tables=apart, covers=covers)


def _renamed_slices(table: pa.Table) -> pa.Table:
    slices = pc.binary_join_element_wise(pa.scalar(SYNTHETIC), table["slice"].cast(pa.string()), "")
    return table.set_column(table.column_names.index("slice"), "slice", slices)


@dataclass(frozen=True)
class Across:
    """A check that needs the rows of several files: some columns of a table as it stands after the load."""

    table: str
    columns: Sequence[str]
    check: Callable[[pa.Table], Sequence[Problem]]


@dataclass(frozen=True)
class Kind:
    """A kind of submission. `read` raises LoadRefused with every problem at once; `across` only warns.

    `undated` files hold no month: it is in their name or said, so the same content may stand for several.
    """

    key: str
    words: str
    recognise: Callable[[Source], bool]
    read: Callable[[Source, Instructions], Reading]
    across: Across | None = None
    undated: bool = False
