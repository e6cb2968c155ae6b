"""What a reader asks to see: which areas, which months, which patients, and grouped by what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

By = Literal["region", "arm", "wave", "ccg", "practice"]
GROUPINGS: tuple[By, ...] = get_args(By)


@dataclass(frozen=True)
class Selection:
    """A selection. An empty tuple means all; months are firsts of months, both included.

    `presentation` and `start_back` narrow the patients, for the measures that know them.
    """

    by: By = "ccg"
    ccgs: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()
    arms: tuple[str, ...] = ()
    waves: tuple[int, ...] = ()
    first: date | None = None
    last: date | None = None
    presentation: tuple[str, ...] = ()
    start_back: tuple[str, ...] = ()


def months_between(first: date, last: date) -> Sequence[date]:
    """The first day of every month from first to last, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    start = first.year * 12 + first.month - 1
    return [date((start + i) // 12, (start + i) % 12 + 1, 1) for i in range(count)]
