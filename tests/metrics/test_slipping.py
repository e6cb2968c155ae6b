"""Who slips in what is still to come, from a few rows of a ledger."""

from datetime import date

import pytest

from metrics.adoption.milestones import Milestone, standing_of
from metrics.areas import ccgs
from metrics.dated_notes import Note
from metrics.figure import Figure
from metrics.ledger import Ledger
from metrics.slipping import slipping

AS_AT = date(2018, 3, 31)


def milestone(ccg: str, component: str, planned: date, forecast: date | None, **more: object) -> Milestone:
    actual, status = more.get("actual"), str(more.get("status", "in_progress"))
    assert actual is None or isinstance(actual, date)
    standing, slip = standing_of(planned, forecast, actual, status, AS_AT)
    row = (component, planned, forecast, actual, status, "Radiology manager", "", AS_AT, standing, slip, None, "")
    return Milestone(ccg, ccgs()[ccg].short_name, *row)


FEB, JUNE, AUGUST = date(2018, 2, 5), date(2018, 6, 4), date(2018, 8, 6)
LIVE_LATE = milestone("00C", "go_live", FEB, None, actual=date(2018, 3, 5))  # late, but done
DUE = milestone("00D", "go_live", JUNE, JUNE)
SEVENTEEN = milestone("00J", "go_live", FEB, JUNE)  # 119 days
TWENTY_SIX = milestone("00J", "imaging_route", FEB, AUGUST)  # 182 days
OVERDUE = milestone("00L", "go_live", date(2018, 3, 17), None)  # 2 weeks before the ledger's day
GIVEN_UP = milestone("99C", "imaging_route", FEB, None, status="stopped")


def test_what_is_done_or_not_yet_due_does_not_slip() -> None:
    assert slipping(Ledger([LIVE_LATE, DUE], [], AS_AT, True), []) == []


def test_the_longest_slip_comes_first_and_what_was_given_up_last() -> None:
    found = slipping(Ledger([GIVEN_UP, OVERDUE, SEVENTEEN, TWENTY_SIX], [], AS_AT, True), [])
    assert [(one.ccg, one.worst and one.worst.slip, len(one.late), len(one.stopped)) for one in found] == [
        ("00J", 26, 2, 0),
        ("00L", 2, 1, 0),
        ("99C", None, 0, 1),
    ]
    assert found[0].worst is TWENTY_SIX


def test_why_is_the_newest_note_and_the_newest_posts_against_the_plan() -> None:
    notes = [
        Note(date(2018, 2, 5), "00J", "puts off going live", "a test"),
        Note(date(2017, 6, 5), "00J", "an earlier one", "a test"),
        Note(date(2018, 3, 5), None, "of the region", "a test"),
    ]
    staff = [_posts("2018-01", 0.0, 1.6), _posts("2018-02", 0.3, 1.9), _posts("2018-03", None, None)]
    (found,) = slipping(Ledger([SEVENTEEN], notes, AS_AT, True), staff)
    assert found.note is notes[0]
    assert found.staff is staff[1]


def test_nothing_said_in_the_last_year_is_none() -> None:
    (found,) = slipping(Ledger([SEVENTEEN], [], AS_AT, True), [])
    assert (found.note, found.staff) == (None, None)


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        (date(2017, 3, 30), False),  # 366 days before the ledger
        (date(2017, 3, 31), True),
        (AS_AT, True),
        (date(2018, 4, 1), False),  # after it
    ],
)
def test_a_note_of_the_year_before_the_ledger_counts(said: date, counts: bool) -> None:
    (found,) = slipping(Ledger([SEVENTEEN], [Note(said, "00J", "could not send a month", "a test")], AS_AT, True), [])
    assert (found.note is not None) is counts


def _posts(month: str, filled: float | None, planned: float | None) -> Figure:
    return Figure(
        "ttps_in_post", "00J", "North Durham", "following", month, filled, planned, None, None, None, "%", "ok", 1, True
    )
