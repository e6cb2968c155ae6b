"""The packs over the demo, opened with python-pptx, as raw XML, by the Open XML rules and with openpyxl."""

import io
import re
import zipfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator
from pptx import Presentation
from pptx.presentation import Presentation as Opened
from pptx.slide import Slide as Page

from dashboard import words
from dashboard.slides.packs import board
from dashboard.slides.saved import Pick, Saved
from dashboard.unseen import cards_of
from loaders.warehouse import Warehouse
from metrics.catalogue import load
from metrics.engines import Engine
from metrics.figure import latest
from metrics.figures import figures
from metrics.queues import queues
from metrics.selection import Selection
from metrics.told import BY_CCG
from tests.dashboard.slides.conftest import RELEASE, made

pytestmark = pytest.mark.slow

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture(params=["board_pack", "darlington"])
def content(request: pytest.FixtureRequest) -> bytes:
    return request.getfixturevalue(request.param)


@pytest.fixture
def deck(content: bytes) -> Opened:
    return Presentation(io.BytesIO(content))


@pytest.fixture
def engine(demo: Path) -> Engine:
    place = Warehouse(str(demo))
    release = place.register.release(RELEASE)
    assert release is not None
    return Engine(place, release)


def _charts(content: bytes) -> list[etree._Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [name for name in archive.namelist() if re.fullmatch(r"ppt/charts/chart\d+\.xml", name)]
        return [etree.fromstring(archive.read(name)) for name in parts]


def test_the_board_pack_has_twelve_to_sixteen_slides(board_pack: bytes) -> None:
    assert 12 <= len(Presentation(io.BytesIO(board_pack)).slides) <= 16


def test_every_slide_has_a_title_of_its_own_a_number_and_notes(deck: Opened) -> None:
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    for slide in deck.slides:
        assert slide._element.xpath('.//a:fld[@type="slidenum"]')
        assert slide.notes_slide.notes_text_frame.text


def test_no_headline_says_its_subject_twice(deck: Opened) -> None:
    told = [slide.shapes.title.text.split(": ") for slide in deck.slides]
    assert not [parts for parts in told if len(parts) > 1 and parts[0].startswith(" ".join(parts[1].split()[:3]))]


def test_every_chart_table_and_group_says_in_words_what_it_shows(deck: Opened) -> None:
    shown = [
        e for s in deck.slides for e in s._element.xpath("p:cSld/p:spTree/*[self::p:graphicFrame or self::p:grpSp]")
    ]
    assert shown
    for element in shown:
        assert len(element.xpath("./*/p:cNvPr")[0].get("descr")) > 20
    assert not [slide for slide in deck.slides if slide._element.xpath(".//p:pic")]


def test_every_slide_says_that_it_is_synthetic_and_no_official_statistic(deck: Opened) -> None:
    for slide in list(deck.slides)[1:]:
        said = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert "SYNTHETIC DATA" in said
        assert words.NOT_OFFICIAL in said
        assert "elease 1 of " in said


def test_powerpoint_finds_nothing_to_mend(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "deck.pptx"
    file.write_bytes(content)
    assert [str(error.description) for error in OpenXmlValidator().validate(file).errors] == []


def test_the_rules_would_find_a_chart_whose_parts_stand_in_the_wrong_order(board_pack: bytes, tmp_path: Path) -> None:
    file = tmp_path / "deck.pptx"
    with zipfile.ZipFile(io.BytesIO(board_pack)) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "ppt/charts/chart1.xml":
                part = part.replace(b'<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/>', b"").replace(
                    b"<c:autoTitleDeleted", b'<c:dispBlanksAs val="gap"/><c:autoTitleDeleted'
                )
            target.writestr(name, part)
    assert not OpenXmlValidator().validate(file).is_valid


def test_the_workbook_in_each_chart_holds_what_the_chart_shows(deck: Opened) -> None:
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert charts
    for chart in charts:
        sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        columns = list(sheet.iter_cols(min_row=1, values_only=True))
        for series in chart._chartSpace.iter(f"{CHART}ser"):
            at = openpyxl.utils.column_index_from_string(series.find(f"{CHART}tx//{CHART}f").text.split("$")[1]) - 1
            values = next(part for part in series if part.tag in (f"{CHART}yVal", f"{CHART}val"))
            shown = {int(point.get("idx")): float(point[0].text) for point in values.iter(f"{CHART}pt")}
            held = {row: value for row, value in enumerate(columns[at][1:]) if value is not None}
            assert held == pytest.approx(shown, rel=1e-14)  # a spreadsheet keeps 16 digits


@pytest.mark.parametrize("key", ["wait_assessment", "list_covered", "referral_to_assessment", "gp_mri_rate"])
def test_the_lines_of_both_arms_are_those_of_the_measure(board_pack: bytes, engine: Engine, key: str) -> None:
    rows = figures(load()[key], Selection(by="arm"), engine)
    for name, arm in (("Early implementers", "early"), ("Following CCGs", "following")):
        expected = [row.value for row in rows if row.arm == arm and row.value is not None]
        assert len(expected) > 12
        assert expected in [_series(chart).get(name) for chart in _charts(board_pack)]


def test_the_lists_of_a_ccg_are_those_of_metrics_and_a_hidden_one_has_no_bar(darlington: bytes, engine: Engine) -> None:
    (found,) = queues(engine, Selection(ccgs=("00C",)))
    waiting = [step.waiting.value for step in found.steps]
    assert None in waiting  # or nothing would be tested
    (bars,) = [chart for chart in _charts(darlington) if chart.find(f".//{CHART}barChart") is not None]
    newest = list(bars.iter(f"{CHART}ser"))[1]
    assert _points(newest.find(f"{CHART}val")) == [value for value in waiting if value is not None]


def test_no_part_holds_a_count_that_is_too_small_to_show(darlington: bytes) -> None:
    (bars,) = [chart for chart in _charts(darlington) if chart.find(f".//{CHART}barChart") is not None]
    people = [value for series in bars.iter(f"{CHART}ser") for value in _points(series.find(f"{CHART}val"))]
    assert people
    assert all(value == 0 or (value > 7 and value % 5 == 0) for value in people)
    with zipfile.ZipFile(io.BytesIO(darlington)) as archive:
        assert not [name for name in archive.namelist() if "customXml" in name or "thumbnail" in name]


def test_the_grid_has_the_newest_quarter_of_each_ccg(board_pack: bytes, engine: Engine) -> None:
    measure = load()["wait_assessment"]
    newest = latest(figures(measure, BY_CCG, engine))
    tables = [shape.table for s in Presentation(io.BytesIO(board_pack)).slides for shape in s.shapes if shape.has_table]
    grid = next(table for table in tables if table.cell(0, 3).text.startswith("Wait for assessment"))
    assert len(grid.rows) == 1 + 12
    for row in list(grid.rows)[1:]:
        figure = next(figure for figure in newest.values() if figure.area_name == row.cells[0].text)
        assert row.cells[3].text.split(" ")[0] == words.cell(measure, figure).split(" ")[0]


def test_the_link_in_the_notes_brings_back_what_the_slide_shows(darlington: bytes) -> None:
    links = {}
    for slide in Presentation(io.BytesIO(darlington)).slides:
        found = re.search(r"This view: (\S+)", slide.notes_slide.notes_text_frame.text)
        if found:
            links[slide.shapes.title.text] = urlsplit(found[1])
    assert len(links) > 5
    for title, link in links.items():
        cards = cards_of(link.path.strip("/"), parse_qs(link.query), RELEASE)
        assert any(card.headline in title for card in cards), title


def test_a_slide_of_a_selection_says_so_and_one_of_everything_does_not(demo: Path, board_pack: bytes) -> None:
    choices = {"ccgs": ("Darlington",), "from": ("Apr 2016",), "presentation": ("Low back pain",)}
    (page,) = list(Presentation(io.BytesIO(made(Saved("Mine", [Pick("waiting", "wait_figures", choices)])))).slides)[1:]
    assert "Only: Darlington, from Apr 2016, low back pain" in _said(page)
    assert "Only: Darlington, from Apr 2016, low back pain" in page.notes_slide.notes_text_frame.text
    assert not [slide for slide in Presentation(io.BytesIO(board_pack)).slides if "Only:" in _said(slide)]


def _said(page: Page) -> str:
    return "\n".join(shape.text_frame.text for shape in page.shapes if shape.has_text_frame)


def test_the_same_release_gives_the_same_bytes(board_pack: bytes) -> None:
    assert made(board()) == board_pack


def _series(chart: etree._Element) -> dict[str, list[float]]:
    return {
        "".join(series.find(f"{CHART}tx").itertext()).split("$1")[-1]: _points(series.find(f"{CHART}yVal"))
        for series in chart.iter(f"{CHART}ser")
        if series.find(f"{CHART}yVal") is not None
    }


def _points(values: etree._Element) -> list[float]:
    """The values in a cache, gaps left out."""
    return [float(point[0].text) for point in values.iter(f"{CHART}pt")]
