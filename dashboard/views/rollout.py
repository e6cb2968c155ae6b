"""Where the programme stands in each CCG: live or not, milestones against the plan, practitioners, practices, notes."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard import (
    cached,
    charts,
    dated_notes,
    filters,
    maps,
    milestones,
    notices,
    precedents,
    rollout,
    slips,
    tables,
    words,
)
from dashboard.card import Card
from dashboard.showing import show, show_table
from loaders.register import Release
from metrics.areas import ccgs
from metrics.dated_notes import published_notes
from metrics.figure import latest
from metrics.ledger import GO_LIVE, Ledger
from metrics.measure import Measure
from metrics.precedent import STAFF
from metrics.selection import Selection
from metrics.slipping import slipping


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
    _slipping(ledger, release)
    _map(release_number)
    ccg = filters.chosen_rollout_ccg()
    show(*cached.kept(_timeline, ccg, release_number))
    _before(ccg, release)
    _ledger(ledger, ccg, release)
    show(*cached.kept(_practitioners, ccg, release_number))
    show(*cached.kept(_practices, ccg, release_number))
    st.subheader("What happened, as dated notes say")
    told = [note for note in ledger.notes if ccg is None or note.ccg in (None, ccg)]
    show_table(rollout.note_table(told), key="notes")


def _slipping(ledger: Ledger, release: Release) -> None:
    found = slipping(ledger, cached.figures_of(release.number, STAFF, Selection()))
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
    measure = filters.chosen_map(cached.kept(_mapped, release_number))
    show(cached.kept(_map_card, measure.key if measure else None, release_number))


def _mapped(release_number: int) -> Sequence[Measure]:
    """Measures of adoption that anything is known of."""
    adoption = [measure for measure in cached.measures().values() if measure.family == "adoption"]
    return [measure for measure in adoption if cached.figures_of(release_number, measure.key, Selection())]


def _map_card(key: str | None, release_number: int) -> Card:
    ledger, release = cached.ledger_of(release_number), cached.engine(release_number).release
    if key is None:
        assert ledger
        return rollout.standing_card(ledger, release)
    measure = cached.measures()[key]
    rows = list(latest(cached.figures_of(release_number, key, Selection())).values())
    chart = maps.measure_map({row.area: row for row in rows}, {row.area: words.cell(measure, row) for row in rows})
    subtitle = f"{measure.name}, {measure.unit}, newest value of each CCG: darker is more, grey has no value"
    return rollout.figures_card("map", measure, rows, (chart, "Map", subtitle), release)


def _timeline(ccg: str | None, release_number: int) -> Sequence[Card]:
    ledger, release = cached.ledger_of(release_number), cached.engine(release_number).release
    assert ledger
    rows = [row for row in ledger.milestones if (row.component == GO_LIVE if ccg is None else row.ccg == ccg)]
    what = "Go-live" if ccg is None else ccgs()[ccg].name
    return [rollout.timeline_card(rows, what, ledger, release)] if rows else []


def _ledger(ledger: Ledger, ccg: str | None, release: Release) -> None:
    st.subheader("The ledger")
    of_ccg = [row for row in ledger.milestones if ccg in (None, row.ccg)]
    table = milestones.milestone_table(filters.chosen_milestones(of_ccg, milestones.NAMES))
    st.markdown(f"{len(table)} of {len(ledger.milestones)} milestones. {rollout.AS_SENT}")
    show_table(table, key="ledger")
    csv = partial(tables.csv_bytes, "Milestones of the rollout", rollout.stamp(ledger, release), table)
    st.download_button("Download the ledger as shown (CSV)", csv, "ledger.csv", "text/csv", on_click="ignore")


def _practitioners(ccg: str | None, release_number: int) -> Sequence[Card]:
    measure = cached.measures()[STAFF]
    rows = cached.figures_of(release_number, measure.key, _area(ccg))
    return [rollout.staffing_card(measure, rows, cached.engine(release_number).release)] if rows else []


def _practices(ccg: str | None, release_number: int) -> Sequence[Card]:
    measure = cached.measures()["list_covered"]
    rows = cached.figures_of(release_number, measure.key, Selection(by="arm") if ccg is None else _area(ccg))
    if not rows:
        return []
    look = charts.trend(measure, rows), "Line chart", words.subtitle(measure, rows)
    return [rollout.figures_card("covered", measure, rows, look, cached.engine(release_number).release)]


def _area(ccg: str | None) -> Selection:
    return Selection(by="region") if ccg is None else Selection(ccgs=(ccg,))


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
