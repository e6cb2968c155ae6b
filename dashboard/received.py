"""What one CCG sent, by kind and month, in a table small enough for paper."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from dashboard.receipts import FACT_NAMES, months_cell
from dashboard.selected import Selected
from metrics import receipt
from metrics.periods import name_of, period_of
from metrics.profile.messages import Arrived
from metrics.receipt import Gap
from metrics.selection import months_between

NOT_MONTHLY = frozenset({"milestone", "note", "practice", "ccg", "boundary", "rtt_published"})
"""Tables that no CCG is to send month by month, or that come with another."""

Held = Mapping[str, set[date]]
"""CCG -> months that arrived."""


def within(arrived: Held, selected: Selected) -> dict[str, set[date]]:
    """What arrived of the CCGs and months that are selected."""
    cut = receipt.months_within(arrived, selected.first, selected.last)
    return {ccg: months for ccg, months in cut.items() if not selected.ccgs or ccg in selected.ccgs}


def gaps_within(gaps: Sequence[Gap], selected: Selected) -> Sequence[Gap]:
    """The gaps of the CCGs and months that are selected."""
    cut = receipt.gaps_within(gaps, selected.first, selected.last)
    return [gap for gap in cut if not selected.ccgs or gap.ccg in selected.ccgs]


def received_html(arrived: Arrived, ccg: str, name: str) -> str:
    """A row for each kind, a column for each financial year, a square for each month; words for those who hear it."""
    facts = {fact: held for fact, held in arrived.items() if fact not in NOT_MONTHLY}
    years = _years(facts)
    if not years:
        return "<p>Nothing that comes month by month has been received.</p>"
    heads = "".join(f'<th scope="col">{name_of(year, "year")}</th>' for year in years)
    rows = "".join(_row(fact, held, ccg, years) for fact, held in facts.items())
    caption = f"{escape(name)}: months received of each kind (■ received, □ received from others, · from nobody)"
    return (
        f'<div class="grid-room"><div class="grid-wrap" role="region" aria-label="{caption}" tabindex="0">'
        f'<table class="grid received"><caption><span>{caption}</span></caption>'
        f'<thead><tr><th scope="col">Kind</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div></div>'
    )


def _years(facts: Arrived) -> Sequence[date]:
    """Financial years with anything, since the first pathway referral where there is one."""
    every = sorted({month for held in facts.values() for months in held.values() for month in months})
    referred = [min(months) for months in facts.get("referral", {}).values() if months]
    first = period_of(min(referred), "year") if referred else date.min
    return sorted({period_of(month, "year") for month in every if month >= first})


def _row(fact: str, held: Held, ccg: str, years: Sequence[date]) -> str:
    every = set().union(*held.values())
    months = {year: months_between(year, date(year.year + 1, 3, 1)) for year in years}
    cells = "".join(months_cell(months[year], held[ccg], every) for year in years)
    return f'<tr><th scope="row">{escape(FACT_NAMES[fact])}</th>{cells}</tr>'
