"""What the sidebar selects: codes for metrics, words for readers, and what a page that heeds less of it gets."""

from datetime import date

import pytest

from dashboard import links
from dashboard.selected import CONTROLS, Selected, places
from metrics.catalogue import load
from metrics.figure import Figure
from metrics.periods import Per
from metrics.selection import Selection

JANUARY, MARCH = date(2016, 1, 1), date(2016, 3, 1)
FULL = Selected(("00M", "wave 1"), JANUARY, MARCH, "radicular_pain", since_go_live=True)


def test_nothing_selected_is_everything() -> None:
    assert Selected().words == "all 12 CCGs, every month"
    assert Selected().selection("arm") == Selection(by="arm")


def test_ccgs_arms_and_waves_add_up_to_ccgs_of_2015() -> None:
    assert FULL.ccgs == ("00C", "00K", "00M")  # wave 1 is Darlington and Hartlepool and Stockton
    assert set(Selected(("early", "00M")).ccgs) == {"00M", "03D"}


def test_a_selection_is_said_in_one_line() -> None:
    assert FULL.words == "South Tees and Wave 1, Jan 2016 to Mar 2016, radicular pain, months since go-live"
    assert Selected(("00M", "00C", "00P", "13T")).words == "4 of the 12 CCGs, every month"
    assert Selected(first=JANUARY).words == "all 12 CCGs, from Jan 2016"
    assert Selected(last=JANUARY).words == "all 12 CCGs, to Jan 2016"
    assert Selected(first=JANUARY, last=JANUARY).words == "all 12 CCGs, Jan 2016"


def test_ccgs_since_2020_add_up_those_of_2015() -> None:
    merged = Selected(("84H",), as_now=True)
    assert merged.selection("ccg") == Selection(by="successor", ccgs=("00D", "00J"))
    assert merged.selection("arm") == Selection(by="arm", ccgs=("00D", "00J"))  # an arm is of 2015 for ever
    assert merged.words == "County Durham, every month, CCGs since April 2020"
    assert places()["16C"].ccgs == ("00C", "00K", "00M")


def test_a_measure_that_does_not_know_the_presentation_is_shown_for_everybody_and_says_so() -> None:
    mri, wait = load()["gp_mri_rate"], load()["wait_assessment"]
    assert FULL.selection("ccg", measure=wait).presentation == ("radicular_pain",)
    assert FULL.not_narrowed(wait) == ""
    assert FULL.selection("ccg", measure=mri).presentation == ()
    assert FULL.not_narrowed(mri) == f"{mri.name} is not known by presentation: it is shown for everybody."


def test_what_does_not_know_the_presentation_and_what_never_came_are_named() -> None:
    mri, wait = load()["gp_mri_rate"], load()["wait_assessment"]
    assert FULL.for_everybody([mri, wait]) == f"Not known by presentation, so shown for everybody: {mri.name}."
    assert Selected().for_everybody([mri, wait]) == ""
    assert FULL.without_figures([mri, wait]) == f"Nothing received, Jan 2016 to Mar 2016: {mri.name}, {wait.name}."
    assert Selected().without_figures([mri]) == f"Nothing received yet: {mri.name}."
    assert Selected().without_figures([]) == ""


def test_a_page_gets_only_what_it_heeds_and_the_rest_is_named() -> None:
    assert FULL.only(["places"]) == Selected(("00M", "wave 1"))
    assert FULL.ignored(["places"]) == ["months", "presentation", "time"]
    assert FULL.only(CONTROLS) == FULL
    assert FULL.ignored(CONTROLS) == []
    assert Selected().ignored([]) == []  # nothing is set that could be ignored


def _figure(period: str) -> Figure:
    return Figure(
        "m", "00M", "South Tees", "early", period, None, None, 1.0, None, None, "%", "ok", release=1, synthetic=True
    )


@pytest.mark.parametrize(
    ("per", "periods", "kept"),
    [
        ("month", ["2015-12", "2016-01", "2016-03", "2016-04"], ["2016-01", "2016-03"]),
        # a quarter stays whole if any of its months is selected
        ("quarter", ["2015/16 Q3", "2015/16 Q4", "2016/17 Q1"], ["2015/16 Q4"]),
        ("year", ["2014/15", "2015/16", "2016/17"], ["2015/16"]),
    ],
)
def test_months_cut_whole_periods(per: Per, periods: list[str], kept: list[str]) -> None:
    assert [figure.period for figure in FULL.within([_figure(p) for p in periods], per)] == kept


def test_an_address_is_what_the_controls_would_write() -> None:
    assert links.address("measure", {"by": "Each CCG"}, FULL.choices) == (
        "measure?by=Each+CCG&ccgs=South+Tees&ccgs=Wave+1&from=Jan+2016&to=Mar+2016&presentation=Radicular+pain"
        "&time=Months+since+go-live"
    )
    assert links.address("data", {}, Selected(("84H",), as_now=True).choices) == (
        "data?ccgs=County+Durham&geography=CCGs+since+April+2020"
    )
