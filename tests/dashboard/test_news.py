"""Short lists of what changed and what did not arrive, from literal changes."""

from datetime import date

from dashboard.news import change_lists, gap_lines
from metrics.adoption.milestones import Milestone
from metrics.areas import ccgs
from metrics.catalogue import load
from metrics.changes import Arrival, Changes, MilestoneStep, Revision
from metrics.receipt import Gap

JANUARY, FEBRUARY = date(2018, 1, 1), date(2018, 2, 1)
DONE = Milestone(
    ccg="00C",
    ccg_name="Darlington",
    component="go_live",
    planned=date(2018, 1, 8),
    forecast=None,
    actual=date(2018, 1, 22),
    status="done",
    owner="",
    evidence="",
    as_at=date(2018, 3, 31),
    standing="late",
    slip=2.0,
    arithmetic=None,
    basis="",
)


def test_each_kind_of_change_has_its_count_and_lines() -> None:
    found = change_lists(
        Changes(
            2,
            1,
            milestones=(MilestoneStep("done", DONE, None),),
            revisions=(Revision(load()["wait_cppp"], "00C", "Darlington", "2017/18 Q4", 30.0, 34.0, "ok"),),
            arrived=tuple(Arrival("referral", code, (JANUARY, FEBRUARY), True) for code in ccgs()),
        )
    )
    assert found == {
        "Milestones that moved: 1": ["Darlington, go-live: done. Done 2 weeks late."],
        "Figures revised: 1": ["Wait for the combined programme, Darlington, 2017/18 Q4: 34 days, was 30 days."],
        "Tables with new months: 1": ["Pathway referrals: Jan 2018, Feb 2018, all 12 CCGs (synthetic)."],
    }


def test_no_change_has_no_list() -> None:
    assert change_lists(Changes(2, 1)) == {}


def test_many_months_are_told_by_the_first_and_the_last() -> None:
    year = tuple(date(2017, month, 1) for month in range(1, 13))
    (line,) = change_lists(Changes(2, 1, arrived=(Arrival("activity", "00C", year, False),)))[
        "Tables with new months: 1"
    ]
    assert line == "Monthly Activity Return: 12 months from Jan 2017 to Dec 2017, Darlington (real)."


def test_what_one_sender_left_out_is_one_line_for_all_its_ccgs() -> None:
    missing = [Gap("referral", code, "P5", (FEBRUARY,)) for code in ("00N", "00P")]
    old = Gap("referral", "00L", "P4", (JANUARY,))
    assert gap_lines([*missing, old], new=missing) == {
        "referral": [
            "Feb 2018, from P5: South Tyneside, Sunderland. New since the release before.",
            "Jan 2018, from P4: Northumberland.",
        ]
    }
