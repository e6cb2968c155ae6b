"""The workbook of a page: every chart's figures, the notes to read them by, and the same bytes each time."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import pandas as pd
import plotly.graph_objects as go
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.card import Card, Handout
from dashboard.workbook import workbook
from loaders.register import Release

RELEASE = Release(4, datetime(2018, 5, 1, 9, 30, tzinfo=UTC), {}, {})
WAITS = Card(
    key="waits",
    headline="South Tees 46 days in Jan 2018",
    subtitle="Wait for assessment, Jan 2018, days",
    chart=go.Figure(),
    alt="",
    table=pd.DataFrame({"Area": ["South Tees", "Cumbria"], "Value": ["46 days", "hidden (small number)"]}),
    about="- **Question:** How long do people wait?",
    stamp="Synthetic data. Data to Jan 2018",
    data=lambda: pd.DataFrame(
        {"area": ["00M", "01H"], "value": [46.0, None], "status": ["ok", "suppressed"], "real": [False, False]}
    ),
)
LEDGER = Card(
    key="ledger",
    headline="One milestone",
    subtitle="Milestones: all",
    chart=go.Figure(),
    alt="",
    table=pd.DataFrame({"Owner": ["=1+1", "+44", "@sum", "-", "Ann"]}),
    about="",
    stamp="Ledger as at 31 Mar 2018",
)
PAGE = Handout("Waiting", RELEASE, "http://dash.example/waiting?wait=x", [WAITS, LEDGER])


def _sheets(page: Handout) -> dict[str, Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(workbook(page)))
    return {sheet.title: sheet for sheet in book.worksheets}


def _text(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def _notes(page: Handout) -> dict[str, str]:
    return {str(row[0]): str(row[1]) for row in _text(_sheets(page)["Notes"]) if row[0]}


def test_there_is_a_sheet_of_notes_and_one_for_each_chart() -> None:
    assert list(_sheets(PAGE)) == ["Notes", "1 Wait for assessment", "2 Milestones"]


def test_a_sheet_has_the_words_of_its_card_then_its_figures_as_numbers() -> None:
    rows = _text(_sheets(PAGE)["1 Wait for assessment"])
    assert [row[0] for row in rows[:3]] == [WAITS.headline, WAITS.subtitle, WAITS.stamp]
    assert rows[4] == ["area", "value", "status", "real"]
    assert rows[5] == ["00M", 46, "ok", False]
    assert rows[6] == ["01H", None, "suppressed", False]  # no number, not even 0


def test_a_card_without_other_figures_gives_its_table_and_none_of_it_is_a_formula() -> None:
    cells = [row[0] for row in _sheets(PAGE)["2 Milestones"].iter_rows(min_row=6)]
    assert [cell.value for cell in cells] == ["=1+1", "+44", "@sum", "-", "Ann"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells] == [True, True, True, True, False]  # text for ever, also when edited


def test_the_notes_say_whose_data_from_when_and_how_to_come_back() -> None:
    notes = _notes(PAGE)
    assert notes["Standing"] == "Management information, not official statistics."
    assert notes["Synthetic"].startswith("Synthetic data: invented")
    assert notes["Release"] == "4, published 01 May 2018, 09:30 UTC"
    assert notes["This view"] == "http://dash.example/waiting?wait=x"
    assert notes["Small numbers"].startswith("Counts of 1 to 7 people are hidden")
    assert notes["Sheet 1 Wait for assessment"] == WAITS.headline
    assert notes["Definition"] == "- Question: How long do people wait?"


def test_real_data_are_not_called_synthetic() -> None:
    assert "Synthetic" not in _notes(replace(PAGE, cards=[LEDGER]))


def test_the_same_page_gives_the_same_bytes() -> None:
    assert workbook(PAGE) == workbook(PAGE)
    # or two made in the same second would be the same by chance
    made = openpyxl.load_workbook(io.BytesIO(workbook(PAGE))).properties.created
    assert made == datetime(2018, 5, 1, 9, 30)


def test_two_charts_of_one_measure_have_sheets_of_their_own() -> None:
    assert list(_sheets(replace(PAGE, cards=[WAITS, WAITS]))) == [
        "Notes",
        "1 Wait for assessment",
        "2 Wait for assessment",
    ]
