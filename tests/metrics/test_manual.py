from typing import get_args

from metrics import catalogue
from metrics.explanation import explain
from metrics.kinds import (
    Change,
    Conversion,
    Count,
    How,
    Milestones,
    Practices,
    Proportion,
    Rate,
    Rtt,
    Wait,
    WaitingList,
)
from metrics.manual import MANUAL, manual
from metrics.names import REACHABLE

MEASURES = catalogue.load()

ONE_OF_EACH_KIND: tuple[How, ...] = (
    Proportion(table="procedure", numerator=("repeat_spells",), denominator=("spells",)),
    Rate(table="referral", count="rows", per=1000),
    Count(table="procedure", count="spells", where={"diagnosis_group": ("sciatica",)}),
    Wait(step="surgery"),
    Conversion(origin="cppp", reach=("cppp_completed",), horizon=182),
    Rtt(function="110", statistic="median"),
    Change(instrument="ODI", time_point="6_months", statistic="mean_change"),
    Practices(state="sustained", weight="list"),
    Milestones(component="go_live", statistic="reached"),
    WaitingList(step="assessed", over_weeks=18),
)


def entry(key: str) -> str:
    return manual({key: MEASURES[key]})


def test_the_manual_says_what_the_definitions_say() -> None:
    written = MANUAL.read_text(encoding="utf-8") if MANUAL.exists() else ""

    assert written == manual(MEASURES), "docs/measures.md is stale: run python -m metrics.manual"


def test_every_measure_has_its_question_and_its_caveat_in_the_manual() -> None:
    text = manual(MEASURES)

    assert [key for key, m in MEASURES.items() if m.question not in text or m.caveat not in text] == []


def test_every_kind_can_be_explained() -> None:
    assert {type(how) for how in ONE_OF_EACH_KIND} == set(get_args(How))
    for how in ONE_OF_EACH_KIND:
        explanation = explain(how)
        assert all((explanation.way, explanation.denominator, explanation.numerator, explanation.cohort)), how


def test_a_conversion_is_explained_with_its_cohort_and_horizon() -> None:
    explanation = explain(Conversion(origin="cppp", reach=("cppp_completed",), horizon=182))

    assert explanation.cohort == "people by month of the referral to the combined programme"
    assert explanation.denominator == "everybody in the cohort, once all could be followed for 182 days"
    assert explanation.numerator == (
        "of these, those reaching completion of the combined programme within 182 days of the referral to the "
        "combined programme, the day itself included"
    )


def test_everything_that_a_referral_can_reach_has_words() -> None:
    for reached in REACHABLE:
        assert explain(Conversion(origin="received", reach=(reached,), horizon=84)).numerator


def test_conditions_and_columns_are_put_in_words() -> None:
    counted = explain(Count(table="procedure", count="spells", where={"diagnosis_group": ("sciatica", "other")}))

    assert counted.numerator == "hospital spells (`spells`), where diagnosis group is sciatica or other"


def test_the_list_longer_than_some_weeks_says_so() -> None:
    assert "for more than 18 weeks" in explain(WaitingList(step="assessed", over_weeks=18)).numerator


def test_a_target_says_whether_it_is_verified() -> None:
    assert "- **Target:** 92.0%, verified. NHS England standard" in entry("rtt_orthopaedics_within_18_weeks")
    assert "- **Target:** 42 days, unverified. A candidate" in entry("wait_assessment")
    assert "- **Target:** none" in entry("wait_imaging")


def test_the_smallest_change_that_matters_says_whether_it_is_verified() -> None:
    assert "10 on the instrument's scale, verified. PMID 15949778" in entry("odi_change")
    assert "0.03 on the instrument's scale, unverified." in entry("eq5d_change")
    assert "Smallest change" not in entry("anxiety_change")


def test_what_becomes_of_small_numbers_is_said() -> None:
    assert "- **Small numbers:** shown: the figures are published" in entry("opioids")
    assert "- **Small numbers:** shown: they count practices" in entry("ccgs_live")
    assert "- **Small numbers:** hidden and rounded" in entry("wait_assessment")
