"""What a release tells by itself, and what it tells that the one before did not."""

from collections.abc import Sequence

import streamlit as st

from dashboard.cached.figures import figures_at
from dashboard.cached.releases import RELEASES_OPEN, Address, address_now, engine_at, measures, warehouse_at
from metrics.changes import Changes, changes
from metrics.disclosure import policy_in_force
from metrics.findings import Finding, findings
from metrics.told import BY_CCG, Told, told_with


def told_by(release: int) -> Told:
    """Everything a release tells of the 12 CCGs."""
    return _told(address_now(), release, policy_in_force().key)


@st.cache_resource(max_entries=RELEASES_OPEN, show_spinner="Reading what the release tells ...")
def _told(address: Address, release: int, policy: str) -> Told:
    known = {key: figures_at(address, release, key, BY_CCG, policy) for key in measures()}
    return told_with(engine_at(address, release), known)


def changes_of(release: int) -> Changes:
    """What a release tells that the one before it did not."""
    return _changes(address_now(), release, policy_in_force().key)


@st.cache_resource(max_entries=RELEASES_OPEN, show_spinner="Comparing with the release before ...")
def _changes(address: Address, release: int, policy: str) -> Changes:
    earlier = [other.number for other in warehouse_at(address).register.releases() if other.number < release]
    before = _told(address, max(earlier), policy) if earlier else None
    return changes(measures(), _told(address, release, policy), before)


def findings_of(release: int) -> Sequence[Finding]:
    """The region in three findings."""
    return _findings(address_now(), release, policy_in_force().key)


@st.cache_resource(max_entries=RELEASES_OPEN, show_spinner="Finding what to say ...")
def _findings(address: Address, release: int, policy: str) -> Sequence[Finding]:
    return findings(engine_at(address, release), measures())
