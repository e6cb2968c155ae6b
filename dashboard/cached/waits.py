"""Waits of cohorts, and of those who still wait."""

from collections.abc import Sequence

import streamlit as st

from dashboard.cached.releases import Address, address_now, engine, measures
from metrics.disclosure import policy_in_force
from metrics.selection import Selection
from metrics.still_waiting import StillWaiting, still_waiting
from metrics.wait_spread import CohortWait, WaitCurve, cohort_waits, wait_curves


def cohort_waits_of(release: int, key: str, selection: Selection) -> Sequence[CohortWait]:
    """Median, 92nd percentile and completed waits of each cohort."""
    return _cohort_waits(address_now(), release, key, selection, policy_in_force().key)


@st.cache_resource(max_entries=500, show_spinner=False)
def _cohort_waits(address: Address, release: int, key: str, selection: Selection, policy: str) -> Sequence[CohortWait]:
    return tuple(cohort_waits(engine(release), measures()[key], selection))


def wait_curves_of(release: int, key: str, selection: Selection) -> Sequence[WaitCurve]:
    """The share seen by week, from everybody however long followed."""
    return _wait_curves(address_now(), release, key, selection, policy_in_force().key)


@st.cache_resource(max_entries=500, show_spinner=False)
def _wait_curves(address: Address, release: int, key: str, selection: Selection, policy: str) -> Sequence[WaitCurve]:
    return tuple(wait_curves(engine(release), measures()[key], selection))


def still_waiting_of(release: int, selection: Selection, step: str) -> Sequence[StillWaiting]:
    """Who still waits for a step at each month end, by how long."""
    return _still_waiting(address_now(), release, selection, step, policy_in_force().key)


@st.cache_resource(max_entries=200, show_spinner="Counting who still waits ...")
def _still_waiting(
    address: Address, release: int, selection: Selection, step: str, policy: str
) -> Sequence[StillWaiting]:
    return tuple(still_waiting(engine(release), selection, steps=[step]))
