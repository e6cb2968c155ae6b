import re
from dataclasses import replace

import pytest

from metrics.comparison.judgement import cannot_be_told, judge
from metrics.comparison.result import Change
from metrics.comparison.scale import scale_of
from metrics.measure import Measure

CHANGE = Change(
    estimate=-14.5,
    lower=-21.5,
    upper=-6.1,
    unit="%",
    words="15% shorter",
    p=1 / 66,
    p_plain=1 / 66,
    p_studentised=0.03,
    test="plain",
    noise_ratio=0.9,
    rank=1,
    arrangements=66,
    smallest_detectable=-12.0,
)
QUIET = replace(CHANGE, estimate=1.0, lower=-9.0, upper=12.0, words="1.0% longer", p=0.74, rank=49)


@pytest.fixture
def wait(measures: dict[str, Measure]) -> Measure:
    return measures["wait_assessment"]


def test_consistent_with(wait: Measure) -> None:
    found = judge(wait, CHANGE, scale_of(wait), "early")
    assert found.key == "consistent_with"
    assert found.words == (
        "Wait for assessment: consistent with a change. In the early implementers, until another CCG went live, it was "
        "15% shorter than the others would lead one to expect (95% interval 22% shorter to 6.1% shorter; p = 0.015: "
        "as large for 1 of 66 ways to deal out the dates of go-live). The CCGs that went first chose to, so this does "
        "not show that the pathway brought it about."
    )


def test_no_sign_of(wait: Measure) -> None:
    found = judge(wait, QUIET, scale_of(wait), "all")
    assert found.key == "no_sign"
    assert found.words == (
        "Wait for assessment: no sign of a change. In the CCGs that went live, while others had not, it was "
        "1.0% longer than the others would lead one to expect (95% interval 9.0% shorter to 12% longer; p = 0.74: "
        "as large for 49 of 66 ways to deal out the dates of go-live). Only 12% shorter or more would have shown four "
        "times in five."
    )


def test_cannot_be_told_says_why(wait: Measure) -> None:
    found = cannot_be_told(wait, "There are 5 months before the first go-live; 6 are needed.")
    assert found.words.startswith("Wait for assessment: cannot be told. There are 5 months")


@pytest.mark.parametrize("limits", [{"lower": None}, {"upper": None}, {"smallest_detectable": None}])
def test_a_change_that_the_data_do_not_bound_cannot_be_told(wait: Measure, limits: dict[str, None]) -> None:
    assert judge(wait, replace(CHANGE, **limits), scale_of(wait), "early").key == "cannot_be_told"  # type: ignore[arg-type]


@pytest.mark.parametrize(("p", "key"), [(0.05, "consistent_with"), (0.0501, "no_sign")])
def test_five_in_a_hundred_divides_them(wait: Measure, p: float, key: str) -> None:
    assert judge(wait, replace(CHANGE, p=p), scale_of(wait), "early").key == key


def test_no_judgement_says_that_anything_was_caused(wait: Measure) -> None:
    words = [judge(wait, change, scale_of(wait), "early").words for change in (CHANGE, QUIET)]
    forbidden = r"\b(caus\w*|because of|due to|proves?|effect of|led to|as a result|impact)\b"
    assert not any(re.search(forbidden, text, re.IGNORECASE) for text in words)
