"""What a reader asks to see: which areas, which months, which patients, and grouped by what."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from loaders.months import months_between
from metrics.periods import Per

__all__ = ["GROUPINGS", "By", "NotSelectable", "Selection", "months_between"]

By = Literal["region", "arm", "wave", "ccg", "successor", "practice"]
"""`ccg` as they were in 2015; `successor`: the same rows, added up to what these CCGs became by April 2020."""

GROUPINGS: tuple[By, ...] = get_args(By)


@dataclass(frozen=True)
class Selection:
    """A selection. An empty tuple means all; months are firsts of months, both included.

    `per` puts the months together: into financial quarters (Q1 is April to June) or years, of which
    those at the ends hold only the months selected. `presentation` and `start_back` narrow the
    patients, for the measures that know them.
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
    per: Per = "month"


class NotSelectable(ValueError):
    """A selection that the data cannot answer, or that would tell of a few, said in a sentence."""
