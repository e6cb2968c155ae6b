"""Over which months queues are looked at: the last whole ones that every sender has sent."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from metrics.periods import month_after

LATE = 3
"""Months for which a late sender holds the window back; whoever sent nothing for longer is named instead."""

DAYS_A_WEEK = 7


@dataclass(frozen=True)
class Window:
    """Months from `first` to `last`, and in a sentence whose lists are missing at their end; blank when none are."""

    first: date
    last: date
    note: str

    @property
    def weeks(self) -> float:
        return (month_after(self.last, 1) - self.first).days / DAYS_A_WEEK


def window_of(sent: pd.DataFrame, last: date | None, months: int) -> Window | None:
    """The window up to a month, or up to the last there is; None where nobody has sent anything.

    `sent` has for each CCG and sender the last month sent: ccg, sender, month.
    """
    if sent.empty:
        return None
    newest = sent.month.max()
    in_time = sent.month >= month_after(newest, -LATE)
    end = min(sent[in_time].month.min(), last or date.max)
    missing = sent[sent.month < end].drop_duplicates("sender").sort_values("sender")
    lacking = [f"{row.sender} (since {row.month:%B %Y})" for row in missing.itertuples()]
    note = f"Nothing was received from {', '.join(lacking)}." if lacking else ""
    return Window(month_after(end, 1 - months), end, note)
