"""Waits against the examples of R's survival package, and against statsmodels on made-up cohorts."""

import csv
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from metrics.waits import Curve, Scale, median, restricted_mean, survival

LUNG = Path(__file__).parent / "data" / "lung.csv"

# Acute myelogenous leukaemia (Miller 1981), R's `aml`: weeks to relapse, + for those still in remission.
MAINTAINED = "9 13 13+ 18 23 28+ 31 34 45+ 48 161+"
NOT_MAINTAINED = "5 5 8 8 12 16+ 23 27 30 33 43 45"


def curve(people: Iterable[tuple[int, bool]]) -> Curve:
    """People as (time, event) to a curve, through counts by time."""
    times, events = (np.array(column) for column in zip(*people, strict=True))
    seen, last = times[events.astype(bool)], times[~events.astype(bool)]
    return survival(*(np.bincount(some, minlength=max(times) + 1) for some in (seen, last)))


def written(times: str) -> Curve:
    return curve([(int(time.rstrip("+")), not time.endswith("+")) for time in times.split()])


def lung(ecog: str | None = None) -> Curve:
    with LUNG.open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if ecog in (None, row["ecog"])]
    return curve([(int(row["days"]), row["died"] == "1") for row in rows])


@pytest.mark.parametrize(
    ("times", "weeks", "lower", "upper"), [(MAINTAINED, 31, 18, None), (NOT_MAINTAINED, 23, 8, None)]
)
def test_aml_median_as_r_prints_it(times: str, weeks: float, lower: float, upper: float | None) -> None:
    found = median(written(times), scale="log")  # R's default

    assert (found.value, found.lower, found.upper) == (weeks, lower, upper)


def test_aml_curve_of_the_maintained() -> None:
    assert written(MAINTAINED).waiting[[9, 23, 34]] == pytest.approx([0.9091, 0.6136, 0.3682], abs=5e-5)


@pytest.mark.parametrize(("scale", "lower", "upper"), [("log", 285, 363), ("log-log", 284, 361)])
def test_lung_median(scale: Scale, lower: float, upper: float) -> None:
    found = median(lung(), scale=scale)

    assert (found.value, found.lower, found.upper, found.people) == (310, lower, upper, 228)


@pytest.mark.parametrize(("ecog", "mean", "error"), [("0", 428.583, 32.157), ("1", 366.266, 22.416)])
def test_lung_restricted_mean_to_two_years(ecog: str, mean: float, error: float) -> None:
    found = restricted_mean(lung(ecog), 730)

    assert found.value == pytest.approx(mean, abs=5e-4)
    assert found.upper is not None
    assert (found.upper - mean) / 1.959964 == pytest.approx(error, abs=5e-4)


@pytest.mark.parametrize("seed", range(20))
def test_the_median_and_its_limits_are_those_of_statsmodels(seed: int) -> None:
    random = np.random.default_rng(seed)
    days, reached = random.integers(0, 90, 200), random.random(200) < 0.6
    reached[days.argmax()] = False  # statsmodels gives a limit, where R has none, once nobody is left
    theirs = SurvfuncRight(days, reached)
    lower, upper = theirs.quantile_ci(0.5, method="cloglog")
    ours = median(curve(zip(days.tolist(), reached.tolist(), strict=True)))

    assert ours.value == theirs.quantile(0.5)
    assert ours.lower == lower
    assert ours.upper == (None if np.isnan(upper) or np.isinf(upper) else upper)


@pytest.mark.parametrize("seed", range(5))
def test_the_curve_is_that_of_statsmodels(seed: int) -> None:
    random = np.random.default_rng(seed)
    days, reached = random.integers(0, 90, 200), random.random(200) < 0.6
    theirs = SurvfuncRight(days, reached)
    ours = curve(zip(days.tolist(), reached.tolist(), strict=True))

    assert ours.waiting[theirs.surv_times] == pytest.approx(theirs.surv_prob)
