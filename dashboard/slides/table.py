"""Tables on slides: native ones, as many rows as fit with text that can be read from the back of a room."""

from collections.abc import Sequence
from itertools import accumulate

import pandas as pd
from pptx.enum.text import PP_ALIGN
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide as Page
from pptx.util import Emu, Pt

from dashboard.slides.letters import LINE, MARGIN, lines_of, width_of
from dashboard.slides.page import Box

SIZES = (16, 14, 12)
"""Points of the text of a table: the first with which all rows fit, or the last."""

PADDING = 0.03 * 914400
"""Above and below the text of a cell; three times as much at its sides."""

BIT = 914400 // 20
"""By how much a column is widened at a time."""

Row = Sequence[str]


def add_table(page: Page, table: pd.DataFrame, box: Box, spare: int) -> tuple[GraphicFrame, int]:
    """Put as many rows of the table on the page as fit; returns the table and how many rows were left out.

    Where not all fit, `spare` at the foot is kept free for saying so.
    """
    cells = [[str(name) for name in table.columns]]
    cells += [[str(cell) for cell in row] for row in table.itertuples(index=False)]
    fitting = (size for size in SIZES if sum(_heights(cells, size, box.width)) <= box.height)
    points = next(fitting, SIZES[-1])
    widths, heights = _widths(cells, points, box.width), _heights(cells, points, box.width)
    room = box.height if sum(heights) <= box.height else box.height - spare
    kept = sum(until <= room for until in accumulate(heights))
    frame = page.shapes.add_table(kept, len(widths), box.left, box.top, sum(widths), sum(heights[:kept]))
    for column, width in zip(frame.table.columns, widths, strict=True):
        column.width = Emu(width)
    for at in range(kept):
        frame.table.rows[at].height = Emu(heights[at])
    for at, column in enumerate(zip(*cells[:kept], strict=True)):
        _fill(frame, at, column, points)
    return frame, len(cells) - kept


def _fill(frame: GraphicFrame, at: int, texts: Row, points: int) -> None:
    """A column: to the right, its heading too, where it holds numbers."""
    numbers = sum(map(_is_number, texts[1:])) * 2 > len(texts) - 1
    for row, text in enumerate(texts):
        cell = frame.table.cell(row, at)
        cell.margin_top = cell.margin_bottom = Emu(int(PADDING))
        cell.margin_left = cell.margin_right = Emu(int(3 * PADDING))
        cell.text_frame.word_wrap = True
        paragraph = cell.text_frame.paragraphs[0]
        paragraph.text = text
        paragraph.font.size = Pt(points)
        if numbers:
            paragraph.alignment = PP_ALIGN.RIGHT


def _is_number(text: str) -> bool:
    return text.removeprefix("\N{MINUS SIGN}")[:1].isdigit()


def _widths(cells: Sequence[Row], points: int, room: int) -> list[int]:
    """Each column as wide as its longest text, headings on several lines; squeezed where that is too much."""
    headings = cells[0]
    bodies = [max((_wide(row[at], points) for row in cells[1:]), default=0.0) for at in range(len(headings))]
    least = [max(_wide(word, points, bold=True) for word in heading.split()) for heading in headings]
    widths = [max(body, narrowest) for body, narrowest in zip(bodies, least, strict=True)]
    while sum(widths) > room:
        widest = max(range(len(widths)), key=widths.__getitem__)
        widths[widest] *= 0.95
    _widen(widths, headings, points, room)
    return [int(width + (room - sum(widths)) / len(widths)) for width in widths]


def _widen(widths: list[float], headings: Row, points: int, room: int) -> None:
    """Give what is left to the heading of most lines, bit by bit, until each has one line or nothing is left."""
    lines = [lines_of(heading, points, int(width), bold=True) for heading, width in zip(headings, widths, strict=True)]
    while sum(widths) + BIT <= room and max(lines) > 1:
        tallest = lines.index(max(lines))
        widths[tallest] += BIT
        lines[tallest] = lines_of(headings[tallest], points, int(widths[tallest]), bold=True)


def _wide(text: str, points: int, bold: bool = False) -> float:
    return width_of(text, points, bold) * 12700 + Pt(MARGIN + 1)


def _heights(cells: Sequence[Row], points: int, room: int) -> list[int]:
    """The height of each row; the first holds the headings, which are bold."""
    widths = _widths(cells, points, room)
    return [_row_height(row, widths, points, bold=number == 0) for number, row in enumerate(cells)]


def _row_height(row: Row, widths: Sequence[int], points: int, bold: bool) -> int:
    lines = max(lines_of(text, points, width, bold) for text, width in zip(row, widths, strict=True))
    return int(Pt(lines * points * LINE) + 2 * PADDING)
