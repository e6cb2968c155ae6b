"""What was received: releases, submissions, what each CCG sent and when, and what was wrong with it."""

from dataclasses import replace

import streamlit as st

from dashboard import cached, filters, news, receipts
from dashboard.received import NOT_MONTHLY, gaps_within, within
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
    selected, told = filters.selected(), cached.told_by(release_number)
    every = {k: v for k, v in cached.facts_received(release_number).items() if k not in NOT_MONTHLY}
    facts = {fact: held for fact, arrived in every.items() if any((held := within(arrived, selected)).values())}
    if not facts:
        st.info("Nothing that comes by CCG and month was received for what is selected.")
        return
    gaps = gaps_within(told.gaps, selected)
    show_table(receipts.completeness_table(facts, told.synthetic, gaps), key="completeness")
    fact = st.selectbox(
        "Month by month", list(facts), key="fact", format_func=receipts.FACT_NAMES.__getitem__, bind="query-params"
    )
    fact = fact or next(iter(facts))
    st.subheader(receipts.completeness_headline(fact, facts[fact]))
    beside = within(every[fact], replace(selected, codes=()))  # what others sent tells what could have been
    st.html(receipts.completeness_grid(fact, beside, {code: ccgs()[code] for code in facts[fact]}))
    lines = news.gap_lines(gap for gap in gaps if gap.fact == fact).get(fact, [])
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
