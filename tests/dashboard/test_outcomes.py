"""The outcomes page: completeness first, intervals as metrics gives them, and what stands outside said to."""

from dataclasses import replace
from datetime import date

from streamlit.testing.v1 import AppTest

from dashboard import outcomes
from dashboard.slides.plot import plot_of
from dashboard.slides.slide import NUMBERED, slide_of
from metrics.catalogue import load
from metrics.dated_notes import Note, dated_notes, notes_on
from metrics.engines import Engine
from metrics.figure import Figure, Status
from metrics.figures import figures
from metrics.periods import begins, last_month
from metrics.selection import Selection
from tests.dashboard.page import charts, html, opened

ODI = load()["odi_change"]


def _figure(area: str, period: str, value: float | None, status: Status = "ok") -> Figure:
    lower, upper = (None, None) if value is None else (value - 2, value + 1)
    return Figure(
        "odi_change", area, area, "early", period, 40.0, None, value, lower, upper, "points (ODI)", status, 1, True
    )


def test_an_interval_reaches_from_its_value_to_its_limits() -> None:
    dots = outcomes.dots(ODI, [_figure("A", "2016/17", -11.0), _figure("A", "2017/18", None, "suppressed")]).data[0]
    assert list(dots.y) == [-11.0, None]
    assert (list(dots.error_y.array), list(dots.error_y.arrayminus)) == ([1.0, 0], [2.0, 0])


def test_a_year_without_a_value_keeps_its_place() -> None:
    axis = outcomes.dots(ODI, [_figure("A", "2016/17", -11.0), _figure("A", "2017/18", None, "immature")]).layout.xaxis
    assert (list(axis.categoryarray), list(axis.range)) == (["2016/17", "2017/18"], [-0.5, 1.5])


def test_many_areas_have_a_row_each_and_a_series_for_each_year() -> None:
    rows = [_figure(area, year, -9.0) for area in "ABCD" for year in ("2016/17", "2017/18")]
    chart = outcomes.dots(ODI, rows)
    assert [trace.name for trace in chart.data] == ["2016/17", "2017/18"]
    assert list(chart.data[0].y) == ["A", "B", "C", "D"]
    assert chart.data[0].marker.symbol != chart.data[1].marker.symbol


def test_the_change_that_matters_is_drawn_on_the_side_of_getting_better() -> None:
    assert outcomes.dots(ODI, [_figure("A", "2016/17", -11.0)]).layout.shapes[0].y0 == -10.0
    quality = load()["eq5d_change"]
    chart = outcomes.dots(quality, [_figure("A", "2016/17", 0.1)])
    assert chart.layout.shapes[0].y0 == 0.03
    assert chart.layout.shapes[0].name == "Smallest change that matters, unverified"


NOTES = [Note(date(2016, 4, 1), None, "A year begins", None), Note(date(2017, 10, 1), None, "Half a year on", None)]


def test_a_note_stands_at_its_day_in_the_room_of_its_financial_year() -> None:
    layout = outcomes.dots(ODI, [_figure("A", "2016/17", -11.0), _figure("A", "2017/18", -9.0)], NOTES).layout
    # names stand at 0 and 1, so the years run from -0.5 to 0.5 to 1.5; of 2017/18 183 of 366 days were over
    assert [line.x0 for line in layout.shapes[1:]] == [-0.5, 1.0]  # the first line is the change that matters
    assert [(mark.x, mark.text) for mark in layout.annotations] == [(-0.5, "1"), (1.0, "2")]


def test_on_a_slide_a_note_stands_where_it_does_on_the_screen() -> None:
    chart = outcomes.dots(ODI, [_figure("A", "2016/17", -11.0), _figure("A", "2017/18", -9.0)], NOTES)
    lines = {series.name: list(series.x) for series in plot_of(chart).series if series.name.startswith("Note")}
    assert lines == {"Note 1": [0.5, 0.5], "Note 2": [2.0, 2.0]}  # PowerPoint counts names from 1


def test_a_chart_without_years_along_its_foot_lists_its_notes_and_says_nothing_of_lines(app: AppTest) -> None:
    app = opened(app, "outcomes", by="Each CCG")
    card = app.session_state["handout"].cards[0]
    assert card.notes
    assert not card.chart.layout.annotations
    assert "Nov 2016: NICE guideline NG59" in html(app)
    slide = slide_of(card)
    assert "Dated note 1: " in slide.notes
    assert NUMBERED not in slide.source


def test_every_chart_lists_the_notes_of_its_years_and_marks_them(app: AppTest, demo: Engine) -> None:
    app = opened(app, "outcomes")
    card = app.session_state["handout"].cards[0]
    first, last = card.figures()["period"].min(), card.figures()["period"].max()
    expected = notes_on(dated_notes(demo), (), (begins(first), last_month(last)), synthetic=True)
    assert [note.text for note in card.notes] == [note.text for note in expected]
    for spec in charts(app):
        numbers = [mark["text"] for mark in spec["layout"]["annotations"]]
        assert numbers == [str(at + 1) for at in range(len(expected))]
    assert html(app).count("Nov 2016: NICE guideline NG59") == len(charts(app))


def test_what_is_not_drawn_is_counted_by_reason() -> None:
    rows = [_figure("A", "2015/16", None, "suppressed"), _figure("B", "2015/16", None, "not_received")]
    assert outcomes.without_value(rows) == "Not drawn: 1 hidden (small number), 1 not received"
    assert outcomes.without_value([_figure("A", "2016/17", -11.0)]) == ""


def test_completeness_comes_first_and_the_page_says_that_there_is_no_comparison_group(app: AppTest) -> None:
    app = opened(app, "outcomes")
    assert "There is no comparison group" in app.markdown[0].value
    names = [finding.value.split(" stood")[0] for finding in app.subheader]
    assert names == [
        "Forms returned",
        "Change in disability",
        "Improved by a change that matters",
        "Combined programme completed",
    ]
    for chart, finding in zip(app.get("plotly_chart"), app.subheader, strict=True):
        assert finding.value in chart.proto.alt


def test_the_published_share_is_said_to_be_an_outside_figure(app: AppTest) -> None:
    app = opened(app, "outcomes")
    assert any("outside figure: 100 of 136, BMJ Open Quality 10(2) e001068" in text.value for text in app.markdown)
    spec = charts(app)[-1]
    assert round(spec["layout"]["shapes"][0]["y0"], 1) == 73.5  # 100 / 136


def test_months_since_go_live_are_named_as_not_used(app: AppTest) -> None:
    opened(app, "outcomes", time="Months since go-live")
    assert "**Not used on this page:** time axis" in [text.value for text in app.sidebar.markdown]


def test_ccgs_months_presentation_and_geography_narrow_what_knows_them(app: AppTest, demo: Engine) -> None:
    chosen = {"ccgs": "Tees Valley", "presentation": "Low back pain", "geography": "CCGs since April 2020"}
    app = opened(app, "outcomes", by="Each CCG", to="Mar 2017", **chosen)
    cards = {card.key: card.figures() for card in app.session_state["handout"].cards}
    asked = Selection(by="successor", ccgs=("00C", "00K", "00M"), per="year")
    known = {"odi_change": asked, "cppp_completed": replace(asked, presentation=("low_back_pain",))}
    for key, selection in known.items():
        expected = [row for row in figures(load()[key], selection, demo) if row.period <= "2016/17"]
        assert cards[key]["area_name"].unique().tolist() == ["Tees Valley"]
        assert cards[key]["period"].tolist() == [row.period for row in expected]
        assert cards[key]["status"].tolist() == [row.status for row in expected]
        assert [value for value in cards[key]["value"] if value > -99] == [r.value for r in expected if r.value]
    (said,) = [text.value for text in app.markdown if text.value.startswith("Not known by presentation")]
    assert ODI.name in said
    assert load()["cppp_completed"].name not in said
