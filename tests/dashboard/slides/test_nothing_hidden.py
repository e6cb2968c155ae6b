"""No hidden number in any part of a deck: packs of a world in which most counts are small, read part by part.

What is found is shown by packs made without a rule, and by small numbers put into each place of a pack with one.
"""

import io
from collections.abc import Callable, Iterator
from random import Random

import openpyxl
import pytest
from lxml import etree
from pptx import Presentation
from pptx.chart.chart import Chart
from pptx.presentation import Presentation as Opened

from dashboard.slides.deck import deck_file
from dashboard.slides.packs import board, ccg_pack, deck_of, slides_of
from dashboard.slides.saved import Saved
from metrics.engines import Engine
from tests.dashboard.slides.hidden import CHART, faults
from tests.metrics.disclosure.everything import lists
from tests.metrics.generated import made
from tests.metrics.warehouses import publish

pytestmark = pytest.mark.slow

REFERRALS = 400
"""Of five CCGs in eight months: ten a month and CCG, most of the steps of which are reached by fewer than eight."""


IN_CHARTS = ("cache: Darlington, ", "workbook: Darlington, ", " people")
"""Points of a line that are hidden, and bars of few people."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    place = tmp_path_factory.mktemp("small") / "warehouse"
    rows = dict(made(Random(3), REFERRALS))
    milestones = [{**row, "status": "done" if row["actual"] else "in_progress"} for row in rows["milestone"]]
    waiting = lists(list(rows["referral"]))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("WAREHOUSE", str(place))
        yield publish(place, ({**rows, "waiting": waiting, "milestone": milestones}, False))


def _file(saved: Saved, engine: Engine) -> bytes:
    slides, _ = slides_of(saved, engine.release.number)
    assert len(slides) >= 12
    return deck_file(deck_of(saved.title, slides, engine.release))


@pytest.fixture(scope="module")
def packs(engine: Engine) -> dict[str, bytes]:
    return {"board": _file(board(), engine), "Darlington": _file(ccg_pack("00C"), engine)}


@pytest.mark.parametrize("pack", ["board", "Darlington"])
def test_no_part_of_a_pack_holds_a_hidden_count(packs: dict[str, bytes], pack: str, engine: Engine) -> None:
    assert faults(packs[pack], engine) == []


def test_without_a_rule_hidden_counts_are_found(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCLOSURE", "none")
    everything = _file(ccg_pack("00C"), engine)
    monkeypatch.delenv("DISCLOSURE")
    found = faults(everything, engine)
    for place in ("ppt/slides/", "ppt/notesSlides/", "table:", "stamp:", *IN_CHARTS):
        assert any(place in fault for fault in found), place


# ---- Small numbers put into each place


def _chart(deck: Opened, said: str) -> Chart:
    """The first chart whose words hold these."""
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    return next(chart for chart in charts if said in "".join(chart._chartSpace.itertext()))


def _into_headline(deck: Opened) -> None:
    deck.slides[3].shapes.title.text = "Only 3 people waited"


def _into_notes(deck: Opened) -> None:
    deck.slides[3].notes_slide.notes_text_frame.text = "Only 3 people waited"


def _into_alt(deck: Opened) -> None:
    deck.slides[3].shapes[-1]._element.xpath(".//p:cNvPr")[0].set("descr", "3 of 10 referrals")


def _into_properties(deck: Opened) -> None:
    deck.core_properties.comments = "3 patients"


def _into_a_cell_of_a_table(deck: Opened) -> None:
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    flow = next(table for table in tables if table.cell(0, 2).text == "People")
    flow.cell(1, 2).text = "3"


def _into_a_cache(deck: Opened) -> None:
    values = next(_chart(deck, "People waiting")._chartSpace.iter(f"{CHART}val"))
    point = etree.SubElement(next(values.iter(f"{CHART}numCache")), f"{CHART}pt", idx="0")
    etree.SubElement(point, f"{CHART}v").text = "3.0"


def _into_a_workbook(deck: Opened) -> None:
    part = _chart(deck, "People waiting").part.chart_workbook.xlsx_part
    book = openpyxl.load_workbook(io.BytesIO(part.blob))
    book.active["B2"] = 3
    sink = io.BytesIO()
    book.save(sink)
    part._blob = sink.getvalue()


def _into_words_of_a_workbook(deck: Opened) -> None:
    part = _chart(deck, "People waiting").part.chart_workbook.xlsx_part
    book = openpyxl.load_workbook(io.BytesIO(part.blob))
    book.active["A1"] = "3 people"
    sink = io.BytesIO()
    book.save(sink)
    part._blob = sink.getvalue()


@pytest.mark.parametrize(
    ("put", "place", "pack"),
    [
        (_into_headline, "ppt/slides/slide4.xml", "Darlington"),
        (_into_notes, "ppt/notesSlides/", "Darlington"),
        (_into_alt, "ppt/slides/slide4.xml", "Darlington"),
        (_into_properties, "docProps/core.xml", "Darlington"),
        (_into_a_cell_of_a_table, "table:", "Darlington"),
        (_into_a_cache, "cache:", "board"),
        (_into_a_workbook, "workbook:", "board"),
        (_into_words_of_a_workbook, "ppt/embeddings/", "board"),
    ],
)
def test_a_small_number_is_found_wherever_it_is_put(
    packs: dict[str, bytes], engine: Engine, put: Callable[[Opened], None], place: str, pack: str
) -> None:
    deck = Presentation(io.BytesIO(packs[pack]))
    put(deck)
    sink = io.BytesIO()
    deck.save(sink)
    found = faults(sink.getvalue(), engine)
    assert found
    assert all(place in fault for fault in found)
