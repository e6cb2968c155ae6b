"""Where the programme stands in each CCG: live or not, milestones against the plan, practitioners, practices, notes."""

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
from dashboard.showing import show, show_table
from loaders.register import Release
from metrics.areas import ccgs
from metrics.dated_notes import published_notes
from metrics.figure import latest
from metrics.ledger import GO_LIVE, Ledger
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
    _map(ledger, release)
    ccg = filters.chosen_rollout_ccg()
    _timeline(ledger, ccg, release)
    _before(ccg, release)
    _ledger(ledger, ccg, release)
    _practitioners(ccg, release)
    _practices(ccg, release)
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


def _map(ledger: Ledger, release: Release) -> None:
    adoption = [measure for measure in cached.measures().values() if measure.family == "adoption"]
    known = {measure: cached.figures_of(release.number, measure.key, Selection()) for measure in adoption}
    measure = filters.chosen_map([measure for measure, rows in known.items() if rows])
    if measure is None:
        show(rollout.standing_card(ledger, release))
        return
    rows = list(latest(known[measure]).values())
    chart = maps.measure_map({row.area: row for row in rows}, {row.area: words.cell(measure, row) for row in rows})
    subtitle = f"{measure.name}, {measure.unit}, newest value of each CCG: darker is more, grey has no value"
    show(rollout.figures_card("map", measure, rows, (chart, "Map", subtitle), release))


def _timeline(ledger: Ledger, ccg: str | None, release: Release) -> None:
    rows = [row for row in ledger.milestones if (row.component == GO_LIVE if ccg is None else row.ccg == ccg)]
    if rows:
        show(rollout.timeline_card(rows, "Go-live" if ccg is None else ccgs()[ccg].name, ledger, release))


def _ledger(ledger: Ledger, ccg: str | None, release: Release) -> None:
    st.subheader("The ledger")
    of_ccg = [row for row in ledger.milestones if ccg in (None, row.ccg)]
    table = milestones.milestone_table(filters.chosen_milestones(of_ccg, milestones.NAMES))
    st.markdown(f"{len(table)} of {len(ledger.milestones)} milestones. {rollout.AS_SENT}")
    show_table(table, key="ledger")
    csv = partial(tables.csv_bytes, "Milestones of the rollout", rollout.stamp(ledger, release), table)
    st.download_button("Download the ledger as shown (CSV)", csv, "ledger.csv", "text/csv", on_click="ignore")


def _practitioners(ccg: str | None, release: Release) -> None:
    measure = cached.measures()[STAFF]
    rows = cached.figures_of(release.number, measure.key, _area(ccg))
    if rows:
        show(rollout.staffing_card(measure, rows, release))


def _practices(ccg: str | None, release: Release) -> None:
    measure = cached.measures()["list_covered"]
    rows = cached.figures_of(release.number, measure.key, Selection(by="arm") if ccg is None else _area(ccg))
    if rows:
        look = charts.trend(measure, rows), "Line chart", words.subtitle(measure, rows)
        show(rollout.figures_card("covered", measure, rows, look, release))


def _area(ccg: str | None) -> Selection:
    return Selection(by="region") if ccg is None else Selection(ccgs=(ccg,))


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
