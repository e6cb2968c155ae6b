"""Waiting: the queues of metrics, with a word where a number may not be shown, and RTT only as context."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import waiting
from metrics.areas import Area
from metrics.catalogue import load
from metrics.disclosure import Shown
from metrics.engines import Engine
from metrics.figures import figures
from metrics.intervals import Statistic
from metrics.measure import Target
from metrics.queue_arithmetic import Arithmetic
from metrics.queue_window import Window
from metrics.queues import Queues, StepQueue, queues
from metrics.selection import Selection
from metrics.still_waiting import BANDS, still_waiting
from metrics.wait_spread import cohort_waits
from tests.dashboard.page import charts, html, opened

HIDDEN = Shown("suppressed", reason="Fewer than 8 people: hidden to protect them.")
CANDIDATE = Target(value=42.0, source="A candidate", verified=False)
SENTENCE = "The list for first Triage and Treat contact is longer than a year before."


def _shown(value: float) -> Shown:
    return Shown("ok", value, numerator=value)


def _arithmetic(relief: float | None, weeks: float | None) -> Arithmetic:
    load = Statistic(1.25, 1.01, 1.55, 450, "ratio of two counts, exact interval")
    return Arithmetic(19.2, 15.4, 0.8, load, 6.0, 1.7, 28.8, relief, weeks)


# 250 joined and 200 were seen, so the list grew from 80 to 120
GROWING = StepQueue(
    "assessed",
    waiting=_shown(120.0),
    mean_wait=_shown(5.1),
    year_before=_shown(80.0),
    change="longer",
    joined=_shown(250.0),
    seen=_shown(200.0),
    left=_shown(10.0),
    target=CANDIDATE,
    arithmetic=_arithmetic(relief=22.7, weeks=None),
)
# so few wait for surgery that nothing can be said of it
TOO_FEW = StepQueue(
    "surgery", HIDDEN, HIDDEN, HIDDEN, "cannot_be_told", HIDDEN, HIDDEN, _shown(0.0), target=None, arithmetic=None
)
SOME = Queues(
    Area("00M", "South Tees", "early"),
    Window(date(2018, 1, 1), date(2018, 3, 1), "Nothing was received from DP9 (since June 2017)."),
    [GROWING, TOO_FEW],
    SENTENCE,
    release=1,
    synthetic=True,
)


def test_a_row_of_the_table_has_every_number_of_a_queue_with_its_unit() -> None:
    assert waiting.queue_table(SOME).iloc[0].to_dict() == {
        "Step": "First Triage and Treat contact",
        "Joined": "250",
        "Seen": "200",
        "Left unseen": "10",
        "Waiting": "120",
        "A year before": "80",
        "Change of the list": "longer",
        "Mean wait so far, weeks": "5.1",
        "Load (95% interval)": "1.25 (1.01 to 1.55)",
        "Seen a week": "15.4",
        "Needed a week": "22.7",
        "Weeks to target": "never at this pace",
        "Target": "42 days, unverified",
    }


def test_what_may_not_be_shown_has_a_word_and_no_bar() -> None:
    row = waiting.queue_table(SOME).iloc[1]
    assert list(row[["Joined", "Seen", "Waiting", "Load (95% interval)"]]) == ["hidden"] * 4
    assert row["Left unseen"] == "0"  # nobody is not a small number
    chart = waiting.queue_chart(SOME)
    assert [bars.x for bars in chart.data] == [(80.0, None), (120.0, None)]
    assert [note.text for note in chart.layout.annotations] == ["hidden", "hidden"]


@pytest.mark.parametrize(
    ("relief", "weeks", "said"),
    [
        (22.7, 12.4, ("22.7", "12")),
        (None, 3.2, ("no relief needed", "3")),  # at most twice as long as it may be
        (None, 0.0, ("no relief needed", "there")),
    ],
)
def test_what_it_takes_to_reach_the_target(relief: float | None, weeks: float, said: tuple[str, str]) -> None:
    queue = StepQueue(**{**vars(GROWING), "arithmetic": _arithmetic(relief, weeks)})
    row = waiting.queue_table(Queues(**{**vars(SOME), "steps": [queue]})).iloc[0]
    assert (row["Needed a week"], row["Weeks to target"]) == said


def test_a_step_without_a_target_says_so() -> None:
    row = waiting.queue_table(SOME).iloc[1]
    assert list(row[["Needed a week", "Weeks to target", "Target"]]) == ["no target", "no target", "none"]


def test_the_subtitle_names_the_months_and_whose_lists_are_missing() -> None:
    said = waiting.subtitle(SOME)
    assert said.startswith("South Tees: the list for each step at the end of Mar 2018 and a year before")
    assert said.endswith("from Jan 2018 to Mar 2018. Nothing was received from DP9 (since June 2017).")


def test_the_page_draws_the_wait_the_queues_and_the_list_of_one_ccg(app: AppTest, demo: Engine) -> None:
    app = opened(app, "waiting", ccgs="South Tees")
    south_tees = Selection(by="ccg", ccgs=("00M",))
    wait, _, _, _, queue, waiting_list = charts(app)
    expected = [row.value for row in figures(load()["wait_assessment"], south_tees, demo)]
    lines = {line["name"]: line["y"] for line in wait["data"] if line.get("name")}
    assert lines["South Tees"] == expected
    assert set(lines) == {"South Tees", "North East and Cumbria programme area"}
    [found] = queues(demo, south_tees)
    assert app.subheader[4].value == found.sentence.rstrip(".")
    assert queue["data"][1]["x"] == [step.waiting.value for step in found.steps]
    assert queue["layout"]["xaxis"]["title"]["text"] == "People waiting"
    assert waiting_list["layout"]["yaxis"]["title"]["text"] == "People"


def test_the_region_is_drawn_as_early_against_following(app: AppTest) -> None:
    wait, *_ = charts(opened(app, "waiting"))
    names = {line["name"] for line in wait["data"] if line.get("name")}
    assert names == {"Early implementers", "Following CCGs"}


def test_the_list_by_month_is_only_shown_for_a_step_that_has_one(app: AppTest) -> None:
    assert len(charts(opened(app, "waiting", wait="Wait for imaging"))) == 5


def test_every_axis_says_what_it_counts(app: AppTest) -> None:
    names = [chart["layout"].get("yaxis", {}).get("title", {}).get("text") for chart in charts(opened(app, "waiting"))]
    assert names == ["Days", "Days", "Per cent seen", "People waiting", None, "People"]  # steps name themselves


def test_the_far_end_and_the_completed_waits_stand_beside_the_median(app: AppTest, demo: Engine) -> None:
    spread = charts(opened(app, "waiting", ccgs="South Tees"))[1]
    rows = cohort_waits(demo, load()["wait_assessment"], Selection(ccgs=("00M",), per="quarter"))
    lines = {line["name"]: line["y"] for line in spread["data"]}
    assert lines["Median of the cohort"] == [row.cohort.value for row in rows]
    assert lines["92nd percentile of the cohort"] == [row.far.value for row in rows]
    assert lines["Median of those seen"] == [row.completed.value for row in rows]


def test_who_still_waits_is_stacked_by_how_long(app: AppTest, demo: Engine) -> None:
    bars = charts(opened(app, "waiting", ccgs="South Tees"))[3]["data"]
    [area] = still_waiting(demo, Selection(ccgs=("00M",)), steps=["assessed"])
    assert [bar["name"] for bar in bars] == [band.words for band in BANDS]
    for at, bar in enumerate(bars):
        assert bar["y"] == [end.bands[at].value for end in area.steps[0].months]


def test_months_since_go_live_put_the_wait_over_the_early_band(app: AppTest) -> None:
    wait = charts(opened(app, "waiting", ccgs="Darlington", time="Months since go-live"))[0]
    assert wait["layout"]["xaxis"]["title"]["text"].startswith("Months since each CCG's go-live")
    assert {"Darlington", "Early implementers, lowest to highest"} <= {line["name"] for line in wait["data"]}


def test_every_step_of_each_ccg_stands_in_a_table(app: AppTest, demo: Engine) -> None:
    table = opened(app, "waiting", ccgs=["South Tees", "Darlington"]).table[0].value
    rows = figures(load()["wait_imaging"], Selection(ccgs=("00M",), per="year"), demo)
    assert list(table["CCG"]) == ["Darlington", "South Tees"]
    newest = [row for row in rows if row.value is not None][-1]
    assert table["Wait for imaging"][1] == f"{newest.value:.0f} days ({newest.period})"


def test_every_chart_says_its_finding_to_those_who_hear_it(app: AppTest) -> None:
    app = opened(app, "waiting", ccgs="South Tees")
    heard = [chart.proto.alt for chart in app.get("plotly_chart")]
    assert len(heard) == 6
    for alt, finding in zip(heard, app.subheader, strict=False):  # the table of steps has no chart
        assert finding.value in alt


def test_rtt_comes_with_its_warning_even_when_none_was_received(app: AppTest) -> None:
    app = opened(app, "waiting")
    page = html(app)
    assert "back pain cannot be isolated in it" in page
    assert app.info[0].value.startswith("Nothing has been received yet for this measure. Its source: NHS England")
