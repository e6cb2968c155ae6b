"""The manual of measures inside the dashboard: searchable, from the files that drive every figure."""

import streamlit as st

from dashboard import cached, words
from metrics.measure import Measure


def page() -> None:
    """Draw the page; it needs no release."""
    st.title("Definitions")
    st.markdown("What each measure asks, how it is worked out, and what to beware of.")
    wanted = st.text_input(
        "Search", key="search", placeholder="for example imaging, Wilson, unverified", bind="query-params"
    )
    texts = {measure: f"{measure.name}\n{words.definition(measure)}" for measure in cached.measures().values()}
    found = [measure for measure, text in texts.items() if (wanted or "").lower() in text.lower()]
    st.caption(f"{len(found)} of {len(texts)} measures")
    for measure in found:
        _measure(measure, texts[measure], opened=len(found) == 1)


def _measure(measure: Measure, text: str, opened: bool) -> None:
    with st.expander(f"{measure.family.capitalize()}: {measure.name}", expanded=opened):
        st.markdown(text.split("\n", 1)[1])  # its name is the expander's


if __name__ == "__main__":  # how Streamlit runs a page
    page()
