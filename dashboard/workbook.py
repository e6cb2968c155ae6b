"""A page as one Excel workbook: a sheet of notes, then a sheet for each chart, with exactly what is shown."""

import io
import re
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard import words
from dashboard.card import Card, Handout
from dashboard.dated_notes import said
from dashboard.identity import FONT, INK
from dashboard.tables import FORMULA, Plain, plain_rows
from metrics.disclosure import policy_in_force

NAME_LENGTH = 31
"""Letters that Excel allows in the name of a sheet."""

NARROWEST, WIDEST = 10, 60
"""Width of a column in letters."""

HEADER_ROW = 4
"""Of a chart's sheet, counted from 0: headline, subtitle, stamp and an empty row stand above."""


class _Formats:
    """How cells look; a quoted one stays text even when somebody edits it."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        font = {"font_name": FONT.partition(",")[0], "font_size": 11, "font_color": INK, "valign": "top"}
        self.plain = book.add_format(font)
        self.quoted = book.add_format({**font, "quote_prefix": True})
        self.wrapped = book.add_format({**font, "text_wrap": True})
        self.bold = book.add_format({**font, "bold": True, "text_wrap": True})
        self.title = book.add_format({**font, "bold": True, "font_size": 16})
        self.header = book.add_format({**font, "bold": True, "bottom": 1})


def workbook(page: Handout) -> bytes:
    """The workbook of a page; the same page gives the same bytes."""
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    published = page.release.published.replace(tzinfo=None)
    book.set_properties({"title": page.title, "comments": words.NOT_OFFICIAL, "created": published})
    looks = _Formats(book)
    names = [_sheet_name(number, card) for number, card in enumerate(page.cards, 1)]
    _notes(book.add_worksheet("Notes"), page, names, looks)
    for name, card in zip(names, page.cards, strict=True):
        _chart(book.add_worksheet(name), card, looks)
    book.close()
    return sink.getvalue()


def _sheet_name(number: int, card: Card) -> str:
    """'2 Wait for assessment': the number keeps it apart from the others."""
    shown = re.sub(r"[\[\]:*?/\\']", " ", re.split(r"[,:;]", card.subtitle)[0])
    return f"{number} {shown}"[:NAME_LENGTH].strip()


def _notes(sheet: Worksheet, page: Handout, names: Sequence[str], looks: _Formats) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 110)
    sheet.write_string(0, 0, page.title, looks.title)
    for at, (label, text) in enumerate([*_of_page(page), *_of_cards(page, names)], 2):
        sheet.write_string(at, 0, label, looks.bold)
        sheet.write_string(at, 1, text, looks.wrapped)


def _of_page(page: Handout) -> list[tuple[str, str]]:
    release = page.release
    synthetic = any(card.stamp.startswith("Synthetic") for card in page.cards)
    told = [
        ("Standing", words.NOT_OFFICIAL),
        ("Synthetic", words.SYNTHETIC if synthetic else ""),
        ("Release", f"{release.number}, published {release.published:%d %b %Y, %H:%M} UTC"),
        ("This view", page.link),
        ("Small numbers", policy_in_force().words),
    ]
    return [(label, text) for label, text in told if text]


def _of_cards(page: Handout, names: Sequence[str]) -> list[tuple[str, str]]:
    told = []
    for name, card in zip(names, page.cards, strict=True):
        told += [("", ""), (f"Sheet {name}", card.headline), ("Shows", card.subtitle), ("Source", card.stamp)]
        told += [("Dated note", f"{said(note)} Source: {note.source or 'not given'}") for note in card.notes]
        if card.about:
            told.append(("Definition", card.about.replace("**", "").strip()))
    return told


def _chart(sheet: Worksheet, card: Card, looks: _Formats) -> None:
    sheet.write_string(0, 0, card.headline, looks.title)
    sheet.write_string(1, 0, card.subtitle, looks.plain)
    sheet.write_string(2, 0, card.stamp, looks.plain)
    data = card.figures()
    rows = plain_rows(data)
    for at, name in enumerate(data.columns):
        sheet.write_string(HEADER_ROW, at, str(name), looks.header)
        sheet.set_column(at, at, _width(str(name), [row[at] for row in rows]))
    for down, values in enumerate(rows, HEADER_ROW + 1):
        for at, value in enumerate(values):
            _cell(sheet, down, at, value, looks)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _width(name: str, values: Sequence[Plain]) -> int:
    longest = max([len(name), *(len(str(value)) for value in values if value is not None)])
    return min(max(longest + 2, NARROWEST), WIDEST)


def _cell(sheet: Worksheet, row: int, column: int, value: Plain, looks: _Formats) -> None:
    """One cell: nothing where there is none, for a 0 would be a number."""
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, looks.plain)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, looks.plain)
    elif value is not None:
        sheet.write_string(row, column, value, _look(value, looks))


def _look(text: str, looks: _Formats) -> Format:
    return looks.quoted if text.startswith(FORMULA) else looks.plain
