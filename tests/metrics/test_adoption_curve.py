import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.adoption.curve import Bass, Logistic, fit_bass, fit_logistic, s_curve

MONTHS = np.arange(1, 25)


@given(st.floats(0.005, 0.2), st.floats(0.05, 0.9))
def test_bass_starts_at_nobody_and_grows_towards_all(p: float, q: float) -> None:
    share = Bass(100, p, q).share(np.arange(200))

    assert share[0] == 0
    assert np.all(np.diff(share) >= 0)
    # at the slowest, p .005 and q .05, exp(-.055 x 199) (1 + q/p) = .0002 are left
    assert share[-1] == pytest.approx(1, abs=2e-4)


def test_with_nobody_to_follow_bass_is_the_same_chance_each_month() -> None:
    # 10% a month of those left, in continuous time
    assert Bass(1, 0.1, 1e-12).share(np.array([5])) == pytest.approx(1 - np.exp(-0.5))


def test_half_have_adopted_at_the_midpoint_of_a_logistic_curve() -> None:
    assert Logistic(0.7, 9).share(np.array([9])) == 0.5


@settings(max_examples=25, deadline=None)
@given(st.floats(0.01, 0.15), st.floats(0.1, 0.8))
def test_a_bass_curve_is_found_again_under_a_known_ceiling(p: float, q: float) -> None:
    new = 60 * np.diff(Bass(60, p, q).share(np.arange(25)))
    found = fit_bass(new, 60)

    assert (found.p, found.q) == pytest.approx((p, q), rel=1e-3)


@settings(max_examples=25, deadline=None)
@given(st.floats(0.2, 1.5), st.floats(3, 18))
def test_a_logistic_curve_is_found_again(rate: float, midpoint: float) -> None:
    found = fit_logistic(Logistic(rate, midpoint).share(MONTHS))

    assert (found.rate, found.midpoint) == pytest.approx((rate, midpoint), rel=1e-3)


def test_no_curve_is_drawn_while_fewer_than_three_in_five_have_adopted() -> None:
    # 23 of 40 are 57.5%, 24 are 60%
    few, enough = s_curve([3, 8, 9, 3], 40), s_curve([3, 8, 9, 4], 40)

    assert (few.model, few.fitted) == (None, [])
    assert few.reason == "Fewer than 60% of practices have adopted: where the curve would end cannot be told."
    assert few.seen == pytest.approx([3 / 40, 11 / 40, 20 / 40, 23 / 40])
    assert enough.model is not None


@pytest.mark.parametrize("model", ["logistic", "bass"])
def test_the_ceiling_is_every_practice_and_what_lies_ahead_is_called_arithmetic(model: str) -> None:
    found = s_curve([1, 2, 4, 6, 8, 6], 40, model, ahead=60)  # type: ignore[arg-type]

    assert len(found.fitted) == 66
    assert found.fitted[-1] == pytest.approx(1)
    assert found.sentence.startswith("27 of 40 practices have adopted. Arithmetic, not a forecast:")
    assert found.misfit is not None
    assert found.misfit < 0.03


def test_once_all_have_adopted_nothing_lies_ahead() -> None:
    assert s_curve([1, 3, 6, 7, 6, 3, 1], 27).sentence == "27 of 27 practices have adopted."


def test_all_at_once_is_a_curve_too() -> None:
    assert s_curve([40], 40).fitted[0] == pytest.approx(1)


def test_nobody_at_all_has_no_curve() -> None:
    assert s_curve([], 0).model is None
    assert s_curve([0, 0], 12).adopted == 0


def test_more_adopters_than_practices_are_refused() -> None:
    with pytest.raises(ValueError, match="41 of 40 practices"):
        s_curve([41], 40)
