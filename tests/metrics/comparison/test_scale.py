from dataclasses import replace
from math import exp, isnan, log

import pytest

from metrics.comparison.refusal import CannotBeTold
from metrics.comparison.scale import scale_of
from metrics.figure import Figure, Status
from metrics.measure import Measure

# an effect of a tenth less or more, on the logarithm
LESS, MORE = log(0.9), log(1.1)


def figure(value: float | None, numerator: float | None, denominator: float | None, status: Status = "ok") -> Figure:
    limits = (None, None)
    return Figure(
        "m", "00M", "South Tees", "early", "2015-05", numerator, denominator, value, *limits, "", status, 1, False
    )


def test_waits_change_by_a_factor_and_get_shorter(measures: dict[str, Measure]) -> None:
    scale = scale_of(measures["wait_assessment"])
    assert scale.working(figure(56.0, 154, 163)) == pytest.approx(log(56))
    assert scale.in_words(scale.told(LESS)) == "10% shorter"
    assert scale.in_words(scale.told(MORE)) == "10% longer"


def test_a_median_of_no_whole_day_is_half_a_day(measures: dict[str, Measure]) -> None:
    assert scale_of(measures["wait_assessment"]).working(figure(0.0, 9, 9)) == pytest.approx(log(0.5))


def test_rates_change_by_a_factor_and_none_has_a_logarithm(measures: dict[str, Measure]) -> None:
    scale = scale_of(measures["gp_referrals"])
    assert scale.working(figure(16.0, 1600, 100_000)) == pytest.approx(log(1600.5 / 100_000))
    assert scale.working(figure(0.0, 0, 100_000)) == pytest.approx(log(0.5 / 100_000))
    assert scale.in_words(scale.told(log(1.034))) == "3.4% higher"


def test_counts_change_by_a_factor(measures: dict[str, Measure]) -> None:
    scale = scale_of(measures["waiting_for_assessment"])
    assert scale.working(figure(120.0, 120, None)) == pytest.approx(log(120.5))
    assert scale.in_words(scale.told(LESS)) == "10% lower"


def test_shares_are_compared_as_log_odds_and_told_in_points(measures: dict[str, Measure]) -> None:
    scale = scale_of(measures["referral_to_assessment"])
    assert scale.working(figure(75.0, 30, 40)) == pytest.approx(log(30.5 / 10.5))
    assert scale.working(figure(0.0, 0, 40)) == pytest.approx(log(0.5 / 40.5))
    # 60% now, odds halved by the effect taken out: 1.5 / 2 = 0.75 are odds of 3 in 7, so 60 - 42.86
    at_60 = replace(scale, base=log(0.6 / 0.4))
    assert at_60.told(log(2)) == pytest.approx(100 * (0.6 - 3 / 7))
    assert at_60.in_words(at_60.told(log(2))) == "17 points higher"


def test_mean_scores_are_told_as_they_are(measures: dict[str, Measure]) -> None:
    scale = scale_of(measures["odi_change"])
    assert scale.working(figure(-8.25, 40, None)) == -8.25
    assert scale.in_words(-2.04) == "2.0 points (ODI) lower"


def test_small_changes_have_a_decimal_and_none_is_no_different(measures: dict[str, Measure]) -> None:
    scale = scale_of(measures["wait_assessment"])
    assert [scale.in_words(told) for told in (-9.94, -10.4, 0.04)] == ["9.9% shorter", "10% shorter", "no different"]


@pytest.mark.parametrize("status", ["suppressed", "no_data", "not_received", "immature"])
def test_a_figure_without_a_value_is_missing(measures: dict[str, Measure], status: Status) -> None:
    assert isnan(scale_of(measures["wait_assessment"]).working(figure(None, None, None, status)))


def test_there_and_back(measures: dict[str, Measure]) -> None:
    scale = scale_of(measures["opioids"])
    before, after = (scale.working(figure(0, amount - 0.5, 1000)) for amount in (50, 60))
    assert scale.told(after - before) == pytest.approx(20)
    assert exp(after) == pytest.approx(0.06)


@pytest.mark.parametrize("key", ["practices_referring", "list_covered", "ccgs_live", "ttps_in_post", "referral_rate"])
def test_what_measures_the_rollout_itself_is_not_compared(measures: dict[str, Measure], key: str) -> None:
    with pytest.raises(CannotBeTold, match="nothing before go-live"):
        scale_of(measures[key])


def test_every_other_measure_has_a_scale(measures: dict[str, Measure]) -> None:
    rollout = {"practices_referring", "practices_sustained", "list_covered", "ccgs_live", "milestones_on_time"}
    rollout |= {"ttps_in_post", "referral_rate"}
    for key, measure in measures.items():
        if key not in rollout:
            assert scale_of(measure).unit in ("%", "points", measure.unit)
