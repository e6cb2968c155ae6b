"""The download holds exactly what the page shows, and nothing that a spreadsheet would run."""

import csv
import io
from dataclasses import replace
from functools import partial

from dashboard import charts, downloads, tables, words
from dashboard.card import Card
from metrics.catalogue import load
from metrics.figure import Figure

WAIT = load()["wait_assessment"]
ROW = Figure(
    "wait_assessment", "00M", "South Tees", "early", "2018-01", 95.0, 195.0, 46.0, 39.0, 50.0, "days", "ok", 1, True
)
HIDDEN = replace(
    ROW, period="2018-02", value=None, lower=None, upper=None, numerator=None, denominator=None, status="suppressed"
)


def _card(figures: list[Figure]) -> Card:
    return Card(
        key="figures",
        headline=words.headline(WAIT, figures),
        subtitle=words.subtitle(WAIT, figures),
        chart=charts.trend(WAIT, figures),
        alt=words.alt_text(WAIT, figures),
        table=tables.figure_table(WAIT, figures),
        about=words.definition(WAIT),
        stamp="Synthetic data. Data to Jan 2018",
        data=partial(tables.figure_data, figures),
    )


def _rows(figures: list[Figure]) -> list[list[str]]:
    return list(csv.reader(io.StringIO(downloads.csv_of(_card(figures)).decode("utf-8-sig"))))


def test_two_lines_of_notes_stand_above_the_header() -> None:
    subtitle, stamp, header, _first = _rows([ROW])
    assert subtitle == [
        "Wait for assessment stood at 46 days in South Tees in Jan 2018. Wait for assessment, Jan 2018, days"
    ]
    assert stamp == ["Synthetic data. Data to Jan 2018"]
    assert header[:4] == ["measure", "area", "area_name", "arm"]


def test_a_row_has_the_numbers_of_its_figure() -> None:
    *_, header, row = _rows([ROW])
    assert dict(zip(header, row, strict=True))["value"] == "46.0"
    assert dict(zip(header, row, strict=True))["denominator"] == "195.0"


def test_a_hidden_figure_has_no_number_in_the_download_the_table_or_the_chart() -> None:
    *_, header, row = _rows([HIDDEN])
    named = dict(zip(header, row, strict=True))
    assert [named[name] for name in ("numerator", "denominator", "value", "lower", "upper")] == [""] * 5
    assert tables.figure_table(WAIT, [HIDDEN]).iloc[0]["Value"] == "hidden (small number)"
    trace = charts.trend(WAIT, [HIDDEN]).data[0]
    assert trace.y == (None,)
    assert trace.customdata[0][0] == "hidden (small number)"


def test_text_that_begins_like_a_formula_is_defused() -> None:
    *_, header, row = _rows([replace(ROW, area_name="=1+1")])
    assert dict(zip(header, row, strict=True))["area_name"] == "'=1+1"


def test_the_target_of_a_chart_says_whether_it_is_verified() -> None:
    chart = charts.trend(WAIT, [ROW])
    assert chart.layout.shapes[0].name == "Target: 42 days, unverified"
    rtt = load()["rtt_orthopaedics_within_18_weeks"]
    assert charts.trend(rtt, [replace(ROW, unit="%")]).layout.shapes[0].name == "Target: 92.0%"


def test_a_file_is_named_for_what_it_shows() -> None:
    assert downloads.file_name(_card([ROW])) == "wait-for-assessment-jan-2018-days"
    long = replace(_card([ROW]), subtitle="Wait for assessment " * 9)
    assert downloads.file_name(long) == "wait-for-assessment-wait-for-assessment-wait-for-assessment"


def test_a_picture_has_its_words_in_it_and_the_card_keeps_its_chart() -> None:
    card = _card([ROW])
    title = downloads.picture(card).layout.title
    assert "Wait for assessment stood at 46 days in South Tees in Jan 2018" in title.text
    assert "Wait for assessment, Jan 2018, days" in title.text
    assert "Synthetic data." in title.text
    assert card.chart.layout.title.text is None
