"""The selection that holds on every page: its controls in the sidebar, kept in the address, and its words."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from dashboard import cached
from dashboard.selected import (
    AS_IT_IS,
    AS_IT_WAS,
    CALENDAR,
    CONTROLS,
    PRESENTATIONS,
    SINCE,
    Control,
    Selected,
    places,
)
from dashboard.words import joined, month_name
from loaders.register import Release
from metrics.periods import begins

APPLIES: Mapping[str, frozenset[Control]] = {
    "Overview": frozenset(["places", "months", "presentation", "geography"]),
    "Compare": frozenset(["places", "months", "presentation", "time", "geography"]),
    "Waiting": frozenset(["places", "months", "presentation", "time", "geography"]),
    "Conversion": frozenset(["places", "months", "presentation", "geography"]),
    "Measure": frozenset(["places", "months", "presentation", "time", "geography"]),
    "Outcomes": frozenset(["places", "months", "presentation", "geography"]),
    "Profile": frozenset(["months", "presentation", "time"]),
    "Rollout": frozenset(["places", "months"]),
    "Data": frozenset(["places", "months"]),
}
"""What each page heeds, by its title; a page that is not here heeds nothing. The sidebar names what it does not."""

MIXED = (
    "Since April 2020 Tees Valley holds South Tees (early) with Darlington, Hartlepool and Stockton (following), and "
    "North Yorkshire holds Hambleton, Richmondshire and Whitby (early) with places outside the programme. Both are "
    "shown as mixed and never compared. Figures are those of the CCGs of 2015 added up: of North Yorkshire only its "
    "one CCG is known, and what was published under the new codes is not in them."
)


def chosen_release() -> Release | None:
    """The release that the sidebar names, the newest by default; None when nothing was published."""
    releases = cached.releases()
    if not releases:
        return None
    by_number = {str(release.number): release for release in releases}
    number = st.selectbox(
        "As at release",
        list(by_number),
        key="release",
        bind="query-params",
        help="Figures as they stood when this release was published.",
    )
    release = by_number[number or str(releases[0].number)]
    st.caption(f"Published {release.published:%d %b %Y, %H:%M} UTC")
    return release


def chosen(release: Release, title: str) -> Selected:
    """What is selected of that which the page of this title heeds. What it does not heed is named."""
    applies = APPLIES.get(title, frozenset())
    in_words = st.container()  # hangs on what is asked for below it
    codes = _places()
    first, last = _months(release.number)
    presentation = _presentation()
    since = _one_of("Time axis", "time", (CALENDAR, SINCE)) == SINCE
    as_now = _geography()
    every = Selected(tuple(codes), first, last, presentation, since, as_now)
    st.session_state["selected_in_full"] = every  # for links to pages that heed more of it
    with in_words:
        _say(every, applies)
    return every.only(applies)


def _places() -> Sequence[str]:
    known = places()
    return st.multiselect(
        "CCGs, arms or waves",
        list(known),
        key="ccgs",
        format_func=lambda code: known[code].name,
        placeholder="All 12 CCGs",
        bind="query-params",
    )


def _months(release: int) -> tuple[date | None, date | None]:
    """The first and the last month, those the wrong way round put right."""
    months = cached.months_of(release)
    left, right = st.columns(2)
    with left:
        first = _month("From", "from", months, "First")
    with right:
        last = _month("To", "to", months[::-1], "Last")
    if first and last and first > last:
        st.warning("The first month is after the last; the two have been swapped.")
        return last, first
    return first, last


def _month(words: str, key: str, months: Sequence[str], placeholder: str) -> date | None:
    month = st.selectbox(
        words, months, index=None, key=key, format_func=month_name, placeholder=placeholder, bind="query-params"
    )
    return begins(month) if month else None


def _presentation() -> str | None:
    return st.selectbox(
        "Presentation",
        list(PRESENTATIONS),
        index=None,
        key="presentation",
        format_func=PRESENTATIONS.__getitem__,
        placeholder="Both",
        bind="query-params",
    )


def _geography() -> bool:
    as_now = _one_of("Geography", "geography", (AS_IT_WAS, AS_IT_IS)) == AS_IT_IS
    if as_now:
        st.caption(MIXED)
    return as_now


def _one_of(words: str, key: str, choices: tuple[str, str]) -> str | None:
    return st.selectbox(words, choices, key=key, bind="query-params")


def _clear() -> None:
    st.session_state.update(
        {
            "ccgs": [],
            "from": None,
            "to": None,
            "presentation": None,
            "time": CALENDAR,
            "geography": AS_IT_WAS,
        }
    )


def _say(selected: Selected, applies: frozenset[Control]) -> None:
    heeded, ignored = selected.only(applies), selected.ignored(applies)
    st.markdown(f"**Shown:** {heeded.words}")
    if ignored:
        st.markdown(f"**Not used on this page:** {joined([CONTROLS[name] for name in ignored])}")
    if selected != Selected():
        st.button("Clear", on_click=_clear, key="clear", help="Show everything again.")
