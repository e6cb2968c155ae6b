"""A measure by months since each CCG's go-live: the early band with the followers that are selected."""

import streamlit as st

from dashboard import alignment, cached, filters
from dashboard.selected import Selected
from dashboard.showing import show
from loaders.register import Release
from metrics.comparison.comparability import not_compared
from metrics.measure import Measure


def draw(measure: Measure, selected: Selected, release: Release) -> None:
    """The card, or why there is none."""
    points = cached.aligned_figures(release.number, measure.key, selected.everywhere(measure))
    if not points:
        st.info("No CCG with a value is known to be live yet.")
        return
    live = {point.figure.area for point in points if point.figure.arm == "following"}
    show(alignment.card(measure, points, filters.followers(selected, live), release))


def as_in_2015(selected: Selected) -> None:
    """Why CCGs since April 2020 are not compared, where they are selected."""
    if selected.merged:
        st.info(f"{not_compared(selected.merged)} Those below are the CCGs of 2015.")
