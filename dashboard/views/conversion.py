"""Conversion: where referrals go, and how many of a cohort reach a step, once it is old enough to judge."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard import (
    access,
    cached,
    conversion,
    conversion_curves,
    filters,
    flows,
    notices,
    practice_funnel,
    trends,
    words,
)
from dashboard.card import Card
from dashboard.selected import Selected
from dashboard.showing import show
from metrics.conversion import Curve
from metrics.explanation import explain
from metrics.figure import Figure
from metrics.measure import Conversion, Measure
from metrics.selection import Selection


def page(release_number: int) -> None:
    """Draw the page for a release."""
    st.title("Conversion")
    measure, by = filters.measure_and_grouping(Conversion, "Conversion", "conversion")
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
    show(*cached.kept(_flows, measure.source, replace(within[0], by="region"), release_number))
    st.markdown(f"**{measure.question}**")
    show(*cached.kept(_cards, measure.key, tuple(within), release_number))
    _practices(measure, selected, release_number)


def _figures(measure: Measure, areas: Sequence[Selection], release_number: int) -> Sequence[Figure]:
    return [figure for area in areas for figure in cached.figures_of(release_number, measure.key, area)]


def _flows(source: str, together: Selection, release_number: int) -> Sequence[Card]:
    release = cached.engine(release_number).release
    return [flows.card(flow, source, release) for flow in cached.flows_of(release_number, together)]


def _cards(key: str, areas: Sequence[Selection], release_number: int) -> Sequence[Card]:
    """Cohorts by month, and what was reached by week where that can be shown."""
    measure = cached.measures()[key]
    curves = [curve for area in areas for curve in cached.curves_of(release_number, key, area)]
    cohorts = _cohort_card(measure, areas, release_number)
    return [cohorts, _curve_card(measure, curves, release_number)] if curves else [cohorts]


def _cohort_card(measure: Measure, areas: Sequence[Selection], release_number: int) -> Card:
    figures = _figures(measure, areas, release_number)
    told = [found.sentence for area in areas for found in cached.maturity_of(release_number, measure.key, area)]
    said = " ".join(told) if len(told) <= words.FEW else "The tab About says how old the cohorts of each are."
    notes = cached.notes_beside(release_number, figures)
    card = trends.card("cohorts", measure, figures, notes, cached.engine(release_number).release)
    card.chart.update_layout(yaxis={"range": None})  # most steps are reached by few: 0 to 100 would lay them flat
    return replace(
        card,
        subtitle=f"{card.subtitle}, of {explain(measure.how).denominator}. {said}".strip(),
        about="\n".join([card.about, *(f"- {sentence}" for sentence in told)]),
    )


def _curve_card(measure: Measure, curves: Sequence[Curve], release_number: int) -> Card:
    headline = conversion_curves.curve_headline(measure, curves)
    subtitle = conversion_curves.curve_subtitle(measure, curves)
    return Card(
        key="curves",
        headline=headline,
        subtitle=subtitle,
        chart=conversion_curves.curve_chart(measure, curves),
        alt=f"Line chart. {headline}. {subtitle}. The table beside it has every value.",
        table=conversion_curves.curve_table(curves),
        about=f"{words.definition(measure)}\n- **The curve:** {curves[0].method}",
        stamp=conversion.stamp(curves[0], measure.source, cached.engine(release_number).release),
    )


def _practices(measure: Measure, selected: Selected, release_number: int) -> None:
    """Worked out when it is opened: 480 practices take some seconds."""
    funnel = st.expander("Practices in a funnel", key="practices", on_change="rerun", bind="query-params")
    if not funnel.open:
        return
    with funnel, st.spinner("Looking at practices ..."):
        cards = cached.kept(_funnel, measure.key, selected, access.practices_named(), release_number)
        show(*cards)
        if not cards:
            st.info("No practice has enough people to be shown.")


def _funnel(key: str, selected: Selected, named: bool, release_number: int) -> Sequence[Card]:
    measure, release = cached.measures()[key], cached.engine(release_number).release
    year = practice_funnel.fullest_year(cached.selected_figures(release_number, measure, selected, "practice", "year"))
    return [practice_funnel.card(measure, year, named, release)] if year else []


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
