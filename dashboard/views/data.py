"""What was received: releases, submissions, what each CCG sent and when, and what was wrong with it."""

import streamlit as st

from dashboard import cached, news, receipts
from dashboard.received import NOT_MONTHLY
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
    facts = {k: v for k, v in cached.facts_received(release_number).items() if k not in NOT_MONTHLY}
    if not facts:
        st.info("No table of this release holds anything by CCG and month.")
        return
    told = cached.told_by(release_number)
    show_table(receipts.completeness_table(facts, told.synthetic, told.gaps), key="completeness")
    fact = st.selectbox(
        "Month by month", list(facts), key="fact", format_func=receipts.FACT_NAMES.__getitem__, bind="query-params"
    )
    fact = fact or next(iter(facts))
    st.subheader(receipts.completeness_headline(fact, facts[fact]))
    st.html(receipts.completeness_grid(fact, facts[fact], ccgs()))
    lines = news.gap_lines(gap for gap in told.gaps if gap.fact == fact).get(fact, [])
    if lines:
        st.markdown("Expected of a main sender and not received:")
        st.markdown("\n".join(f"- {line}" for line in lines))


def _problems(release_number: int) -> None:
    found = cached.engine(release_number).register.problems()
    if not found:
        st.success("No problem was found in anything received.")
        return
    st.subheader(receipts.problem_headline(found))
    show_table(receipts.problem_table(found), key="problems", wide=("What is wrong", "What to do"))


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
