"""The manual inside the dashboard, searchable: measures from the files that drive every figure, methods, change log."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from dashboard import cached, words
from dashboard.documents import CHANGES, METHODS, Passage, entries, sections


def page() -> None:
    """Draw the page; it needs no release."""
    st.title("Definitions")
    st.markdown("What each measure asks, how everything is worked out, what to beware of, and what is new.")
    wanted = st.text_input("Search", key="search", placeholder="for example imaging, Wilson", bind="query-params")
    measures = [Passage(words.label(m), words.definition(m)) for m in cached.measures().values()]
    every = {
        "Measures": ("measures", measures),
        "Methods": ("sections of the methods", sections(METHODS.read_text(encoding="utf-8"))),
        "What is new": ("changes", list(entries(CHANGES.read_text(encoding="utf-8")))),
    }
    found = {name: [one for one in passages if one.has(wanted or "")] for name, (_, passages) in every.items()}
    counts = [f"{len(found[name])} of {len(passages)} {what}" for name, (what, passages) in every.items()]
    st.caption("Found: " + ", ".join(counts))
    tabs = st.tabs(list(every), key="definitions_view", on_change="rerun", bind="query-params")
    for tab, name in zip(tabs, every, strict=True):
        if tab.open:
            with tab:
                _changes(found[name]) if name == "What is new" else _passages(found[name])


def _passages(found: Sequence[Passage]) -> None:
    if not found:
        st.markdown("Nothing here has these words.")
    for passage in found:
        with st.expander(passage.title, expanded=len(found) == 1):
            st.markdown(passage.text)


def _changes(found: Sequence[Passage]) -> None:
    if not found:
        st.markdown("Nothing here has these words.")
    for title, points in groupby(found, key=lambda passage: passage.title):
        st.subheader(title)
        st.markdown("\n".join(point.text for point in points))


if __name__ == "__main__":  # how Streamlit runs a page
    page()
