from datetime import date
from pathlib import Path

import pytest

from metrics.adoption import milestones
from metrics.adoption.milestones import standing_of
from metrics.selection import Selection
from tests.metrics.warehouses import Row, hold

AS_AT = date(2016, 3, 31)


def day(text: str | None) -> date | None:
    return text and date.fromisoformat(text)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("planned", "forecast", "actual", "status", "standing", "weeks"),
    [
        ("2016-01-11", None, "2016-01-11", "done", "on_time", 0),
        ("2016-01-11", None, "2016-01-04", "done", "on_time", -1),
        ("2016-01-11", "2016-01-18", "2016-02-01", "done", "late", 3),
        ("2016-01-11", "2016-04-18", None, "in_progress", "expected_late", 14),
        ("2016-06-06", "2016-06-06", None, "not_started", "due", 0),
        ("2016-06-06", None, None, "not_started", "due", None),
        ("2016-03-31", None, None, "in_progress", "due", None),  # the ledger's own day is not past
        ("2016-03-24", None, None, "in_progress", "overdue", 1),
        ("2016-03-24", "2016-03-28", None, "in_progress", "overdue", 1),  # the new date has passed as well
        ("2016-01-11", None, None, "stopped", "stopped", None),
        (None, "2016-06-06", None, "not_started", "unplanned", None),
    ],
)
def test_where_a_milestone_stands(
    planned: str | None, forecast: str | None, actual: str | None, status: str, standing: str, weeks: float | None
) -> None:
    assert standing_of(day(planned), day(forecast), day(actual), status, AS_AT) == (standing, weeks)


def row(ccg: str, component: str, planned: str | None, actual: str | None = None, **more: object) -> Row:
    return {
        "ccg": ccg,
        "component": component,
        "planned": day(planned),
        "actual": day(actual),
        "status": "done" if actual else "not_started",
        "month": date(2016, 1, 1),
        "as_at": AS_AT,
        **more,
    }


def test_milestones_come_by_name_and_component_with_their_words(tmp_path: Path) -> None:
    rows = [
        row("00M", "imaging_route", "2016-01-11", "2016-02-01"),
        row("00C", "go_live", "2016-06-06"),
        row("00M", "go_live", "2016-01-11", "2016-01-11", owner="Programme manager", evidence="First clinic list"),
        row("00M", "cppp_running", "2016-03-24"),
    ]
    found = milestones(hold(tmp_path, {"milestone": rows}), Selection())

    assert [(one.ccg_name, one.component, one.sentence) for one in found] == [
        ("Darlington", "go_live", "Due on 2016-06-06."),
        ("South Tees", "go_live", "Done by its planned date."),
        ("South Tees", "imaging_route", "Done 3 weeks late."),
        ("South Tees", "cppp_running", "Overdue by at least 1 week, with no new date."),
    ]
    assert (found[1].owner, found[1].evidence) == ("Programme manager", "First clinic list")


def test_what_is_worked_out_is_the_plan_and_the_usual_slip_and_is_called_arithmetic(tmp_path: Path) -> None:
    # three CCGs were 0, 14 and 70 days late
    rows = [
        row("00M", "go_live", "2016-01-11", "2016-01-11"),
        row("03D", "go_live", "2016-01-11", "2016-01-25"),
        row("00K", "go_live", "2016-01-11", "2016-03-21"),
        row("00C", "go_live", "2016-06-06"),
    ]
    (darlington,) = milestones(hold(tmp_path, {"milestone": rows}), Selection(ccgs=("00C",)))

    assert darlington.arithmetic == date(2016, 6, 20)
    assert darlington.basis.startswith("Arithmetic, not a forecast: the plan plus the median slip")
    assert "3 CCGs" in darlington.basis


def test_two_ccgs_show_no_usual_slip_and_what_is_done_needs_no_date(tmp_path: Path) -> None:
    rows = [
        row("00M", "go_live", "2016-01-11", "2016-01-11"),
        row("03D", "go_live", "2016-01-11", "2016-01-25"),
        row("00C", "go_live", "2016-06-06"),
    ]

    assert [one.arithmetic for one in milestones(hold(tmp_path, {"milestone": rows}), Selection())] == [None] * 3


def test_no_date_is_worked_out_that_has_passed(tmp_path: Path) -> None:
    done = [row(ccg, "go_live", "2016-01-11", "2016-01-11") for ccg in ("00M", "03D", "00K")]
    rows = [*done, row("00C", "go_live", "2016-02-01")]
    (darlington,) = milestones(hold(tmp_path, {"milestone": rows}), Selection(ccgs=("00C",)))

    assert darlington.arithmetic == AS_AT


def test_milestones_of_practices_are_not_those_of_the_ccg(tmp_path: Path) -> None:
    rows = [row("00M", "practice_live", None, "2016-01-11", practice="00M-D01")]

    assert milestones(hold(tmp_path, {"milestone": rows}), Selection()) == []
