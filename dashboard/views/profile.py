"""One CCG on two pages: its messages, every measure beside the early implementers, its worst step, what is missing."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard import access, cached, filters, notices, profile, received, small_multiples, tables
from dashboard.selected import Selected
from dashboard.showing import show_table
from dashboard.views.overview import FAMILIES
from metrics.disclosure import policy_in_force
from metrics.profile import RULE, Profile, Track, silent_message, silent_practices
from metrics.spc.rules import MAKING_DATA_COUNT_R

AS_AT = (
    "Directions look back over every quarter up to the last; queues and practices are as at the last month. "
    "Practices and what has been received are of everybody, whatever their presentation."
)


def page(release_number: int) -> None:
    """Draw the page for a release."""
    st.title("Profile")
    selected = filters.selected()
    found = cached.profile_of(release_number, filters.chosen_profile_ccg(), selected.everywhere())
    invented = {track.last.figure.synthetic for track in found.tracks}
    if True in invented:
        notices.synthetic(some_real=False in invented)
    st.html(profile.STYLES)
    st.subheader(profile.standing(found))
    if selected.narrowing:
        st.markdown(f"**Only: {selected.narrowing}.** {AS_AT}")
    st.html(profile.messages_html(found.messages))
    if found.tracks:
        _measures(found, selected, release_number)
    _steps(found)
    _practices(found)
    st.subheader("What has been received")
    st.html(received.received_html(found.arrived, found.area.code, found.area.name))
    st.caption(profile.stamp(found, cached.engine(release_number).release))


def _measures(found: Profile, selected: Selected, release_number: int) -> None:
    st.subheader("Every measure beside the early implementers")
    since = selected.since_go_live and bool(found.since)
    if selected.since_go_live and not since:
        st.markdown(f"{found.area.name} is {profile.live_words(found)}, so these run by the calendar.")
    tracks = found.since if since else found.tracks
    everybody = selected.for_everybody(track.measure for track in tracks)
    chart, table = st.tabs(["Charts", "Table"], key="profile_view", on_change="rerun", bind="query-params")
    if chart.open:
        with chart:
            _charts(found, tracks, since, selected, release_number)
    if table.open:
        with table:
            show_table(profile.track_table(tracks, since), key="profile_table")
            if everybody:
                st.caption(everybody)
    stamp = f"{profile.stamp(found, cached.engine(release_number).release)} {everybody}".strip()
    title = selected.beside(f"{profile.standing(found)}: every measure by quarter")
    csv = partial(_csv, title, stamp, tracks)
    st.download_button("Download these figures (CSV)", csv, "profile.csv", "text/csv", on_click="ignore")


def _csv(title: str, stamp: str, tracks: Sequence[Track]) -> bytes:
    return tables.csv_bytes(title, stamp, profile.quarters_table(tracks))


def _charts(found: Profile, tracks: Sequence[Track], since: bool, selected: Selected, release_number: int) -> None:
    st.html(small_multiples.axis_html(since, found.live is not None))
    kept, whose = filters.kept(release_number), profile.whose(tracks, selected)
    for name, families in FAMILIES.items():
        members = [track for track in tracks if track.measure.family in families]
        if members:
            st.html(small_multiples.family_html(name, members, since, profile.start_quarter(found), whose, kept))
    st.html(small_multiples.legend_html(tracks))
    drawn = [track.measure for track in tracks]
    absent = selected.without_figures(measure for measure in cached.measures().values() if measure not in drawn)
    if absent:
        st.markdown(absent)
    st.caption(f"Direction by its own past. {MAKING_DATA_COUNT_R.words} A signal is no evidence of cause.")


def _steps(found: Profile) -> None:
    if found.queues is None:
        return
    st.subheader("The queue for every step")
    st.markdown(profile.step_subtitle(found.queues))
    st.table(profile.step_table(found.queues))
    st.caption(f"{RULE} {policy_in_force().words}")


def _practices(found: Profile) -> None:
    st.subheader("Silent practices")
    st.markdown(silent_message(found.practices))
    if found.practices and access.practices_named():
        silent = silent_practices(found.practices)
        if silent:
            st.table(profile.silent_table(silent))


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
