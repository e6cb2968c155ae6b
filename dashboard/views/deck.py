"""A deck of one's own: slides collected on other pages, put in order, given headlines, looked at and downloaded."""

import streamlit as st

from dashboard import builder, preview, takeaway
from dashboard.slides import packs
from dashboard.slides.saved import DeckFaulty, Pick, read_saved
from metrics.areas import ccgs


def page(release_number: int) -> None:
    """Draw the page for a release."""
    st.title("Deck")
    st.markdown(
        "Slides made of charts from any page: press **Add to deck** under a chart, then put them in order here."
    )
    _begin()
    takeaway.offer_briefing(release_number)
    if not builder.held():
        st.info("The deck is empty. Add charts from other pages, or start with a pack.")
        return
    st.text_input("Title", key="deck_title")
    arrange, look = st.tabs(["Slides", "Preview"], key="deck_view", on_change="rerun", bind="query-params")
    if arrange.open:
        with arrange:
            _arrange()
    if look.open:
        with look:
            preview.preview(release_number)
    takeaway.offer(release_number)
    builder.keep_in_address()


def _begin() -> None:
    with st.expander("Start with a pack or a saved deck", expanded=not builder.held()):
        names = {"": "Board pack", **{code: f"Pack of {ccg.short_name}" for code, ccg in ccgs().items()}}
        chosen = st.selectbox("Pack", list(names), key="deck_pack", format_func=names.__getitem__)
        st.button("Start with this pack", on_click=_start, args=(chosen or "",))
        file = st.file_uploader("A saved deck (TOML)", type="toml", key="deck_saved")
        if file is not None and st.button("Open the saved deck"):
            _open(file.getvalue())


def _start(code: str) -> None:
    builder.put(packs.ccg_pack(code) if code else packs.board())


def _open(content: bytes) -> None:
    try:
        builder.put(read_saved(content.decode("utf-8", errors="replace")))
    except DeckFaulty as faulty:
        st.error(str(faulty))
    else:
        st.rerun()


def _arrange() -> None:
    for place, one in enumerate(builder.held(), 1):
        with st.container(border=True):
            st.markdown(f"**{place}.** {_named(one.pick)}")
            st.session_state.setdefault(f"deck_headline_{one.number}", one.pick.headline)
            st.text_input(
                f"Headline of slide {place}",
                key=f"deck_headline_{one.number}",
                placeholder="What the page says",
                on_change=builder.call,
                args=(one.number,),
            )
            with st.container(horizontal=True):
                for words, step in (("Up", -1), ("Down", 1)):
                    key = f"deck_{words}_{one.number}"
                    st.button(f"{words}: slide {place}", key=key, on_click=builder.move, args=(one.number, step))
                remove = f"deck_remove_{one.number}"
                st.button(f"Remove: slide {place}", key=remove, on_click=builder.remove, args=(one.number,))


def _named(pick: Pick) -> str:
    """'Waiting: queues (Darlington)'."""
    chosen = ", ".join(value for values in pick.choices.values() for value in values)
    return f"{pick.page.capitalize()}: {pick.card.replace('_', ' ')}{f' ({chosen})' if chosen else ''}"


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
