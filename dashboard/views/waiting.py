"""Waiting: how long people wait for a step, whether its queue was cured or moved, and RTT as context."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import cached, filters, notices, same_stage, trends, wait_spread, waiting, words
from dashboard.card import Card
from dashboard.selected import Selected
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
    measure, by = filters.measure_and_grouping(Wait, "Step", "wait")
    st.markdown(f"**{measure.question}**")
    selected = filters.selected()
    figures = _figures(measure, by, selected, release_number)
    if figures:
        if figures[0].synthetic:
            notices.synthetic(some_real=False)
        _wait(measure, by, selected, release_number)
        show(*cached.kept(_queues, measure.source, _together(selected), release_number))
        show(*cached.kept(_list, measure.key, by, selected, release_number))
        st.subheader("Every step, CCG by CCG: median days in the newest financial year with a value")
        st.table(cached.kept(_steps, selected, release_number))
    else:
        whose = f" for {selected.narrowing}" if selected.narrowing else ""
        st.info(f"No figures have been received yet{whose}. Their source: {measure.source}.")
    _rtt(by, selected, release_number)


def _wait(measure: Measure, by: By, selected: Selected, release_number: int) -> None:
    """The median by month or since go-live, how far waits are spread, and who still waits."""
    if selected.since_go_live:
        same_stage.as_in_2015(selected)
        same_stage.draw(measure, selected, release_number)
    else:
        show(*cached.kept(_trend, "wait", measure.key, by, selected, release_number))
    show(*cached.kept(_spread, measure.key, by, selected, release_number))


def _spread(key: str, by: By, selected: Selected, release_number: int) -> Sequence[Card]:
    """Cohorts by quarter, the share seen by week, and who still waits; of the region where areas are many."""
    measure, release = cached.measures()[key], cached.engine(release_number).release
    figures = _figures(measure, by, selected, release_number)
    few = len({figure.area for figure in figures}) <= words.FEW
    asked = selected.selection(by if few else "region", "quarter", measure)
    every = cached.cohort_waits_of(release_number, key, asked)
    cohorts = [one for one in every if selected.within([one.cohort], "quarter")]
    months = replace(asked, per="month", first=selected.first, last=selected.last)
    curves, said = cached.wait_curves_of(release_number, key, months), selected.months_words
    return [
        *([wait_spread.cohort_card(measure, cohorts, release)] if cohorts else []),
        *([wait_spread.curve_card(measure, curves, said, figures[0].synthetic, release)] if curves else []),
        *_still_waiting(measure, replace(months, by="region"), release),
    ]


def _still_waiting(measure: Measure, together: Selection, release: Release) -> Sequence[Card]:
    assert isinstance(measure.how, Wait)
    areas = cached.still_waiting_of(release.number, together, measure.how.step)
    return [wait_spread.list_card(area, step, measure.source, release) for area in areas for step in area.steps]


def _queues(source: str, together: Selection, release_number: int) -> Sequence[Card]:
    release = cached.engine(release_number).release
    return [waiting.card(queues, source, release) for queues in cached.queues_of(release_number, together)]


def _steps(selected: Selected, release_number: int) -> pd.DataFrame:
    """Every step of each CCG: the newest financial year that has a value."""
    measures = [measure for measure in cached.measures().values() if isinstance(measure.how, Wait)]
    rows = {m: cached.selected_figures(release_number, m, selected, "ccg", "year") for m in measures}
    return waiting.step_table({m: figures for m, figures in rows.items() if figures})


def _figures(measure: Measure, by: By, selected: Selected, release_number: int) -> Sequence[Figure]:
    areas = filters.beside(selected.selection(by, measure=measure))
    return selected.within([row for area in areas for row in cached.figures_of(release_number, measure.key, area)])


def _together(selected: Selected) -> Selection:
    """All that is selected as one area, up to the last month selected."""
    return replace(selected.selection("region"), last=selected.last)


def _trend(name: str, key: str, by: By, selected: Selected, release_number: int) -> Sequence[Card]:
    """A measure by month; no card where there is nothing."""
    measure, release = cached.measures()[key], cached.engine(release_number).release
    figures = _figures(measure, by, selected, release_number)
    notes = cached.notes_beside(release_number, figures)
    return [trends.card(f"{name}_figures", measure, figures, notes, release)] if figures else []


def _list(key: str, by: By, selected: Selected, release_number: int) -> Sequence[Card]:
    """The list by month, for a step that has a measure of it."""
    wait = cached.measures()[key].how
    assert isinstance(wait, Wait)
    lists = {name: m.how for name, m in cached.measures().items() if isinstance(m.how, WaitingList)}
    of_step = [name for name, how in lists.items() if how.step == wait.step]
    return [card for name in of_step for card in _trend(name, name, by, selected, release_number)]


def _rtt(by: By, selected: Selected, release_number: int) -> None:
    st.html(f'<p class="notice" role="note">{RTT_WARNING}</p>')
    measure = filters.chosen_of(Rtt, "National waiting times of", "rtt")
    notices.not_narrowed(selected, measure)
    figures = _figures(measure, by, selected, release_number)
    if not figures:
        st.info(f"Nothing has been received yet for this measure. Its source: {measure.source}.")
        return
    if not figures[0].synthetic:
        st.markdown("These are real national returns.")
    cards = cached.kept(_trend, "rtt", measure.key, by, selected, release_number)
    show(*cards, narrowed=selected.known_by(measure))


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
