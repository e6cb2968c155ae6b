"""Conversion from rows of referrals to what may be shown."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from metrics.catalogue import load
from metrics.conversion import Curve, Maturity, curves, maturity
from metrics.conversion.incidence import Ends, incidence
from metrics.conversion.shown import share_shown
from metrics.disclosure import HES_2018, NONE
from metrics.engines import Engine
from metrics.selection import Selection
from tests.metrics.warehouses import Row, hold, referral

EXTRACT = "2015-12-31"
IMAGING = load()["assessed_to_imaging"]  # within 84 days of being assessed
YIELD = load()["surgical_opinion_yield"]  # a nerve root block or surgery asked for within 84 days of the opinion
SELF_MANAGING = load()["discharged_self_managing"]  # within 182 days of being assessed, with that outcome


def assessed(day: str, **more: str) -> Row:
    """Received and assessed on one day."""
    return referral("00M-D01", day, EXTRACT, assessed=day, **more)


def later(day: str, days: int) -> str:
    return str(date.fromisoformat(day) + timedelta(days=days))


def scanned(day: str, days: int) -> Row:
    return assessed(day, imaging_requested=day, imaging=later(day, days))


def one_curve(engine: Engine, key: str = "assessed_to_imaging") -> Curve:
    (curve,) = curves(engine, load()[key], Selection(by="region"), NONE)
    return curve


def one_maturity(engine: Engine) -> Maturity:
    (found,) = maturity(engine, IMAGING, Selection(by="region"), NONE)
    return found


def test_the_last_day_of_the_horizon_counts_and_the_day_after_does_not(tmp_path: Path) -> None:
    engine = hold(tmp_path, {"referral": [scanned("2015-06-01", 84), scanned("2015-06-01", 85)]})

    assert one_curve(engine).at_horizon.value == 50
    assert one_maturity(engine).share.value == 50


def test_a_young_cohort_is_named_and_left_out_of_the_share(tmp_path: Path) -> None:
    # the extract is 92 days after 30 September and 61 after 31 October
    rows = [scanned("2015-09-30", 10), assessed("2015-09-30"), assessed("2015-10-31"), assessed("2015-10-01")]
    found = one_maturity(hold(tmp_path, {"referral": rows}))

    assert [(cohort.month, cohort.mature, cohort.people.value) for cohort in found.cohorts] == [
        (date(2015, 9, 1), True, 2),
        (date(2015, 10, 1), False, 2),
    ]
    assert (found.share.value, found.too_young.value) == (50, 2)
    assert found.sentence.endswith("2 of 4 people are in cohorts not yet old enough to judge.")


def test_a_young_cohort_shows_what_those_old_enough_in_it_did(tmp_path: Path) -> None:
    # of October, who was assessed on the 1st is 91 days old, who was on the 31st is 61
    rows = [scanned("2015-10-01", 10), assessed("2015-10-31")]
    (october,) = one_maturity(hold(tmp_path, {"referral": rows})).cohorts

    assert (october.mature, october.share.value, october.share.denominator) == (False, 100, 1)


def test_where_nobody_is_old_enough_there_is_no_share_yet(tmp_path: Path) -> None:
    found = one_maturity(hold(tmp_path, {"referral": [assessed("2015-12-01")]}))

    assert found.cohorts[0].share.status == "immature"
    assert found.sentence.startswith("North East and Cumbria programme area: no share within 84 days can be given.")


def test_a_month_whose_referrals_never_came_is_no_cohort(tmp_path: Path) -> None:
    # one received in June and assessed in July: of July only such a fragment is known
    row = {**assessed("2015-07-01"), "received": date(2015, 6, 1)}
    engine = hold(tmp_path, {"referral": [row, scanned("2015-06-01", 20)]})

    assert [cohort.month for cohort in one_maturity(engine).cohorts] == [date(2015, 6, 1)]
    assert one_curve(engine).people.value == 2


def test_the_curve_counts_young_people_for_as_long_as_they_were_followed(tmp_path: Path) -> None:
    # two assessed in June, one scanned on day 20; of two assessed 10 days before the extract one was scanned on day 3
    rows = [scanned("2015-06-01", 20), assessed("2015-06-01"), scanned("2015-12-21", 3), assessed("2015-12-21")]
    curve = one_curve(hold(tmp_path, {"referral": rows}))

    # a quarter by day 3; of the three quarters left, one of two still followed is scanned on day 20
    assert curve.at_horizon.value == pytest.approx(100 * (1 / 4 + 3 / 4 / 2))
    assert curve.people.value == 4


def test_a_discharge_ends_the_wait_for_a_scan(tmp_path: Path) -> None:
    rows = [scanned("2015-06-01", 20), assessed("2015-06-01", discharged="2015-06-05", outcome="declined")]
    curve = one_curve(hold(tmp_path, {"referral": rows}))

    assert curve.at_horizon.value == 50  # 1 less Kaplan and Meier would say all


def test_a_scan_after_the_discharge_counts_all_the_same(tmp_path: Path) -> None:
    # the referral was opened again: to a fixed horizon it has converted, so it has on the curve
    rows = [assessed("2015-06-01", discharged="2015-06-05", imaging_requested="2015-06-01", imaging="2015-07-01")]
    engine = hold(tmp_path, {"referral": rows})

    assert one_curve(engine).at_horizon.value == one_maturity(engine).share.value == 100


def test_of_several_steps_the_first_one_reached_counts(tmp_path: Path) -> None:
    asked = {"surgery_requested": "2015-08-01", "nerve_root_block_requested": "2015-07-01"}
    rows = [
        assessed("2015-05-10", surgical_opinion_requested="2015-05-10", surgical_opinion="2015-06-01", **asked),
        assessed("2015-05-10", surgical_opinion_requested="2015-05-10", surgical_opinion="2015-06-01"),
    ]
    points = one_curve(hold(tmp_path, {"referral": rows}), "surgical_opinion_yield").points

    # 30 days to 1 July
    assert [point.share.value for point in points if point.days in (28, 35)] == [0, 50]


def test_what_came_before_the_origin_does_not_count(tmp_path: Path) -> None:
    before = {"nerve_root_block_requested": "2015-05-20", "nerve_root_block": "2015-05-25"}
    rows = [assessed("2015-05-10", surgical_opinion_requested="2015-05-10", surgical_opinion="2015-06-01", **before)]

    assert one_curve(hold(tmp_path, {"referral": rows}), "surgical_opinion_yield").at_horizon.value == 0


def test_a_discharge_with_another_outcome_is_another_end(tmp_path: Path) -> None:
    rows = [
        assessed("2015-06-01", discharged="2015-06-20", outcome="self_managing"),
        assessed("2015-06-01", discharged="2015-06-20", outcome="did_not_attend"),
    ]

    assert one_curve(hold(tmp_path, {"referral": rows}), "discharged_self_managing").at_horizon.value == 50


def test_a_discharge_dated_before_the_origin_ends_on_its_day(tmp_path: Path) -> None:
    early = {**assessed("2015-06-02", discharged="2015-06-01", outcome="declined"), "received": date(2015, 5, 20)}
    rows = [early, scanned("2015-06-02", 20)]

    assert one_curve(hold(tmp_path, {"referral": rows})).at_horizon.value == 50


def test_both_arms_are_told_apart_and_add_up_before_dividing(tmp_path: Path) -> None:
    rows = [scanned("2015-06-01", 20), assessed("2015-06-01"), assessed("2015-06-01")]
    rows.append({**scanned("2015-06-01", 20), "practice": "00C-D01", "ccg": "00C"})
    engine = hold(tmp_path, {"referral": rows})
    by_arm = curves(engine, IMAGING, Selection(by="arm"), NONE)

    assert [(curve.area.code, curve.people.value) for curve in by_arm] == [("early", 3), ("following", 1)]
    assert [curve.at_horizon.value for curve in by_arm] == pytest.approx([100 / 3, 100])
    assert one_curve(engine).at_horizon.value == 50


def test_nothing_received_gives_nothing(tmp_path: Path) -> None:
    engine = hold(tmp_path, {})

    assert curves(engine, IMAGING, Selection(), NONE) == []
    assert maturity(engine, IMAGING, Selection(), NONE) == []


def test_another_kind_of_measure_and_single_practices_are_refused(tmp_path: Path) -> None:
    engine = hold(tmp_path, {})
    with pytest.raises(ValueError, match="is not a conversion"):
        curves(engine, load()["wait_imaging"], Selection())
    with pytest.raises(ValueError, match="not practice by practice"):
        maturity(engine, IMAGING, Selection(by="practice"))


def cohort(converted: dict[int, int], still_open: dict[int, int]) -> Ends:
    """People from day to how many."""
    length = max([*converted, *still_open]) + 1
    parts = [np.array([part.get(day, 0) for day in range(length)]) for part in (converted, {}, still_open)]
    return Ends(*parts)


def test_a_few_who_converted_are_hidden_and_no_week_tells_one_more() -> None:
    # 7 by day 7, 8 by day 14, 9 by day 21, of 40
    found = incidence(cohort({7: 7, 14: 1, 21: 1}, {90: 31}))

    assert share_shown(found, 7, HES_2018).status == "suppressed"
    assert [share_shown(found, day, HES_2018).value for day in (14, 21)] == [25, 25]  # 10 of 40 either time
    assert share_shown(found, 14, NONE).value == pytest.approx(100 * 8 / 40)


def test_the_number_that_a_share_stands_for_is_not_shown_as_a_count() -> None:
    assert share_shown(incidence(cohort({7: 20}, {90: 20})), 7, NONE).numerator is None


def test_limits_take_the_rounded_value_in() -> None:
    # 38 of 41 is 93%; 40 of 40 by rounded counts
    shown = share_shown(incidence(cohort({7: 38}, {90: 3})), 7, HES_2018)

    assert (shown.value, shown.upper) == (100, 100)
    assert shown.lower == 79  # 0.927 to the power exp(1.96 x 0.0407 / (0.927 x 0.076))


def test_the_curve_ends_where_only_a_few_are_still_followed(tmp_path: Path) -> None:
    # 20 assessed in June and 7 more followed to the horizon; 30 assessed 20 days before the extract
    rows = [scanned("2015-06-01", 30) for _ in range(20)] + [assessed("2015-06-01") for _ in range(7)]
    rows += [assessed("2015-12-11") for _ in range(30)]
    (curve,) = curves(hold(tmp_path, {"referral": rows}), IMAGING, Selection(by="region"), HES_2018)

    assert [point.days for point in curve.points] == [0, 7, 14, 21, 28]


def test_how_many_are_too_young_is_not_told_by_those_who_are_old_enough(tmp_path: Path) -> None:
    # of October 10 could be followed and 3 more could not
    rows = [*[scanned("2015-10-01", 10)] * 10, *[assessed("2015-10-31")] * 3, *[scanned("2015-09-01", 10)] * 20]
    (found,) = maturity(hold(tmp_path, {"referral": rows}), IMAGING, Selection(by="region"), HES_2018)

    september, october = found.cohorts
    assert (september.people.value, september.share.value) == (20, 100)
    assert (october.people.status, october.share.status) == ("suppressed", "suppressed")
    assert found.too_young.value == 15  # all 13 of October
    (of_few,) = maturity(hold(tmp_path / "few", {"referral": rows[10:]}), IMAGING, Selection(by="region"), HES_2018)
    assert (of_few.too_young.value, of_few.people.value) == (None, None)
