"""What the reader has chosen, kept in the address so that a link restores the view."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from dashboard import cached
from dashboard.links import Kept
from dashboard.selected import Selected
from dashboard.words import label
from metrics.adoption.milestones import Milestone
from metrics.areas import areas_of, ccgs
from metrics.comparison.window import Estimand
from metrics.measure import How, Measure
from metrics.periods import Per
from metrics.selection import By, Selection

GROUPINGS: dict[By, str] = {
    "ccg": "Each CCG",
    "wave": "Each wave",
    "arm": "Early and following",
    "region": "The region",
}


def selected() -> Selected:
    """What the sidebar has selected, of that which this page heeds; everything where no sidebar was drawn."""
    return st.session_state.get("selected") or Selected()


def kept(release_number: int) -> Kept:
    """What links to other pages carry on: the whole selection, and the release where it is not the newest."""
    every = st.session_state.get("selected_in_full") or Selected()
    release = "" if release_number == cached.releases()[0].number else str(release_number)
    return {**every.choices, "release": release}


FIRST = "wait_assessment"
"""The measure until another is chosen: one that every page can say something of."""


def chosen_measure() -> Measure:
    """The measure on the page."""
    measures = cached.measures()
    key = st.selectbox(
        "Measure",
        list(measures),
        index=list(measures).index(FIRST),
        key="measure",
        format_func=lambda key: label(measures[key]),
        bind="query-params",
    )
    return measures[key or next(iter(measures))]


PERIODS: dict[Per, str] = {"month": "Month", "quarter": "Quarter", "year": "Financial year"}


def chosen_period(default: Per) -> Per:
    """Months, financial quarters or years: longer periods hide fewer small numbers."""
    return st.radio(
        "Per",
        list(PERIODS),
        index=list(PERIODS).index(default),
        key="per",
        format_func=PERIODS.__getitem__,
        horizontal=True,
        bind="query-params",
        help="In longer periods fewer counts are too small to show. Q1 is April to June.",
    )


def chosen_of(kind: type[How], words: str, key: str) -> Measure:
    """One of the measures of a kind."""
    members = {name: measure for name, measure in cached.measures().items() if isinstance(measure.how, kind)}
    chosen = st.selectbox(
        words, list(members), key=key, format_func=lambda name: members[name].name, bind="query-params"
    )
    return members[chosen or next(iter(members))]


def measure_and_grouping(kind: type[How], words: str, key: str) -> tuple[Measure, By]:
    """One of the measures of a kind, and beside it how its figures are grouped."""
    left, right = st.columns(2)
    with left:
        measure = chosen_of(kind, words, key)
    with right:
        return measure, chosen_grouping()


def beside(selection: Selection) -> Sequence[Selection]:
    """What is drawn for a selection: a single area has the region beside it."""
    if (selection.by == "region" and not selection.ccgs) or len(areas_of(selection)) > 1:
        return [selection]
    return [selection, replace(selection, by="region", ccgs=())]


def chosen_selection(measure: Measure) -> Selection:
    """What the sidebar has selected, as far as the measure knows it, with the grouping and the period of this page."""
    left, right = st.columns(2)
    with left:
        by = chosen_grouping()
    with right:
        per = chosen_period("month")
    return selected().selection(by, per, measure)


def chosen_grouping() -> By:
    """CCGs, arms, waves or the region."""
    return st.radio(
        "Show",
        list(GROUPINGS),
        index=list(GROUPINGS).index("arm"),
        key="by",
        format_func=GROUPINGS.__getitem__,
        horizontal=True,
        bind="query-params",
    )


ESTIMANDS: dict[Estimand, str] = {"early": "Early implementers alone", "all": "All CCGs that are live"}


def chosen_estimand() -> Estimand:
    """Whose change is worked out."""
    return st.radio(
        "Change in",
        list(ESTIMANDS),
        key="estimand",
        format_func=ESTIMANDS.__getitem__,
        horizontal=True,
        bind="query-params",
        help="The early implementers until another CCG went live, or every live CCG while others were not.",
    )


def followers(selected: Selected, live: Collection[str]) -> Sequence[str]:
    """The following CCGs drawn over the early band: those selected that are live; with none selected, the first."""
    codes = [code for code in ccgs() if code in live]
    return [code for code in codes if code in selected.ccgs] if selected.ccgs else codes[:1]


def chosen_rollout_ccg() -> str | None:
    """One CCG, or None for all 12."""
    return st.selectbox(
        "CCG",
        list(ccgs()),
        index=None,
        key="rollout_ccg",
        format_func=lambda code: ccgs()[code].name,
        placeholder="All 12",
        bind="query-params",
    )


def chosen_follower(asked: str | None) -> str:
    """The follower whose place is looked up: the CCG of the page where it is one, otherwise any other."""
    followers = [code for code, ccg in ccgs().items() if ccg.arm == "following"]
    if asked in followers:
        return str(asked)
    chosen = st.selectbox(
        "Follower", followers, index=1, key="who", format_func=lambda code: ccgs()[code].name, bind="query-params"
    )
    return chosen or followers[0]


def chosen_place(default: Measure) -> Measure:
    """The measure in which a follower stands; its worst step by default."""
    measures = cached.measures()
    key = st.selectbox(
        "Where it stands in",
        list(measures),
        index=None,
        key="place",
        format_func=lambda key: label(measures[key]),
        placeholder=f"Its worst step: {default.name}",
        bind="query-params",
    )
    return measures[key] if key else default


def chosen_map(measures: Sequence[Measure]) -> Measure | None:
    """The measure that colours the map; None for where each CCG stands."""
    by_key = {measure.key: measure for measure in measures}
    key = st.selectbox(
        "Colour the map by",
        list(by_key),
        index=None,
        key="map",
        format_func=lambda key: by_key[key].name,
        placeholder="Live or not yet live",
        bind="query-params",
    )
    return by_key[key] if key else None


def chosen_milestones(milestones: Sequence[Milestone], names: Mapping[str, str]) -> list[Milestone]:
    """Those of the chosen components and statuses; `names` says both in words."""
    components = list(dict.fromkeys(row.component for row in milestones))
    statuses = list(dict.fromkeys(row.status for row in milestones))
    left, right = st.columns(2)
    with left:
        parts = st.multiselect(
            "Component",
            components,
            key="component",
            format_func=names.__getitem__,
            placeholder="All",
            bind="query-params",
        )
    with right:
        standing = st.multiselect(
            "Status", statuses, key="status", format_func=names.__getitem__, placeholder="All", bind="query-params"
        )
    return [r for r in milestones if r.component in (parts or components) and r.status in (standing or statuses)]


def chosen_score(measures: Sequence[Measure]) -> Measure:
    """The score whose change is shown."""
    by_key = {measure.key: measure for measure in measures}
    key = st.selectbox(
        "Score", list(by_key), key="score", format_func=lambda key: by_key[key].name, bind="query-params"
    )
    return by_key[key or measures[0].key]


def chosen_profile_ccg() -> str:
    """The CCG of the profile. An address may name it by its code as well (`?ccg=00C`)."""
    codes = list(ccgs())
    asked = st.query_params.get("ccg")
    if asked in codes and "ccg" not in st.session_state:
        st.session_state["ccg"] = asked
    chosen = st.selectbox(
        "CCG", codes, key="ccg", format_func=lambda code: ccgs()[code].short_name, bind="query-params"
    )
    return chosen or codes[0]
