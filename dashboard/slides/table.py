"""Tables on slides: native ones, as many rows as fit with text that can be read from the back of a room."""

from collections.abc import Callable, Sequence

import pandas as pd
from pptx.enum.text import PP_ALIGN
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide as Page
from pptx.util import Emu, Pt

from dashboard.slides.page import LETTER, MARGIN, Box, lines_of

SIZES = (16, 14, 12)
"""Points of the text of a table: the first with which all rows fit, or the last."""

PADDING = 0.03 * 914400
"""Above and below the text of a cell; twice as much at its sides."""
LINE = 1.2


def add_table(page: Page, table: pd.DataFrame, box: Box) -> tuple[GraphicFrame, int]:
    """Put as many rows of the table on the page as fit; returns the table and how many rows were left out."""
    rows = [[str(cell) for cell in row] for row in table.itertuples(index=False)]
    cells = [[str(name) for name in table.columns], *rows]
    points = next((size for size in SIZES if _height(cells, size, box.width) <= box.height), SIZES[-1])
    widths = _widths(cells, points, box.width)
    kept = [cells[0]]
    for row in rows:
        if sum(_row_height(one, widths, points) for one in (*kept, row)) > box.height:
            break
        kept.append(row)
    frame = page.shapes.add_table(len(kept), len(widths), box.left, box.top, sum(widths), 1)
    for column, width in zip(frame.table.columns, widths, strict=True):
        column.width = Emu(width)
    for at, row in enumerate(kept):
        frame.table.rows[at].height = Emu(_row_height(row, widths, points))
        _fill(frame, at, row, points)
    return frame, len(cells) - len(kept)


def _fill(frame: GraphicFrame, at: int, row: Sequence[str], points: int) -> None:
    for column, text in enumerate(row):
        cell = frame.table.cell(at, column)
        cell.margin_top = cell.margin_bottom = Emu(int(PADDING))
        cell.margin_left = cell.margin_right = Emu(int(3 * PADDING))
        cell.text_frame.word_wrap = True
        paragraph = cell.text_frame.paragraphs[0]
        paragraph.text = text
        paragraph.font.size = Pt(points)
        if text[:1].isdigit() or text[:2].removeprefix("\N{MINUS SIGN}")[:1].isdigit():
            paragraph.alignment = PP_ALIGN.RIGHT


def _widths(cells: Sequence[Sequence[str]], points: int, room: int) -> list[int]:
    """Each column as wide as its longest text, headings on several lines; squeezed where that is too much."""
    longest = [max(_longest(cells[0][at]), *(len(row[at]) for row in cells)) for at in range(len(cells[0]))]
    if sum(map(_wide(points), longest)) > room:
        longest = [max(_longest(cells[0][at]), *(len(row[at]) for row in cells[1:])) for at in range(len(cells[0]))]
    widths = list(map(_wide(points), longest))
    while sum(widths) > room:
        widest = max(range(len(widths)), key=widths.__getitem__)
        widths[widest] *= 0.95
    return [int(width + (room - sum(widths)) / len(widths)) for width in widths]


def _wide(points: int) -> Callable[[int], float]:
    return lambda letters: letters * points * LETTER * 1.06 * 12700 + Pt(MARGIN + 2)


def _longest(heading: str) -> int:
    """Letters of the longest word, below which a heading cannot be squeezed."""
    return max(len(word) for word in heading.split())


def _row_height(row: Sequence[str], widths: Sequence[int], points: int) -> int:
    lines = max(lines_of(text, points, width) for text, width in zip(row, widths, strict=True))
    return int(Pt(lines * points * LINE) + 2 * PADDING)


def _height(cells: Sequence[Sequence[str]], points: int, room: int) -> int:
    widths = _widths(cells, points, room)
    return sum(_row_height(row, widths, points) for row in cells)
