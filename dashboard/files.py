"""What a page hands out, at addresses beside its own: waiting.xlsx, waiting.pptx, waiting/figures.csv.

Each is made of its address alone. A button of Streamlit whose file is made when it is pressed has none of the newest
view while that is being drawn: it gives the view before, or nothing once the page of any reader has ended.
"""

from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard import cached, downloads, links
from dashboard.builder import POWERPOINT
from dashboard.card import PAGES, Handout
from dashboard.slides.deck import deck_file
from dashboard.slides.packs import house_template, page_deck
from dashboard.unseen import cards_of
from dashboard.workbook import workbook
from loaders.register import Release

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS = {"xlsx": EXCEL, "pptx": POWERPOINT, "csv": "text/csv"}


def excel(request: Request) -> Response:
    """The page as a workbook."""
    page = _page(request)
    return _file(workbook(page), _name(page), "xlsx")


def powerpoint(request: Request) -> Response:
    """The page as slides."""
    page = _page(request)
    return _file(deck_file(page_deck(page), house_template()), _name(page), "pptx")


def figures(request: Request) -> Response:
    """The figures of one card."""
    asked = request.path_params["card"]
    card = next((card for card in _page(request).cards if card.key == asked), None)
    if card is None:
        raise HTTPException(404)
    return _file(downloads.csv_of(card), downloads.file_name(card), "csv")


def _page(request: Request) -> Handout:
    """The page as whoever asks has it in front of them. Raises HTTPException where there is no such page."""
    name = request.path_params["page"]
    place, choices = _looked_at(request, name)
    release = _release(choices)
    if name not in PAGES or release is None:
        raise HTTPException(404)
    link = links.address(place, {}, choices)
    return Handout(name.capitalize(), release, link, list(cards_of(name, choices, release.number)))


def _looked_at(request: Request, page: str) -> tuple[str, links.Kept]:
    """The address of the page, and the choices in it as the browser shows it, which every choice changes at once.

    The link that was pressed may be of the view before: it counts where the browser does not say what it shows.
    """
    shown = urlsplit(request.headers.get("referer", ""))
    if shown.path.rpartition("/")[2] == page:
        return f"{shown.scheme}://{shown.netloc}{shown.path}", links.choices_in(shown.query)
    return f"{request.base_url}{page}", links.choices_in(request.url.query)


def _release(choices: links.Kept) -> Release | None:
    """The release that is chosen, the newest by default; None when nothing was published."""
    releases = cached.releases()
    chosen = [release for release in releases if [str(release.number)] == choices.get("release")]
    return next(iter([*chosen, *releases]), None)


def _name(page: Handout) -> str:
    return f"{page.title.lower()}-release-{page.release.number}"


def _file(content: bytes, name: str, kind: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "Cache-Control": "no-store"}
    return Response(content, media_type=_KINDS[kind], headers=headers)


ROUTES = (
    Route(f"{links.root()}/{{page}}.xlsx", excel),
    Route(f"{links.root()}/{{page}}.pptx", powerpoint),
    Route(f"{links.root()}/{{page}}/{{card}}.csv", figures),
)
"""The addresses of all files. Each is made in a thread, so that nobody waits for it."""
