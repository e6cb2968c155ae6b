"""The reader's own deck: slides collected on any page, kept in the session and in the address of the page Deck."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from urllib.parse import parse_qs, urlencode

import streamlit as st

from dashboard import handout
from dashboard.card import PAGES, Card
from dashboard.slides.saved import Pick, Saved, is_known

POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
TITLE = "My deck"

OF_THE_APP = ("release", "slide", "title")
"""What addresses hold that is no choice of a page."""


@dataclass(frozen=True)
class Held:
    """A slide of the deck; `number` names its controls, wherever it is moved to."""

    number: int
    pick: Pick


def held() -> list[Held]:
    """The slides of the deck in their order; taken from the address when the session has none."""
    if "deck" not in st.session_state:
        put(Saved(st.query_params.get("title", TITLE), list(_of_address(st.query_params.get_all("slide")))))
    return st.session_state["deck"]


def put(saved: Saved) -> None:
    """Take this deck in the place of the one there is."""
    numbers = st.session_state.setdefault("deck_numbers", count(1))
    st.session_state["deck"] = [Held(next(numbers), pick) for pick in saved.picks]
    st.session_state["deck_title"] = saved.title


def saved() -> Saved:
    """The deck as it can be kept."""
    return Saved(st.session_state.get("deck_title") or TITLE, [one.pick for one in held()])


def add(pick: Pick) -> None:
    """Put a slide at the end."""
    slides = held()
    slides.append(Held(next(st.session_state["deck_numbers"]), pick))


def remove(number: int) -> None:
    """Take a slide out."""
    st.session_state["deck"] = [one for one in held() if one.number != number]


def move(number: int, by: int) -> None:
    """Move a slide up (-1) or down (1); the first and the last stay where they are."""
    slides = held()
    at = next(place for place, one in enumerate(slides) if one.number == number)
    to = min(max(at + by, 0), len(slides) - 1)
    slides.insert(to, slides.pop(at))


def call(number: int) -> None:
    """Give a slide the headline that was typed for it."""
    headline = st.session_state[f"deck_headline_{number}"]
    st.session_state["deck"] = [
        replace(one, pick=replace(one.pick, headline=headline)) if one.number == number else one for one in held()
    ]


# ---- The address


def keep_in_address() -> None:
    """Write the deck into the address, so that a link brings it back."""
    st.query_params["slide"] = [_line(one.pick) for one in held()]
    st.query_params["title"] = saved().title


def _line(pick: Pick) -> str:
    """`waiting/queues?ccgs=Darlington&headline=...`."""
    own = {"headline": pick.headline} if pick.headline else {}
    query = urlencode({**pick.choices, **own}, doseq=True)
    return f"{pick.page}/{pick.card}{'?' if query else ''}{query}"


def _of_address(lines: Sequence[str]) -> Sequence[Pick]:
    """The slides that an address names; what is unknown is passed over, as controls do."""
    found = []
    for line in lines:
        place, _, query = line.partition("?")
        page, _, card = place.partition("/")
        choices = {name: tuple(values) for name, values in parse_qs(query).items()}
        headline = choices.pop("headline", ("",))[0]
        if is_known(page, card):
            found.append(Pick(page, card, choices, headline))
    return found


# ---- On other pages


def offer_to_add(card: Card) -> None:
    """A button that puts the card into the deck with the choices of now."""
    page = handout.current().title.lower()
    if page in PAGES:
        st.button("Add to deck", key=f"{card.key}_deck", on_click=_add, args=(page, card.key, card.headline))


def _choices() -> dict[str, tuple[str, ...]]:
    names = [name for name in st.query_params if not name.endswith("_view") and name not in OF_THE_APP]
    return {name: tuple(st.query_params.get_all(name)) for name in names}


def _add(page: str, card: str, headline: str) -> None:
    """With the choices at the moment of the click: the page may not yet have been drawn with the newest."""
    add(Pick(page, card, _choices()))
    st.toast(f"Slide {len(held())} of your deck: {headline}")
