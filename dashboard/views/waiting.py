"""Waiting: how long people wait for a step, whether its queue was cured or moved, and RTT as context."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard import cached, filters, notices, same_stage, trends, wait_spread, waiting, words
from dashboard.showing import show
from loaders.register import Release
from metrics.figure import Figure
from metrics.measure import Measure, Rtt, Wait, WaitingList
from metrics.selection import By, Selection

RTT_WARNING = (
    "<strong>National waiting times, for context only.</strong> Referral to treatment (RTT) counts whole specialties: "
    "back pain cannot be isolated in it. A referral to an interface service starts an RTT clock, so the pathway itself "
    "changes who is counted."
)


def page(release_number: int) -> None:
    """Draw the page for a release."""
    st.title("Waiting")
    left, right = st.columns(2)
    with left:
        measure = filters.chosen_of(Wait, "Step", "wait")
    with right:
        by = filters.chosen_grouping()
    st.markdown(f"**{measure.question}**")
    release, selected = cached.engine(release_number).release, filters.selected()
    figures = _figures(measure, by, release)
    if figures:
        if figures[0].synthetic:
            notices.synthetic(some_real=False)
        _wait(measure, by, figures, release)
        for queues in cached.queues_of(release_number, _together()):
            show(waiting.card(queues, measure.source, release))
        _list(measure, by, release)
        _steps(release)
    else:
        st.info(f"Nothing has been received for {selected.words}. Its source: {measure.source}.")
    _rtt(by, release)


def _wait(measure: Measure, by: By, figures: Sequence[Figure], release: Release) -> None:
    """The median by month or since go-live, how far waits are spread, and who still waits."""
    selected = filters.selected()
    if selected.since_go_live:
        same_stage.as_in_2015(selected)
        same_stage.draw(measure, selected, release)
    else:
        _trend("wait", measure, figures, release)
    few = len({figure.area for figure in figures}) <= words.FEW
    asked = selected.selection(by if few else "region", "quarter", measure)
    every = cached.cohort_waits_of(release.number, measure.key, asked)
    cohorts = [one for one in every if selected.within([one.cohort], "quarter")]
    if cohorts:
        show(wait_spread.cohort_card(measure, cohorts, release))
    months = replace(asked, per="month", first=selected.first, last=selected.last)
    curves = cached.wait_curves_of(release.number, measure.key, months)
    if curves:
        show(wait_spread.curve_card(measure, curves, selected.months_words, figures[0].synthetic, release))
    _still_waiting(measure, replace(months, by="region"), release)


def _still_waiting(measure: Measure, together: Selection, release: Release) -> None:
    assert isinstance(measure.how, Wait)
    for area in cached.still_waiting_of(release.number, together, measure.how.step):
        for step in area.steps:
            show(wait_spread.list_card(area, step, measure.source, release))


def _steps(release: Release) -> None:
    """Every step of each CCG: the newest financial year that has a value."""
    measures = [measure for measure in cached.measures().values() if isinstance(measure.how, Wait)]
    rows = {m: cached.selected_figures(release.number, m, filters.selected(), "ccg", "year") for m in measures}
    st.subheader("Every step, CCG by CCG: median days in the newest financial year with a value")
    st.table(waiting.step_table({m: figures for m, figures in rows.items() if figures}))


def _figures(measure: Measure, by: By, release: Release) -> Sequence[Figure]:
    selected = filters.selected()
    areas = filters.beside(selected.selection(by, measure=measure))
    return selected.within([row for area in areas for row in cached.figures_of(release.number, measure.key, area)])


def _together() -> Selection:
    """All that is selected as one area, up to the last month selected."""
    selected = filters.selected()
    return replace(selected.selection("region"), last=selected.last)


def _trend(key: str, measure: Measure, figures: Sequence[Figure], release: Release) -> None:
    show(trends.card(f"{key}_figures", measure, figures, cached.notes_beside(release.number, figures), release))


def _list(wait: Measure, by: By, release: Release) -> None:
    """The list by month, for a step that has a measure of it."""
    for measure in cached.measures().values():
        if isinstance(measure.how, WaitingList) and isinstance(wait.how, Wait) and measure.how.step == wait.how.step:
            figures = _figures(measure, by, release)
            if figures:
                _trend(measure.key, measure, figures, release)


def _rtt(by: By, release: Release) -> None:
    st.html(f'<p class="notice" role="note">{RTT_WARNING}</p>')
    measure = filters.chosen_of(Rtt, "National waiting times of", "rtt")
    notices.not_narrowed(filters.selected(), measure)
    figures = _figures(measure, by, release)
    if not figures:
        st.info(f"Nothing has been received yet for this measure. Its source: {measure.source}.")
        return
    if not figures[0].synthetic:
        st.markdown("These are real national returns.")
    _trend("rtt", measure, figures, release)


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
