"""No hidden number leaves by any way: page, figure, table, CSV and workbook are read and held against the rule.

The pages are opened where counts are small: one CCG, one presentation, single months. The last test opens them
without a rule and finds small numbers in every one of these places: so they are read where they would stand.
"""

import io
import json
import re
from collections.abc import Iterator
from itertools import chain

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import downloads
from dashboard.card import Card, Handout
from dashboard.workbook import HEADER_ROW, workbook
from metrics.catalogue import load
from metrics.disclosure import policy_in_force
from metrics.measure import Measure, Rate
from tests.dashboard.page import html, opened

SMALL: dict[str, str | list[str]] = {"ccgs": ["Darlington"], "presentation": "Radicular pain", "by": "Each CCG"}
MEASURES = (
    "Waiting: Wait for the combined programme",
    "Conversion: Assessed people with a nerve root block",
    "Adoption: Referral rate",
)
VIEWS = (
    *(("measure", {"measure": measure}) for measure in MEASURES),
    ("waiting", {"wait": "Wait for a nerve root block"}),
    ("conversion", {}),
    ("outcomes", {}),
    ("profile", {}),
    ("profile", {"ccg": "Darlington", "to": "Dec 2016"}),
    ("overview", {"family": "Waiting", "to": "Dec 2016"}),
    ("compare", {"measure": MEASURES[0]}),
)

COUNTS = {"numerator", "denominator", "Number", "Out of", "People", "Joined", "Seen", "Left unseen", "Waiting"}
"""Columns in which people are counted, of tables and downloads."""

PEOPLE = re.compile(r"(?:(\d[\d,]*) of )?(?<!fewer than )\b(\d[\d,]*) (?:people|referrals|patients)\b")
"""'7,890 people', and '560 of 8,455 people' in a sentence."""

OF_PEOPLE, OF_LIST = re.compile(r'"(\d[\d,]*) of (\d[\d,]*)"'), re.compile(r'"(\d[\d,]*) of \d[\d,]*"')
"""'380 of 1,000' as a text of its own, as it stands beside a point; of a rate the list is public."""


def _open(app: AppTest, page: str, chosen: dict[str, str]) -> AppTest:
    return opened(app, page, **{**SMALL, **chosen})


def _allowed(number: float) -> bool:
    """0, or a multiple of 5 that cannot be 1 to 7."""
    return number == 0 or (number >= 10 and number % 5 == 0)


def _number(value: object) -> float | None:
    text = str(value).replace(",", "")
    return float(text) if re.fullmatch(r"\d+(\.\d+)?", text) else None


def _faults(app: AppTest) -> list[str]:
    page: Handout = app.session_state["handout"]
    return [
        *(f"page: {fault}" for fault in _in_text(_page_text(app))),
        *chain.from_iterable(map(_of_card, page.cards)),
        *(f"workbook: {fault}" for fault in _in_workbook(page)),
    ]


def _page_text(app: AppTest) -> str:
    written = [*app.markdown, *app.subheader, *app.caption, *app.info]
    alt = [chart.proto.alt for chart in app.get("plotly_chart")]
    return "\n".join([*(text.value for text in written), html(app), *alt])


def _of_card(card: Card) -> Iterator[str]:
    data = card.figures()
    lines = downloads.csv_of(card).decode("utf-8-sig").splitlines()
    assert len(lines) >= len(data)  # what is read here is what the file holds
    measure = _measure(data)
    if measure and (measure.published or not measure.counts_people):
        return  # public already, or practices and posts, which may be few
    yield from (f"CSV: {card.key}: {fault}" for fault in _in_table(data, measure))
    yield from (f"table: {card.key}: {fault}" for fault in _in_table(card.table, measure))
    chart = card.chart.to_json()
    hover = OF_LIST if _is_rate(measure) else OF_PEOPLE
    for fault in [*_in_text(chart), *_in_text(chart, hover), *_drawn_though_hidden(card)]:
        yield f"figure: {card.key}: {fault}"


def _measure(data: pd.DataFrame) -> Measure | None:
    """The measure whose figures these are; None for other tables."""
    return load()[data["measure"].iloc[0]] if "measure" in data and len(data) else None


def _is_rate(measure: Measure | None) -> bool:
    """Whether it is divided by registered patients, whose number is public."""
    return measure is not None and isinstance(measure.how, Rate)


def _in_table(data: pd.DataFrame, measure: Measure | None) -> Iterator[str]:
    public = {"denominator", "Out of"} if _is_rate(measure) else set()
    for column in (COUNTS - public) & set(data.columns):
        numbers = [(value, _number(value)) for value in data[column].dropna()]
        yield from (f"{column} {value}" for value, number in numbers if number is not None and not _allowed(number))
    if {"status", "value"} <= set(data.columns):
        hidden = data[data["status"] == "suppressed"]
        for column in {"value", "lower", "upper", "numerator", "denominator"} & set(data.columns) - public:
            yield from (f"{column} {value} though hidden" for value in hidden[column].dropna())


def _in_text(text: str, pattern: re.Pattern[str] = PEOPLE) -> Iterator[str]:
    """Counts of people in words, the rule's own aside."""
    told = text.replace(policy_in_force().words, "")
    for match in pattern.finditer(told):
        if not all(_allowed(float(number.replace(",", ""))) for number in match.groups() if number):
            yield told[max(0, match.start() - 30) : match.end()]


def _drawn_though_hidden(card: Card) -> Iterator[str]:
    """Points of the chart where the figures have none."""
    data = card.figures()
    if not {"area_name", "status", "value"} <= set(data.columns):
        return
    for trace in json.loads(card.chart.to_json())["data"]:
        rows = data[data["area_name"] == trace.get("name", "").replace("<br>", " ")]
        if len(rows) and isinstance(trace.get("y"), list) and len(trace["y"]) == len(rows):
            for drawn, status in zip(trace["y"], rows["status"], strict=True):
                if status == "suppressed" and drawn is not None:
                    yield f"{drawn} drawn though hidden"


def _in_workbook(page: Handout) -> Iterator[str]:
    book = openpyxl.load_workbook(io.BytesIO(workbook(page)))
    assert {sheet.sheet_state for sheet in book.worksheets} == {"visible"}
    yield from _in_text("\n".join(str(cell.value) for row in book["Notes"].iter_rows() for cell in row))
    for sheet in book.worksheets[1:]:
        header, *rows = list(sheet.iter_rows(min_row=HEADER_ROW + 1, values_only=True))
        data = pd.DataFrame(rows, columns=[str(name) for name in header])
        measure = _measure(data)
        if measure is None or (measure.counts_people and not measure.published):
            yield from _in_table(data, measure)


@pytest.mark.parametrize(("page", "chosen"), VIEWS)
def test_nothing_hidden_leaves_a_page_of_small_numbers(app: AppTest, page: str, chosen: dict[str, str]) -> None:
    assert _faults(_open(app, page, chosen)) == []


def test_the_pages_are_of_small_numbers(app: AppTest) -> None:
    for measure in MEASURES[:2]:
        (card,) = _open(app, "measure", {"measure": measure}).session_state["handout"].cards
        assert (card.figures()["status"] == "suppressed").sum() > 5


@pytest.mark.parametrize("place", ["CSV", "table", "figure", "workbook"])
def test_without_a_rule_small_numbers_are_found_in_every_place(
    app: AppTest, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCLOSURE", "none")
    faults = _faults(_open(app, "measure", {"measure": MEASURES[0]}))
    assert any(fault.startswith(place) for fault in faults)


def test_without_a_rule_small_numbers_are_found_in_sentences(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCLOSURE", "none")
    faults = _faults(_open(app, "conversion", {}))
    assert any(fault.startswith("page") for fault in faults)
