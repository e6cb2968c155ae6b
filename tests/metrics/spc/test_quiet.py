"""Autocorrelation, and how often series signal in which nothing happens."""

import pytest

from metrics.spc.chart import Rebase
from metrics.spc.quiet import lag_one_autocorrelation, quiet_series, quiet_signal_share
from metrics.spc.rules import MAKING_DATA_COUNT_R
from tests.metrics.spc.series import EXCEL_7, chart, month


def test_autocorrelation_leaves_out_pairs_that_a_gap_parts() -> None:
    # deviations -1 1 gap -1 1 2 -2: products -1, -1, 2, -4 over 4 + 1, squares 12 over 6: -0.8 / 2
    assert lag_one_autocorrelation(chart([9, 11, None, 9, 11, 12, 8])) == pytest.approx(-0.4)


def test_autocorrelation_is_about_the_mean_of_each_group() -> None:
    step = [1, 2, 1, 2, 1, 2, 11, 12, 11, 12, 11, 12]
    rebased = chart(step, rebases=[Rebase(month(6), "two CCGs merged")])
    assert lag_one_autocorrelation(rebased) == pytest.approx(-11 / 12)  # a half above and below in turns
    unaware = lag_one_autocorrelation(chart(step))
    assert unaware is not None
    assert unaware > 0.7


def test_autocorrelation_of_a_constant_series_or_one_without_limits_is_none() -> None:
    assert lag_one_autocorrelation(chart([0.1] * 12)) is None
    assert lag_one_autocorrelation(chart([3, 1, 2])) is None
    assert lag_one_autocorrelation(chart([])) is None


def test_a_series_too_short_for_limits_never_signals() -> None:
    assert quiet_signal_share(4, 0.0, MAKING_DATA_COUNT_R) == 0
    assert quiet_signal_share(12, 0.0, EXCEL_7) == 0
    assert quiet_signal_share(13, 0.0, EXCEL_7) > 0


def test_a_series_signals_more_often_the_longer_and_the_more_autocorrelated_it_is() -> None:
    by_length = [quiet_signal_share(points, 0.3, MAKING_DATA_COUNT_R) for points in (6, 12, 24, 48)]
    assert by_length == sorted(set(by_length))
    by_autocorrelation = [quiet_signal_share(24, r, MAKING_DATA_COUNT_R) for r in (-0.5, 0.0, 0.5, 0.9)]
    assert by_autocorrelation == sorted(set(by_autocorrelation))


def test_an_autocorrelation_of_one_is_taken_for_the_highest_that_has_a_mean() -> None:
    assert quiet_signal_share(24, 1.0, MAKING_DATA_COUNT_R) == quiet_signal_share(24, 0.95, MAKING_DATA_COUNT_R)


@pytest.mark.parametrize("autocorrelation", [-0.5, 0.0, 0.8])
def test_simulated_series_have_the_mean_the_spread_and_the_autocorrelation_asked_for_from_the_start(
    autocorrelation: float,
) -> None:
    series = quiet_series(20_000, 8, autocorrelation)
    for month_of_series in (0, 7):
        assert series[:, month_of_series].mean() == pytest.approx(0, abs=0.03)
        assert series[:, month_of_series].std() == pytest.approx(1, abs=0.02)
    assert (series[:, 0] * series[:, 1]).mean() == pytest.approx(autocorrelation, abs=0.03)
