"""The last months that can be looked at: those for which every CCG of an area sent in full."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from metrics.areas import known_ccgs
from metrics.periods import month_after
from metrics.returns import LATE
from metrics.selection import months_between
from metrics.setting import Return

DAYS_A_WEEK = 7


@dataclass(frozen=True)
class Window:
    """Months from `first` to `last`, and in a sentence who did not send all of them in full; blank when all did."""

    first: date
    last: date
    note: str

    @property
    def weeks(self) -> float:
        return (month_after(self.last, 1) - self.first).days / DAYS_A_WEEK


def window_of(whole: Collection[Return], ccgs: Sequence[str], last: date | None, months: int) -> Window | None:
    """So many months up to the last that these CCGs all sent in full, no later than `last`.

    A CCG that is late holds the window back; one that has sent nothing for more than `LATE` months is
    named instead. None where none of them sent anything.
    """
    newest: dict[str, date] = {}
    for ccg, month in whole:
        if ccg in ccgs and month <= (last or date.max):
            newest[ccg] = max(month, newest.get(ccg, month))
    if not newest:
        return None
    in_time = month_after(max(newest.values()), -LATE)
    end = min(month for month in newest.values() if month >= in_time)
    first = month_after(end, 1 - months)
    lacking = [
        known_ccgs()[ccg].short_name
        for ccg in ccgs
        if any((ccg, month) not in whole for month in months_between(first, end))
    ]
    return Window(first, end, f"Not received in full from {', '.join(lacking)}." if lacking else "")
