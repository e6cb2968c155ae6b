"""What a loader is, and what it makes of a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from loaders.problems import Problem
from loaders.reading import Source


@dataclass(frozen=True)
class Instructions:
    """What the person loading says beside the file.

    `as_at` is the month a file stands for when it holds no date itself (list sizes, ODS).
    `mapping` turns a provider's own column names and codes into the contract's.
    """

    as_at: date | None = None
    mapping: "Mapping[str, object] | None" = None


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


@dataclass(frozen=True)
class Kind:
    """A kind of submission. `read` raises LoadRefused with every problem at once."""

    key: str
    words: str
    recognise: Callable[[Source], bool]
    read: Callable[[Source, Instructions], Reading]
