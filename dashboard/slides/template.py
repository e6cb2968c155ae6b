"""Where slides get their looks: an organisation's own template, or the plain one. No logo is drawn."""

import io
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from zipfile import BadZipFile

from lxml.etree import XMLSyntaxError
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.exc import PackageNotFoundError
from pptx.presentation import Presentation as Deck
from pptx.shapes.placeholder import LayoutPlaceholder
from pptx.slide import SlideLayout
from pptx.util import Inches

from dashboard.slides.plain import plain

LEAST = Inches(8), Inches(3.8)
"""Width and height that a chart needs with its subtitle and source."""

TITLES = KIND.TITLE, KIND.CENTER_TITLE
CONTENTS = KIND.OBJECT, KIND.CHART, KIND.TABLE, KIND.BODY
"""Placeholders that a chart may take, the best first."""

Kinds = Collection[KIND]


class TemplateLacks(ValueError):
    """A template that slides cannot be made on; says everything that is wrong with it at once."""


@dataclass(frozen=True)
class Template:
    """A presentation without slides, and its layouts for the first slide and for all others."""

    deck: Deck
    opening: SlideLayout
    content: SlideLayout


def read_template(content: bytes | None) -> Template:
    """The organisation's template, or the plain one for None; raises TemplateLacks."""
    try:
        deck = Presentation(io.BytesIO(plain() if content is None else content))
    except (KeyError, ValueError, BadZipFile, PackageNotFoundError, XMLSyntaxError):
        raise TemplateLacks(
            "The template is no PowerPoint presentation. Save it as .pptx (not .potx or .ppt)."
        ) from None
    opening = _first(deck, lambda kinds: KIND.SUBTITLE in kinds)
    body = _first(deck, lambda kinds: KIND.SUBTITLE not in kinds and any(kind in kinds for kind in CONTENTS))
    problems = list(_problems(deck, opening, body))
    if problems or opening is None or body is None:
        raise TemplateLacks("\n".join(["The template cannot be used:", *(f"- {problem}" for problem in problems)]))
    _empty(deck)
    return Template(deck, opening, body)


def kinds_of(layout: SlideLayout) -> list[KIND]:
    """What the placeholders of a layout are for."""
    return [placeholder.placeholder_format.type for placeholder in layout.placeholders]


def content_of(layout: SlideLayout) -> LayoutPlaceholder:
    """The placeholder that a chart takes."""
    return min(
        (held for held in layout.placeholders if held.placeholder_format.type in CONTENTS),
        key=lambda held: CONTENTS.index(held.placeholder_format.type),
    )


def _first(deck: Deck, suits: Callable[[Kinds], bool]) -> SlideLayout | None:
    layouts = [(layout, kinds_of(layout)) for layout in deck.slide_layouts]
    return next((layout for layout, kinds in layouts if any(k in kinds for k in TITLES) and suits(kinds)), None)


def _problems(deck: Deck, opening: SlideLayout | None, body: SlideLayout | None) -> Iterator[str]:
    if not deck.slide_width or not deck.slide_height or abs(deck.slide_width / deck.slide_height - 16 / 9) > 0.02:
        yield "its slides are not 16:9; set them under Design, Slide Size"
    if opening is None:
        yield "no layout has both a title and a subtitle; the first slide needs one"
    if body is None:
        yield "no layout has both a title and a place for content; every slide with a chart needs one"
        return
    if KIND.SLIDE_NUMBER not in kinds_of(body):
        yield f"the layout '{body.name}' has no slide number"
    place = content_of(body)
    if place.width < LEAST[0] or place.height < LEAST[1]:
        size = f"{place.width / 914400:.1f} by {place.height / 914400:.1f} inches"
        yield f"the content of the layout '{body.name}' is {size}; 8 by 3.8 are needed"


def _empty(deck: Deck) -> None:
    """Take out the slides that the template came with."""
    slides = deck.slides._sldIdLst
    for slide in list(slides):
        deck.part.drop_rel(slide.rId)
        slides.remove(slide)
