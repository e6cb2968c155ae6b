"""Who stood where a follower stands now, from a few months of three CCGs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from metrics.adoption.milestones import Milestone
from metrics.areas import ccgs
from metrics.dated_notes import Note
from metrics.figure import Figure
from metrics.ledger import Ledger
from metrics.live import Rollout
from metrics.periods import month_after
from metrics.precedent import Stand, ordinary_movement, precedent, stands

START = date(2015, 5, 1)
LIVE = {"00M": START, "03D": date(2015, 6, 1), "00C": date(2016, 5, 1), "01H": None}
DATES = Rollout(LIVE, date(2018, 3, 1), "a test")


def months(ccg: str, first: date, values: Sequence[float | None]) -> list[Figure]:
    rows = []
    for at, value in enumerate(values):
        place = (ccg, ccgs()[ccg].short_name, ccgs()[ccg].arm, f"{month_after(first, at):%Y-%m}")
        rows.append(
            Figure("m", *place, None, None, value, None, None, "days", "ok" if value else "suppressed", 1, True)
        )
    return rows


# South Tees falls by 10 days a month from go-live: 3-month means of 90, 80, 70, 60, 50 from July 2015 on
TEES = months("00M", START, [100, 90, 80, 70, 60, 50, 40])
DARLINGTON = months("00C", date(2016, 5, 1), [95, 70, 69, 71])  # its last three are 70 in August 2016, month 3


def test_a_stand_is_the_mean_of_three_months_with_a_value() -> None:
    rows = months("00C", date(2016, 4, 1), [90, None, 60, 30, 30])
    assert stands(rows, DATES)["00C"] == [
        Stand("00C", date(2016, 7, 1), 2, 60.0),
        Stand("00C", date(2016, 8, 1), 3, 40.0),
    ]


def test_months_differ_from_the_next_by_so_much() -> None:
    assert ordinary_movement(months("00M", START, [10, None, 16, 14]), "00M") == 4  # 6 and 2
    assert ordinary_movement(months("00M", START, [10]), "00M") == 0


def test_of_several_the_one_at_the_same_stage_counts() -> None:
    found = precedent("00C", [*TEES, *DARLINGTON], DATES, None, [])
    assert found
    assert found.follower == Stand("00C", date(2016, 8, 1), 3, 70.0)
    # 80, 70 and 60 lie within 10 of it, in months 3, 4 and 5: month 3 is the follower's own
    assert found.early == Stand("00M", date(2015, 8, 1), 3, 80.0)
    assert found.same_stage


def test_nobody_at_the_same_stage_leaves_the_nearest_stage() -> None:
    late = months("00C", date(2016, 5, 1), [None] * 9 + [51, 50, 49])  # 50 in month 11
    found = precedent("00C", [*TEES, *late], DATES, None, [])
    assert found
    # 60 (month 5) and 50 (month 6) lie within 10 of it
    assert found.early == Stand("00M", date(2015, 11, 1), 6, 50.0)
    assert not found.same_stage


def test_nobody_stood_there_and_the_nearest_is_told() -> None:
    found = precedent("00C", [*TEES, *months("00C", date(2016, 5, 1), [200, 200, 200])], DATES, None, [])
    assert found
    assert (found.early, found.nearest) == (None, Stand("00M", date(2015, 7, 1), 2, 90.0))


def test_a_follower_that_is_not_live_is_held_against_go_live() -> None:
    before = months("00M", date(2015, 3, 1), [100, 101, 99, 100, 99, 101])  # May 2015, month 0, is its third
    found = precedent("01H", [*before, *months("01H", START, [100, 100, 100])], DATES, None, [])
    assert found
    assert found.follower.since is None
    assert found.early == Stand("00M", START, 0, 100.0)


@pytest.mark.parametrize("values", [[], [70, 70], [None, None, None]])
def test_too_few_months_stand_nowhere(values: list[float | None]) -> None:
    assert precedent("00C", [*TEES, *months("00C", START, values)], DATES, None, []) is None


def milestone(ccg: str, component: str, actual: date | None) -> Milestone:
    as_at, name = date(2018, 3, 31), ccgs()[ccg].short_name
    return Milestone(ccg, name, component, None, None, actual, "done", "", "", as_at, "unplanned", None, None, "")


def test_what_it_did_next_is_of_the_six_months_after_and_of_itself() -> None:
    rows = [
        milestone("00M", "imaging_route", date(2015, 8, 31)),  # still in the month it stood there
        milestone("00M", "cppp_running", date(2016, 2, 29)),  # the last day that counts
        milestone("00M", "core_therapy_slots", date(2015, 9, 1)),  # the first
        milestone("00M", "nerve_root_block_slots", date(2016, 3, 1)),
        milestone("03D", "cppp_running", date(2015, 10, 1)),
        milestone("00M", "gp_template_live", None),
    ]
    notes = [
        Note(date(2015, 12, 1), None, "of the region", None),
        Note(date(2015, 9, 1), "00M", "of the first day", None),
        Note(date(2015, 8, 31), "00M", "of the day before", None),
        Note(date(2016, 2, 29), "00M", "of the last day", None),
        Note(date(2016, 3, 1), "00M", "of the day after", None),
        Note(date(2015, 10, 1), "03D", "of another", None),
    ]
    staff = [replace(one, numerator=one.value) for one in months("00M", START, [1, 2, 3, 3.5, 4, 4, 4, 4, 4, 5.5])]
    longer = [*TEES, *months("00M", date(2015, 12, 1), [30, 20, 10])]
    found = precedent("00C", [*longer, *DARLINGTON], DATES, Ledger(rows, notes, date(2018, 3, 31), True), staff)
    assert found
    assert [row.component for row in found.milestones] == ["core_therapy_slots", "cppp_running"]
    assert [note.text for note in found.notes] == ["of the first day", "of the region", "of the last day"]
    assert found.staff == (3.5, 5.5)  # August 2015 and February 2016
    assert found.later == Stand("00M", date(2016, 2, 1), 9, 20.0)
