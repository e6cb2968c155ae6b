"""Waiting: how long people wait for a step, whether its queue was cured or moved, and RTT as context."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard import cached, charts, filters, notices, tables, waiting, words
from dashboard.card import Card
from dashboard.showing import show
from metrics.figure import Figure
from metrics.measure import Measure, Rtt, Wait, WaitingList
from metrics.queues import Queues
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
    figures = _figures(release_number, measure, by)
    if figures:
        if figures[0].synthetic:
            notices.synthetic(some_real=False)
        _trend("wait", measure, figures, release_number)
        for queues in cached.queues_of(release_number, _together()):
            _queues(queues, measure.source, release_number)
        _list(measure, by, release_number)
    else:
        st.info(f"Nothing has been received for {filters.selected().words}. Its source: {measure.source}.")
    _rtt(by, release_number)


def _figures(release_number: int, measure: Measure, by: By) -> Sequence[Figure]:
    selected = filters.selected()
    areas = filters.beside(selected.selection(by, measure=measure))
    return selected.within([row for area in areas for row in cached.figures_of(release_number, measure.key, area)])


def _together() -> Selection:
    """All that is selected as one area, up to the last month selected."""
    selected = filters.selected()
    return replace(selected.selection("region"), last=selected.last)


def _trend(key: str, measure: Measure, figures: Sequence[Figure], release_number: int) -> None:
    stamp = words.stamp(measure, figures, cached.engine(release_number).release)
    notes = cached.notes_beside(release_number, figures)
    show(
        Card(
            key=f"{key}_figures",
            headline=words.headline(measure, figures),
            subtitle=words.subtitle(measure, figures),
            chart=charts.trend(measure, figures, notes),
            alt=words.alt_text(measure, figures),
            table=tables.figure_table(measure, figures),
            data=partial(tables.figure_data, figures),
            notes=notes,
            about=words.definition(measure),
            stamp=stamp,
        )
    )


def _queues(queues: Queues, source: str, release_number: int) -> None:
    stamp = waiting.stamp(queues, source, cached.engine(release_number).release)
    table, subtitle = waiting.queue_table(queues), waiting.subtitle(queues)
    show(
        Card(
            key="queues",
            headline=queues.sentence,
            subtitle=subtitle,
            chart=waiting.queue_chart(queues),
            alt=waiting.alt_text(queues),
            table=table,
            about=waiting.about(),
            stamp=stamp,
        )
    )


def _list(wait: Measure, by: By, release_number: int) -> None:
    """The list by month, for a step that has a measure of it."""
    for measure in cached.measures().values():
        if isinstance(measure.how, WaitingList) and isinstance(wait.how, Wait) and measure.how.step == wait.how.step:
            figures = _figures(release_number, measure, by)
            if figures:
                _trend(measure.key, measure, figures, release_number)


def _rtt(by: By, release_number: int) -> None:
    st.html(f'<p class="notice" role="note">{RTT_WARNING}</p>')
    measure = filters.chosen_of(Rtt, "National waiting times of", "rtt")
    notices.not_narrowed(filters.selected(), measure)
    figures = _figures(release_number, measure, by)
    if not figures:
        st.info(f"Nothing has been received yet for this measure. Its source: {measure.source}.")
        return
    if not figures[0].synthetic:
        st.markdown("These are real national returns.")
    _trend("rtt", measure, figures, release_number)


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
