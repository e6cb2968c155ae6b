"""An organisation's own template: its looks are taken, and what it lacks is said at once."""

import io
from datetime import UTC, datetime

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.util import Inches

from dashboard.slides.deck import Deck, deck_file
from dashboard.slides.plain import plain
from dashboard.slides.slide import Slide
from dashboard.slides.template import TemplateLacks, read_template

SLIDE = Slide("A finding", "Subtitle", ["One thing", "Why"], "", "Source", "Notes")
DECK = Deck("Pack", "Release 1", "Release 1", datetime(2026, 11, 22, tzinfo=UTC), [SLIDE])


def _saved(deck: object) -> bytes:
    sink = io.BytesIO()
    deck.save(sink)  # type: ignore[attr-defined]
    return sink.getvalue()


def _own() -> object:
    """A template of 16:9 that has slides of its own and a layout of another name."""
    deck = Presentation(io.BytesIO(plain()))
    deck.slide_layouts[1].name = "Our chart page"
    page = deck.slides.add_slide(deck.slide_layouts[0])
    page.shapes.title.text = "How to use this template"
    return deck


def test_the_layouts_of_the_template_are_used_and_its_own_slides_left_out() -> None:
    opened = Presentation(io.BytesIO(deck_file(DECK, _saved(_own()))))
    assert [slide.shapes.title.text for slide in opened.slides] == ["Pack", "A finding"]
    assert opened.slides[1].slide_layout.name == "Our chart page"


def test_no_placeholder_is_left_empty() -> None:
    for slide in Presentation(io.BytesIO(deck_file(DECK))).slides:
        assert all(held.text_frame.text for held in slide.placeholders)


def test_everything_that_a_template_lacks_is_said_at_once() -> None:
    deck = Presentation()  # 4:3, and its content is too small
    for layout in list(deck.slide_layouts):
        if layout.name not in ("Title and Content", "Blank"):
            deck.slide_layouts.remove(layout)
    for held in list(deck.slide_layouts[0].placeholders):
        if held.placeholder_format.type == KIND.SLIDE_NUMBER:
            held._element.getparent().remove(held._element)
        elif held.placeholder_format.type == KIND.OBJECT:
            held.left, held.top, held.width, held.height = Inches(1), Inches(1), Inches(5), Inches(2)
    with pytest.raises(TemplateLacks) as lacks:
        read_template(_saved(deck))
    said = str(lacks.value)
    for fault in ("not 16:9", "both a title and a subtitle", "no slide number", "5.0 by 2.0 inches"):
        assert fault in said


@pytest.mark.parametrize("content", [b"", b"not a presentation", b"PK\x05\x06" + b"\0" * 18])
def test_a_file_that_is_no_presentation_is_refused(content: bytes) -> None:
    with pytest.raises(TemplateLacks, match="no PowerPoint presentation"):
        read_template(content)
