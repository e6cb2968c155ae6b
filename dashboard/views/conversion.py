"""Conversion: where referrals go, and how many of a cohort reach a step, once it is old enough to judge."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard import access, cached, conversion, filters, flows, notices, practice_funnel, tables, words
from dashboard.card import Card
from dashboard.showing import show
from metrics.conversion import Curve
from metrics.explanation import explain
from metrics.figure import Figure
from metrics.measure import Conversion, Measure
from metrics.selection import Selection


def page(release_number: int) -> None:
    """Draw the page for a release."""
    st.title("Conversion")
    left, right = st.columns(2)
    with left:
        measure = filters.chosen_of(Conversion, "Conversion", "conversion")
    with right:
        by = filters.chosen_grouping()
    selected = filters.selected()
    areas = filters.beside(selected.selection(by, measure=measure))
    within = [replace(one, first=selected.first, last=selected.last) for one in areas]
    every = _figures(measure, within, release_number)
    if not every:
        st.info(f"Nothing has been received yet for this measure. Its source: {measure.source}.")
        st.markdown(words.definition(measure))
        return
    if every[0].synthetic:
        notices.synthetic(some_real=False)
    for flow in cached.flows_of(release_number, replace(within[0], by="region")):
        show(flows.card(flow, measure.source, cached.engine(release_number).release))
        st.html(flows.steps_html(flow))
    st.markdown(f"**{measure.question}**")
    _cohorts(measure, within, release_number)
    _curves(measure, within, release_number)
    _practices(measure, release_number)


def _figures(measure: Measure, areas: Sequence[Selection], release_number: int) -> Sequence[Figure]:
    return [figure for area in areas for figure in cached.figures_of(release_number, measure.key, area)]


def _cohorts(measure: Measure, areas: Sequence[Selection], release_number: int) -> None:
    figures = _figures(measure, areas, release_number)
    told = [found.sentence for area in areas for found in cached.maturity_of(release_number, measure.key, area)]
    stamp = words.stamp(measure, figures, cached.engine(release_number).release)
    notes = cached.notes_beside(release_number, figures)
    show(
        Card(
            key="cohorts",
            headline=words.headline(measure, figures),
            subtitle=f"{words.subtitle(measure, figures)}, of {explain(measure.how).denominator}. {' '.join(told)}",
            chart=conversion.cohort_chart(measure, figures, notes),
            alt=words.alt_text(measure, figures),
            table=tables.figure_table(measure, figures),
            data=partial(tables.figure_data, figures),
            notes=notes,
            about=words.definition(measure),
            stamp=stamp,
        )
    )


def _curves(measure: Measure, areas: Sequence[Selection], release_number: int) -> None:
    curves: Sequence[Curve] = [c for area in areas for c in cached.curves_of(release_number, measure.key, area)]
    if not curves:
        return
    stamp = conversion.stamp(curves[0], measure.source, cached.engine(release_number).release)
    headline, subtitle = conversion.curve_headline(measure, curves), conversion.curve_subtitle(measure, curves)
    table = conversion.curve_table(curves)
    show(
        Card(
            key="curves",
            headline=headline,
            subtitle=subtitle,
            chart=conversion.curve_chart(measure, curves),
            alt=f"Line chart. {headline}. {subtitle}. The table beside it has every value.",
            table=table,
            about=f"{words.definition(measure)}\n- **The curve:** {curves[0].method}",
            stamp=stamp,
        )
    )


def _practices(measure: Measure, release_number: int) -> None:
    """Worked out when it is opened: 480 practices take some seconds."""
    funnel = st.expander("Practices in a funnel", key="practices", on_change="rerun", bind="query-params")
    if not funnel.open:
        return
    selected = filters.selected()
    with funnel, st.spinner("Looking at practices ..."):
        every = cached.selected_figures(release_number, measure, selected, "practice", "year")
        year = practice_funnel.fullest_year(every)
        if year:
            release = cached.engine(release_number).release
            show(practice_funnel.card(measure, year, access.practices_named(), release))
        else:
            st.info("No practice has enough people to be shown.")


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
