"""A chart with all that belongs to it: finding, subtitle, chart, table, definition, source and download."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
import streamlit as st


@dataclass(frozen=True)
class Card:
    """One finding. `key` names its controls and its file; `about` is Markdown.

    `csv` is made only when the reader asks for it.
    """

    key: str
    headline: str
    subtitle: str
    chart: go.Figure
    alt: str
    table: pd.DataFrame
    csv: Callable[[], bytes]
    about: str
    stamp: str


def show(card: Card) -> None:
    """Draw the card; only the open tab is worked out."""
    st.subheader(card.headline)
    st.markdown(card.subtitle)
    tabs = st.tabs(["Chart", "Table", "About"], key=f"{card.key}_view", on_change="rerun", bind="query-params")
    for tab, draw in zip(tabs, (_chart, _table, _about), strict=True):
        if tab.open:
            with tab:
                draw(card)
    st.caption(card.stamp)
    st.download_button(
        "Download these figures (CSV)",
        data=card.csv,
        file_name=f"{card.key}.csv",
        mime="text/csv",
        on_click="ignore",
        key=f"{card.key}_download",
    )


def _chart(card: Card) -> None:
    st.plotly_chart(
        card.chart,
        theme=None,
        key=f"{card.key}_chart",
        alt=card.alt,
        config={"displaylogo": False, "displayModeBar": False, "topojsonURL": _base_layer()},
    )


def _base_layer() -> str:
    """Where a map finds its (empty) base layer: here, for Plotly would ask its makers' server for it."""
    prefix = st.get_option("server.baseUrlPath").strip("/")
    return f"{'/' if prefix else ''}{prefix}/app/static/topojson/"


def _table(card: Card) -> None:
    st.dataframe(card.table, hide_index=True, key=f"{card.key}_table", lazy=False)


def _about(card: Card) -> None:
    st.markdown(card.about)
