"""What the reader has chosen, kept in the address so that a link restores the view."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from dashboard import cached
from dashboard.words import label, month_name
from loaders.register import Release
from metrics.adoption.milestones import Milestone
from metrics.areas import areas_of, ccgs
from metrics.comparison.window import Estimand
from metrics.measure import How, Measure
from metrics.periods import Per, begins
from metrics.selection import By, Selection

GROUPINGS: dict[By, str] = {"ccg": "Each CCG", "arm": "Early and following", "region": "The region"}


def chosen_release() -> Release | None:
    """The release that the sidebar names, the newest by default; None when nothing was published."""
    releases = cached.releases()
    if not releases:
        return None
    by_number = {str(release.number): release for release in releases}
    number = st.sidebar.selectbox(
        "As at release",
        list(by_number),
        key="release",
        bind="query-params",
        help="Figures as they stood when this release was published.",
    )
    release = by_number[number or str(releases[0].number)]
    st.sidebar.caption(f"Published {release.published:%d %b %Y, %H:%M} UTC")
    return release


def chosen_measure() -> Measure:
    """The measure on the page."""
    measures = cached.measures()
    key = st.selectbox(
        "Measure",
        list(measures),
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


def chosen_area() -> Selection:
    """The region, one arm or one CCG."""
    areas = {area.code: (area, by) for by in reversed(GROUPINGS) for area in areas_of(Selection(by=by))}
    code = st.selectbox(
        "Area", list(areas), key="area", format_func=lambda code: areas[code][0].name, bind="query-params"
    )
    area, by = areas[code or next(iter(areas))]
    if by == "ccg":
        return Selection(by=by, ccgs=(area.code,))
    return Selection(by=by, arms=(area.arm,) if by == "arm" else ())


def beside(area: Selection) -> Sequence[Selection]:
    """What is drawn for an area: both arms for the region, any other with the region beside it."""
    return [Selection(by="arm")] if area.by == "region" else [area, Selection(by="region")]


def chosen_selection() -> Selection:
    """Grouping and CCGs; months are chosen apart, for they depend on what the measure has."""
    left, middle, right = st.columns([5, 5, 6])
    with middle:
        per = chosen_period("month")
    with left:
        by = _grouping()
    with right:
        chosen = _chosen_ccgs()
    return Selection(by=by, ccgs=tuple(chosen), per=per)


def chosen_by_year() -> Selection:
    """Grouping and CCGs, by financial year: what too few people answer for a month is seldom too little for a year."""
    left, right = st.columns(2)
    with left:
        by = _grouping()
    with right:
        chosen = _chosen_ccgs()
    return Selection(by=by, ccgs=tuple(chosen), per="year")


def _grouping() -> By:
    return st.radio(
        "Show",
        list(GROUPINGS),
        index=1,
        key="by",
        format_func=GROUPINGS.__getitem__,
        horizontal=True,
        bind="query-params",
    )


def _chosen_ccgs() -> Sequence[str]:
    return st.multiselect(
        "CCGs",
        list(ccgs()),
        key="ccgs",
        format_func=lambda code: ccgs()[code].name,
        placeholder="All 12",
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


def chosen_followers(live: Sequence[str]) -> Sequence[str]:
    """The followers drawn over the early band: of those that are live, the first by default."""
    codes = sorted(set(live), key=lambda code: ccgs()[code].name)
    if not codes:
        return []
    return st.multiselect(
        "Followers over the early implementers' band",
        codes,
        default=codes[:1],
        key="followers",
        format_func=lambda code: ccgs()[code].name,
        bind="query-params",
    )


def chosen_span(periods: Sequence[str]) -> tuple[date, date]:
    """First day of the first and of the last period, of those that there are, in order."""
    every = list(periods)
    left, right = st.columns(2)
    with left:
        first = st.selectbox("From", every, key="from", format_func=month_name, bind="query-params")
    with right:
        last = st.selectbox("To", every[::-1], key="to", format_func=month_name, bind="query-params")
    start, end = begins(first), begins(last)
    if start > end:
        st.warning("The first period is after the last; the two have been swapped.")
    return min(start, end), max(start, end)


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
