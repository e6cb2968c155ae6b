"""What is taken away from the page Deck: the deck in PowerPoint, as PDF and as TOML, and the briefing."""

from functools import partial

import streamlit as st

from dashboard import builder, cached
from dashboard.slides import packs, pdf
from dashboard.slides.briefing import briefing
from dashboard.slides.deck import deck_file
from dashboard.slides.saved import Saved, write_saved
from dashboard.slides.template import TemplateLacks, read_template

TEMPLATE_SIZE = 20
"""Megabytes of the largest template; most hold a few pictures."""


def offer(release_number: int) -> None:
    """Buttons for the deck in PowerPoint, as PDF where that can be made, and to keep."""
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


def offer_briefing(release_number: int) -> None:
    """The briefing for an e-mail, made when it is asked for."""
    with st.expander("Briefing for an e-mail: only what happened since the last release"):
        if not st.toggle("Write the briefing", key="deck_briefing"):
            return
        release, synthetic = cached.engine(release_number).release, bool(cached.told_by(release_number).synthetic)
        text = briefing(cached.changes_of(release_number), release, synthetic, st.context.url or "")
        if not text:
            st.info("Nothing happened that anybody would have to know.")
            return
        st.html(text)
        st.download_button("Download (HTML)", text, "briefing.html", "text/html", on_click="ignore", key="deck_html")
