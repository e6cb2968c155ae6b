"""What patients report: first from how many there are forms, then how their scores change."""

import streamlit as st

from dashboard import cached, filters, notices, outcomes
from dashboard.card import Card
from dashboard.selected import Selected
from dashboard.showing import show
from metrics.kinds import Change
from metrics.measure import Measure
from metrics.selection import By


def page(release_number: int) -> None:
    """Draw the page for a release."""
    st.title("Outcomes")
    st.markdown(outcomes.CAUTION)
    by, selected = filters.chosen_grouping(), filters.selected()
    measures = cached.measures()
    score = filters.chosen_score([measure for measure in measures.values() if _is_mean_change(measure)])
    shown = [measures["forms_returned"], score, measures["improved_beyond_mcid"], measures["cppp_completed"]]
    found = {m: cached.selected_figures(release_number, m, selected, by, "year") for m in shown}
    if any(rows and rows[0].synthetic for rows in found.values()):
        notices.synthetic(some_real=False)
    everybody = selected.for_everybody(measure for measure, rows in found.items() if rows)
    if everybody:
        st.markdown(everybody)
    for measure, rows in found.items():
        if rows:
            card = cached.kept(_card, measure.key, by, selected, release_number)
            show(card, narrowed=selected.known_by(measure))
        else:
            st.info(f"{measure.name}: nothing has been received yet. Its source: {measure.source}.")


def _card(key: str, by: By, selected: Selected, release_number: int) -> Card:
    measure = cached.measures()[key]
    rows = cached.selected_figures(release_number, measure, selected, by, "year")
    notes = cached.notes_beside(release_number, rows)
    return outcomes.card(measure, rows, notes, cached.engine(release_number).release)


def _is_mean_change(measure: Measure) -> bool:
    return isinstance(measure.how, Change) and measure.how.statistic == "mean_change"


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
