"""Dated notes on charts: a line with a number, and the list that says what each was."""

from datetime import date

import plotly.graph_objects as go
from streamlit.testing.v1 import AppTest

from dashboard import dated_notes
from metrics.dated_notes import Note
from tests.dashboard.page import charts, html, opened

GUIDELINE = Note(date(2016, 11, 30), None, "NICE guideline <NG59>", "NICE & others")
CLOSED = Note(date(2017, 2, 1), "00M", "A practice closes", None, synthetic=True)


def test_each_note_is_a_line_with_the_number_that_it_has_in_the_list() -> None:
    chart = go.Figure()
    dated_notes.mark(chart, [GUIDELINE, CLOSED])
    assert [shape.x0 for shape in chart.layout.shapes] == [GUIDELINE.date, CLOSED.date]
    assert [(mark.x, mark.text) for mark in chart.layout.annotations] == [(GUIDELINE.date, "1"), (CLOSED.date, "2")]


def test_the_list_says_where_and_what_is_invented_and_no_text_becomes_markup() -> None:
    listed = dated_notes.listed([GUIDELINE, CLOSED])
    assert "Nov 2016: NICE guideline &lt;NG59&gt;</li>" in listed
    assert "Feb 2017: South Tees: A practice closes (synthetic)" in listed


def test_the_list_with_sources_says_who_told_and_where_nobody_did() -> None:
    listed = dated_notes.listed([GUIDELINE, CLOSED], sources=True)
    assert "NICE &amp; others" in listed
    assert "no source was given" in listed


def test_a_chart_of_one_ccg_has_its_notes_and_one_of_both_arms_has_none_of_them(app: AppTest) -> None:
    app.query_params.update({"measure": "Waiting: Wait for assessment", "by": "Each CCG", "ccgs": "South Tees"})
    shown = opened(app, "measure")
    assert "South Tees: Practice (not named) stops referring: being followed up (synthetic)" in html(shown)
    lines = charts(shown)[0]["layout"]["shapes"]
    assert "2016-11-30" in [line["x0"] for line in lines]
    shown.query_params["by"] = "Early and following"
    assert "00M-D05" not in html(opened(shown, "waiting"))


def test_months_since_go_live_are_no_days_and_carry_no_notes(app: AppTest) -> None:
    app.query_params["measure"] = "Waiting: Wait for assessment"
    assert "Dated notes" not in html(opened(app, "compare"))
