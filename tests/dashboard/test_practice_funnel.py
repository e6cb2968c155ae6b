"""The funnel of practices: which year, who stands outside, and no name where none may be given."""

from dashboard import practice_funnel
from metrics.catalogue import load
from metrics.figure import Figure, Status
from tests.metrics.warehouses import release_one

IMAGING = load()["assessed_to_imaging"]


def _figure(practice: str, of: float, number: float | None, period: str = "2016/17", status: Status = "ok") -> Figure:
    value = None if number is None else 100 * number / of
    return Figure(
        IMAGING.key, practice, practice, "early", period, number, of, value, None, None, "%", status, 1, synthetic=True
    )


# A and B have the rate of all; C has none of 200, far below what chance gives; of D too few are known
YEAR = [
    _figure("A", 1000, 500),
    _figure("B", 1000, 500),
    _figure("C", 200, 0),
    _figure("D", 5, None, status="suppressed"),
]


def test_who_lies_outside_is_counted_and_marked_by_shape() -> None:
    card = practice_funnel.card(IMAGING, YEAR, named=True, release=release_one())
    assert card.headline == "Assessed people imaged: 1 of 3 practices outside the 99.8% limits"
    assert card.subtitle.endswith("judge: 1")
    within, outside = card.chart.data[-2:]
    assert (list(within.text), list(outside.text)) == (["A", "B"], ["C"])
    assert (within.marker.symbol, outside.marker.symbol) == ("circle", "diamond")
    assert card.chart.layout.yaxis.title.text == "Per cent"
    assert card.headline in card.alt


def test_a_practice_has_no_name_where_none_may_be_given() -> None:
    card = practice_funnel.card(IMAGING, YEAR, named=False, release=release_one())
    assert set(card.table["Practice"]) == {"A practice"}
    assert set(card.chart.data[-1].text) == {"A practice"}


def test_the_year_is_the_newest_of_those_with_the_most_values() -> None:
    older = [_figure(name, 100, 50, "2015/16") for name in "ABC"]
    young = [_figure(name, 100, None, "2017/18", "immature") for name in "ABC"]
    assert practice_funnel.fullest_year([*older, *YEAR, *young]) == YEAR
    assert practice_funnel.fullest_year(young) == []
