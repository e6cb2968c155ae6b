import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from loaders.rtt_percentile import Rule
from metrics import rtt

BANDS = 53  # 52 weeks and the open band

bands = arrays(np.int64, BANDS, elements=st.integers(0, 200))
shares = st.sampled_from([0.5, 0.92, 0.95])


def in_bands(**patients: int) -> np.ndarray:
    """Bands with so many patients: `w0` is up to 7 days, `w17` 120 to 126 days, `w52` the open band."""
    counts = np.zeros(BANDS, dtype=int)
    for band, count in patients.items():
        counts[int(band[1:])] = count
    return counts


def test_day_126_is_within_18_weeks_and_day_127_is_not() -> None:
    # band 17 ends on day 126, band 18 begins on day 127
    assert rtt.within_18_weeks(in_bands(w17=3, w18=4)) == (3, 7)


def test_the_median_lies_within_its_band() -> None:
    # 10 patients, rank 5 of 10: band 1 starts after the first 4, so 1 of its 4 is needed
    median = rtt.percentile(in_bands(w0=4, w1=4, w2=2), 0.5, "n")

    assert median.value == pytest.approx(1.25)
    assert median.people == 10


def test_the_older_rule_takes_half_a_rank_more() -> None:
    median = rtt.percentile(in_bands(w0=4, w1=4, w2=2), 0.5, "n+1")  # rank 5.5

    assert median.value == pytest.approx(1.375)


def test_nobody_has_no_median() -> None:
    nobody = rtt.percentile(in_bands(), 0.5, "n+1")

    assert (nobody.value, nobody.lower, nobody.upper, nobody.people) == (None, None, None, 0)


def test_the_interval_is_read_through_the_bands() -> None:
    # 400 evenly over 4 weeks: half, give or take 1.96 x sqrt(0.25/400) = 0.049, of 4 weeks
    median = rtt.percentile(in_bands(w0=100, w1=100, w2=100, w3=100), 0.5, "n")

    assert (median.value, median.lower, median.upper) == pytest.approx((2, 2 - 4 * 0.049, 2 + 4 * 0.049), abs=1e-4)


@given(bands, shares, st.sampled_from(["n", "n+1"]))
def test_the_interval_holds_the_percentile(counts: np.ndarray, p: float, rule: Rule) -> None:
    found = rtt.percentile(counts, p, rule)

    if found.value is None:
        assert not counts.any()
    else:
        assert (found.lower or 0) <= found.value <= (found.upper or 0)


@given(bands, shares, st.integers(2, 50))
def test_a_percentile_does_not_depend_on_how_many_times_over_the_patients_are(
    counts: np.ndarray, p: float, times: int
) -> None:
    assert rtt.percentile(counts * times, p, "n").value == pytest.approx(rtt.percentile(counts, p, "n").value)


@given(bands, bands, shares)
def test_two_ccgs_together_lie_between_the_two(one: np.ndarray, other: np.ndarray, p: float) -> None:
    together = rtt.percentile(one + other, p, "n").value
    apart = [value for value in (rtt.percentile(c, p, "n").value for c in (one, other)) if value is not None]

    if together is not None:
        assert min(apart) - 1e-6 <= together <= max(apart) + 1e-6


@given(bands, bands)
def test_counts_of_two_ccgs_add(one: np.ndarray, other: np.ndarray) -> None:
    added = tuple(np.add(rtt.within_18_weeks(one), rtt.within_18_weeks(other)))

    assert rtt.within_18_weeks(one + other) == added
