"""Where the programme stands in each CCG: live or not, milestones against the plan, practitioners, practices, notes."""

from functools import partial

import streamlit as st

from dashboard import cached, charts, filters, maps, milestones, notices, rollout, tables, words
from dashboard.showing import show, show_table
from loaders.register import Release
from metrics.areas import ccgs
from metrics.figure import latest
from metrics.ledger import GO_LIVE, Ledger
from metrics.selection import Selection


def page(release_number: int) -> None:
    """Draw the page for a release."""
    st.title("Rollout")
    ledger, release = cached.ledger_of(release_number), cached.engine(release_number).release
    if ledger is None:
        st.info(f"No ledger of the rollout has been received. Its source: {rollout.SOURCE}.")
        return
    if ledger.synthetic:
        notices.synthetic(some_real=False)
    st.subheader(rollout.headline(ledger))
    _map(ledger, release)
    ccg = filters.chosen_rollout_ccg()
    _timeline(ledger, ccg, release)
    _ledger(ledger, ccg, release)
    _practitioners(ccg, release)
    _practices(ccg, release)
    st.subheader("What happened, as dated notes say")
    told = [note for note in ledger.notes if ccg is None or note.ccg in (None, ccg)]
    show_table(rollout.note_table(told), key="notes")


def _map(ledger: Ledger, release: Release) -> None:
    known = {m: cached.figures_of(release.number, m.key, Selection()) for m in cached.measures().values()}
    measure = filters.chosen_map([m for m, rows in known.items() if m.family == "adoption" and rows])
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
    measure = cached.measures()["ttps_in_post"]
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
