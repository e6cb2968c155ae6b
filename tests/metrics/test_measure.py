from datetime import date

import pytest
from pydantic import ValidationError

from loaders.outcomes import CONTRACT as SCORES
from loaders.pathway import CONTRACT as PATHWAY
from loaders.tables import STEPS
from metrics.kinds import Change, Conversion, Proportion, Rate, Wait
from metrics.measure import Better, How, Measure, Target
from metrics.names import RISING_IS_BETTER

SEEN = Conversion(origin="received", reach=("assessed",), horizon=84)
SCANS = Rate(table="practice_coding", count="gp_lumbar_mri", per=1000)
WAIT = Wait(step="assessed")


def measure(how: How, unit: str, decimals: int = 0, better: Better = "higher", target: Target | None = None) -> Measure:
    return Measure(
        key="example",
        name="Example",
        question="How does this go?",
        family="adoption",
        order=1,
        how=how,
        unit=unit,
        decimals=decimals,
        better=better,
        target=target,
        source="Made up",
        owner="Nobody",
        reviewed=date(2026, 11, 1),
        caveat="Made up for a test.",
    )


@pytest.mark.parametrize(
    ("unit", "decimals", "value", "words"),
    [
        ("%", 0, 76.4, "76%"),
        ("weeks", 1, 5.769, "5.8 weeks"),
        ("weeks", 1, None, "no data"),
        ("days", 0, 1.0, "1 day"),
        ("days", 0, 31.5, "32 days"),
        ("people", 0, 1204, "1,204 people"),
        ("points", 1, -7.25, "\N{MINUS SIGN}7.2 points"),
        ("points", 0, -0.3, "0 points"),  # not minus nought
        ("weeks", 1, 1.0, "1.0 weeks"),  # measured, not counted: stays plural
    ],
)
def test_a_value_is_written_with_its_unit(unit: str, decimals: int, value: float | None, words: str) -> None:
    assert measure(SEEN if unit == "%" else WAIT, unit, decimals).in_words(value) == words


def test_a_numerator_over_a_denominator_is_scaled_to_the_unit() -> None:
    assert measure(SEEN, "%").scale == 100
    assert measure(SCANS, "per 1,000").scale == 1000
    assert measure(WAIT, "days").scale == 1


def test_only_measures_that_follow_people_have_a_horizon() -> None:
    returned = Change(instrument="ODI", time_point="discharge", statistic="returned", horizon=182)

    assert measure(SEEN, "%").horizon == 84
    assert measure(returned, "%").horizon == 182
    assert measure(SCANS, "per 1,000").horizon is None


@pytest.mark.parametrize("unit", ["weeks", "percent"])
def test_a_share_is_shown_in_per_cent(unit: str) -> None:
    with pytest.raises(ValidationError, match="a share is shown in '%'"):
        measure(SEEN, unit)


def test_only_a_share_is_shown_in_per_cent() -> None:
    with pytest.raises(ValidationError, match="nothing else is"):
        measure(WAIT, "%")


def test_a_target_needs_a_direction() -> None:
    target = Target(value=92, source="A publication", verified=True)

    assert measure(SEEN, "%", better="higher", target=target).target == target
    with pytest.raises(ValidationError, match="can have no target"):
        measure(SEEN, "%", better="neither", target=target)


def test_a_share_of_posts_has_no_interval_and_a_share_of_people_has() -> None:
    posts = Proportion(table="workforce", numerator=("in_post",), denominator=("planned",))
    coded = Proportion(table="practice_coding", numerator=("start_back_low",), denominator=("episodes",))

    assert measure(posts, "%").interval is None  # whole-time equivalents, which may exceed the plan
    assert measure(coded, "%").interval == "Wilson"


def test_a_column_must_be_in_the_table_and_of_the_right_sort() -> None:
    with pytest.raises(ValidationError, match="'spels' is not a column of amounts in procedure: there are spells"):
        Proportion(table="procedure", numerator=("spels",), denominator=("spells",))
    with pytest.raises(ValidationError, match="'ccg' is not a column of amounts"):  # text cannot be added
        Rate(table="procedure", count="ccg", per=1000)
    with pytest.raises(ValidationError, match="'spells' is not a column of text"):
        Rate(table="procedure", count="rows", where={"spells": ("1",)}, per=1000)


def test_the_share_improved_needs_the_change_that_matters_and_its_source() -> None:
    with pytest.raises(ValidationError, match="cannot do without it"):
        Change(instrument="ODI", time_point="discharge", statistic="improved")
    with pytest.raises(ValidationError, match="needs the source"):
        Change(instrument="ODI", time_point="discharge", statistic="improved", mcid=10)


def test_better_is_a_fall_in_disability_and_a_rise_in_quality_of_life() -> None:
    assert not Change(instrument="ODI", time_point="discharge", statistic="mean_change").rising_is_better
    assert Change(instrument="EQ-5D-5L", time_point="discharge", statistic="mean_change").rising_is_better


@pytest.mark.parametrize("step", STEPS)
def test_every_step_can_be_waited_for_and_reached(step: str) -> None:
    assert Wait(step=step).step == step
    assert Conversion(origin="received", reach=(step,), horizon=84).reach == (step,)


def test_a_completed_programme_and_a_discharge_can_be_reached_but_not_waited_for() -> None:
    assert Conversion(origin="cppp", reach=("cppp_completed", "discharged"), horizon=182)
    with pytest.raises(ValidationError, match="'cppp_completed' is not a step"):
        Wait(step="cppp_completed")


def test_instruments_are_those_that_submissions_may_hold() -> None:
    assert set(RISING_IS_BETTER) == set(SCORES.field("instrument").allowed)


@pytest.mark.parametrize("outcome", PATHWAY.field("outcome").allowed)
def test_every_outcome_of_a_submission_can_be_asked_for(outcome: str) -> None:
    asked = {"origin": "assessed", "reach": ("discharged",), "horizon": 182, "outcome": outcome}

    assert Conversion(**asked).outcome == outcome  # type: ignore[arg-type]
