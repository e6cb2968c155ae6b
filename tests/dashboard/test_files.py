"""Files of pages by their addresses: what the page shows, of the view in front of the reader."""

import io
from pathlib import Path
from urllib.parse import urlencode

import openpyxl
import pytest
from pptx import Presentation
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from streamlit.testing.v1 import AppTest

from dashboard import downloads
from dashboard.card import Handout
from dashboard.files import ROUTES
from dashboard.workbook import workbook
from tests.dashboard.page import html, opened

CHOSEN: dict[str, str] = {"by": "Each CCG", "ccgs": "Darlington", "presentation": "Radicular pain"}
PRESSED = "/waiting.xlsx?by=Each+CCG&ccgs=Darlington"


@pytest.fixture(autouse=True)
def _over_the_demo(monkeypatch: pytest.MonkeyPatch, demo_warehouse: Path) -> None:
    monkeypatch.setenv("WAREHOUSE", str(demo_warehouse))


def _sent(address: str, shown: str = "") -> Response:
    """What is answered to a browser that shows one address and is told to fetch another."""
    path, _, query = address.partition("?")
    headers = [(b"host", b"dash.example"), (b"referer", shown.encode())]
    scope = {"type": "http", "method": "GET", "scheme": "http", "server": ("dash.example", 80), "headers": headers}
    scope |= {"path": path, "query_string": query.encode(), "root_path": ""}
    found = next(found for route in ROUTES if (found := route.matches(scope))[0] is Match.FULL)
    return found[1]["endpoint"](Request({**scope, **found[1]}))


def _cells(content: bytes | memoryview) -> dict[str, list[tuple]]:
    """Every sheet but for the link in its notes."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    return {name: [row for row in of if row[0] != "This view"] for name, of in rows.items()}


def _view(content: bytes | memoryview) -> str:
    notes = openpyxl.load_workbook(io.BytesIO(content))["Notes"].iter_rows(values_only=True)
    return next(str(row[1]) for row in notes if row[0] == "This view")


@pytest.mark.parametrize("page", ["waiting", "conversion", "outcomes", "measure"])
def test_the_workbook_and_every_csv_are_what_the_page_shows(app: AppTest, page: str) -> None:
    shown: Handout = opened(app, page, **CHOSEN).session_state["handout"]
    assert shown.cards
    assert _cells(_sent(f"/{page}.xlsx?{urlencode(CHOSEN)}").body) == _cells(workbook(shown))
    for card in shown.cards:
        sent = _sent(f"/{page}/{card.key}.csv?{urlencode(CHOSEN)}")
        assert sent.body == downloads.csv_of(card)
        assert sent.headers["content-disposition"] == f'attachment; filename="{downloads.file_name(card)}.csv"'


def test_the_page_links_its_files_with_its_choices(app: AppTest) -> None:
    page = html(opened(app, "waiting", wait_figures_view="Download", **CHOSEN))
    query = "by=Each+CCG&amp;ccgs=Darlington&amp;presentation=Radicular+pain"
    for file in ("waiting.xlsx", "waiting.pptx", "waiting/wait_figures.csv"):
        assert f'href="{file}?' in page
    assert page.count(f'?{query}" download>') == 4  # the workbook twice


def test_slides_hold_the_cards_in_their_order(app: AppTest) -> None:
    shown: Handout = opened(app, "outcomes").session_state["handout"]
    slides = Presentation(io.BytesIO(_sent("/outcomes.pptx").body)).slides
    assert [slide.shapes.title.text for slide in slides][1:] == [card.headline for card in shown.cards]


def test_the_address_in_front_of_the_reader_outweighs_a_link_of_the_view_before() -> None:
    shown = "http://dash.example/back/waiting?by=The+region&figures_view=Download"
    content = _sent(PRESSED, shown).body
    assert _view(content) == "http://dash.example/back/waiting?by=The+region"
    assert content == _sent("/waiting.xlsx", shown).body


@pytest.mark.parametrize("shown", ["", "http://dash.example/measure?by=The+region"])
def test_a_link_opened_elsewhere_speaks_for_itself(shown: str) -> None:
    content = _sent(PRESSED, shown).body
    assert _view(content) == "http://dash.example/waiting?by=Each+CCG&ccgs=Darlington"


def test_files_are_named_by_page_and_release_and_are_not_kept_by_browsers() -> None:
    sent = _sent("/waiting.xlsx?release=99")  # of which there is none: the newest
    assert sent.headers["content-disposition"] == 'attachment; filename="waiting-release-1.xlsx"'
    assert sent.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("address", ["/overview.xlsx", "/nothing.pptx", "/waiting/nothing.csv", "/nothing/queues.csv"])
def test_what_no_page_hands_out_is_not_found(address: str) -> None:
    with pytest.raises(HTTPException, match="404"):
        _sent(address)


def test_nothing_is_handed_out_where_nothing_was_published(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WAREHOUSE", str(tmp_path / "warehouse"))
    with pytest.raises(HTTPException, match="404"):
        _sent("/waiting.xlsx")
