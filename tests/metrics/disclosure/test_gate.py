"""The gate for small numbers, at its boundaries.

The rounding is that of the Hospital Episode Statistics rules of 2018: sub-national counts of 1 to 7 are
hidden, others shown to the nearest 5, and percentages follow from the rounded counts.
"""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.disclosure import HES_2018, MHSDS, NONE, POLICIES, Policy, Shown, disclose, policy_in_force
from metrics.disclosure.gate import BESIDE_A_SMALLER, beside_others
from metrics.engines import Engine
from metrics.evidence import Estimate, Evidence, Nothing, PerHead, Quotient, Tally
from metrics.figures import figures
from metrics.intervals import byar, wilson
from metrics.measure import Measure
from metrics.selection import Selection

SUPPRESSED = Shown("suppressed", reason="Fewer than 8 people: hidden to protect them.")


# ---- Counts


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, 0), (8, 10), (12, 10), (13, 15), (17, 15), (18, 20), (2.5, 5), (7.5, 10), (12.5, 15)],
)
def test_counts_are_rounded_to_the_nearest_five_halves_upwards(count: float, shown: float) -> None:
    assert HES_2018.rounded(count) == shown


@pytest.mark.parametrize(("count", "hidden"), [(0, False), (1, True), (7, True), (8, False)])
def test_one_to_seven_people_are_hidden_wherever_they_stand(count: int, hidden: bool) -> None:
    for evidence in (
        Tally(count),
        Quotient(count, 100),
        PerHead(count, 5000, 1000),
        Estimate(3.0, 1.0, 9.0, count, 100),
    ):
        assert (disclose(evidence, HES_2018) == SUPPRESSED) is hidden, evidence


@pytest.mark.parametrize(("people", "hidden"), [(1, True), (7, True), (8, False)])
def test_a_share_or_a_median_of_fewer_than_eight_is_hidden(people: int, hidden: bool) -> None:
    for evidence in (Quotient(0, people), Estimate(3.0, 1.0, 9.0, people), Estimate(None, None, None, 0, people)):
        assert (disclose(evidence, HES_2018) == SUPPRESSED) is hidden, evidence


def test_zero_is_shown() -> None:
    assert disclose(Tally(0), HES_2018) == Shown("ok", 0.0, numerator=0.0)
    rate = disclose(PerHead(0, 5000, 1000), HES_2018)
    assert (rate.status, rate.value, rate.numerator) == ("ok", 0.0, 0.0)


def test_nobody_to_count_is_no_zero() -> None:
    assert disclose(Quotient(0, 0), HES_2018) == Shown("no_data", denominator=0.0, reason="There was nobody to count.")


def test_what_has_no_value_keeps_its_reason() -> None:
    assert disclose(Nothing("immature", "Too young."), HES_2018) == Shown("immature", reason="Too young.")
    unreached = disclose(Estimate(None, 12.0, None, 3, 40, "Not half."), NONE)
    assert unreached == Shown("no_data", numerator=3.0, denominator=40.0, reason="Not half.")


# ---- What follows from counts


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"),
    [
        (8, 80, 13),  # 10 of 80 is 12.5, halves upwards
        (38, 81, 50),  # 40 of 80, though 38 of 81 is 46.9
        (99, 101, 100),  # 100 of 100
        (0, 8, 0),
    ],
)
def test_percentages_are_whole_and_from_rounded_counts(numerator: int, denominator: int, percent: int) -> None:
    assert disclose(Quotient(numerator, denominator), HES_2018).value == percent


def test_a_rate_is_from_the_rounded_count_and_the_published_population() -> None:
    shown = disclose(PerHead(13, 4321, 1000), HES_2018)
    assert (shown.numerator, shown.denominator, shown.value) == (15, 4321, 15 / 4.321)


def test_means_have_no_more_decimals_than_their_measure() -> None:
    # -7.857142857 points could only be the mean of 14 people where about 15 are shown
    shown = disclose(Estimate(-110 / 14, -12.345, -3.369, 14), HES_2018, decimals=1)
    assert (shown.value, shown.lower, shown.upper, shown.numerator) == (-7.9, -12.3, -3.4, 15)
    assert disclose(Estimate(-110 / 14, -12.345, -3.369, 14), NONE, decimals=1).value == -110 / 14


def test_intervals_follow_from_what_is_shown() -> None:
    share, rate = disclose(Quotient(38, 81), HES_2018), disclose(PerHead(13, 5000, 1000), HES_2018)
    assert (share.lower, share.upper) == (100 * wilson(40, 80).lower, 100 * wilson(40, 80).upper)
    assert (rate.lower, rate.upper) == pytest.approx((byar(15).lower / 5, byar(15).upper / 5))


def test_no_interval_where_none_fits() -> None:
    for evidence in (Quotient(5, 4), PerHead(30, 5000, 1000)):  # more in post than planned; an amount of a drug
        shown = disclose(evidence, NONE, limits=False)
        assert (shown.status, shown.lower, shown.upper) == ("ok", None, None)


people = st.integers(8, 400)


@given(people, people, st.integers(-2, 2), st.integers(-2, 2))
def test_counts_that_are_rounded_alike_cannot_be_told_apart(part: int, rest: int, more: int, others: int) -> None:
    numerator, denominator = 5 * part, 5 * (part + rest)
    near = Quotient(numerator + more, max(denominator + others, numerator + more))
    if HES_2018.rounded(near.denominator) == denominator:
        assert disclose(near, HES_2018) == disclose(Quotient(numerator, denominator), HES_2018)
    rates = PerHead(numerator, 90000, 1000), PerHead(numerator + more, 90000, 1000)
    assert disclose(rates[0], HES_2018) == disclose(rates[1], HES_2018)
    assert disclose(Tally(numerator), HES_2018) == disclose(Tally(numerator + more), HES_2018)


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_share_lies_between_none_and_all_and_within_its_interval(part: int, rest: int) -> None:
    for policy in POLICIES.values():
        shown = disclose(Quotient(part, part + rest), policy)
        if shown.value is not None and shown.lower is not None and shown.upper is not None:
            assert 0 <= shown.value <= 100
            assert shown.lower <= shown.value <= shown.upper


evidence = st.one_of(
    st.builds(Tally, st.integers(1, 7)),
    st.builds(Quotient, st.integers(1, 7), st.integers(8, 900)),
    st.builds(Quotient, st.integers(0, 1), st.integers(1, 7)),
    st.builds(PerHead, st.integers(1, 7), st.integers(1000, 90000), st.just(1000)),
    st.builds(Estimate, st.floats(0, 300), st.none(), st.none(), st.integers(1, 7), st.integers(8, 90)),
    st.builds(Estimate, st.none(), st.none(), st.none(), st.just(0), st.integers(1, 7)),
)


@given(evidence)
def test_what_is_hidden_carries_no_number(found: Evidence) -> None:
    shown = disclose(found, HES_2018)
    assert shown == SUPPRESSED
    assert (shown.value, shown.lower, shown.upper, shown.numerator, shown.denominator) == (None,) * 5


# ---- The policy of the MHSDS data quality dashboard


@pytest.mark.parametrize("evidence", [Tally(0), Tally(4), Quotient(0, 60), Quotient(4, 60), Quotient(0, 0)])
def test_mhsds_hides_nought_to_four_in_either_part(evidence: Evidence) -> None:
    assert disclose(evidence, MHSDS) == Shown("suppressed", reason="Fewer than 5 people: hidden to protect them.")


def test_mhsds_percentages_are_whole_and_from_the_counts_before_rounding() -> None:
    shown = disclose(Quotient(38, 81), MHSDS)  # 46.9; by the rounded counts it would be 50
    assert (shown.numerator, shown.denominator, shown.value) == (40, 80, 47)
    assert disclose(Quotient(5, 8), MHSDS).value == 63  # halves upwards


def test_mhsds_limits_are_from_the_rounded_counts_and_hold_the_value() -> None:
    shown = disclose(Quotient(38, 81), MHSDS)
    assert (shown.lower, shown.upper) == (100 * wilson(40, 80).lower, 100 * wilson(40, 80).upper)
    most = disclose(Quotient(97, 98), MHSDS)  # 95 of 100 as rounded, for which it would end at 97.8
    assert (most.value, most.upper) == (99, 99)


def test_a_nought_is_no_less_hidden_for_having_no_rows(measures: dict[str, Measure], small: Engine) -> None:
    """Nobody was asked for a programme in 00M in June: beside a star, `nobody to count` would tell."""
    found = figures(measures["cppp_completed"], Selection(ccgs=("00M",)), small, MHSDS)
    assert {figure.status for figure in found} == {"suppressed", "not_received"}


# ---- The policy for authorised users


def test_the_policy_none_shows_counts_as_they_are() -> None:
    assert disclose(Tally(1), NONE) == Shown("ok", 1.0, numerator=1.0)
    share = disclose(Quotient(1, 3), NONE)
    assert (share.numerator, share.denominator) == (1, 3)
    assert share.value is not None
    assert isclose(share.value, 100 / 3)


# ---- Which policy


def test_the_policy_is_hes_2018_unless_the_environment_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISCLOSURE", raising=False)
    assert policy_in_force() is HES_2018
    monkeypatch.setenv("DISCLOSURE", "")
    assert policy_in_force() is HES_2018
    monkeypatch.setenv("DISCLOSURE", "none")
    assert policy_in_force() is NONE
    monkeypatch.setenv("DISCLOSURE", "off")
    with pytest.raises(ValueError, match="'off', which is no small-number policy: there are hes_2018, "):
        policy_in_force()


@pytest.mark.parametrize(
    ("key", "area", "period", "shown"),
    [
        ("referral_rate", "00C", "2016-04", "suppressed"),  # two people
        ("odi_change", "00C", "2016-04", "suppressed"),  # two pairs of forms
        ("waiting_for_assessment", "00C", "2016-04", "suppressed"),  # six people
        ("low_value_injections", "00C", "2016-04", "suppressed"),  # five spells
        ("practices_referring", "00C", "2016-04", (1, 2, 50)),  # practices are no people
        ("ccgs_live", "00M", "2015-05", (1, 1, 100)),
        ("ttps_in_post", "00M", "2016-04", (3, 4, 75)),  # posts
        ("gp_referrals", "00C", "2016-04", (3, 6999, 3000 / 6999)),  # published already
        ("rtt_neurosurgery_within_18_weeks", "00C", "2016-04", (60, 80, 75)),  # published already
    ],
)
def test_only_counts_of_people_that_are_not_public_are_hidden(
    measures: dict[str, Measure], small: Engine, key: str, area: str, period: str, shown: object
) -> None:
    found = figures(measures[key], Selection(), small, HES_2018)
    (figure,) = [figure for figure in found if (figure.area, figure.period) == (area, period)]
    if figure.status == "suppressed":
        assert shown == "suppressed"
    else:
        assert (figure.numerator, figure.denominator, figure.value) == shown


def test_the_environment_decides_what_figures_show(
    measures: dict[str, Measure], small: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def numerators() -> set[float | None]:
        chosen = Selection(ccgs=("00C",))
        return {figure.numerator for figure in figures(measures["referral_to_assessment"], chosen, small)}

    monkeypatch.delenv("DISCLOSURE", raising=False)
    assert numerators() == {None}
    monkeypatch.setenv("DISCLOSURE", "none")
    assert numerators() == {3.0, 0.0}


def test_what_is_hidden_for_the_sake_of_others_is_not_told_to_be_few() -> None:
    # six ways of one person each lead on from six people: that these are 7 at the most tells each of the ways
    for people in (6, 12):
        assert beside_others(disclose(Tally(people), HES_2018), True) == BESIDE_A_SMALLER
        assert beside_others(disclose(Tally(people), HES_2018), False) == disclose(Tally(people), HES_2018)
    nothing = Shown("not_received", reason="Nothing was received.")
    assert beside_others(nothing, True) == nothing


def test_a_policy_is_said_in_words() -> None:
    assert all(isinstance(policy, Policy) and policy.words.endswith(".") for policy in POLICIES.values())
