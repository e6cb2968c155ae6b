"""How far waits are spread, said in one sentence for each area."""

from dataclasses import replace

from dashboard import wait_spread
from metrics.catalogue import load
from metrics.disclosure import Shown
from metrics.figure import Figure
from metrics.wait_spread import CohortWait
from tests.dashboard.test_words import RELEASE

WAIT = load()["wait_assessment"]
QUARTER = Figure(
    WAIT.key,
    "E",
    "Early implementers",
    "early",
    "2017/18 Q3",
    None,
    None,
    47,
    None,
    None,
    "days",
    "ok",
    1,
    synthetic=True,
)
EARLY = CohortWait(QUARTER, Shown("ok", 100.0), Shown("ok", 45.0))
FOLLOWING = CohortWait(
    replace(QUARTER, area="F", area_name="Following CCGs", arm="following", value=59.0),
    Shown("ok", 126.0),
    Shown("ok", 54.0),
)
# the newest quarter, of which the slowest cannot be told yet
YOUNG = CohortWait(replace(QUARTER, period="2017/18 Q4"), Shown("no_data"), Shown("ok", 32.0))


def test_the_headline_names_the_newest_quarter_of_which_the_slowest_are_known() -> None:
    assert wait_spread.cohort_card(WAIT, [EARLY, YOUNG, FOLLOWING], RELEASE).headline == (
        "Of those asked for the step in 2017/18 Q3, half were seen within 47 days and 92 in 100 within 100 days in the "
        "early implementers, and within 59 and 126 days in the following CCGs"
    )


def test_where_the_slowest_are_never_known_the_headline_says_so() -> None:
    assert wait_spread.cohort_card(WAIT, [YOUNG], RELEASE).headline == (
        "How long the slowest wait cannot be told: no 92nd percentile can be shown"
    )
