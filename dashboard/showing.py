"""Cards on the page: each in four tabs, and in what the page hands out."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import builder, dated_notes, downloads, filters, handout, links, tables
from dashboard.card import Card
from dashboard.selected import Selected


def show(*cards: Card, narrowed: Selected | None = None) -> None:
    """Draw the cards and add them to what the page hands out; only the open tab of each is worked out.

    Their subtitles say to what they are narrowed, so that a picture tells it: all that is selected, unless `narrowed`
    says of what less they take heed.
    """
    for made in cards:
        card = replace(made, subtitle=(narrowed or filters.selected()).beside(made.subtitle))
        handout.current().cards.append(card)
        with st.container(key=f"card_{card.key}"):  # by which the print style keeps it on one page
            _draw(card)


def _draw(card: Card) -> None:
    st.subheader(card.headline)
    st.markdown(card.subtitle)
    names = ["Chart", "Table", "Download", "About"]
    tabs = st.tabs(names, key=f"{card.key}_view", on_change="rerun", bind="query-params")
    for tab, draw in zip(tabs, (_chart, _table, _download, _about), strict=True):
        if tab.open:
            with tab:
                draw(card)
    st.caption(card.stamp)
    builder.offer_to_add(card)


def _chart(card: Card) -> None:
    plot(card.drawn, card.key, card.alt, wide=bool(card.narrow))
    if card.narrow:
        st.html(f'<div class="narrow-only">{card.narrow}</div>')
    if card.notes:
        st.html(dated_notes.listed(card.notes))


def plot(chart: go.Figure, key: str, alt: str, wide: bool = False) -> None:
    """A chart on the screen. Phones hide one that is too `wide` for them; a map is as high as its width asks for."""
    kind = "geographic" if any(trace.type == "choropleth" for trace in chart.data) else "wide" if wide else "drawn"
    with st.container(key=f"{kind}_{key}"):
        st.plotly_chart(
            chart,
            theme=None,
            height="stretch" if kind == "geographic" else "content",
            key=f"{key}_chart",
            alt=alt,
            config={"displaylogo": False, "displayModeBar": False, "topojsonURL": base_layer()},
        )


def base_layer() -> str:
    """Where a map finds its (empty) base layer: here, for Plotly would ask its makers' server for it."""
    return f"{links.root()}/app/static/topojson/"


def _table(card: Card) -> None:
    show_table(card.table, key=f"{card.key}_table")


FOUR_LINES = 124
"""Pixels of a row that holds sentences: they wrap."""


def show_table(table: pd.DataFrame, key: str, wide: Sequence[str] = ()) -> None:
    """A table that scrolls on the screen and stands whole on paper; `wide` columns hold sentences."""
    columns = {name: st.column_config.TextColumn(width="large") for name in wide}
    height = FOUR_LINES if wide else None
    st.dataframe(table, hide_index=True, key=key, column_config=columns, lazy=False, row_height=height)
    st.html(tables.printed(table))


def _download(card: Card) -> None:
    handout.offer_figures(card)
    _picture(card)


def _picture(card: Card) -> None:
    """The chart with its words, and the button that saves it: the browser makes the file."""
    kind = st.radio("Picture", ["PNG", "SVG"], key=f"{card.key}_picture", horizontal=True)
    picture = downloads.picture(card)
    saved = {
        "format": (kind or "PNG").lower(),
        "filename": downloads.file_name(card),
        "width": picture.layout.width,
        "height": picture.layout.height,
        "scale": downloads.SCALE,
    }
    st.plotly_chart(
        picture,
        theme=None,
        width="content",
        key=f"{card.key}_as_saved",
        alt=card.alt,
        config={
            "displaylogo": False,
            "displayModeBar": True,
            "modeBarButtons": [["toImage"]],
            "toImageButtonOptions": saved,
            "topojsonURL": base_layer(),
        },
    )


def _about(card: Card) -> None:
    st.markdown(card.about)
    if card.notes:
        st.html(dated_notes.listed(card.notes, sources=True))
