"""What a page hands out: its cards together, and links to the files that are made of them."""

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

import streamlit as st

from dashboard.card import Card, Handout
from loaders.register import Release


def begin(title: str, release: Release) -> None:
    """Start the handout of a page, before it is drawn."""
    st.session_state["handout"] = Handout(title, release, _link())


def current() -> Handout:
    """The handout of the page being drawn."""
    return st.session_state["handout"]


def _link() -> str:
    """The address of the view."""
    return f"{st.context.url}?{_query()}" if st.context.url else ""


def _query() -> str:
    """The choices of the view, without which tab of a card is open."""
    names = [name for name in st.query_params if not name.endswith("_view")]
    return urlencode([(name, value) for name in names for value in st.query_params.get_all(name)])


def offer() -> None:
    """The whole page as files; nothing where it has no card."""
    page = current()
    if page.cards:
        name = page.title.lower()
        st.divider()
        _links({"Whole page (Excel)": f"{name}.xlsx", "This page as slides (PowerPoint)": f"{name}.pptx"})


def offer_figures(card: Card) -> None:
    """The figures of a card, and beside them the whole page."""
    name = current().title.lower()
    _links({"Figures as shown (CSV)": f"{name}/{card.key}.csv", "Whole page (Excel)": f"{name}.xlsx"})


def _links(files: Mapping[str, str]) -> None:
    """Links that look like buttons; dashboard/files.py makes the files."""
    query = escape(_query())
    st.html(" ".join(f'<a class="file" href="{file}?{query}" download>{words}</a>' for words, file in files.items()))
