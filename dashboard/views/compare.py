"""Early implementers and those following: at the same stage, and against those not yet live."""

from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard import alignment, cached, comparison, filters, notices, words
from dashboard.card import Card
from dashboard.selected import Selected
from dashboard.showing import show
from metrics.comparison.result import Comparison
from metrics.measure import Measure
from metrics.selection import Selection

CANNOT = """
- **That the pathway caused a change.** The CCGs that went first chose to. A change that fits its start may have come
  with anything else that started then.
- **Which of 12 CCGs is best.** With the same true rate, chance alone spreads them over most of the table.
- **Anything after the last CCG went live.** Nobody is then left to compare with.
- **What a young cohort will do.** It is left out until everybody in it has been followed long enough.
- **Back pain in the national waiting times.** They hold all of orthopaedics, and the pathway itself changes who is in
  them.
"""


def page(release_number: int) -> None:
    """Draw the page for a release."""
    st.title("Compare")
    measure = filters.chosen_measure()
    st.markdown(f"**{measure.question}**")
    estimand = filters.chosen_estimand()
    selected = filters.selected()
    notices.not_narrowed(selected, measure)
    asked = replace(selected.selection(measure=measure), ccgs=(), first=selected.first, last=selected.last)
    found = cached.comparison_of(release_number, measure.key, estimand, asked)
    if found.synthetic:
        notices.synthetic(some_real=False)
    _verdict(found)
    _same_stage(measure, asked, filters.selected(), release_number)
    if found.since_go_live:
        _change(measure, found, release_number)
    st.subheader("What cannot be told")
    st.markdown(CANNOT)


def _verdict(found: Comparison) -> None:
    first, _, rest = found.judgement.words.partition(". ")
    st.subheader(first)
    if rest:
        st.markdown(rest)
    if found.basis:
        with st.expander("What this rests on", expanded=True):
            st.markdown(comparison.basis_words(found.basis))


def _same_stage(measure: Measure, asked: Selection, selected: Selected, release_number: int) -> None:
    points = cached.aligned_figures(release_number, measure.key, asked)
    if not points:
        st.info("No CCG with a value is known to be live yet.")
        return
    live = {point.figure.area for point in points if point.figure.arm == "following"}
    followers = filters.followers(selected, live)
    release = cached.engine(release_number).release
    stamp = words.stamp(measure, [point.figure for point in points], release)
    headline = alignment.aligned_headline(measure, points, followers)
    show(
        Card(
            key="aligned",
            headline=headline,
            subtitle=f"{measure.name} by months since each CCG's go-live, {measure.unit}; the band stops where fewer "
            "than two early implementers have a value",
            chart=alignment.aligned_chart(measure, points, followers),
            alt=f"Line chart. {headline}. The table beside it has every value.",
            table=alignment.aligned_table(measure, points),
            data=partial(alignment.aligned_data, points),
            about=words.definition(measure),
            stamp=stamp,
        )
    )
    lags = cached.lags_of(release_number, measure.key, asked)
    if lags:
        st.markdown("**How far behind the early implementers' curve**")
        st.table(alignment.lag_table(lags))


def _change(measure: Measure, found: Comparison, release_number: int) -> None:
    stamp = comparison.stamp(found, measure, cached.engine(release_number).release)
    show(
        Card(
            key="change",
            headline="Month by month: the difference from what the others lead one to expect",
            subtitle="Before go-live the line should lie within the grey band; after it, a change shows as leaving it",
            chart=comparison.event_study(found),
            alt=comparison.alt_text(found),
            table=comparison.event_table(found.since_go_live),
            data=partial(comparison.event_data, found),
            about=words.definition(measure),
            stamp=stamp,
        )
    )
    st.markdown("**The same question by other methods**")
    st.table(comparison.opinions_table(found.second_opinions))


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
