"""What has no value says why, and what lacks a part says which; on the small programme in tests/metrics/small.py."""

import pytest

from metrics.engines import Engine
from metrics.figures import figures
from metrics.measure import Measure
from metrics.selection import Selection
from tests.metrics.asking import figure

Measures = dict[str, Measure]
DRUGS = ("opioids", "gabapentinoids")


@pytest.mark.parametrize(
    ("key", "area", "period", "status", "reason"),
    [
        ("referral_rate", "00M", "2016-05", "not_received", "Nothing was received"),
        ("referral_rate", "01H", "2016-04", "not_received", "Nothing was received"),
        # a list of June 2015 stands no longer; nor does any stand for January
        ("referral_rate", "03D", "2016-07", "no_data", "No list size is known"),
        ("ttps_in_post", "00C", "2016-04", "no_data", "There was nobody to count."),  # nobody was planned
        ("wait_imaging", "00C", "2016-05", "no_data", "There was nobody to count."),
        ("wait_assessment", "00C", "2016-06", "no_data", "Fewer than half"),
        ("rtt_orthopaedics_median", "00M", "2016-04", "no_data", "Fewer than 50 patients"),
        ("milestones_on_time", "00C", "2015-11", "no_data", "No milestone was due yet."),
        ("milestones_on_time", "13T", "2016-03", "no_data", "No milestone was due yet."),
        ("anxiety_change", "00C", "2016-05", "no_data", "There was nobody to count."),
        # May of 00M is missing: nobody can tell what was sustained from June on
        ("practices_sustained", "00M", "2016-06", "no_data", "a month it looks back on was not received"),
        # the list of May lacks all who were referred in May
        ("waiting_for_assessment", "00M", "2016-05", "not_received", "Nothing was received"),
        # one was followed for 83 days, the other for longer
        ("referral_to_assessment", "00M", "2016-07", "immature", "84 days"),
        ("forms_returned", "00C", "2016-05", "immature", "due yet"),
    ],
)
def test_what_has_no_value_says_why(
    measures: Measures, small: Engine, key: str, area: str, period: str, status: str, reason: str
) -> None:
    found = figure(measures[key], small, area, period)
    assert (found.status, found.value, found.lower, found.upper) == (status, None, None, None)
    assert reason in found.reason


def test_a_month_of_one_prescribing_return_does_not_speak_for_the_other(measures: Measures, small: Engine) -> None:
    periods = {key: [f.period for f in figures(measures[key], Selection(ccgs=("00M",)), small)] for key in DRUGS}
    assert periods == {"opioids": ["2016-04", "2016-05"], "gabapentinoids": ["2016-04"]}


def test_zero_suppressed_missing_and_not_received_are_four_things(measures: Measures, small: Engine) -> None:
    rate = {(f.area, f.period): f for f in figures(measures["referral_rate"], Selection(), small)}
    said = [rate["00C", "2016-07"], rate["00C", "2016-04"], rate["03D", "2016-07"], rate["00M", "2016-05"]]
    assert [figure.status for figure in said] == ["ok", "suppressed", "no_data", "not_received"]
    assert [figure.value for figure in said] == [0, None, None, None]
    assert len({(figure.status, figure.reason) for figure in said}) == 4


def test_an_arm_is_immature_when_one_of_its_ccgs_is(measures: Measures, small: Engine) -> None:
    conversion = measures["referral_to_assessment"]
    assert figure(conversion, small, "03D", "2016-07").status == "ok"
    assert figure(conversion, small, "early", "2016-07", Selection(by="arm")).status == "immature"
    # the other arm's extract was drawn later
    assert figure(conversion, small, "following", "2016-07", Selection(by="arm")).status == "ok"


def test_an_area_says_whose_return_it_lacks(measures: Measures, small: Engine) -> None:
    early = Selection(by="arm", arms=("early",))
    lacking = figure(measures["referral_to_assessment"], small, "early", "2016-05", early)
    assert (lacking.status, lacking.reason) == ("ok", "Not received in full from South Tees.")
    assert figure(measures["referral_rate"], small, "00C", "2016-04").reason == ""
