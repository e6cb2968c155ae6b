"""Conversion: flows that give nothing hidden away, cohorts and curves by week."""

from datetime import date

from streamlit.testing.v1 import AppTest

from dashboard import conversion, flows
from metrics.areas import Area
from metrics.catalogue import load
from metrics.conversion import curves, maturity
from metrics.disclosure import Shown
from metrics.engines import Engine
from metrics.pathway_flow import Edge, Flow, Node, flow
from metrics.selection import Selection
from tests.dashboard.page import charts, opened

IMAGING = load()["assessed_to_imaging"]
HIDDEN = Shown("suppressed", reason="Fewer than 8 people: hidden to protect them.")
PEOPLE = Shown("ok", 100.0, numerator=100.0)
SHARE = Shown("ok", 80.0, 79.0, 81.0, 100.0, 125.0)

# everybody comes to imaging or is still open, but for a few who had surgery and nothing else
SOME = Flow(
    Area("00M", "South Tees", "early"),
    date(2017, 1, 1),
    date(2017, 3, 1),
    [
        Node("received", "receipt of the referral", "start", PEOPLE, SHARE),
        Node("imaging", "imaging", "step", PEOPLE, SHARE),
        Node("surgery", "surgery", "step", HIDDEN, HIDDEN),
        Node("open", "still open", "open", PEOPLE, SHARE),
    ],
    [
        Edge("received", "imaging", PEOPLE, SHARE),
        Edge("received", "surgery", HIDDEN, HIDDEN),
        Edge("imaging", "open", PEOPLE, SHARE),
        Edge("surgery", "open", HIDDEN, HIDDEN),
    ],
    "South Tees: of 100 referrals received, 80% are still open.",
    release=1,
    synthetic=True,
)


def test_a_hidden_flow_is_not_drawn_nor_a_step_that_only_such_flows_touch() -> None:
    [drawn] = conversion.sankey(SOME).data
    assert list(drawn.link.value) == [100.0, 100.0]
    assert list(drawn.node.label) == ["referral", "imaging", "still open"]
    assert list(zip(drawn.link.source, drawn.link.target, strict=True)) == [(0, 1), (1, 2)]


def test_a_hidden_flow_stands_in_the_table_and_the_subtitle_counts_it() -> None:
    table = conversion.flow_table(SOME)
    assert list(table["People"]) == ["100", "hidden (small number)", "100", "hidden (small number)"]
    assert list(table["To"])[1] == "surgery"
    assert conversion.flow_subtitle(SOME) == (
        "South Tees: referrals received Jan 2017 to Mar 2017, by the steps they reached; "
        "2 of 4 flows are hidden (small numbers)"
    )


def test_the_page_draws_the_flow_the_cohorts_and_the_curves_of_metrics(app: AppTest, demo: Engine) -> None:
    app = opened(app, "conversion", conversion="Assessed people imaged")
    pathway, cohorts, by_week = charts(app)
    [region] = flow(demo, Selection(by="region"))
    assert app.subheader[0].value == region.sentence.rstrip(".")
    assert sum(pathway["data"][0]["link"]["value"]) == sum(edge.people.value or 0 for edge in region.edges)
    found = maturity(demo, IMAGING, Selection(by="arm"))
    young = set.intersection(*({c.month for c in one.cohorts if not c.mature} for one in found))
    band = cohorts["data"][-1]
    assert (min(band["x"]), band["name"]) == (f"{min(young):%Y-%m-%d}", "Too early to tell")
    assert f"Hatched as too early to tell: from {min(young):%b %Y}." in app.get("plotly_chart")[1].proto.alt
    lines = {line["name"]: line["y"] for line in by_week["data"] if line.get("name")}
    for curve in curves(demo, IMAGING, Selection(by="arm")):
        assert lines[curve.area.name] == [point.share.value for point in curve.points]
    assert by_week["layout"]["xaxis"]["title"]["text"] == "Weeks since the start"
    assert by_week["layout"]["yaxis"]["title"]["text"] == "Per cent"


def test_the_denominator_is_written_out(app: AppTest) -> None:
    texts = [text.value for text in opened(app, "conversion", conversion="Assessed people imaged").markdown]
    assert any("of everybody in the cohort, once all could be followed for 84 days" in text for text in texts)


def test_a_ccg_hides_small_flows_and_says_how_many(app: AppTest, demo: Engine) -> None:
    app = opened(app, "conversion", ccgs="Darlington", flow_view="Table")
    [darlington] = flow(demo, Selection(by="ccg", ccgs=("00C",)))
    hidden = sum(edge.people.status == "suppressed" for edge in darlington.edges)
    assert hidden
    assert any(f"{hidden} of {len(darlington.edges)} flows are hidden" in text.value for text in app.markdown)
    assert (app.dataframe[0].value["People"] == "hidden (small number)").sum() == hidden


def test_months_narrow_the_flow_as_they_do_the_cohorts(app: AppTest, demo: Engine) -> None:
    app = opened(app, "conversion", **{"from": "Jan 2016", "to": "Mar 2016"})
    months = Selection(by="region", first=date(2016, 1, 1), last=date(2016, 3, 1))
    [region] = flow(demo, months)
    assert app.subheader[0].value == region.sentence.rstrip(".")
    _, cohorts, _ = charts(app)
    line = next(trace for trace in cohorts["data"] if trace.get("name") == "Early implementers")
    assert line["x"] == ["2016-01-01", "2016-02-01", "2016-03-01"]


def test_every_chart_says_its_finding_to_those_who_hear_it(app: AppTest) -> None:
    app = opened(app, "conversion")
    assert len(app.subheader) == 3
    for chart, finding in zip(app.get("plotly_chart"), app.subheader, strict=True):
        assert finding.value in chart.proto.alt


def test_a_phone_gets_the_steps_as_a_list_with_the_hidden_named() -> None:
    listed = flows.steps_html(SOME)
    assert "receipt of the referral: 100 (80%)" in listed
    assert "surgery: hidden (small number)</li>" in listed


def test_practices_are_drawn_when_they_are_asked_for(app: AppTest, demo: Engine) -> None:
    app = opened(app, "conversion", conversion="Assessed people imaged", ccgs="Darlington")
    assert len(app.get("plotly_chart")) == 3
