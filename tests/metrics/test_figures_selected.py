"""Which areas, months and patients are counted; on the small programme in tests/metrics/small.py."""

from datetime import date

import pytest

from metrics.disclosure import NONE
from metrics.engines import Engine
from metrics.figures import figures
from metrics.measure import Measure
from metrics.selection import NotSelectable, Selection
from tests.metrics.asking import counts, figure
from tests.metrics.small import JUNE

Measures = dict[str, Measure]


def test_counts_of_ccgs_are_added_before_dividing(measures: Measures, small: Engine) -> None:
    conversion = measures["referral_to_assessment"]
    # 1 of 3 in 00M; 3 of 3 in 00C and 1 of 1 in 13T
    assert counts(figure(conversion, small, "early", "2016-04", Selection(by="arm"))) == (1, 3, 100 / 3)
    assert counts(figure(conversion, small, "following", "2016-04", Selection(by="arm"))) == (4, 4, 100)
    assert counts(figure(conversion, small, "wave 1", "2016-04", Selection(by="wave"))) == (3, 3, 100)
    region = figure(conversion, small, "region", "2016-04", Selection(by="region"))
    assert counts(region) == (5, 7, pytest.approx(500 / 7))


def test_a_code_that_fuses_both_arms_is_in_neither_and_not_in_the_region(measures: Measures, small: Engine) -> None:
    rtt = measures["rtt_orthopaedics_within_18_weeks"]
    # 60 of 100 in 13T, 49 of 49 in 00M, 50 of 50 in 00C; none of the 500 of 16C
    assert counts(figure(rtt, small, "region", "2016-04", Selection(by="region")))[:2] == (159, 199)
    named = Selection(by="arm", ccgs=("00M", "16C"))
    assert counts(figure(rtt, small, "early", "2016-04", named))[:2] == (49, 49)
    alone = figure(rtt, small, "16C", "2016-04", Selection(ccgs=("16C",)))
    assert (alone.arm, counts(alone)) == ("mixed", (0, 500, 0))


def test_practices_are_named_as_in_the_newest_list(measures: Measures, small: Engine) -> None:
    found = figures(measures["start_back_recorded"], Selection(by="practice"), small, NONE)
    assert {figure.area: (figure.area_name, figure.arm) for figure in found} == {
        "00C-A": ("The Surgery", "following"),
        "00C-B": ("00C-B", "following"),
        "00M-A": ("00M-A", "early"),
    }
    by_cell = {(figure.area, figure.period): figure for figure in found}
    assert counts(by_cell["00C-A", "2016-04"]) == (10, 40, 25)
    assert by_cell["00C-B", "2016-04"].status == "no_data"  # no episode


def test_practices_of_a_later_code_can_be_shown(measures: Measures, small: Engine) -> None:
    found = figures(measures["referral_rate"], Selection(by="practice", ccgs=("16C",)), small, NONE)
    assert found == []  # nothing of it was received


def test_selected_practices_alone_are_counted_and_make_the_population(measures: Measures, small: Engine) -> None:
    chosen = Selection(practices=("00C-A",))
    assert counts(figure(measures["referral_rate"], small, "00C", "2016-04", chosen)) == (2, 2000, 1)
    assert counts(figure(measures["practices_referring"], small, "00C", "2016-04", chosen)) == (1, 1, 100)


def test_patients_can_be_narrowed(measures: Measures, small: Engine) -> None:
    conversion = measures["referral_to_assessment"]
    radicular = Selection(presentation=("radicular_pain",))
    assert counts(figure(conversion, small, "00M", "2016-04", radicular)) == (0, 1, 0)  # the one after 85 days
    assert counts(figure(conversion, small, "00M", "2016-04", Selection(start_back=("high",)))) == (1, 1, 100)
    either = Selection(start_back=("low", "high"))
    assert counts(figure(conversion, small, "00C", "2016-04", either)) == (1, 1, 100)  # not those without a risk


@pytest.mark.parametrize(
    ("key", "selection", "reason"),
    [
        ("opioids", Selection(by="practice"), "Opioids prescribed is not known by practice."),
        ("rtt_orthopaedics_median", Selection(presentation=("radicular_pain",)), "not known by presentation"),
        ("gp_mri_rate", Selection(start_back=("low",)), "not known by STarT Back risk"),
        ("ccgs_live", Selection(by="practice"), "not known by practice"),
        ("milestones_on_time", Selection(practices=("00M-A",)), "not known by practice"),
    ],
)
def test_what_the_rows_do_not_hold_cannot_be_selected(
    measures: Measures, small: Engine, key: str, selection: Selection, reason: str
) -> None:
    with pytest.raises(NotSelectable, match=reason):
        figures(measures[key], selection, small)


def test_months_are_those_received_within_the_selection(measures: Measures, small: Engine) -> None:
    def months(selection: Selection) -> list[str]:
        return sorted({f.period for f in figures(measures["referral_rate"], selection, small)})

    # not January, of which there are only invented rows
    assert months(Selection()) == ["2016-04", "2016-05", "2016-06", "2016-07", "2016-08"]
    assert months(Selection(first=date(2016, 6, 1), last=date(2016, 7, 1))) == ["2016-06", "2016-07"]
    assert months(Selection(first=date(2010, 1, 1), last=date(2016, 4, 1))) == ["2016-04"]
    assert months(Selection(first=date(2020, 1, 1))) == []
    assert months(Selection(first=date(2016, 7, 1), last=date(2016, 6, 1))) == []


def test_selections_that_hold_nobody_are_empty(measures: Measures, small: Engine) -> None:
    contradiction = Selection(ccgs=("00M",), arms=("following",))
    assert [figures(measure, contradiction, small) for measure in measures.values()] == [[]] * len(measures)


def test_what_was_never_received_is_empty(measures: Measures, nothing: Engine) -> None:
    assert [figures(measure, Selection(), nothing) for measure in measures.values()] == [[]] * len(measures)


def test_figures_come_in_the_order_of_areas_and_months(measures: Measures, small: Engine) -> None:
    found = figures(measures["referral_rate"], Selection(ccgs=("00M", "00C")), small)
    assert [(f.area, f.period) for f in found[:6]] == [
        *(("00C", f"2016-0{month}") for month in (4, 5, 6, 7, 8)),  # Darlington before South Tees
        ("00M", "2016-04"),
    ]


def test_a_selection_is_looked_back_from(measures: Measures, small: Engine) -> None:
    # June's referring practices are known from April on, though only June is asked about
    only_june = Selection(first=JUNE, last=JUNE)
    assert counts(figure(measures["practices_sustained"], small, "00C", "2016-06", only_june)) == (1, 2, 50)
