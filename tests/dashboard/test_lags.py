"""The grid of lags: a word in every cell, and one sentence for the measures that nothing can be told of."""

import pytest

from dashboard import lags
from dashboard.identity import SHADES
from metrics.catalogue import load
from metrics.comparison.lag import Lag
from tests.dashboard.test_words import RELEASE

MEASURES = load()
WAIT, LIVE = MEASURES["wait_assessment"], MEASURES["ccgs_live"]
FLAT = "The early implementers' curve does not go that way."
DARLINGTON = Lag("00C", "lag", 27, 17.4, 10.0, None)
SUNDERLAND = Lag("00P", "level", 5, 0.3, -1.0, 2.0, "Level: no lag can be told from chance.")
UNTOLD = [Lag("00C", "cannot_be_told", reason=FLAT), Lag("00P", "cannot_be_told", reason=FLAT)]
LAGS = {WAIT: [DARLINGTON, SUNDERLAND], LIVE: UNTOLD}


@pytest.mark.parametrize(
    ("lag", "said"),
    [
        (DARLINGTON, "17 behind"),
        (Lag("00C", "lag", 27, -3.0, -5.0, -1.0), "3 ahead"),
        (SUNDERLAND, "level"),
        (Lag("00C", "beyond", 27), "beyond"),
        (Lag("00C", "below", 27), "below start"),
        (UNTOLD[0], "?"),
        (None, "no value"),
    ],
)
def test_every_cell_has_words(lag: Lag | None, said: str) -> None:
    assert lags.cell_words(lag) == said


def test_the_further_behind_the_darker_and_below_the_start_is_darkest() -> None:
    rows = [
        Lag("00C", "level"),
        Lag("00K", "lag", 27, 6.0, 1.0, 9.0),  # on the step is not over it
        Lag("00P", "lag", 27, 6.1, 1.0, 9.0),
        Lag("00N", "lag", 27, 12.1, 1.0, 19.0),
        Lag("00L", "below", 27),
        Lag("01H", "cannot_be_told", reason=FLAT),
    ]
    [grid] = lags.heat_map({WAIT: rows}).data
    by_name = {name: shade for name, (shade,) in zip(grid.y, grid.z, strict=True)}
    assert by_name["Darlington"] == 0
    assert by_name["Hartlepool and Stockton-on-Tees"] == 1
    assert by_name["Sunderland"] == 2
    assert by_name["South Tyneside"] == 3
    assert by_name["Northumberland"] == len(SHADES) - 1
    assert by_name["Cumbria"] is None


def test_the_table_has_the_interval_or_the_reason() -> None:
    table = lags.lag_table(LAGS)
    assert list(table[WAIT.name]) == [
        "17.4 months behind after 27 months live (95% from 10.0 to off the curve)",
        "Level: no lag can be told from chance.",
    ]
    assert list(table[LIVE.name]) == [FLAT, FLAT]


def test_what_cannot_be_told_of_anybody_is_one_sentence() -> None:
    assert list(lags.told(LAGS)) == [WAIT]
    assert lags.untold_words(LAGS) == "No lag can be told for any CCG in: CCGs live."
    assert lags.untold_words({WAIT: LAGS[WAIT]}) == ""
    assert lags.untold_words({WAIT: []}) == ""  # nobody follows yet


def test_a_phone_gets_every_cell_in_a_list() -> None:
    listed = lags.narrow_html(lags.told(LAGS))
    assert "<strong>Wait for assessment</strong>" in listed
    assert "<li>Darlington: 17 behind</li><li>Sunderland: level</li>" in listed


def test_the_headline_counts_followers_by_where_they_stand() -> None:
    beside = "beside the early implementers at the same stage"
    assert lags.card(WAIT, LAGS, True, RELEASE).headline == (
        f"Wait for assessment {beside}: of 2 followers 1 is behind or ahead of them and 1 is level with them"
    )
    assert lags.card(LIVE, LAGS, True, RELEASE).headline == f"CCGs live {beside}: of 2 followers 2 cannot be told"
