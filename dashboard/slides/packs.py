"""Decks of a release: the board pack, the pack of a CCG, a deck of one's own and the cards of a page."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from dashboard import words
from dashboard.card import Handout
from dashboard.slides.deck import Deck
from dashboard.slides.made import MADE
from dashboard.slides.saved import OWN, Pick, Saved, for_ccg, read_saved
from dashboard.slides.slide import Slide, slide_of
from dashboard.unseen import cards_of
from loaders.register import Release
from metrics.areas import ccgs

_HERE = Path(__file__).parent

Done = Callable[[str], None]


class NoSuchCard(LookupError):
    """A slide of a saved deck that the release has no figures for."""


@cache
def board() -> Saved:
    """The board pack."""
    return read_saved((_HERE / "board.toml").read_text(encoding="utf-8"))


@cache
def ccg_pack(code: str) -> Saved:
    """The pack of one CCG."""
    return for_ccg(read_saved((_HERE / "ccg.toml").read_text(encoding="utf-8")), ccgs()[code].short_name)


def slides_of(saved: Saved, release: int, done: Done = lambda _headline: None) -> tuple[Sequence[Slide], Sequence[str]]:
    """The slides of a deck, and what could not be made of this release, in words. `done` hears of each slide."""
    slides, lacking = [], []
    for pick in saved.picks:
        try:
            slides.append(_slide(pick, release))
            done(slides[-1].headline)
        except NoSuchCard as missing:
            lacking.append(str(missing))
    return _told_apart(slides), lacking


def _slide(pick: Pick, release: int) -> Slide:
    if pick.page == OWN:
        try:
            slide = MADE[pick.card](release, _code(pick.choices.get("ccg", ())))
        except ValueError as refusal:
            raise NoSuchCard(str(refusal)) from None
        return replace(slide, headline=_headline(pick, slide.headline))
    for card in cards_of(pick.page, pick.choices, release):
        if card.key == pick.card:
            return slide_of(card, _headline(pick, card.headline), address(pick, release))
    raise NoSuchCard(f"The page '{pick.page}' has no '{pick.card}' in release {release}: nothing was received for it.")


def _headline(pick: Pick, own: str) -> str:
    return pick.headline.replace("{headline}", own) if pick.headline else own


def _code(names: Sequence[str]) -> str | None:
    return next((code for code, ccg in ccgs().items() if ccg.short_name in names), None)


def address(pick: Pick, release: int) -> str:
    """The link that restores the view of a slide, on the server that DASHBOARD_ADDRESS names."""
    base = os.environ.get("DASHBOARD_ADDRESS", "http://127.0.0.1:8501").rstrip("/")
    return f"{base}/{pick.page}?{urlencode({**pick.choices, 'release': str(release)}, doseq=True)}"


def _told_apart(slides: Sequence[Slide]) -> Sequence[Slide]:
    """No two slides with one headline, for screen readers list slides by it."""
    seen: dict[str, int] = {}
    found = []
    for slide in slides:
        seen[slide.headline] = seen.get(slide.headline, 0) + 1
        again = seen[slide.headline] > 1
        found.append(replace(slide, headline=f"{slide.headline} ({seen[slide.headline]})") if again else slide)
    return found


def deck_of(title: str, slides: Sequence[Slide], release: Release) -> Deck:
    """The slides under a title, with what is true of all of them."""
    synthetic = any("Synthetic data" in slide.source for slide in slides)
    said = f"Release {release.number}, published {release.published:%d %b %Y}"
    kind = f"{words.SYNTHETIC}\n" if synthetic else ""
    footer = f"{'SYNTHETIC DATA · ' if synthetic else ''}{title} · {said}"
    return Deck(title, f"{said}\n{kind}{words.NOT_OFFICIAL}", footer, release.published, slides)


def house_template() -> bytes | None:
    """The template that DECK_TEMPLATE names, for every deck that is given no other."""
    file = os.environ.get("DECK_TEMPLATE")
    return Path(file).read_bytes() if file else None


def page_deck(page: Handout) -> Deck:
    """The cards of a page as they stand on it."""
    slides = [slide_of(card, link=page.link) for card in page.cards]
    return deck_of(page.title, _told_apart(slides), page.release)
