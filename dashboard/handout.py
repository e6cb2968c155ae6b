"""What a page hands out: its cards together, with the words and the link that belong to them."""

from functools import partial
from urllib.parse import urlencode

import streamlit as st

from dashboard.card import Handout
from dashboard.workbook import workbook
from loaders.register import Release


def begin(title: str, release: Release) -> None:
    """Start the handout of a page, before it is drawn."""
    st.session_state["handout"] = Handout(title, release, _link())


def current() -> Handout:
    """The handout of the page being drawn."""
    return st.session_state["handout"]


def _link() -> str:
    """The address of the view, without which tab of a card is open."""
    names = [name for name in st.query_params if not name.endswith("_view")]
    chosen = [(name, value) for name in names for value in st.query_params.get_all(name)]
    query = f"?{urlencode(chosen)}" if chosen else ""
    return f"{st.context.url}{query}" if st.context.url else ""


def offer_workbook(key: str) -> None:
    """A button for the whole page; the file is made when it is asked for, when every card has been drawn."""
    page = current()
    st.download_button(
        "Whole page (Excel)",
        data=partial(workbook, page),
        file_name=f"{page.title.lower()}-release-{page.release.number}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        on_click="ignore",
        key=key,
    )


def offer() -> None:
    """Everything that can be taken away from the page as a whole; nothing where it has no card."""
    if current().cards:
        st.divider()
        offer_workbook("page_workbook")
