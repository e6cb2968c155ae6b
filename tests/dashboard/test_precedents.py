"""Words of who was here before and of who slips, for every answer there is."""

from datetime import date

from dashboard import precedents, slips
from metrics.adoption.milestones import Milestone
from metrics.catalogue import load
from metrics.dated_notes import Note
from metrics.precedent import Precedent, Stand
from metrics.slipping import Slipping

WAIT = load()["wait_assessment"]
HERE = Stand("00C", date(2016, 8, 1), 3, 70.4)
TEES = Stand("00M", date(2015, 8, 1), 3, 69.6)
AS_AT = date(2018, 3, 31)


def found(early: Stand | None, **more: object) -> Precedent:
    parts = {"nearest": None, "later": None, "milestones": [], "notes": [], "staff": (None, None), **more}
    return Precedent(HERE, early, **parts)  # type: ignore[arg-type]


def milestone(component: str, actual: date | None, slip: float | None, standing: str = "late") -> Milestone:
    row = (component, AS_AT, AS_AT, actual, "done", "", "", AS_AT, standing, slip, None, "")
    return Milestone("00J", "North Durham", *row)  # type: ignore[arg-type]


def test_where_somebody_stood_at_the_same_stage() -> None:
    one = found(TEES, later=Stand("00M", date(2016, 2, 1), 9, 50.0))
    assert precedents.precedent_headline(WAIT, "00C", one) == (
        "South Tees stood at 70 days in August 2015, where Darlington at 70 days stands now"
    )
    assert precedents.precedent_words(WAIT, one) == (
        "As at August 2016, 3 months after go-live. South Tees was there at the same stage; "
        "6 months later it stood at 50 days."
    )


def test_where_nobody_stood_and_where_nobody_has_a_value() -> None:
    assert precedents.precedent_words(WAIT, found(None, nearest=TEES)) == (
        "As at August 2016, 3 months after go-live. The nearest was South Tees with 70 days in August 2015."
    )
    assert precedents.precedent_words(WAIT, found(None)).endswith("No early implementer has a value.")
    assert precedents.precedent_headline(WAIT, "00C", None) == (
        "Darlington has too few months with a value of Wait for assessment to stand anywhere"
    )


def test_what_came_next_is_told_by_day_and_staff_last() -> None:
    one = found(
        TEES,
        milestones=[milestone("cppp_running", date(2015, 9, 15), 1.0), milestone("go_live", date(2015, 9, 20), 0.0)],
        notes=[Note(date(2015, 9, 18), None, "A note", None)],
        staff=(2.9, 5.1),
    )
    assert precedents.precedent_rows(one) == [
        ("15 Sep 2015", "Combined programme running", "milestone reached 1 week late"),
        ("18 Sep 2015", "A note", "dated note, source not said"),
        ("20 Sep 2015", "Go-live", "milestone reached"),
        ("over 6 months", "Practitioners in post (WTE): from 2.9 to 5.1", "workforce returns"),
    ]
    assert precedents.precedent_rows(found(TEES)) == []
    assert precedents.precedent_rows(found(TEES, staff=(2.8, 2.8)))[0][1] == (
        "Practitioners in post (WTE): 2.8 throughout"
    )


def test_the_default_is_the_first_wait_where_no_step_stands_out() -> None:
    assert precedents.default_measure(load(), None) == WAIT


def slipping(late: list[Milestone], stopped: list[Milestone]) -> Slipping:
    return Slipping("00J", "North Durham", late, stopped, late[0] if late else None, None, None)


def test_who_slips_is_said_in_a_sentence() -> None:
    late = slipping([milestone("imaging_route", None, 25.0, "expected_late")], [])
    assert slips.slipping_headline([late]) == (
        "North Durham slips most in what is still to come: Imaging route, 25 weeks late"
    )
    assert slips.slipping_headline([late, late]).endswith("25 weeks late; 1 more CCG slips")
    assert slips.slipping_headline([]) == "Nothing that is still to come slips"


def test_what_was_given_up_without_a_reason_says_so() -> None:
    given_up = slipping([], [milestone("imaging_route", None, None, "stopped")])
    assert "given up: Imaging route, no reason given" in slips.slipping_html([given_up])
    assert "not received" in slips.slipping_html([given_up])
