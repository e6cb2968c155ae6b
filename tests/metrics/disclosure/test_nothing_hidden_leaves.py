"""Everything that `metrics` returns for many selections, searched number by number for what hes_2018 hides."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import pytest

from metrics.disclosure import HES_2018, NONE
from tests.metrics.disclosure.everything import everything, numbers, parts, sentences, world

SEEDS = (1, 2)

OF_PEOPLE = {"numerator", "denominator", "people", "events"}
OF_PRACTICES = ("AreaPractices.adopted", "Uptake", "AreaPractices.counts", "AreaPractices.median_list")
"""Practices are no people, and their lists are published."""

FROM_SHOWN = {
    *("value", "lower", "upper", "mean", "near_lower", "near_upper", "share", "autocorrelation", "quiet_share"),
    *("lower_95", "upper_95", "lower_998", "upper_998", "baseline", "phi", "between", "above", "below", "population"),
    "populations",
    *("demand", "capacity", "leaving", "pressure", "target_queue", "relief_capacity", "weeks_to_target", "coverage"),
}
"""Worked out from counts as they are shown, or from at least eight people."""

ABOUT_NOBODY = {
    *("release", "horizon", "days", "months", "slip", "target", "level", "power", "areas", "count", "patients"),
    *("fewest", "length", "decimals", "order", "per", "mcid", "list_size", "over_weeks"),
    *("live_for", "window", "over", "upto"),
}


Results = Sequence[object]


@pytest.fixture(scope="module", params=SEEDS)
def results(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Results]:
    engine = world(tmp_path_factory.mktemp("hidden"), request.param)
    yield list(everything(engine, Random(request.param), HES_2018))
    engine.close()


def test_no_number_that_leaves_is_a_count_to_be_hidden(results: Results) -> None:
    """Every field is known for what it holds: a new one has to be put into one of the sets above."""
    people = 0
    for result in results:
        for path, number in numbers(result, type(result).__name__):
            name = path.rsplit(".", 1)[-1]
            if name in OF_PEOPLE and not path.startswith(OF_PRACTICES):
                people += 1
                assert number == 0 or (number >= HES_2018.hidden.stop and number % 5 == 0), (path, number)
            else:
                assert path.startswith(OF_PRACTICES) or name in FROM_SHOWN | ABOUT_NOBODY, path
    assert people > 500


def test_no_sentence_tells_a_count_to_be_hidden(results: Results) -> None:
    told = [
        int(number.replace(",", ""))
        for result in results
        for sentence in sentences(result)
        for number in re.findall(r"([\d,]*\d) (?:people were|people are|people[.,]|referrals|of them over)", sentence)
    ]
    assert told
    assert {number for number in told if number % 5 or number in HES_2018.hidden} == set()


def test_a_hidden_figure_carries_no_number(results: Results) -> None:
    hidden = [one for result in results for one in parts(result) if getattr(one, "status", "ok") == "suppressed"]
    assert len(hidden) > 500
    for one in hidden:
        assert [getattr(one, name) for name in ("value", "lower", "upper", "numerator", "denominator")] == [None] * 5


def test_the_unhidden_would_have_been_found(tmp_path: Path) -> None:
    """Under the policy for authorised users the same search finds small counts."""
    engine = world(tmp_path, SEEDS[0])
    found = [
        number
        for result in everything(engine, Random(SEEDS[0]), NONE)
        for path, number in numbers(result, type(result).__name__)
        if path.endswith("numerator") and number in HES_2018.hidden
    ]
    assert len(found) > 100
