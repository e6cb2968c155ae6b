"""Months put together into financial quarters and years; on the small programme in tests/metrics/small.py."""

from datetime import date

import pytest

from metrics.disclosure import NONE
from metrics.engines import Engine
from metrics.figures import figures
from metrics.measure import Measure
from metrics.selection import Selection
from tests.metrics.asking import counts, figure
from tests.metrics.small import APRIL

Measures = dict[str, Measure]


def test_counts_of_a_quarter_are_those_of_its_months(measures: Measures, small: Engine) -> None:
    quarter = Selection(per="quarter")
    # April 3 of 3, May 0 of 1, June 0 of 2
    assert counts(figure(measures["referral_to_assessment"], small, "00C", "2016/17 Q1", quarter)) == (3, 6, 50)
    assert counts(figure(measures["start_back_recorded"], small, "00C", "2016/17 Q1", quarter)) == (15, 50, 30)
    # 14, 21 and 28 days of April, and three who still wait
    found = figure(measures["wait_assessment"], small, "00C", "2016/17 Q1", quarter)
    assert counts(found) == (3, 6, 28)


def test_a_rate_of_a_quarter_is_one_a_month(measures: Measures, small: Engine) -> None:
    # 2, 1 and 2 referrals in three months of 5,000 patients
    found = figure(measures["referral_rate"], small, "00C", "2016/17 Q1", Selection(per="quarter"))
    assert counts(found) == (5, 15000, pytest.approx(1 / 3))


def test_a_missing_month_is_in_neither_part_of_a_rate_and_said(measures: Measures, small: Engine) -> None:
    # April 2 and June 1, of 4,000 patients each; of May nothing came
    found = figure(measures["referral_rate"], small, "00M", "2016/17 Q1", Selection(per="quarter"))
    assert counts(found) == (3, 8000, 0.375)
    assert found.reason == "Not received in full from South Tees (May 2016)."


def test_a_quarter_is_immature_while_any_of_its_cohorts_is(measures: Measures, small: Engine) -> None:
    quarter = Selection(per="quarter", ccgs=("00M",))
    assert figure(measures["referral_to_assessment"], small, "00M", "2016/17 Q1", quarter).status == "ok"
    assert figure(measures["referral_to_assessment"], small, "00M", "2016/17 Q2", quarter).status == "immature"


def test_a_state_is_that_of_the_last_month(measures: Measures, small: Engine) -> None:
    quarter = Selection(per="quarter")
    assert counts(figure(measures["practices_sustained"], small, "00C", "2016/17 Q1", quarter)) == (1, 2, 50)  # June
    rtt = figure(measures["rtt_orthopaedics_median"], small, "13T", "2016/17 Q1", quarter)
    assert counts(rtt) == (100, None, pytest.approx(17 + 20 / 30))  # June's hundred patients, not three hundred
    posts = figure(measures["ttps_in_post"], small, "00M", "2016/17", Selection(per="year"))
    assert counts(posts) == (5, 4, 125)
    live = figure(measures["ccgs_live"], small, "03D", "2015/16 Q1", quarter)
    assert counts(live) == (1, 1, 100)  # by the end of June 2015


def test_periods_cut_short_say_so(measures: Measures, small: Engine) -> None:
    # the rows end in August
    rate = figure(measures["referral_rate"], small, "00C", "2016/17 Q2", Selection(per="quarter"))
    assert rate.reason == "Holds 2 of the 3 months of the period."
    # and the selection may begin in one
    from_may = Selection(per="quarter", first=date(2016, 5, 1))
    assert "Holds 2 of the 3 months" in figure(measures["referral_rate"], small, "00C", "2016/17 Q1", from_may).reason
    year = Selection(per="year")
    state = figure(measures["practices_referring"], small, "00C", "2016/17", year)
    assert (counts(state), state.reason) == ((2, 2, 100), "As at August 2016, before the period ended.")
    # a state at the end of a period is whole, however late its rows begin
    assert figure(measures["practices_referring"], small, "00C", "2016/17 Q1", from_may).reason == ""


def test_a_year_runs_from_april_to_march(measures: Measures, small: Engine) -> None:
    found = figures(measures["milestones_on_time"], Selection(by="region", per="year"), small)
    assert [(f.period, f.numerator, f.denominator) for f in found] == [("2015/16", 2.0, 4.0)]
    assert found[0].reason.startswith("Not received in full from")
    later = figures(measures["referral_rate"], Selection(by="region", per="year", last=APRIL), small, NONE)
    assert [f.period for f in later] == ["2016/17"]
