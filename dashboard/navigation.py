"""The script behind every page: what is common to all, then the page itself."""

from pathlib import Path

import streamlit as st

from dashboard import handout, notices, sidebar

_VIEWS = Path(__file__).parent / "views"

st.set_page_config(
    page_title="Back pain pathway", page_icon=str(Path(__file__).parent / "static" / "mark.png"), layout="wide"
)
page = st.navigation(
    [
        st.Page(_VIEWS / "overview.py", title="Overview", url_path="overview", default=True),
        st.Page(_VIEWS / "profile.py", title="Profile", url_path="profile"),
        st.Page(_VIEWS / "rollout.py", title="Rollout", url_path="rollout"),
        st.Page(_VIEWS / "outcomes.py", title="Outcomes", url_path="outcomes"),
        st.Page(_VIEWS / "compare.py", title="Compare", url_path="compare"),
        st.Page(_VIEWS / "waiting.py", title="Waiting", url_path="waiting"),
        st.Page(_VIEWS / "conversion.py", title="Conversion", url_path="conversion"),
        st.Page(_VIEWS / "measure.py", title="Measure", url_path="measure"),
        st.Page(_VIEWS / "deck.py", title="Deck", url_path="deck"),
        st.Page(_VIEWS / "data.py", title="Data", url_path="data"),
        st.Page(_VIEWS / "definitions.py", title="Definitions", url_path="definitions"),
    ]
)
notices.page_styles()
with st.sidebar:
    above = st.container()  # months hang on the release, which is asked for below them
    release = sidebar.chosen_release()
    with above:
        selected = sidebar.chosen(release, page.title) if release else None
if release is None:
    notices.nothing_published()
else:
    notices.standing(release)
    st.session_state.update(release_number=release.number, selected=selected)
    handout.begin(page.title, release)
    page.run()
    handout.offer()
notices.footer()
