"""Compare: what it stands on, where CCGs started, how far behind they are, and what is refused with its reason."""

from streamlit.testing.v1 import AppTest

from dashboard import lags
from metrics.areas import ccgs
from metrics.catalogue import load
from metrics.comparison.alignment import aligned
from metrics.comparison.compare import compare
from metrics.comparison.lag import lags as lags_of
from metrics.engines import Engine
from metrics.figures import figures
from metrics.live import rollout
from metrics.selection import Selection
from tests.dashboard.page import charts, opened

WAIT = load()["wait_assessment"]
LIVE = "Adoption: CCGs live"


def _texts(app: AppTest) -> str:
    return " ".join(text.value for text in app.main.markdown)


def test_the_page_opens_on_a_measure_that_can_be_compared(app: AppTest) -> None:
    app = opened(app, "compare")
    assert app.selectbox(key="measure").value == "wait_assessment"
    assert len(charts(app)) == 4


def test_it_says_first_who_is_live_how_much_is_known_and_that_it_shows_no_cause(app: AppTest) -> None:
    said = _texts(opened(app, "compare"))
    assert (
        "**Live since:** May 2015 South Tees; Jun 2015 Hambleton, Richmondshire and Whitby; Dec 2015 Darlington" in said
    )
    assert "**Not live by March 2018:** Cumbria, North Durham, Northumberland" in said
    assert "**Months:** May 2014 to Nov 2015, 12 before the first go-live and 7 after it" in said
    assert "values by CCG and month; " in said
    assert "**Data:** Synthetic data" in said
    assert "**Not a cause:** The CCGs that went first chose to" in said


def test_where_each_ccg_started_is_shown_beside_the_early_implementers(app: AppTest, demo: Engine) -> None:
    chart = charts(opened(app, "compare"))[1]
    rows = figures(WAIT, Selection(per="year"), demo)
    expected = {row.area_name: row.value for row in rows if row.period == "2014/15"}
    early, following = chart["data"]
    names = [name.replace("<br>", " ") for name in early["y"] + following["y"]]
    assert dict(zip(names, early["x"] + following["x"], strict=True)) == expected
    assert (early["name"], len(early["x"]), len(following["x"])) == ("Early implementers", 2, 10)
    assert chart["layout"]["xaxis"]["title"]["text"] == "Days"
    ends = [f"between {min(arm['x']):.0f} days and {max(arm['x']):.0f} days" for arm in (early, following)]
    headline = f"Before anybody was live (2014/15) the early implementers stood {ends[0]}, the others {ends[1]}"
    assert headline in [heading.value for heading in app.subheader]


def test_the_grid_of_lags_says_in_each_cell_what_metrics_says(app: AppTest, demo: Engine) -> None:
    chart = charts(opened(app, "compare"))[2]
    points = aligned(figures(WAIT, Selection(), demo), rollout(demo, synthetic=True))
    grid, said = chart["data"][0], [note["text"] for note in chart["layout"]["annotations"]]
    width = len(grid["x"])
    rows = lags_of(points, WAIT.better)
    assert {row.ccg for row in rows} == set(ccgs()) - {"00M", "03D", "00J", "00L", "01H"}  # early, and not live
    for row in rows:
        at = grid["y"].index(ccgs()[row.ccg].short_name)
        assert said[at * width] == lags.cell_words(row)


def test_the_change_stands_with_its_interval_its_p_and_its_place(app: AppTest, demo: Engine) -> None:
    change = compare(WAIT, demo).change
    assert change is not None
    frame = opened(app, "compare").table[0].value
    table = dict(zip(frame.iloc[:, 0], frame.iloc[:, 1], strict=True))
    assert table["Change against what the others lead one to expect"] == f"{change.estimate:+.1f}%"
    assert table["95% interval"] == f"{change.lower:+.1f} to {change.upper:+.1f}%"
    assert table["Place by size among all ways to choose who went first"] == f"{change.rank} of {change.arrangements}"


def test_the_comparison_says_what_metrics_says_and_what_it_rests_on(app: AppTest, demo: Engine) -> None:
    app = opened(app, "compare")
    first, _, rest = compare(WAIT, demo).judgement.words.partition(". ")
    assert first in [title.value for title in app.subheader]
    assert rest in _texts(app)
    assert any("**Compared with** the 10 CCGs not yet live" in text.value for text in app.markdown)


def test_followers_are_drawn_over_the_early_band_at_the_same_stage(app: AppTest) -> None:
    same_stage = charts(opened(app, "compare", ccgs=["Darlington", "Sunderland"]))[0]
    names = [trace["name"] for trace in same_stage["data"]]
    assert {"Darlington", "Sunderland", "South Tees", "Early implementers, lowest to highest"} <= set(names)
    assert "Newcastle Gateshead" not in names
    across = same_stage["layout"]["xaxis"]
    assert across["title"]["text"] == "Months since each CCG's go-live;<br>under them n, the CCGs with a value"
    assert {"0<br>9", "30<br>2"} <= set(across["ticktext"])  # nine are live, and the early two have been for 30 months


def test_a_comparison_that_cannot_be_told_says_why(app: AppTest) -> None:
    app = opened(app, "compare", measure="Outcome: Change in disability")  # no forms before the pathway
    assert "Change in disability: cannot be told" in [title.value for title in app.subheader]
    assert "Nothing was received for these months." in [text.value for text in app.markdown]


def test_what_cannot_be_compared_is_refused_in_a_sentence_and_without_empty_tables(app: AppTest) -> None:
    app = opened(app, "compare", measure=LIVE)
    assert "CCGs live: cannot be told" in [title.value for title in app.subheader]
    assert "It measures the rollout itself, which has nothing before go-live to be compared with." in _texts(app)
    assert "No lag can be told for any CCG in: CCGs live; Milestones on time." in _texts(app)
    assert not app.table


def test_mixed_ccgs_are_refused_with_the_reason(app: AppTest) -> None:
    app = opened(app, "compare", ccgs="Tees Valley")
    assert app.info[0].value.startswith("Tees Valley mixes early and following CCGs, so it is never compared.")
    lines = {line["name"] for line in charts(app)[0]["data"]}
    assert {"Darlington", "Hartlepool and Stockton-on-Tees"} <= lines  # those of 2015 within it


def test_months_and_presentation_narrow_the_comparison(app: AppTest) -> None:
    app = opened(app, "compare", **{"from": "Nov 2014", "presentation": "Low back pain"})
    assert "**Months:** Nov 2014 to Nov 2015, 6 before the first go-live and 7 after it" in _texts(app)


def test_every_chart_says_its_finding_to_those_who_hear_it(app: AppTest) -> None:
    app = opened(app, "compare")
    found = [title.value for title in app.subheader]
    heard = [chart.proto.alt for chart in app.get("plotly_chart")]
    assert len(heard) == 4
    for alt in heard:
        assert any(finding in alt for finding in found)
