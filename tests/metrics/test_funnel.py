from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from metrics.figure import Figure
from metrics.funnel import Funnel, Kind, dispersion, funnel, funnel_of, limits
from metrics.kinds import Conversion, Rate, Wait
from metrics.measure import How, Measure

FOUR = ["Ashfield", "Brook", "Colne", "Dale"]

kinds = st.sampled_from(["proportion", "rate"])


def measure(how: How, unit: str) -> Measure:
    return Measure(
        key="any",
        name="Any measure",
        question="How many?",
        family="conversion",
        order=1,
        how=how,
        unit=unit,
        decimals=0,
        better="neither",
        source="Made up",
        owner="Nobody",
        reviewed=date(2015, 5, 1),
        caveat="None.",
    )


SHARE = measure(Conversion(origin="assessed", reach=("imaging",), horizon=84), "%")
RATE = measure(Rate(table="referral", count="rows", per=1000), "per 1,000 patients")


def figure(area: str, numerator: float | None, denominator: float | None, reason: str = "") -> Figure:
    status = "suppressed" if reason else "ok"
    return Figure("any", area, area, "", "2015-05", numerator, denominator, 0, 0, 0, "%", status, 1, True, reason)  # type: ignore[arg-type]


def four(*events: float) -> Funnel:
    return funnel(FOUR[: len(events)], events, [400] * len(events), "proportion", baseline=0.25)


def test_the_baseline_adds_before_it_divides() -> None:
    # 10 of 20 and 10 of 180: 10%, not the mean of 50% and 5.6%
    assert funnel(["a", "b"], [10, 10], [20, 180], "proportion").baseline == 0.1


def test_an_area_lies_outside_only_beyond_the_wider_limits() -> None:
    # about 25% of 400: the 95% limits are 20.8 and 29.2%, the 99.8% ones 18.3 and 31.7%
    drawn = four(100, 120, 130, 70)

    assert [point.place for point in drawn.points] == ["within", "high_95", "high", "low"]
    assert drawn.outside == ["Colne", "Dale"]


def test_an_area_on_a_limit_lies_within_it() -> None:
    upper = limits("proportion", 0.25, 400).upper_95

    assert four(upper * 400).points[0].place == "within"


def test_areas_keep_the_order_in_which_they_come() -> None:
    # never a league table
    assert [point.area for point in four(90, 130, 70, 100).points] == FOUR


def test_limits_of_a_share_stay_shares() -> None:
    assert limits("proportion", 0.02, 10).lower_95 == 0
    assert limits("proportion", 0.98, 10).upper_998 == 1


def test_no_area_gives_no_funnel() -> None:
    with pytest.raises(ValueError, match="Every area needs a population"):
        funnel([], [], [], "rate")


@pytest.mark.parametrize(("events", "population"), [(5, 4), (0, 0)])
def test_what_is_no_share_is_refused(events: float, population: float) -> None:
    with pytest.raises(ValueError, match="Every area needs a population"):
        funnel(["a"], [events], [population], "proportion")


def test_a_rate_may_be_of_more_events_than_people() -> None:
    assert funnel(["a"], [5], [4], "rate").points[0].value == 1.25


@given(kinds, st.floats(0.05, 0.9), st.floats(20, 10_000), st.floats(1.1, 10))
def test_limits_lie_about_the_baseline_and_close_in_as_numbers_grow(
    kind: Kind, baseline: float, people: float, times: float
) -> None:
    few, many = limits(kind, baseline, people), limits(kind, baseline, people * times)

    assert few.lower_998 <= few.lower_95 <= baseline <= few.upper_95 <= few.upper_998
    assert few.lower_95 <= many.lower_95 + 1e-12
    assert many.upper_998 <= few.upper_998 + 1e-12


@given(kinds, st.floats(0.1, 0.9), st.floats(50, 10_000), st.floats(1e-4, 0.05))
def test_variation_between_areas_widens_the_limits(kind: Kind, baseline: float, people: float, between: float) -> None:
    narrow, wide = limits(kind, baseline, people, 1e-12), limits(kind, baseline, people, between)

    assert wide.lower_95 < narrow.lower_95
    assert narrow.upper_998 < wide.upper_998


@given(st.permutations([(30, 100), (80, 300), (44, 210), (160, 500)]))
def test_areas_in_another_order_give_the_same_funnel(rows: list[tuple[int, int]]) -> None:
    events, people = zip(*rows, strict=True)
    drawn = funnel(list("abcd"), events, people, "proportion")

    assert drawn.baseline == pytest.approx(314 / 1110)
    assert drawn.dispersion.phi == pytest.approx(
        dispersion(np.array([30, 80, 44, 160]), np.array([100, 300, 210, 500]), "proportion", 314 / 1110).phi
    )


@pytest.mark.parametrize("kind", ["proportion", "rate"])
def test_areas_that_differ_by_chance_alone_vary_as_chance_has_them(kind: Kind) -> None:
    # 400 areas of one rate: the 95% limits hold 95% of them, give or take 3 standard errors, and phi is below 1
    # because the highest and lowest scores are pulled in: by a tenth at either end it is 0.68 for normal scores
    random = np.random.default_rng(2005)
    people = random.integers(200, 2000, 400)
    events = random.binomial(people, 0.3) if kind == "proportion" else random.poisson(people * 0.3)
    drawn = funnel([str(at) for at in range(400)], events, people, kind, baseline=0.3)

    within = np.mean([point.place == "within" for point in drawn.points])
    assert within == pytest.approx(0.95, abs=3 * np.sqrt(0.95 * 0.05 / 400))
    assert drawn.dispersion.phi == pytest.approx(0.68, abs=0.1)
    assert drawn.dispersion.between == 0


def test_areas_that_truly_differ_are_found_to_and_no_longer_stand_out_once_adjusted() -> None:
    # log rates with standard deviation 0.3 between areas: variance 0.09, less what pulling in takes away
    random = np.random.default_rng(2005)
    people = random.integers(2000, 9000, 200)
    events = random.poisson(people * 0.1 * np.exp(random.normal(0, 0.3, 200)))
    plain, adjusted = (
        funnel([str(at) for at in range(200)], events, people, "rate", 0.1, adjusted=how) for how in (False, True)
    )

    assert 0.04 < plain.dispersion.between < 0.09
    assert len(plain.outside) > 80
    assert len(adjusted.outside) < 10


def test_areas_without_events_are_left_out_of_the_spread_of_rates() -> None:
    assert dispersion(np.array([0, 20, 25]), np.array([100, 100, 100]), "rate", 0.2).areas == 2


def test_an_area_says_what_it_could_not_have_shown() -> None:
    # 30% of 200, at 99.8%: chances from the binomial itself
    point = funnel(["a"], [60], [200], "proportion").points[0]
    above = point.detectable.above
    assert above is not None

    first_outside = int(200 * point.limits.upper_998) + 1
    assert stats.binom.sf(first_outside - 1, 200, above) == pytest.approx(0.8)


def test_figures_become_a_funnel_in_the_units_of_the_measure() -> None:
    drawn = funnel_of(RATE, [figure("a", 100, 50_000), figure("b", 300, 50_000)], baseline=4)

    assert drawn.funnel.baseline * RATE.scale == 4
    assert [point.value * RATE.scale for point in drawn.funnel.points] == [2, 6]
    assert [point.place for point in drawn.funnel.points] == ["low", "high"]


def test_an_area_whose_value_is_hidden_is_named_with_the_reason() -> None:
    drawn = funnel_of(SHARE, [figure("a", 100, 400), figure("b", None, None, "Fewer than 8 people.")])

    assert [point.area for point in drawn.funnel.points] == ["a"]
    assert drawn.left_out == [("b", "Fewer than 8 people.")]


def test_the_sentence_names_who_stands_out_and_what_would_not_have() -> None:
    figures = [figure(name, number, 400) for name, number in zip(FOUR, (100, 100, 190, 100), strict=True)]

    assert funnel_of(SHARE, figures, baseline=25).sentence == (
        "Outside the 99.8% limits: Colne. An area of middle size would have had to be below 17% or above 34% to show "
        "with 80% power."
    )


def test_a_quiet_funnel_says_so() -> None:
    assert funnel_of(SHARE, [figure("a", 100, 400)]).sentence.startswith("No area stands out.")


def test_a_median_has_no_funnel() -> None:
    with pytest.raises(ValueError, match="neither a share nor a rate"):
        funnel_of(measure(Wait(step="imaging"), "days"), [figure("a", 100, 400)])
