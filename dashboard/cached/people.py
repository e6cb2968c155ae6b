"""Queues, flows and cohorts: what is counted from single referrals."""

from collections.abc import Sequence

import streamlit as st

from dashboard.cached.releases import Address, address_now, engine_at, measures
from metrics.conversion import Curve, Maturity, curves, maturity
from metrics.disclosure import policy_in_force
from metrics.pathway_flow import Flow, flow
from metrics.queues import Queues, queues
from metrics.selection import Selection


def queues_of(release: int, selection: Selection) -> Sequence[Queues]:
    """The queue for every step of each area."""
    return _queues(address_now(), release, selection, policy_in_force().key)


@st.cache_resource(max_entries=200, show_spinner="Counting who waits ...")
def _queues(address: Address, release: int, selection: Selection, policy: str) -> Sequence[Queues]:
    return tuple(queues(engine_at(address, release), selection))


def flows_of(release: int, selection: Selection) -> Sequence[Flow]:
    """The pathway of each area as a graph."""
    return _flows(address_now(), release, selection, policy_in_force().key)


@st.cache_resource(max_entries=200, show_spinner="Following referrals ...")
def _flows(address: Address, release: int, selection: Selection, policy: str) -> Sequence[Flow]:
    return tuple(flow(engine_at(address, release), selection))


def maturity_of(release: int, key: str, selection: Selection) -> Sequence[Maturity]:
    """Which cohorts of a conversion are old enough to judge."""
    return _maturity(address_now(), release, key, selection, policy_in_force().key)


@st.cache_resource(max_entries=500, show_spinner="Following referrals ...")
def _maturity(address: Address, release: int, key: str, selection: Selection, policy: str) -> Sequence[Maturity]:
    return tuple(maturity(engine_at(address, release), measures()[key], selection))


def curves_of(release: int, key: str, selection: Selection) -> Sequence[Curve]:
    """Conversion by week, from everybody however long followed."""
    return _curves(address_now(), release, key, selection, policy_in_force().key)


@st.cache_resource(max_entries=500, show_spinner="Following referrals ...")
def _curves(address: Address, release: int, key: str, selection: Selection, policy: str) -> Sequence[Curve]:
    return tuple(curves(engine_at(address, release), measures()[key], selection))
