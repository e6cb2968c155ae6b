"""Decks as files: opened with python-pptx, as archives and as workbooks."""

import io
import zipfile
from datetime import UTC, datetime

import openpyxl
import pandas as pd
import plotly.graph_objects as go
import pytest
from pptx import Presentation
from pptx.slide import Slide as Page

from dashboard.card import Card
from dashboard.identity import TEMPLATE
from dashboard.slides.deck import Deck, deck_file
from dashboard.slides.slide import slide_of


def _card() -> Card:
    chart = go.Figure(layout={"template": TEMPLATE, "yaxis": {"title": {"text": "Days"}}})
    chart.add_scatter(x=[0, 1, 2], y=[46.5, None, 44.0], name="Early implementers")
    chart.add_scatter(x=[0, 1, 2], y=[57.0, 58.0, 59.0], name="Following CCGs")
    return Card(
        key="wait",
        headline="Early implementers 44 days, Following CCGs 59 days",
        subtitle="Wait for assessment, days",
        chart=chart,
        alt="Line chart. Early implementers 44 days.",
        table=pd.DataFrame(),
        about="**Counted:** people assessed.",
        stamp="Synthetic data. Data to Mar 2018. Management information, not official statistics.",
    )


@pytest.fixture
def content() -> bytes:
    slides = [slide_of(_card(), link="http://127.0.0.1:8501/waiting")]
    return deck_file(Deck("Board pack", "Release 1", "Release 1", datetime(2026, 11, 22, tzinfo=UTC), slides))


@pytest.fixture
def page(content: bytes) -> Page:
    return Presentation(io.BytesIO(content)).slides[1]


def test_a_card_becomes_a_slide_with_its_words(page: Page) -> None:
    assert page.shapes.title.text == "Early implementers 44 days, Following CCGs 59 days"
    said = [shape.text_frame.text for shape in page.shapes if shape.has_text_frame]
    assert "Wait for assessment, days" in said
    assert any("Synthetic data. Data to Mar 2018. Management information, not official" in text for text in said)


def test_the_chart_is_native_and_says_in_words_what_it_shows(page: Page) -> None:
    (frame,) = [shape for shape in page.shapes if shape.has_chart]
    assert frame._element.xpath(".//p:cNvPr")[0].get("descr") == "Line chart. Early implementers 44 days."
    series = {one.name: list(one.values) for one in frame.chart.plots[0].series}
    assert series == {"Early implementers": [46.5, None, 44.0], "Following CCGs": [57.0, 58.0, 59.0]}


def test_the_workbook_in_the_chart_has_a_column_for_each_series(page: Page) -> None:
    (frame,) = [shape for shape in page.shapes if shape.has_chart]
    sheet = openpyxl.load_workbook(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob)).active
    assert list(sheet.values) == [
        ("Position", "Early implementers", "Following CCGs"),
        (0, 46.5, 57),
        (1, None, 58),
        (2, 44, 59),
    ]


def test_the_notes_have_definition_standing_and_the_link_back(page: Page) -> None:
    notes = page.notes_slide.notes_text_frame.text
    assert "Counted: people assessed." in notes
    assert "This view: http://127.0.0.1:8501/waiting" in notes


def test_the_same_deck_gives_the_same_bytes(content: bytes) -> None:
    slides = [slide_of(_card(), link="http://127.0.0.1:8501/waiting")]
    again = deck_file(Deck("Board pack", "Release 1", "Release 1", datetime(2026, 11, 22, tzinfo=UTC), slides))
    assert again == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
