"""Words and rows of who slips in what is still to come, and why, as far as the ledger tells."""

from collections.abc import Sequence

from dashboard import words
from dashboard.milestones import NAMES, day_cell, slip_cell
from dashboard.tables import Row, html_table
from metrics.slipping import Slipping

HEADS = ("CCG", "Slips most", "New date", "Who answers for it", "Practitioners", "The ledger says")


def slipping_headline(found: Sequence[Slipping]) -> str:
    """'Slipping most of what is still to come: North Durham, 25 weeks late on the imaging route'."""
    late = [one for one in found if one.worst]
    if not late or late[0].worst is None:
        return "Nothing that is still to come slips"
    first = late[0].worst
    others = len(late) - 1
    said = f"{first.ccg_name} slips most in what is still to come: {NAMES[first.component]}, {slip_cell(first)}"
    return f"{said}; {others} more {'CCG slips' if others == 1 else 'CCGs slip'}" if others else said


def slipping_html(found: Sequence[Slipping]) -> str:
    """A row for each CCG that slips: what, by how much, who answers for it, and what the ledger says."""
    caption = "What is still to come and slips, the longest slip first"
    return html_table(caption, HEADS, [_slip_row(one) for one in found])


def _slip_row(one: Slipping) -> Row:
    worst, others = one.worst, len(one.late) - 1
    if worst is None:
        return one.ccg_name, "nothing", "none", "none", _posts(one), _told(one)
    more = f"; {others} more {'is' if others == 1 else 'are'} late" if others else ""
    what = f"{NAMES[worst.component]}, {slip_cell(worst)}{more}"
    return one.ccg_name, what, day_cell(worst.forecast), worst.owner or "none named", _posts(one), _told(one)


def _posts(one: Slipping) -> str:
    if one.staff is None:
        return "not received"
    filled, planned = one.staff.numerator or 0.0, one.staff.denominator or 0.0
    return f"{filled:.1f} of {planned:.1f} WTE planned, {words.month_name(one.staff.period)}"


def _told(one: Slipping) -> str:
    said = [f"given up: {NAMES[row.component]}, {row.evidence or 'no reason given'}" for row in one.stopped]
    if one.note:
        said.append(f"{one.note.date:%d %b %Y}: {one.note.text}")
    return "; ".join(said) or "gives no reason"
