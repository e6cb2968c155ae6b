"""The slides of the reader's deck as they will be, on the page Deck."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import builder
from dashboard.showing import plot
from dashboard.slides import packs
from dashboard.slides.slide import Slide


def preview(release_number: int) -> None:
    """The slides of the deck one below the other."""
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
        plot(slide.body, f"deck_{number}", slide.alt)
    elif isinstance(slide.body, pd.DataFrame):
        st.dataframe(slide.body, hide_index=True, key=f"deck_table_{number}", lazy=False)
    else:
        st.markdown("\n\n".join(slide.body))
    st.caption(slide.source)
