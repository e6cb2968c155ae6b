"""A measure by months since each CCG's go-live: the early band with the followers that are selected."""

from collections.abc import Sequence

import streamlit as st

from dashboard import alignment, cached, filters
from dashboard.card import Card
from dashboard.selected import Selected
from dashboard.showing import show
from metrics.comparison.comparability import not_compared
from metrics.measure import Measure


def draw(measure: Measure, selected: Selected, release_number: int) -> None:
    """The card, or why there is none."""
    cards = cached.kept(_cards, measure.key, selected, release_number)
    show(*cards, narrowed=selected.everybody(measure))
    if not cards:
        st.info("No CCG with a value is known to be live yet.")


def _cards(key: str, selected: Selected, release_number: int) -> Sequence[Card]:
    measure, release = cached.measures()[key], cached.engine(release_number).release
    points = cached.aligned_figures(release_number, key, selected.everywhere(measure))
    live = {point.figure.area for point in points if point.figure.arm == "following"}
    return [alignment.card(measure, points, filters.followers(selected, live), release)] if points else []


def as_in_2015(selected: Selected) -> None:
    """Why CCGs since April 2020 are not compared, where they are selected."""
    if selected.merged:
        st.info(f"{not_compared(selected.merged)} Those below are the CCGs of 2015.")
