"""Where things stand on slides: inside them, beside each other and large enough, as files say and as they are drawn."""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import combinations

import pandas as pd
import pdfplumber
import pytest
from pdfplumber.page import Page
from pptx import Presentation
from pptx.presentation import Presentation as Opened
from pptx.shapes.base import BaseShape
from pptx.util import Inches, Pt

from dashboard.slides import pdf
from dashboard.slides.directions import GRID
from dashboard.slides.letters import lines_of, width_of
from dashboard.slides.page import Box
from dashboard.slides.plain import plain
from dashboard.slides.table import add_table
from metrics.areas import ccgs
from metrics.catalogue import load

LEAST = 1200
"""Hundredths of a point."""

Word = tuple[str, float, float, float, float]
"""A word on paper: its text, left, top, right and foot in points."""

drawn = pytest.mark.usefixtures("libreoffice")


@pytest.fixture(params=["board_pack", "darlington"])
def content(request: pytest.FixtureRequest) -> bytes:
    return request.getfixturevalue(request.param)


def _opened(content: bytes) -> Opened:
    return Presentation(io.BytesIO(content))


# ---- As the file says


def _outside(deck: Opened) -> list[str]:
    return [
        f"slide {number}: {shape.name}"
        for number, slide in enumerate(deck.slides, 1)
        for shape in slide.shapes
        if shape.left < 0
        or shape.top < 0
        or shape.left + shape.width > deck.slide_width
        or shape.top + shape.height > deck.slide_height
    ]


def _over_each_other(deck: Opened) -> list[str]:
    return [
        f"slide {number}: {one.name} and {other.name}"
        for number, slide in enumerate(deck.slides, 1)
        for one, other in combinations([shape for shape in slide.shapes if _has_words(shape)], 2)
        if _share_room(one, other)
    ]


def _has_words(shape: BaseShape) -> bool:
    """All that shows: text, and charts, tables and maps, which have words too."""
    return bool(shape.text_frame.text) if shape.has_text_frame else True


def _share_room(one: BaseShape, other: BaseShape) -> bool:
    across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    down = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    return across > 0 and down > 0


def _sizes(content: bytes) -> list[int]:
    """Every size of text that is written anywhere but in the notes, which no slide shows."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [name for name in archive.namelist() if re.match(r"ppt/(slide|chart)[^/]*/[^/]+\.xml", name)]
        return [int(size) for part in parts for size in re.findall(r'\bsz="(\d+)"', archive.read(part).decode())]


@pytest.mark.slow
def test_nothing_stands_outside_its_slide_or_over_something_else(content: bytes) -> None:
    deck = _opened(content)
    assert _outside(deck) == []
    assert _over_each_other(deck) == []


@pytest.mark.slow
def test_tables_are_as_high_as_their_rows(content: bytes) -> None:
    tables = [shape for slide in _opened(content).slides for shape in slide.shapes if shape.has_table]
    assert tables
    for frame in tables:
        assert frame.height >= sum(row.height for row in frame.table.rows)  # or nothing above would be tested


@pytest.mark.slow
def test_what_stands_outside_or_over_something_else_would_be_found(board_pack: bytes) -> None:
    deck = _opened(board_pack)
    shapes = {shape.name: shape for shape in deck.slides[1].shapes}
    shapes["Source"].top -= Inches(2)
    shapes["Subtitle"].left = deck.slide_width - Inches(1)
    assert _outside(deck) == ["slide 2: Subtitle"]
    assert "slide 2: Text and Source" in _over_each_other(deck)


@pytest.mark.slow
def test_no_text_is_under_twelve_points(content: bytes) -> None:
    assert min(_sizes(content)) >= LEAST


@pytest.mark.slow
def test_no_mark_of_the_screen_stands_in_a_text(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        texts = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")]
    assert len(texts) > 30
    assert [text for text in texts if "&lt;br" in text or "&lt;b&gt;" in text] == []


def test_every_ccg_stands_in_the_grid(board_pack: bytes) -> None:
    tables = [shape.table for slide in _opened(board_pack).slides for shape in slide.shapes if shape.has_table]
    grid = next(table for table in tables if table.cell(0, 1).text.startswith("Practices referring"))
    assert [row.cells[0].text for row in grid.rows] == ["CCG", *(ccg.short_name for ccg in ccgs().values())]


def test_every_ccg_stands_in_a_grid_of_synthetic_and_real_measures_beside_each_other() -> None:
    # each heading says what its data are, and the source below takes four lines
    measures = [load()[key] for key in GRID]
    headings = [f"{measure.name} (synthetic), {measure.unit}" for measure in measures]
    names = [ccg.short_name for ccg in ccgs().values()]
    table = pd.DataFrame({"CCG": names, **{heading: ["36,060 ▼L"] * len(names) for heading in headings}})
    deck = _opened(plain())
    page = deck.slides.add_slide(deck.slide_layouts[1])
    frame, left = add_table(page, table, Box(Inches(0.5), Inches(1.75), Inches(12.333), Inches(4.25)), spare=Pt(22))
    assert left == 0
    assert frame.height <= Inches(4.25)


def test_a_table_too_long_keeps_room_for_saying_so() -> None:
    deck = _opened(plain())
    page = deck.slides.add_slide(deck.slide_layouts[1])
    table = pd.DataFrame({"CCG": [f"CCG {number}" for number in range(50)], "People": ["10"] * 50})
    frame, left = add_table(page, table, Box(Inches(0.5), Inches(1), Inches(12), Inches(4)), spare=Inches(1))
    assert (len(frame.table.rows) - 1) + left == 50
    assert Inches(2.5) < frame.height <= Inches(3)


# ---- How much room text takes


def test_a_letter_is_as_wide_as_in_arial() -> None:
    # 'i' 222 and 'm' 833 thousandths of the size, as Arial's maker says, and 3 per cent to spare
    assert width_of("im", 100) == pytest.approx((22.2 + 83.3) * 1.03)
    assert width_of("im", 100, bold=True) > width_of("im", 100)


def test_words_go_to_the_next_line_and_one_too_long_is_broken() -> None:
    width = Pt(14.4 + 100)  # what a text box keeps free, and 100 points: 17 digits of 10 points
    assert lines_of("11111 11111 11111", 10, width) == 1
    assert lines_of("11111 11111 11111 1", 10, width) == 2
    assert lines_of("1" * 18, 10, width) == 2
    assert lines_of("1\n1", 10, width) == 2
    assert lines_of("", 10, width) == 1


# ---- As it is drawn


def _words(content: bytes) -> Iterator[tuple[int, tuple[float, float], list[Word]]]:
    """The words of each slide as LibreOffice draws it, with the slide's number and its size."""
    with pdfplumber.open(io.BytesIO(pdf.pdf_of(content))) as paper:
        for page in paper.pages:
            _assert_as_wide_as_arial(page)
            # in the order of the file, or the letters of words that cover each other would be mixed into one word
            found = page.extract_words(use_text_flow=True)
            words = [(word["text"], word["x0"], word["top"], word["x1"], word["bottom"]) for word in found]
            yield page.page_number, (page.width, page.height), words


def _assert_as_wide_as_arial(page: Page) -> None:
    """Letters and digits in another font would take other room than was worked out; signs may be from any font."""
    fonts = {letter["fontname"] for letter in page.chars if letter["text"].isalnum()}
    others = {font for font in fonts if not re.search("Arial|LiberationSans", font)}
    assert not others, f"{others} drew a slide in place of Arial: install it or Liberation Sans (fonts-liberation)"


def _run_into(one: Word, other: Word) -> bool:
    """Whether two words cover each other: by a seventh of the smaller one, for a box is higher than its letters."""
    across = min(one[3], other[3]) - max(one[1], other[1])
    down = min(one[4], other[4]) - max(one[2], other[2])
    return across > 1 and down > 0.15 * min(one[4] - one[2], other[4] - other[2])


@drawn
@pytest.mark.slow
def test_no_two_words_run_into_each_other_and_none_is_cut(content: bytes) -> None:
    for number, (width, height), words in _words(content):
        assert len(words) > 10
        assert [one for one in words if one[1] < 0 or one[2] < 0 or one[3] > width or one[4] > height] == [], number
        assert [(one, other) for one, other in combinations(words, 2) if _run_into(one, other)] == [], number


@drawn
@pytest.mark.slow
def test_words_that_run_into_each_other_would_be_found(board_pack: bytes) -> None:
    deck = _opened(board_pack)
    shapes = {shape.name: shape for shape in deck.slides[1].shapes}
    shapes["Subtitle"].top = shapes["Text"].top
    sink = io.BytesIO()
    deck.save(sink)
    words = next(words for number, _, words in _words(sink.getvalue()) if number == 2)
    assert any(_run_into(one, other) for one, other in combinations(words, 2))
