"""Addresses of pages with choices made, as their own controls would write them."""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlencode

import streamlit as st

from dashboard.words import label
from metrics.findings import Finding
from metrics.measure import Measure

Kept = Mapping[str, str | Sequence[str]]
"""What stays chosen from page to page: the selection of the sidebar, and the release where it is not the newest."""


def root() -> str:
    """What stands before every address, where the dashboard is not at the top of its server; blank where it is."""
    prefix = st.get_option("server.baseUrlPath").strip("/")
    return f"/{prefix}" if prefix else ""


def choices_in(query: str) -> dict[str, list[str]]:
    """The choices that the query of an address holds, without which tab of a card is open."""
    return {name: values for name, values in parse_qs(query).items() if not name.endswith("_view")}


def address(page: str, choices: Mapping[str, str], kept: Kept) -> str:
    """The address of a page; choices that are blank are left out, the others outweigh what is kept."""
    made = {name: value for name, value in choices.items() if value}
    carried = {name: value for name, value in kept.items() if value and name not in made}
    query = urlencode({**made, **carried}, doseq=True)
    return f"{page}?{query}" if query else page


def measure_page(measure: Measure, kept: Kept, by: str = "", ccg: str = "", per: str = "") -> str:
    """The Measure page; blank choices are those that the page starts with."""
    return address("measure", {"measure": label(measure), "by": by, "ccgs": ccg, "per": per}, kept)


def profile_page(ccg: str, kept: Kept) -> str:
    """The profile of the CCG of this short name; a code would be found too, and be lost from the address."""
    return address("profile", {"ccg": ccg}, kept)


def finding_page(finding: Finding, measures: Mapping[str, Measure], kept: Kept) -> tuple[str, str]:
    """What the page that shows a finding is called, and its address."""
    measure = measures[finding.measure]
    if finding.theme == "change":
        return "Compare", address("compare", {"measure": label(measure)}, kept)
    if not finding.told:
        return "Data", address("data", {}, kept)
    if finding.theme == "waits":
        return "Waiting", address("waiting", {"wait": measure.name}, kept)
    return measure.name, measure_page(measure, kept)
