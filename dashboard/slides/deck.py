"""A deck as a file: the same slides, template and release give the same bytes."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
import plotly.graph_objects as go
from pptx.shapes.base import BaseShape
from pptx.slide import Slide as Page

from dashboard.slides.bars import bars, without_bar
from dashboard.slides.chart_xml import Drawn
from dashboard.slides.drawing import add_map
from dashboard.slides.letters import height_of
from dashboard.slides.page import Box, headline, paragraphs, repeat, write
from dashboard.slides.plot import plot_of
from dashboard.slides.scatter import scatter
from dashboard.slides.sheet import workbook
from dashboard.slides.slide import Slide
from dashboard.slides.table import add_table
from dashboard.slides.template import Template, content_of, read_template

SUBTITLE, SOURCE = 16, 12
"""Points of the text above and below a chart."""

AUTHOR = "Back pain pathway dashboard"

OLDEST = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive: the earliest that it can say."""


@dataclass(frozen=True)
class Deck:
    """Slides under a title. `made` is when the release was published, never the time of the clock."""

    title: str
    subtitle: str
    footer: str
    made: datetime
    slides: Sequence[Slide]


def deck_file(deck: Deck, template: bytes | None = None) -> bytes:
    """The deck in PowerPoint; raises TemplateLacks."""
    base = read_template(template)
    _opening(base, deck)
    for slide in deck.slides:
        _draw(base, slide, deck.footer)
    _sign(base, deck)
    sink = io.BytesIO()
    base.deck.save(sink)
    return _settled(sink)


def _opening(base: Template, deck: Deck) -> None:
    page = base.deck.slides.add_slide(base.opening)
    headline(page, deck.title)
    for held in page.placeholders:
        if held.placeholder_format.idx != 0:
            held.text_frame.text = deck.subtitle
    repeat(page, deck.footer)
    _notes(page, f"{deck.title}\n\n{deck.subtitle}")


def _draw(base: Template, slide: Slide, footer: str) -> None:
    page = base.deck.slides.add_slide(base.content)
    headline(page, slide.headline)
    box = _cleared(page)
    lacking = without_bar(slide.body) if isinstance(slide.body, go.Figure) else ""
    source = f"Without a bar, {lacking}.\n{slide.source}" if lacking else slide.source
    above, below = height_of(slide.subtitle, SUBTITLE, box.width), height_of(source, SOURCE, box.width)
    write(page, Box(box.left, box.top, box.width, above), slide.subtitle, SUBTITLE, "Subtitle")
    left = _body(page, slide, Box(box.left, box.top + above, box.width, box.height - above - below))
    source = f"{left}\n{source}" if left else source
    write(page, box.foot(height_of(source, SOURCE, box.width)), source, SOURCE, "Source")
    repeat(page, footer)
    _notes(page, slide.notes)


def _cleared(page: Page) -> Box:
    """The room of the content; every placeholder but the title is taken out, for an empty one would show."""
    idx = content_of(page.slide_layout).placeholder_format.idx
    held = page.placeholders[idx]
    box = Box(held.left, held.top, held.width, held.height)
    for placeholder in list(page.placeholders):
        if placeholder.placeholder_format.idx != 0:
            placeholder._element.getparent().remove(placeholder._element)
    return box


def _body(page: Page, slide: Slide, box: Box) -> str:
    """Draw what the slide shows; returns what has to be said below of rows that did not fit."""
    if isinstance(slide.body, pd.DataFrame):
        frame, left = add_table(page, slide.body, box, spare=height_of("", SOURCE, box.width))
        name(frame, "Table", slide.alt)
        return f"The first {len(slide.body) - left} of {len(slide.body)} rows; the dashboard has all." if left else ""
    if not isinstance(slide.body, go.Figure):
        paragraphs(page, box, slide.body)
        return ""
    kinds = {trace.type for trace in slide.body.data}
    if "choropleth" in kinds:
        name(add_map(page, slide.body, box), "Map", slide.alt)
        return ""
    drawn = bars(slide.body, box) if kinds == {"bar"} else scatter(plot_of(slide.body))
    frame = page.shapes.add_chart(None, box.left, box.top, box.width, box.height, _ChartData(drawn))
    name(frame, "Chart", slide.alt)
    return ""


class _ChartData:
    """What python-pptx asks of a chart: its part and its workbook."""

    def __init__(self, drawn: Drawn) -> None:
        self._xml = drawn.xml
        self.xlsx_blob = workbook(drawn.columns)

    def xml_bytes(self, _chart_type: object) -> bytes:
        return self._xml


def name(shape: BaseShape, what: str, alt: str) -> None:
    """Name a shape and say in words what it shows."""
    shape.name = what
    shape._element.xpath(".//p:cNvPr")[0].set("descr", alt)


def _notes(page: Page, text: str) -> None:
    page.notes_slide.notes_text_frame.text = text


def _sign(base: Template, deck: Deck) -> None:
    said = base.deck.core_properties
    said.title, said.author, said.last_modified_by = deck.title, AUTHOR, AUTHOR
    said.created = said.modified = deck.made.replace(tzinfo=None, microsecond=0)
    said.revision, said.subject, said.keywords, said.comments = 1, deck.subtitle, "", ""


def _settled(written: io.BytesIO) -> bytes:
    """The archive with the time of day taken out of it."""
    sink = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            target.writestr(zipfile.ZipInfo(member.filename, OLDEST), source.read(member), zipfile.ZIP_DEFLATED)
    return sink.getvalue()
