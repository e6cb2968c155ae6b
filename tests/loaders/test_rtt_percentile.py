"""The percentile of week bands under both rules, worked out by hand."""

import numpy as np

from loaders.rtt_percentile import band_percentile, band_percentiles


def test_the_two_rules_of_the_median() -> None:
    # Four waits, two in each of the first two weeks. (4+1)/2 = 2.5 lies a quarter into the second band
    assert band_percentile([2, 2, 0], 0.5, "n+1") == 1.25
    # 4/2 = 2 is reached by the end of the first
    assert band_percentile([2, 2, 0], 0.5, "n") == 1.0


def test_other_percentiles_have_one_rule() -> None:
    # 0.95 x 60 = 57 is reached at the end of the first band, though the next three people wait ten weeks
    assert band_percentile([57, *[0] * 9, 3, 0], 0.95, "n+1") == 1.0
    assert band_percentile([57, *[0] * 9, 3, 0], 0.95, "n") == 1.0


def test_the_open_band_is_a_week_wide_or_its_lower_end() -> None:
    # 0.95 x 20 = 19 is the last but one of ten people in the open band, from index 2
    assert band_percentile([10, 0, 10], 0.95, "n+1") == 2.9
    assert band_percentile([10, 0, 10], 0.95, "n") == 2.0


def test_no_patients_have_no_median() -> None:
    assert band_percentile([0, 0, 0], 0.5, "n") is None
    assert np.isnan(band_percentiles(np.array([[0, 0], [2, 0]]), 0.5, "n")).tolist() == [True, False]
