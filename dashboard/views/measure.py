"""Any one measure: chart, table, definition and a download of exactly what is shown."""

from functools import partial

import streamlit as st

from dashboard import cached, charts, filters, notices, tables, words
from dashboard.card import Card
from dashboard.showing import show
from metrics.figures import NotSelectable


def page(release_number: int) -> None:
    """Draw the page for a release."""
    st.title("Measure")
    measure = filters.chosen_measure()
    st.markdown(f"**{measure.question}**")
    selection, selected = filters.chosen_selection(measure), filters.selected()
    notices.not_narrowed(selected, measure)
    try:
        every = cached.figures_of(release_number, measure.key, selection)
    except NotSelectable as refusal:
        st.info(str(refusal))
        return
    if not every:
        st.info(f"Nothing has been received yet for this measure. Its source: {measure.source}.")
        st.markdown(words.definition(measure))
        return
    shown = selected.within(every, selection.per)
    if not shown:
        st.info(f"{measure.name} has no figures for {selected.words}.")
        return
    if shown[0].synthetic:
        notices.synthetic(some_real=False)
    release = cached.engine(release_number).release
    stamp = words.stamp(measure, shown, release)
    notes = cached.notes_beside(release_number, shown)
    show(
        Card(
            key="figures",
            headline=words.headline(measure, shown),
            subtitle=words.subtitle(measure, shown),
            chart=charts.trend(measure, shown, notes),
            alt=words.alt_text(measure, shown),
            table=tables.figure_table(measure, shown),
            data=partial(tables.figure_data, shown),
            notes=notes,
            about=words.definition(measure),
            stamp=stamp,
        )
    )


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
