"""Reads a deck part by part for counts that the rule on small numbers hides: texts, tables, charts, workbooks."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import openpyxl
from lxml import etree
from openpyxl.worksheet.worksheet import Worksheet
from pptx import Presentation
from pptx.slide import Slide as Page

from metrics.catalogue import load
from metrics.disclosure import policy_in_force
from metrics.engines import Engine
from metrics.figures import figures
from metrics.measure import Measure, Rate
from metrics.selection import By, Selection

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
SAID = ("descr", "title", "name")
"""Attributes that hold words."""

PEOPLE = re.compile(r"(?:(\d[\d,]*) of )?(?<!fewer than )\b(\d[\d,]*) (?:people|referrals|patients)\b")
"""'7,890 people', and '560 of 8,455 people' in a sentence."""

OF_HOW_MANY = re.compile(r"\bn = (\d[\d,]*)(?: (?:and|to) (\d[\d,]*))?")
"""'n = 195 and 1,270' below a chart."""

DAY_ZERO = date(1899, 12, 30)
GROUPINGS: Sequence[By] = ("ccg", "arm", "region")


@dataclass(frozen=True)
class Drawn:
    """A series of a chart: its name, where its points stand along the foot, and how high, as the cache says."""

    name: str
    points: Sequence[tuple[float, float]]


def may_be_shown(number: float) -> bool:
    """0, or a multiple of 5 that cannot be 1 to 7."""
    return number == 0 or (number >= 10 and number % 5 == 0)


def faults(content: bytes, engine: Engine) -> list[str]:
    """What a deck of real people must not hold, each with its place; the deck's own rule is not asked."""
    deck = Presentation(io.BytesIO(content))
    found = [f"{place}: {fault}" for place, text in _texts(content) for fault in _counts(text, PEOPLE)]
    for number, page in enumerate(deck.slides, 1):
        found += [f"slide {number} {fault}" for fault in (*_in_tables(page), *_in_charts(page, engine))]
    return found


def _texts(content: bytes) -> Iterator[tuple[str, str]]:
    """Every text of every part, with the part's name; workbooks are archives of their own."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            if name.endswith(".xlsx"):
                yield from ((f"{name}/{inner}", text) for inner, text in _texts(part))
            elif name.endswith((".xml", ".rels")):
                yield name, _words(etree.fromstring(part))


def _words(root: etree._Element) -> str:
    """The text of each paragraph, whose parts stand together, and what attributes say."""
    paragraphs = ["".join(paragraph.itertext()) for paragraph in root.iter("{*}p")]
    others = [text for element in root.iter() for text in (element.text, *(element.get(said) for said in SAID)) if text]
    return "\n".join([*paragraphs, *others])


def _counts(text: str, pattern: re.Pattern[str]) -> Iterator[str]:
    told = text.replace(policy_in_force().words, "")
    for match in pattern.finditer(told):
        if not all(may_be_shown(float(number.replace(",", ""))) for number in match.groups() if number):
            yield told[max(0, match.start() - 30) : match.end()]


def _in_tables(page: Page) -> Iterator[str]:
    for shape in page.shapes:
        for column in range(len(shape.table.columns)) if shape.has_table else ():
            heading, *cells = [row.cells[column].text.replace(",", "") for row in shape.table.rows]
            counts = [float(cell) for cell in cells if heading == "People" and cell.isdigit()]
            yield from (f"table: {count} people" for count in counts if not may_be_shown(count))


def _in_charts(page: Page, engine: Engine) -> Iterator[str]:
    measure = _measure(page)
    if measure and measure.counts_people and not measure.published and not isinstance(measure.how, Rate):
        said = "\n".join(shape.text_frame.text for shape in page.shapes if shape.has_text_frame)
        yield from (f"stamp: {fault}" for fault in _counts(said, OF_HOW_MANY))
    for chart in [shape.chart for shape in page.shapes if shape.has_chart]:
        sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        if "People waiting" in "".join(chart._chartSpace.itertext()):
            yield from _in_bars(chart._chartSpace, sheet)
        elif measure:
            yield from _drawn_though_hidden(measure, engine, drawn(chart._chartSpace), sheet)


def _in_bars(space: etree._Element, sheet: Worksheet) -> Iterator[str]:
    """Bars count people, in the cache as in the workbook."""
    cached = [float(point[0].text) for values in space.iter(f"{CHART}val") for point in values.iter(f"{CHART}pt")]
    held = [cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, int | float)]
    for place, counts in (("cache", cached), ("workbook", held)):
        yield from (f"{place}: {count} people" for count in counts if not may_be_shown(count))


def _measure(page: Page) -> Measure | None:
    """The measure that the headline begins with; of two, that of the longer name."""
    title = page.shapes.title.text
    named = [measure for measure in load().values() if title.startswith(measure.name)]
    return max(named, key=lambda measure: len(measure.name), default=None)


def drawn(space: etree._Element) -> list[Drawn]:
    """The series of a chart of lines."""
    return [
        Drawn("".join(series.find(f"{CHART}tx//{CHART}v").itertext()), _points(series))
        for series in space.iter(f"{CHART}ser")
        if series.find(f"{CHART}yVal") is not None
    ]


def _points(series: etree._Element) -> list[tuple[float, float]]:
    along, up = (
        {point.get("idx"): float(point[0].text) for point in series.find(f"{CHART}{axis}").iter(f"{CHART}pt")}
        for axis in ("xVal", "yVal")
    )
    return [(along[at], height) for at, height in up.items()]


def _drawn_though_hidden(measure: Measure, engine: Engine, series: Sequence[Drawn], sheet: Worksheet) -> Iterator[str]:
    hidden = _hidden_days(measure, engine)
    for one in series:
        yield from (f"cache: {one.name}, {at:.0f}" for at, _ in one.points if (one.name, at) in hidden)
    names, *rows = list(sheet.iter_rows(values_only=True))
    for first, *values in rows:
        at = (first.date() - DAY_ZERO).days if hasattr(first, "date") else first
        for name, value in zip(names[1:], values, strict=True):
            if value is not None and (name, at) in hidden:
                yield f"workbook: {name}, {at}"


def _hidden_days(measure: Measure, engine: Engine) -> set[tuple[str, float]]:
    """Names of areas and first days of months, counted as spreadsheets do, for which the rule shows no figure."""
    return {
        (figure.area_name, (date.fromisoformat(f"{figure.period}-01") - DAY_ZERO) // timedelta(days=1))
        for by in GROUPINGS
        for figure in figures(measure, Selection(by=by), engine)
        if figure.status == "suppressed"
    }
