"""Curves with competing ends, and tests of groups, against R's survival and cmprsk, and against statsmodels."""

import csv
from pathlib import Path

import numpy as np
import pytest
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight, survdiff

from metrics.conversion.difference import gray, log_rank
from metrics.conversion.incidence import Ends, incidence
from metrics.waits import restricted_mean, survival

DATA = Path(__file__).parent / "data"

# Acute myelogenous leukaemia (Miller 1981), R's `aml`: weeks to relapse, + for those still in remission.
MAINTAINED = "9 13 13+ 18 23 28+ 31 34 45+ 48 161+"
NOT_MAINTAINED = "5 5 8 8 12 16+ 23 27 30 33 43 45"


def ends_of(times: np.ndarray, end: np.ndarray) -> Ends:
    """From people, each with a whole time and 1 for the event, 2 for another end, 0 for still open."""
    return Ends(*(np.bincount(times[end == kind], minlength=times.max() + 1) for kind in (1, 2, 0)))


def read(name: str, group: str, units: int = 1) -> dict[str, Ends]:
    """The groups of a file of (time, end, group); times are multiplied by `units` to be whole."""
    with (DATA / f"{name}.csv").open(encoding="utf-8") as lines:
        rows = [list(row.values()) for row in csv.DictReader(lines)]
    members = sorted({row[2] for row in rows})
    assert group in members
    return {
        member: ends_of(
            np.array([round(float(time) * units) for time, _, of in rows if of == member]),
            np.array([int(end) for _, end, of in rows if of == member]),
        )
        for member in members
    }


def written(times: str) -> Ends:
    people = times.split()
    return ends_of(
        np.array([int(time.rstrip("+")) for time in people]), np.array([int(not time.endswith("+")) for time in people])
    )


@pytest.fixture(scope="module")
def men() -> Ends:
    """Men with monoclonal gammopathy (Kyle and others 2002), R's `mgus2`: 1 a plasma cell malignancy, 2 death first."""
    return read("mgus2", "M")["M"]


@pytest.mark.parametrize(("months", "share", "error"), [(120, 0.055310, 0.008644), (240, 0.095651, 0.013526)])
def test_mgus2_incidence_of_malignancy_in_men(men: Ends, months: int, share: float, error: float) -> None:
    curve = incidence(men)

    assert curve.share[months] == pytest.approx(share, abs=5e-7)
    assert curve.error[months] == pytest.approx(error, abs=5e-7)


@pytest.mark.parametrize(("months", "too_high"), [(120, 0.0882), (240, 0.2304)])
def test_mgus2_one_less_kaplan_meier_is_much_higher(men: Ends, months: int, too_high: float) -> None:
    # deaths taken for open: the figure that must not be given for a share; R prints it to four decimals
    waiting = survival(men.converted, men.ended + men.still_open).waiting

    assert round(float(1 - waiting[months]), 4) == too_high


def test_mgus2_kaplan_meier_is_that_of_statsmodels(men: Ends) -> None:
    months = np.arange(len(men.converted))
    people = men.converted + men.ended + men.still_open
    reached = np.concatenate([np.arange(n) < at for n, at in zip(people, men.converted, strict=True)])
    theirs = SurvfuncRight(np.repeat(months, people), reached)
    waiting = survival(men.converted, men.ended + men.still_open).waiting

    assert waiting[theirs.surv_times.astype(int)] == pytest.approx(theirs.surv_prob)


def test_mgus2_years_in_each_state_over_twenty_years(men: Ends) -> None:
    # survival's vignette on competing risks prints 8.7, 1.1 and 10.3
    malignant, dead = incidence(men).share, incidence(Ends(men.ended, men.converted, men.still_open)).share
    years = [float(curve[:240].sum()) / 12 for curve in (1 - malignant - dead, malignant, dead)]

    assert years == pytest.approx([8.675, 1.065, 10.260], abs=5e-4)


def test_mgus2_is_that_of_statsmodels_with_its_error(men: Ends) -> None:
    times, kinds = np.array([]), np.array([])
    for kind, people in ((1, men.converted), (2, men.ended), (0, men.still_open)):
        times = np.append(times, np.repeat(np.arange(len(people)), people))
        kinds = np.append(kinds, np.full(people.sum(), kind))
    with np.errstate(divide="ignore", invalid="ignore"):  # theirs has no error once nobody is left
        theirs, ours = CumIncidenceRight(times, kinds.astype(int)), incidence(men)
    at = theirs.times.astype(int)

    assert ours.share[at] == pytest.approx(theirs.cinc[0])
    assert ours.error[at[:-1]] == pytest.approx(theirs.cinc_se[0][:-1], abs=1e-9)


def test_grays_test_of_relapse_by_disease() -> None:
    # Bone marrow transplants (Scrucca and others 2007): cmprsk gives 2.8623325, p .090676. The paper supposes that no
    # two events fall together; cmprsk corrects for those that do, which moves the fifth figure.
    groups = read("bmtcrr", "AML", units=100)
    found = gray([groups["ALL"], groups["AML"]])

    assert found.people == [73, 104]
    assert found.chi_square == pytest.approx(2.8623, abs=1e-4)
    assert found.p == pytest.approx(0.090676, abs=1e-5)


def test_log_rank_of_aml() -> None:
    found = log_rank([written(MAINTAINED), written(NOT_MAINTAINED)])

    assert found.chi_square == pytest.approx(3.396389, abs=5e-7)
    assert found.p == pytest.approx(0.065339, abs=5e-7)


def test_log_rank_of_waltons() -> None:
    # lifelines prints 122.2491
    assert log_rank(list(read("waltons", "control").values())).chi_square == pytest.approx(122.2491, abs=5e-5)


def test_restricted_mean_of_waltons() -> None:
    # survRM2 prints 9.794 with standard error 0.123 for ten days of miR-137
    flies = read("waltons", "miR-137")["miR-137"]
    found = restricted_mean(survival(flies.converted, flies.still_open), 10)

    assert found.value == pytest.approx(9.794118, abs=5e-7)
    assert found.lower is not None
    assert (9.794118 - found.lower) / 1.959964 == pytest.approx(0.123245, abs=5e-7)


@pytest.mark.parametrize("seed", range(5))
def test_log_rank_is_that_of_statsmodels(seed: int) -> None:
    random = np.random.default_rng(seed)
    times, events, group = random.integers(0, 60, 300), random.integers(0, 2, 300), random.integers(0, 3, 300)
    theirs, p = survdiff(times, events, group)
    ours = log_rank([ends_of(times[group == at], events[group == at]) for at in range(3)])

    assert (ours.chi_square, ours.p, ours.freedom) == pytest.approx((theirs, p, 2))
