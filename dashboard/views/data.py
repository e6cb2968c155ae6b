"""What was received: releases, submissions, what each CCG sent and when, and what was wrong with it."""

import streamlit as st

from dashboard import cached, receipts
from dashboard.showing import show_table
from metrics.areas import ccgs


def page(release_number: int) -> None:
    """Draw the page for a release."""
    st.title("Data")
    engine = cached.engine(release_number)
    submissions = engine.register.submissions()
    st.subheader(receipts.headline(submissions, engine.release))
    st.markdown("What was published, what it came from, and what was wrong with it.")
    tab_names = ["What each CCG sent", "Submissions", "Problems", "Releases"]
    sent, received, problems, releases = st.tabs(tab_names, key="data_view", on_change="rerun", bind="query-params")
    if sent.open:
        with sent:
            _completeness(release_number)
    if received.open:
        with received:
            show_table(receipts.submission_table(submissions), key="submissions")
    if problems.open:
        with problems:
            _problems(release_number)
    if releases.open:
        with releases:
            show_table(receipts.release_table(engine.register.releases()), key="releases")


def _completeness(release_number: int) -> None:
    facts = cached.facts_received(release_number)
    fact = st.selectbox(
        "Table", list(facts), key="fact", format_func=lambda name: receipts.FACT_NAMES[name], bind="query-params"
    )
    if not fact:
        st.info("No table of this release holds anything by CCG and month.")
        return
    arrived = facts[fact]
    st.subheader(receipts.completeness_headline(arrived))
    st.html(receipts.completeness_grid(fact, arrived, ccgs()))


def _problems(release_number: int) -> None:
    found = cached.engine(release_number).register.problems()
    if not found:
        st.success("No problem was found in anything received.")
        return
    show_table(receipts.problem_table(found), key="problems", wide=("What is wrong", "What to do"))


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
