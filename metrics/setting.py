"""The months that figures rest on: which count in each period, and which of them never arrived."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from metrics.areas import known_ccgs
from metrics.kinds import How
from metrics.periods import Per, is_state, months_of, period_of

Return = tuple[str, date]
"""A 2015 CCG and a month."""


@dataclass(frozen=True)
class Setting:
    """What counts are to be read against.

    `periods` holds, by the first month of each period, those of its months that count: all that were
    asked for or, of a state, the last of them. `arrived` says for which CCGs and months rows came.
    """

    periods: Mapping[date, Sequence[date]]
    arrived: Collection[Return]
    per: Per = "month"
    state: bool = False

    @property
    def months(self) -> Sequence[date]:
        """Every month that counts."""
        return [month for months in self.periods.values() for month in months]

    def period_of(self, month: date) -> date:
        """The first month of the period that a month lies in."""
        return period_of(month, self.per)

    def expected(self, ccgs: Sequence[str], period: date) -> Sequence[Return]:
        """The returns that a figure of these CCGs rests on."""
        return [(ccg, month) for ccg in ccgs for month in self.periods[period]]

    def received(self, ccgs: Sequence[str], period: date) -> bool:
        """Whether any of them arrived."""
        return any(pair in self.arrived for pair in self.expected(ccgs, period))

    def note(self, ccgs: Sequence[str], period: date) -> str:
        """What a figure of these CCGs lacks, in a sentence or two; blank when it has everything."""
        return " ".join(filter(None, [self._cut_short(period), self._gaps(ccgs, period)]))

    def _cut_short(self, period: date) -> str:
        counting, whole = self.periods[period], months_of(period, self.per)
        if self.state:
            return "" if counting[-1] == whole[-1] else f"As at {counting[-1]:%B %Y}, before the period ended."
        return "" if len(counting) == len(whole) else f"Holds {len(counting)} of the {len(whole)} months of the period."

    def _gaps(self, ccgs: Sequence[str], period: date) -> str:
        lacking: dict[str, list[date]] = {}
        for ccg, month in self.expected(ccgs, period):
            if (ccg, month) not in self.arrived:
                lacking.setdefault(ccg, []).append(month)
        parts = [_gap(ccg, months, len(months) == len(self.periods[period])) for ccg, months in lacking.items()]
        return f"Not received in full from {', '.join(parts)}." if parts else ""


def setting_of(how: How, asked: Sequence[date], arrived: Collection[Return], per: Per) -> Setting:
    """The setting of one kind of measure for the months asked for."""
    periods: dict[date, list[date]] = {}
    for month in asked:
        periods.setdefault(period_of(month, per), []).append(month)
    state = is_state(how)
    return Setting({p: months[-1:] if state else months for p, months in periods.items()}, arrived, per, state)


def _gap(ccg: str, months: Sequence[date], throughout: bool) -> str:
    name = known_ccgs()[ccg].short_name
    return name if throughout else f"{name} ({', '.join(f'{month:%B %Y}' for month in months)})"
