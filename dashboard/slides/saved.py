"""A deck as people keep it: a list of views in a small TOML file, from which its slides are made anew."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard.card import PAGES
from dashboard.slides.made import MADE

OWN = "summary"
"""The page of slides that no page has: those of `MADE`, by name."""

MOST = 60
"""Slides of a deck."""


class DeckFaulty(ValueError):
    """A file that is no deck; says everything that is wrong with it at once."""


@dataclass(frozen=True)
class Pick:
    """One slide: a card of a page with the choices of its address. `{headline}` in `headline` is the card's own."""

    page: str
    card: str
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    headline: str = ""


@dataclass(frozen=True)
class Saved:
    """A deck that can be made of any release."""

    title: str
    picks: Sequence[Pick]


def read_saved(text: str) -> Saved:
    """The deck in a TOML file; raises DeckFaulty with every fault."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DeckFaulty(f"This is no deck: {error}.") from None
    faults = list(_faults(content))
    if faults:
        raise DeckFaulty("\n".join(["The deck cannot be read:", *(f"- {fault}" for fault in faults)]))
    return Saved(content["title"], [_pick(slide) for slide in content["slide"]])


def _faults(content: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(content.get("title"), str) or not content.get("title"):
        yield "it has no title"
    slides = content.get("slide")
    if not isinstance(slides, list) or not slides:
        yield "it has no slides: each starts with [[slide]]"
        return
    if len(slides) > MOST:
        yield f"it has {len(slides)} slides; {MOST} are the most"
    yield from (f"unknown: {name}" for name in content if name not in ("title", "slide"))
    for number, slide in enumerate(slides, 1):
        yield from (f"slide {number}: {fault}" for fault in _slide_faults(slide))


def _slide_faults(slide: Mapping[str, Any]) -> Iterator[str]:
    known = {"page", "card", "headline", "choices"}
    yield from (f"unknown: {name}" for name in slide if name not in known)
    page, card = slide.get("page"), slide.get("card")
    if page not in (*PAGES, OWN):
        yield f"there is no page '{page}'; known are {', '.join((*PAGES, OWN))}"
    elif page == OWN and card not in MADE:
        yield f"there is no summary '{card}'; known are {', '.join(MADE)}"
    elif not isinstance(card, str) or not card:
        yield "it names no card"
    if not isinstance(slide.get("headline", ""), str):
        yield "its headline is no text"
    choices = slide.get("choices", {})
    if not isinstance(choices, dict) or not all(_is_choice(value) for value in choices.values()):
        yield "its choices are no texts"


def is_known(page: str, card: str) -> bool:
    """Whether a slide can be of this name."""
    return card in MADE if page == OWN else page in PAGES and bool(card)


def _is_choice(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def _pick(slide: Mapping[str, Any]) -> Pick:
    choices = {
        name: (value,) if isinstance(value, str) else tuple(value) for name, value in slide.get("choices", {}).items()
    }
    return Pick(slide["page"], slide["card"], choices, slide.get("headline", ""))


def write_saved(saved: Saved) -> str:
    """The deck as TOML; what is read back is the same deck."""
    return (
        "\n".join([f"title = {_quoted(saved.title)}", *(line for pick in saved.picks for line in _lines(pick))]) + "\n"
    )


def _lines(pick: Pick) -> Iterator[str]:
    yield from ("", "[[slide]]", f"page = {_quoted(pick.page)}", f"card = {_quoted(pick.card)}")
    if pick.headline:
        yield f"headline = {_quoted(pick.headline)}"
    if pick.choices:
        yield "[slide.choices]"
        for name, values in pick.choices.items():
            yield f"{_quoted(name)} = [{', '.join(_quoted(value) for value in values)}]"


def _quoted(text: str) -> str:
    """A basic string of TOML, which is one of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def for_ccg(saved: Saved, name: str) -> Saved:
    """The deck with `{ccg}` in its title, headlines and choices put to one CCG."""
    return Saved(saved.title.replace("{ccg}", name), [_of_ccg(pick, name) for pick in saved.picks])


def _of_ccg(pick: Pick, name: str) -> Pick:
    choices = {key: tuple(value.replace("{ccg}", name) for value in values) for key, values in pick.choices.items()}
    return replace(pick, choices=choices, headline=pick.headline.replace("{ccg}", name))
