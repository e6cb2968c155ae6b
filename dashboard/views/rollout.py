"""Where the programme stands in each CCG: live or not, milestones against the plan, practitioners, practices, notes."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard import (
    cached,
    dated_notes,
    filters,
    maps,
    milestones,
    notices,
    precedents,
    rollout,
    slips,
    tables,
    trends,
    words,
)
from dashboard.card import Card
from dashboard.selected import Selected
from dashboard.showing import show, show_table
from loaders.register import Release
from metrics.adoption.milestones import Milestone
from metrics.areas import ccgs
from metrics.dated_notes import published_notes
from metrics.figure import latest
from metrics.ledger import GO_LIVE, Ledger
from metrics.measure import Measure
from metrics.precedent import STAFF
from metrics.selection import Selection
from metrics.slipping import slipping

WHOLE = (
    "Who is live, milestones and who was here before are as the ledger says on its day, whatever months are selected."
)

COVERED = "list_covered"
"""The measure of how many patients' practices refer."""


def page(release_number: int) -> None:
    """Draw the page for a release."""
    st.title("Rollout")
    ledger, release = cached.ledger_of(release_number), cached.engine(release_number).release
    if ledger is None:
        st.subheader("Who is live cannot be told: no ledger was received")
        st.markdown(rollout.NOT_RECEIVED)
        st.html(dated_notes.listed(published_notes(), sources=True))
        return
    if ledger.synthetic:
        notices.synthetic(some_real=False)
    st.subheader(rollout.headline(ledger))
    months = filters.selected().only(["months"])
    if months.narrowing:
        st.markdown(f"**Only: {months.narrowing}**, where something is told month by month. {WHOLE}")
    _slipping(ledger, release)
    _map(release_number)
    ccg = filters.chosen_rollout_ccg()
    selected = replace(filters.selected(), codes=(ccg,)) if ccg else filters.selected()
    show(*cached.kept(_timeline, selected.ccgs, release_number), narrowed=selected.only(["places"]))
    _before(ccg, release)
    _ledger(ledger, selected.ccgs, release)
    _by_month(selected, release_number)
    st.subheader("What happened, as dated notes say")
    show_table(rollout.note_table(rollout.notes_within(ledger.notes, selected)), key="notes")


def _by_month(selected: Selected, release_number: int) -> None:
    """Practitioners in post and patients covered, in the months selected."""
    for measure, make in ((STAFF, _practitioners), (COVERED, _practices)):
        cards = cached.kept(make, selected, release_number)
        show(*cards, narrowed=selected)
        if not cards and selected.narrowing:
            st.markdown(selected.without_figures([cached.measures()[measure]]))


def _slipping(ledger: Ledger, release: Release) -> None:
    chosen = filters.selected().ccgs
    every = slipping(ledger, cached.figures_of(release.number, STAFF, Selection()))
    found = [one for one in every if not chosen or one.ccg in chosen]
    st.markdown(f"**{slips.slipping_headline(found)}.**")
    if found:
        st.html(slips.slipping_html(found))


def _before(asked: str | None, release: Release) -> None:
    st.subheader("Who was here before")
    left, right = st.columns(2)
    with left:
        ccg = filters.chosen_follower(asked)
    queues = next(iter(cached.queues_of(release.number, Selection(ccgs=(ccg,)))), None)
    with right:
        measure = filters.chosen_place(precedents.default_measure(cached.measures(), queues))
    found = cached.precedent_of(release.number, ccg, measure.key)
    st.markdown(f"**{precedents.precedent_headline(measure, ccg, found)}.**")
    if found is None:
        return
    st.markdown(precedents.precedent_words(measure, found))
    rows = precedents.precedent_rows(found)
    if rows:
        st.html(tables.html_table("What its ledger did in the months after", precedents.HEADS, rows))
    elif found.early:
        st.markdown("Its ledger records nothing in the months after.")
    st.caption(precedents.SAME)


def _map(release_number: int) -> None:
    months = filters.selected().only(["months"])
    measure = filters.chosen_map(cached.kept(_mapped, months, release_number))
    # a map of some CCGs would not show where they lie, and where each stands is that of the ledger's day
    narrowed = months if measure else Selected()
    show(cached.kept(_map_card, measure.key if measure else None, narrowed, release_number), narrowed=narrowed)


def _mapped(months: Selected, release_number: int) -> Sequence[Measure]:
    """Measures of adoption that anything is known of, in the months selected."""
    adoption = [measure for measure in cached.measures().values() if measure.family == "adoption"]
    return [measure for measure in adoption if cached.selected_figures(release_number, measure, months)]


def _map_card(key: str | None, narrowed: Selected, release_number: int) -> Card:
    ledger, release = cached.ledger_of(release_number), cached.engine(release_number).release
    if key is None:
        assert ledger
        return rollout.standing_card(ledger, release)
    measure = cached.measures()[key]
    rows = list(latest(cached.selected_figures(release_number, measure, narrowed)).values())
    chart = maps.measure_map({row.area: row for row in rows}, {row.area: words.cell(measure, row) for row in rows})
    subtitle = f"{measure.name}, {measure.unit}, newest value of each CCG: darker is more, grey has no value"
    return rollout.figures_card("map", measure, rows, (chart, "Map", subtitle), release)


def _timeline(chosen: Sequence[str], release_number: int) -> Sequence[Card]:
    """When each CCG goes live; of one CCG, every component."""
    ledger, release = cached.ledger_of(release_number), cached.engine(release_number).release
    assert ledger
    of_chosen = _of(ledger, chosen)
    one = len(chosen) == 1
    rows = of_chosen if one else [row for row in of_chosen if row.component == GO_LIVE]
    what = ccgs()[chosen[0]].name if one else "Go-live"
    return [rollout.timeline_card(rows, what, ledger, release)] if rows else []


def _of(ledger: Ledger, chosen: Sequence[str]) -> list[Milestone]:
    return [row for row in ledger.milestones if not chosen or row.ccg in chosen]


def _ledger(ledger: Ledger, chosen: Sequence[str], release: Release) -> None:
    st.subheader("The ledger")
    table = milestones.milestone_table(filters.chosen_milestones(_of(ledger, chosen), milestones.NAMES))
    st.markdown(f"{len(table)} of {len(ledger.milestones)} milestones. {rollout.AS_SENT}")
    show_table(table, key="ledger")
    csv = partial(tables.csv_bytes, "Milestones of the rollout", rollout.stamp(ledger, release), table)
    st.download_button("Download the ledger as shown (CSV)", csv, "ledger.csv", "text/csv", on_click="ignore")


def _practitioners(selected: Selected, release_number: int) -> Sequence[Card]:
    measure = cached.measures()[STAFF]
    rows = cached.selected_figures(release_number, measure, selected, "region")
    notes = cached.notes_beside(release_number, rows)
    return [rollout.staffing_card(measure, rows, notes, cached.engine(release_number).release)] if rows else []


def _practices(selected: Selected, release_number: int) -> Sequence[Card]:
    measure = cached.measures()[COVERED]
    rows = cached.selected_figures(release_number, measure, selected, "arm")
    notes = cached.notes_beside(release_number, rows)
    return [trends.card("covered", measure, rows, notes, cached.engine(release_number).release)] if rows else []


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
