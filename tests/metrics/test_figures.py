"""Figures of the small programme in tests/metrics/small.py, counted by hand. No small number is hidden here."""

from dataclasses import replace

import pytest

from metrics import catalogue
from metrics.disclosure import NONE
from metrics.engines import Engine
from metrics.figures import figures
from metrics.kinds import Count, WaitingList
from metrics.measure import Measure
from metrics.selection import Selection
from tests.metrics.asking import counts, figure

Measures = dict[str, Measure]


@pytest.mark.parametrize("key", list(catalogue.load()))
def test_every_measure_gives_a_figure(measures: Measures, small: Engine, key: str) -> None:
    found = figures(measures[key], Selection(), small, NONE)
    valued = [figure for figure in found if figure.status == "ok"]
    assert valued
    assert {figure.measure for figure in found} == {key}
    assert all(figure.value is not None for figure in valued)
    assert {figure.synthetic for figure in found} == {key == "ttps_in_post"}  # of which no real row was sent


@pytest.mark.parametrize(
    ("key", "area", "period", "numerator", "denominator", "value"),
    [
        # proportion: 5 + 3 + 2 of 40 episodes; the practice without an episode adds nothing
        ("start_back_recorded", "00C", "2016-04", 10, 40, 25),
        # 5.0 whole-time equivalents in post of 4.0 planned
        ("ttps_in_post", "00M", "2016-06", 5, 4, 125),
        # 1 + 1 of 4 + 6 facet injections; the blocks are not asked about
        ("repeat_facet_injections", "00C", "2016-04", 2, 10, 20),
        # rate: two referrals on the pathway, 5,000 aged 15 and over; the earlier route does not count
        ("referral_rate", "00C", "2016-04", 2, 5000, 0.4),
        ("referral_rate", "00C", "2016-07", 0, 5000, 0),  # zero, which is not missing
        # a list of June 2015 stands in May 2016
        ("referral_rate", "03D", "2016-05", 1, 4000, 0.25),
        # 3 scans, 6,999 patients of all ages, those of the special service included
        ("gp_mri_rate", "00C", "2016-04", 3, 6999, 3000 / 6999),
        ("gp_mri_rate", "00C", "2016-05", 0, 6999, 0),
        # 4 facet injections and 1 block for non-specific pain
        ("low_value_injections", "00C", "2016-04", 5, 5000, 100),
        ("sciatica_nerve_root_blocks", "00C", "2016-04", 2, 5000, 40),
        # 100 of 00F and 50 of 00G count for 13T, and so do their lists
        ("gp_referrals", "13T", "2016-04", 150, 15000, 10),
        # cast-back lists; two drugs are added
        ("opioids", "00M", "2016-04", 5000, 2000, 2500),
        ("gabapentinoids", "00M", "2016-04", 40, 2000, 20),
        # wait: 14, 21 and 28 days
        ("wait_assessment", "00C", "2016-04", 3, 3, 21),
        # 84 and 85 days, and one who left after 10: one half after 84 days, none after 85
        ("wait_assessment", "00M", "2016-04", 2, 3, 84.5),
        ("wait_assessment", "03D", "2016-05", 1, 1, 0),
        # by the month of the request: referred in April, asked for in May
        ("wait_nerve_root_block", "00C", "2016-05", 1, 1, 28),
        ("wait_cppp", "00C", "2016-05", 1, 1, 21),
        ("wait_surgery", "00C", "2016-06", 1, 1, 42),
        # conversion: 84 days count, 85 do not, and one was never seen
        ("referral_to_assessment", "00M", "2016-04", 1, 3, 100 / 3),
        # followed for 84 days, assessed on the day of the extract
        ("referral_to_assessment", "03D", "2016-07", 1, 1, 100),
        # by the month assessed: the third of April's referrals was assessed in May
        ("assessed_to_imaging", "00C", "2016-04", 1, 2, 50),
        ("assessed_to_imaging", "00C", "2016-05", 0, 1, 0),
        # listed for surgery on the day of the opinion; the block asked for before it is not its yield
        ("surgical_opinion_yield", "00C", "2016-06", 1, 1, 100),
        # discharged 49 days after the opinion: not at the first visit
        ("discharged_at_first_surgical_visit", "00C", "2016-06", 0, 1, 0),
        # discharged on the day of the assessment counts
        ("discharged_self_managing", "00C", "2016-04", 2, 2, 100),
        # of those referred to the programme in May
        ("cppp_completed", "00C", "2016-05", 1, 1, 100),
        # rtt: 30 + 30 up to day 126, 40 after, under two predecessors' codes
        ("rtt_orthopaedics_within_18_weeks", "13T", "2016-04", 60, 100, 60),
        # rank 50 of 100 is the 20th of the 30 in week 17; rank 95 the 35th of the 40 in week 18
        ("rtt_orthopaedics_median", "13T", "2016-04", 100, None, 17 + 20 / 30),
        ("rtt_orthopaedics_p95", "13T", "2016-04", 100, None, 18 + 35 / 40),
        # rank 50.5 by the older rule; a month that prints no median is read by the rule of today
        ("rtt_orthopaedics_median", "13T", "2016-05", 100, None, 17 + 20.5 / 30),
        ("rtt_orthopaedics_median", "13T", "2016-06", 100, None, 17 + 20 / 30),
        # fifty patients have a median: rank 25 of 50 in week 2
        ("rtt_orthopaedics_median", "00C", "2016-04", 50, None, 2.5),
        # change: -10 and -9 points; a form without a baseline and one at 6 months are left out
        ("odi_change", "00C", "2016-04", 2, None, -9.5),
        ("depression_change", "00C", "2016-04", 1, None, 0),
        # 10 points better is enough, 9 are not
        ("improved_beyond_mcid", "00C", "2016-04", 1, 2, 50),
        # two of three baselines; one came due on the very day of the extract
        ("forms_returned", "00C", "2016-04", 2, 3, 200 / 3),
        # practices: A refers in April, B in June, which makes B one that refers until August
        ("practices_referring", "00C", "2016-05", 1, 2, 50),
        ("practices_referring", "00C", "2016-08", 2, 2, 100),
        # only A has April, May and June
        ("practices_sustained", "00C", "2016-06", 1, 2, 50),
        ("practices_sustained", "00C", "2016-07", 0, 2, 0),
        # A has 3,000 patients of the 6,000; 999 of a special service are no practice
        ("list_covered", "00C", "2016-04", 3000, 6000, 50),
        # the closed practice is not in the newest list
        ("list_covered", "00M", "2016-04", 1000, 4000, 25),
        # milestones: live on 11 May counts at the end of May; on its day is on time
        ("ccgs_live", "00M", "2015-05", 1, 1, 100),
        ("ccgs_live", "03D", "2015-05", 0, 1, 0),
        ("milestones_on_time", "00M", "2015-04", 1, 1, 100),
        ("milestones_on_time", "00M", "2016-03", 2, 2, 100),
        ("milestones_on_time", "00C", "2015-12", 0, 1, 0),
        # waiting list: 3 + 1 + 2
        ("waiting_for_assessment", "00C", "2016-04", 6, None, 6),
        ("waiting_for_assessment", "00C", "2016-05", 0, None, 0),  # others wait for surgery: zero
    ],
)
def test_what_was_counted_by_hand(
    measures: Measures,
    small: Engine,
    key: str,
    area: str,
    period: str,
    numerator: float,
    denominator: float | None,
    value: float,
) -> None:
    found = counts(figure(measures[key], small, area, period))
    assert found == (numerator, denominator, pytest.approx(value, rel=1e-12))


def test_those_who_wait_more_than_six_weeks_are_in_band_6_and_beyond(measures: Measures, small: Engine) -> None:
    long = replace(measures["waiting_for_assessment"], how=WaitingList(step="assessed", over_weeks=6))
    assert counts(figure(long, small, "00C", "2016-04")) == (2, None, 2)


def test_a_count_of_rows_or_of_a_column(measures: Measures, small: Engine) -> None:
    people = measures["waiting_for_assessment"]
    spells = replace(people, how=Count(table="procedure", count="spells"))
    rows = replace(people, how=Count(table="procedure", count="rows", where={"procedure_group": ("nerve_root_block",)}))
    assert counts(figure(spells, small, "00C", "2016-04")) == (13, None, 13)  # 4 + 1 + 2 + 6
    assert counts(figure(rows, small, "00C", "2016-04")) == (2, None, 2)


def test_a_column_that_no_row_fills_is_no_zero(measures: Measures, small: Engine) -> None:
    cost = replace(measures["waiting_for_assessment"], how=Count(table="procedure", count="cost"))
    assert figure(cost, small, "00C", "2016-04").status == "no_data"
