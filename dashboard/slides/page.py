"""Text on a page of a deck: where it goes, how large it may be, and what repeats on every page."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.slide import Slide as Page
from pptx.text.text import TextFrame
from pptx.util import Pt

from dashboard.slides.letters import LINE, height_of, lines_of

HEADLINES = (28, 24, 22, 20)
"""Points of a headline: the first with which it fits."""

BODIES = (20, 18, 16)
"""Points of statements: the first with which all fit."""


@dataclass(frozen=True)
class Box:
    """A rectangle on a slide, in English Metric Units as PowerPoint counts."""

    left: int
    top: int
    width: int
    height: int

    def below(self, height: int) -> "Box":
        """What is left under a strip of this height."""
        return Box(self.left, self.top + height, self.width, self.height - height)

    def foot(self, height: int) -> "Box":
        """The strip of this height at its foot."""
        return Box(self.left, self.top + self.height - height, self.width, height)


def headline(page: Page, text: str) -> None:
    """The headline in its placeholder, smaller where it would not fit on two lines."""
    title = page.shapes.title
    assert title is not None  # the template was checked
    title.text_frame.text = text
    sizes = [size for size in HEADLINES if height_of(text, size, title.width, bold=True) <= title.height]
    size = sizes[0] if sizes else HEADLINES[-1]
    if size != HEADLINES[0]:
        title.text_frame.paragraphs[0].runs[0].font.size = Pt(size)


def write(page: Page, box: Box, text: str, points: float, name: str) -> None:
    """A text box, a paragraph for each line."""
    frame = _frame(page, box, name)
    for number, part in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size = part, Pt(points)


def paragraphs(page: Page, box: Box, texts: Sequence[str]) -> None:
    """Statements in pairs: one that stands out, and what belongs to it."""
    frame = _frame(page, box, "Text")
    points = next((size for size in BODIES if _fits(texts, size, box)), BODIES[-1])
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = text, Pt(points), (number % 2 == 0 and len(texts) > 1) or None
        paragraph.space_before = Pt(points if number % 2 == 0 and number else 2)


def _fits(texts: Sequence[str], points: int, box: Box) -> bool:
    lines = sum(lines_of(text, points, box.width, bold=number % 2 == 0) for number, text in enumerate(texts))
    return Pt((lines + len(texts) / 2) * points * LINE) <= box.height


def _frame(page: Page, box: Box, name: str) -> TextFrame:
    shape = page.shapes.add_textbox(box.left, box.top, box.width, box.height)
    shape.name = name
    shape.text_frame.word_wrap = True
    return shape.text_frame


def repeat(page: Page, footer: str) -> None:
    """The footer and the slide number, which PowerPoint copies from the layout and python-pptx does not."""
    for held in page.slide_layout.placeholders:
        if held.placeholder_format.type in (KIND.FOOTER, KIND.SLIDE_NUMBER):
            copied = deepcopy(held._element)
            page.shapes._spTree.append(copied)
            copied.nvSpPr.cNvPr.set("id", str(max(shape.shape_id for shape in page.shapes) + 1))
            if held.placeholder_format.type == KIND.FOOTER:
                page.placeholders[held.placeholder_format.idx].text_frame.text = footer
