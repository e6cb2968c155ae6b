"""The rollout page: what the ledger says, on the map, the timeline and in the tables."""

import json
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import cached, milestones, rollout, tables
from metrics.adoption.milestones import Milestone, standing_of
from metrics.catalogue import load
from metrics.engines import Engine
from metrics.figure import latest
from metrics.figures import figures
from metrics.ledger import Ledger
from metrics.periods import begins
from metrics.precedent import STAFF
from metrics.selection import By, Selection
from tests.dashboard.page import html, opened

AS_AT = date(2018, 3, 31)


def _row(component: str, planned: date | None, forecast: date | None, actual: date | None, status: str) -> Milestone:
    standing, slip = standing_of(planned, forecast, actual, status, AS_AT)
    return Milestone(
        "00C", "Darlington", component, planned, forecast, actual, status, "", "", AS_AT, standing, slip, None, ""
    )


REACHED_LATE = _row("go_live", date(2015, 12, 7), None, date(2015, 12, 21), "done")  # 14 days: 2 weeks
FORECAST_LATE = _row("imaging_route", date(2018, 2, 5), date(2018, 6, 4), None, "in_progress")  # 119 days: 17 weeks
OVERDUE = _row("cppp_running", date(2018, 3, 24), None, None, "in_progress")  # a week before the ledger's day
ON_TIME = _row("contract_signed", date(2015, 8, 1), None, date(2015, 8, 1), "done")
STOPPED = _row("gp_template_live", date(2015, 8, 1), None, None, "stopped")
EVERY = [REACHED_LATE, FORECAST_LATE, OVERDUE, ON_TIME, STOPPED]


def test_the_headline_counts_live_ccgs_and_slipping_milestones() -> None:
    # slips of 2, 17 and at least 1 week: the middle one is 2
    assert rollout.headline(Ledger(EVERY, [], AS_AT, True)) == (
        "1 of 12 CCGs are live; 3 of 5 milestones slip, by 2 weeks at the median; 1 was given up"
    )


def test_without_a_slip_none_is_said() -> None:
    assert rollout.headline(Ledger([ON_TIME], [], AS_AT, True)) == "0 of 12 CCGs are live; 0 of 1 milestones slip"


def test_slip_has_a_word_in_every_case() -> None:
    assert [milestones.slip_cell(row) for row in EVERY] == [
        "2 weeks late",
        "17 weeks late",
        "at least 1 week late",
        "as planned",
        "none known",
    ]


def test_the_timeline_tells_planned_reached_and_forecast_apart_by_shape() -> None:
    chart = milestones.timeline([REACHED_LATE, FORECAST_LATE], AS_AT, by_ccg=False)
    named = {trace.name: trace for trace in chart.data if trace.name}
    assert list(named["Planned"].x) == [date(2018, 2, 5), date(2015, 12, 7)]  # drawn from the bottom: earliest on top
    assert list(named["Reached"].x) == [None, date(2015, 12, 21)]
    assert list(named["Forecast, as sent"].x) == [date(2018, 6, 4), None]
    assert len({trace.marker.symbol for trace in named.values()}) == len(named)
    assert chart.data[-1].text == ("  +17 wk", "  +2 wk")


def test_the_download_holds_the_table_and_no_formula() -> None:
    table = milestones.milestone_table([_row("go_live", None, None, None, "not_started")]).assign(Owner="=1+1")
    text = tables.csv_bytes("Title", "Stamp", table).decode("utf-8-sig").splitlines()
    assert text[:2] == ["Title", "Stamp"]
    assert text[2].startswith("CCG,Component,Planned")
    assert "'=1+1" in text[3]


def test_the_page_draws_map_timeline_staff_and_practices_with_alternatives(app: AppTest) -> None:
    app = opened(app, "rollout")
    assert app.subheader[0].value.startswith("9 of 12 CCGs are live; ")
    charts = [chart.proto for chart in app.get("plotly_chart")]
    starts = [chart.alt.split(".")[0] for chart in charts]
    assert starts == ["Map", "Timeline", "Line chart", "Line chart"]
    assert all(finding.value in charts[at].alt for at, finding in ((0, app.subheader[1]), (1, app.subheader[2])))
    assert json.loads(charts[0].config)["topojsonURL"] == "/app/static/topojson/"
    assert json.loads(charts[2].spec)["layout"]["yaxis"]["title"]["text"] == "Whole-time equivalents"


def test_the_page_opens_with_who_slips_who_answers_for_it_and_what_the_ledger_says(app: AppTest) -> None:
    app = opened(app, "rollout")
    table = next(element.proto.body for element in app.get("html") if "What is still to come" in element.proto.body)
    # the demo's ledger has North Durham's imaging route planned for 12 Feb and forecast for 6 Aug 2018: 25 weeks
    first = table.split("<tbody>")[1].split("</tr>")[0]
    assert "North Durham" in first
    assert "Imaging route, 25 weeks late; 4 more are late" in first
    assert "06 Aug 2018" in first
    assert "Radiology manager" in first
    assert "0.6 of 2.3 WTE planned, Mar 2018" in first
    assert "North Durham puts off going live to 2018-06-04" in first
    assert any(text.value.startswith("**North Durham slips most in what is still to come") for text in app.markdown)


def test_who_was_here_before_is_looked_up_for_the_worst_step_of_a_follower(app: AppTest) -> None:
    app.query_params["who"] = "Durham Dales, Easington and Sedgefield"
    app = opened(app, "rollout")
    said = " ".join(text.value for text in app.markdown)
    assert "**Hambleton, Richmondshire and Whitby stood at 54 days in June 2015, where Durham Dales" in said
    assert "was there at the month of go-live; 6 months later it stood at 43 days." in said
    table = next(element.proto.body for element in app.get("html") if "What its ledger did" in element.proto.body)
    assert table.index("Core therapy slots") < table.index("Combined programme running")
    assert "Practitioners in post (WTE): from 0.9 to 2.1" in table


def test_a_place_where_no_early_implementer_stood_is_said_to_be_one(app: AppTest) -> None:
    app.query_params.update({"rollout_ccg": "Cumbria", "place": "Waiting: Wait for assessment"})
    said = " ".join(text.value for text in opened(app, "rollout").markdown)
    assert "**No early implementer has stood where Cumbria at 72 days stands now.**" in said
    assert "The nearest was Hambleton, Richmondshire and Whitby with 57 days in April 2015." in said


def test_the_ledger_is_narrowed_by_ccg_component_and_status(app: AppTest) -> None:
    app.query_params.update({"rollout_ccg": "Cumbria", "component": "Go-live", "status": "not started"})
    app = opened(app, "rollout")
    table = next(frame.value for frame in app.dataframe if "Owner" in frame.value)
    assert table[["CCG", "Component", "Status"]].to_numpy().tolist() == [["Cumbria", "Go-live", "not started"]]


def test_the_map_can_be_coloured_by_a_measure(app: AppTest) -> None:
    app.query_params["map"] = "Patients covered"
    chart = opened(app, "rollout").get("plotly_chart")[0].proto
    assert "Patients covered" in chart.alt


def test_without_a_ledger_the_page_says_what_to_send_and_what_is_published(
    monkeypatch: pytest.MonkeyPatch, app: AppTest
) -> None:
    monkeypatch.setattr(cached, "ledger_of", lambda _release: None)
    app = opened(app, "rollout")
    assert app.subheader[0].value == "Who is live cannot be told: no ledger was received"
    assert "docs/submissions.md" in app.markdown[0].value
    assert "NICE guideline NG59" in html(app)
    assert not app.get("plotly_chart")


MONTHS_OF_2016 = {"from": "Jan 2016", "to": "Dec 2016"}


@pytest.mark.parametrize(
    ("key", "measure", "by"), [("practitioners", STAFF, "region"), ("covered", "list_covered", "arm")]
)
def test_what_is_told_month_by_month_is_of_the_months_selected(
    app: AppTest, demo: Engine, key: str, measure: str, by: By
) -> None:
    app = opened(app, "rollout", **MONTHS_OF_2016)
    card = next(card for card in app.session_state["handout"].cards if card.key == key)
    shown = figures(load()[measure], Selection(by=by), demo)
    told = {begins(row.period): row.value for row in shown if row.area in ("region", "early") and "2016" in row.period}
    months = [day for day in card.chart.data[0].x if day is not None]
    assert (min(months), max(months)) == (date(2016, 1, 1), date(2016, 12, 1))
    assert f"{told[date(2016, 12, 1)]:.0f}%" in card.table.to_string()
    assert card.subtitle.endswith("Only: Jan 2016 to Dec 2016")
    assert all(date(2016, 1, 1) <= note.date <= date(2016, 12, 31) for note in card.notes)


def test_the_map_is_coloured_by_the_newest_value_of_the_months_selected(app: AppTest, demo: Engine) -> None:
    app = opened(app, "rollout", map="Practices referring", **MONTHS_OF_2016)
    asked = [row for row in figures(load()["practices_referring"], Selection(), demo) if row.period <= "2016-12"]
    data = app.session_state["handout"].cards[0].figures()
    assert dict(zip(data["area"], data["period"], strict=True)) == {a: f.period for a, f in latest(asked).items()}
    assert dict(zip(data["area"], data["value"], strict=True)) == {a: f.value for a, f in latest(asked).items()}


def test_the_ledger_stays_whole_whatever_months_are_selected_and_says_so(app: AppTest) -> None:
    app = opened(app, "rollout", presentation="Radicular pain", **MONTHS_OF_2016)
    said = [text.value for text in app.markdown]
    assert any(text.startswith("**Only: Jan 2016 to Dec 2016**") and "as the ledger says" in text for text in said)
    assert any(text.startswith("96 of 96 milestones.") for text in said)
    notes = app.dataframe[-1].value
    assert set(notes["Date"].str[-4:]) == {"2016"}
    assert "**Not used on this page:** presentation" in [text.value for text in app.sidebar.markdown]
