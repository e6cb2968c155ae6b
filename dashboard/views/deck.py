"""A deck of one's own: slides collected on other pages, put in order, given headlines, looked at and downloaded."""

from functools import partial

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import builder, cached
from dashboard.showing import base_layer
from dashboard.slides import packs, pdf
from dashboard.slides.deck import deck_file
from dashboard.slides.saved import DeckFaulty, Pick, Saved, read_saved, write_saved
from dashboard.slides.slide import Slide
from dashboard.slides.template import TemplateLacks, read_template
from metrics.areas import ccgs

TEMPLATE_SIZE = 20
"""Megabytes of the largest template; most hold a few pictures."""


def page(release_number: int) -> None:
    """Draw the page for a release."""
    st.title("Deck")
    st.markdown(
        "Slides made of charts from any page: press **Add to deck** under a chart, then put them in order here."
    )
    _begin()
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
            _preview(release_number)
    _take_away(release_number)
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


def _preview(release_number: int) -> None:
    slides, lacking = packs.slides_of(builder.saved(), release_number)
    for missing in lacking:
        st.warning(missing)
    for number, slide in enumerate(slides, 2):
        with st.container(border=True):
            st.caption(f"Slide {number}")
            _shown(slide, number)


def _shown(slide: Slide, number: int) -> None:
    st.subheader(slide.headline)
    st.markdown(slide.subtitle)
    if isinstance(slide.body, go.Figure):
        config = {"displaylogo": False, "displayModeBar": False, "topojsonURL": base_layer()}
        st.plotly_chart(slide.body, theme=None, key=f"deck_chart_{number}", alt=slide.alt, config=config)
    elif isinstance(slide.body, pd.DataFrame):
        st.dataframe(slide.body, hide_index=True, key=f"deck_table_{number}", lazy=False)
    else:
        st.markdown("\n\n".join(slide.body))
    st.caption(slide.source)


def _take_away(release_number: int) -> None:
    saved, template = builder.saved(), _template()
    with st.container(horizontal=True):
        st.download_button(
            "Download (PowerPoint)",
            data=partial(_file, saved, release_number, template),
            file_name="deck.pptx",
            mime=builder.POWERPOINT,
            on_click="ignore",
            key="deck_file",
        )
        if pdf.can_write():
            made = partial(_pdf, saved, release_number, template)
            st.download_button(
                "Download (PDF)", data=made, file_name="deck.pdf", mime="application/pdf", on_click="ignore"
            )
        text = write_saved(saved)
        st.download_button("Save the deck (TOML)", text, "deck.toml", "application/toml", on_click="ignore")
    if not pdf.can_write():
        st.caption(pdf.NOT_INSTALLED)


def _template() -> bytes | None:
    """The template that was uploaded, if slides can be made on it; else the one that the server has."""
    words = "Your organisation's template (.pptx)"
    file = st.file_uploader(words, type="pptx", key="deck_template", max_upload_size=TEMPLATE_SIZE)
    if file is None:
        return packs.house_template()
    try:
        read_template(file.getvalue())
    except TemplateLacks as lacks:
        st.error(str(lacks))
        st.markdown("Until it is mended, slides are made without it.")
        return packs.house_template()
    return file.getvalue()


def _file(saved: Saved, release_number: int, template: bytes | None) -> bytes:
    slides, _lacking = packs.slides_of(saved, release_number)
    return deck_file(packs.deck_of(saved.title, slides, cached.engine(release_number).release), template)


def _pdf(saved: Saved, release_number: int, template: bytes | None) -> bytes:
    return pdf.pdf_of(_file(saved, release_number, template))


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
