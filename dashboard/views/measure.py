"""Any one measure: chart, table, definition and a download of exactly what is shown."""

import streamlit as st

from dashboard import cached, filters, notices, same_stage, trends, words
from dashboard.card import Card
from dashboard.selected import Selected
from dashboard.showing import show
from metrics.measure import Measure
from metrics.selection import NotSelectable, Selection


def page(release_number: int) -> None:
    """Draw the page for a release."""
    st.title("Measure")
    measure = filters.chosen_measure()
    st.markdown(f"**{measure.question}**")
    selected = filters.selected()
    notices.not_narrowed(selected, measure)
    if selected.since_go_live:
        _since_go_live(measure, selected, release_number)
        return
    selection = filters.chosen_selection(measure)
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
    show(cached.kept(_card, measure.key, selection, selected, release_number), narrowed=selected.known_by(measure))


def _card(key: str, selection: Selection, selected: Selected, release_number: int) -> Card:
    shown = selected.within(cached.figures_of(release_number, key, selection), selection.per)
    notes = cached.notes_beside(release_number, shown)
    return trends.card("figures", cached.measures()[key], shown, notes, cached.engine(release_number).release)


def _since_go_live(measure: Measure, selected: Selected, release_number: int) -> None:
    """Each CCG by month: months since go-live are its own."""
    if cached.engine(release_number).is_synthetic(measure.how.table):
        notices.synthetic(some_real=False)
    same_stage.as_in_2015(selected)
    same_stage.draw(measure, selected, release_number)


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
