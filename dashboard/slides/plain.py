"""The plain template, made from the empty presentation that python-pptx brings: Arial, our colours, no picture."""

import io
from functools import cache

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.util import Inches

from dashboard.identity import ARMS, BLUE, GRID, INK, PAPER, QUIET

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)

SCHEME = {
    "dk1": INK,
    "lt1": PAPER,
    "dk2": BLUE,
    "lt2": GRID,
    "accent1": ARMS["early"].colour,
    "accent2": ARMS["following"].colour,
    "accent3": ARMS["mixed"].colour,
    "accent4": ARMS[""].colour,
    "accent5": BLUE,
    "accent6": QUIET,
    "hlink": BLUE,
    "folHlink": QUIET,
}
"""Colours by slot of the theme."""

PRINTER = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/printerSettings"

KEPT = ("Title Slide", "Title and Content")

TITLE_SIZE = "2800"
"""Of the headlines, in hundredths of a point."""

UNDER_TITLE = "2000"
"""Of what stands under the title of a deck, which must not be louder than the title."""

EDGE = 0.5
PLACES = {
    KIND.TITLE: (EDGE, 0.3, 12.333, 1.0),
    KIND.CENTER_TITLE: (EDGE, 2.2, 12.333, 1.5),
    KIND.SUBTITLE: (EDGE, 3.8, 12.333, 1.6),
    KIND.OBJECT: (EDGE, 1.35, 12.333, 5.55),
    KIND.BODY: (EDGE, 1.35, 12.333, 5.55),
    KIND.FOOTER: (EDGE, 6.98, 10.5, 0.34),
    KIND.SLIDE_NUMBER: (11.833, 6.98, 1.0, 0.34),
}
"""Left, top, width and height in inches."""


@cache
def plain() -> bytes:
    """The template as a file."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    _drop(deck)
    _colour(deck)
    for holder in (deck.slide_master, *deck.slide_layouts):
        for shape in list(holder.placeholders):
            place = PLACES.get(shape.placeholder_format.type)
            if place is None:
                shape._element.getparent().remove(shape._element)
            else:
                shape.left, shape.top, shape.width, shape.height = (Inches(inches) for inches in place)
    _write(deck)
    sink = io.BytesIO()
    deck.save(sink)
    return sink.getvalue()


def _drop(deck: Deck) -> None:
    """Layouts that no slide takes, and what the empty presentation says of its maker's printer."""
    for layout in [layout for layout in deck.slide_layouts if layout.name not in KEPT]:
        deck.slide_layouts.remove(layout)
    for owner, kind in ((deck.part, PRINTER), (deck.part.package, RT.THUMBNAIL)):
        for key in [key for key, rel in owner._rels.items() if rel.reltype == kind]:
            owner.drop_rel(key)


def _colour(deck: Deck) -> None:
    part = deck.slide_master.part.part_related_by(RT.THEME)
    theme = etree.fromstring(part.blob)
    theme.set("name", "Plain")
    scheme = theme.find(f".//{qn('a:clrScheme')}")
    for slot, colour in SCHEME.items():
        place = scheme.find(qn(f"a:{slot}"))
        place[:] = [etree.Element(qn("a:srgbClr"), val=colour.removeprefix("#"))]
    for font in theme.iterfind(f".//{qn('a:fontScheme')}/*/{qn('a:latin')}"):
        font.set("typeface", "Arial")
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _write(deck: Deck) -> None:
    """Headlines in bold blue, and all text from the left."""
    style = deck.slide_master._element.find(f"{qn('p:txStyles')}/{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    run = style.find(qn("a:defRPr"))
    run.set("sz", TITLE_SIZE)
    run.set("b", "1")
    run.find(f"{qn('a:solidFill')}/{qn('a:schemeClr')}").set("val", "tx2")
    under = next(held for held in deck.slide_layouts[0].placeholders if held.placeholder_format.type == KIND.SUBTITLE)
    under._element.find(f".//{qn('a:lvl1pPr')}/{qn('a:defRPr')}").set("sz", UNDER_TITLE)
    for holder in (deck.slide_master, *deck.slide_layouts):
        for centred in holder._element.iterfind(f".//{qn('a:lvl1pPr')}[@algn='ctr']"):
            centred.set("algn", "l")
        for tint in list(holder._element.iterfind(f".//{qn('a:tint')}")):
            tint.getparent().remove(tint)
