"""Early implementers against those following, and one CCG against both."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard.cached.figures import aligned_figures, figures_of
from dashboard.cached.releases import Address, address_now, engine_at, ledger_at, measures, rollout_at
from metrics.comparison.compare import EVERYTHING, compare
from metrics.comparison.lag import Lag, lags
from metrics.comparison.result import Comparison
from metrics.comparison.window import Estimand
from metrics.disclosure import policy_in_force
from metrics.precedent import STAFF, Precedent, precedent
from metrics.profile import Profile, profile
from metrics.selection import Selection


def comparison_of(release: int, key: str, estimand: Estimand, selection: Selection = EVERYTHING) -> Comparison:
    """What may be said of early against following CCGs."""
    return _comparison(address_now(), release, key, estimand, selection)


@st.cache_resource(max_entries=500, show_spinner="Comparing ...")
def _comparison(address: Address, release: int, key: str, estimand: Estimand, selection: Selection) -> Comparison:
    return compare(measures()[key], engine_at(address, release), estimand, selection)


def lags_of(release: int, key: str, selection: Selection = EVERYTHING) -> Sequence[Lag]:
    """How many months each follower is behind the early implementers."""
    return _lags(address_now(), release, key, selection, policy_in_force().key)


@st.cache_resource(max_entries=500, show_spinner="Comparing ...")
def _lags(address: Address, release: int, key: str, selection: Selection, policy: str) -> Sequence[Lag]:
    return lags(aligned_figures(release, key, selection), measures()[key].better)


def precedent_of(release: int, ccg: str, key: str) -> Precedent | None:
    """The early implementer that stood where a follower stands in a measure now; None where it stands nowhere."""
    return _precedent(address_now(), release, ccg, key, policy_in_force().key)


@st.cache_resource(max_entries=500, show_spinner="Looking who was here before ...")
def _precedent(address: Address, release: int, ccg: str, key: str, policy: str) -> Precedent | None:
    rows = figures_of(release, key, EVERYTHING)
    synthetic = bool(rows) and rows[0].synthetic
    told = ledger_at(address, release)
    staff = figures_of(release, STAFF, EVERYTHING)
    alike = told if told and told.synthetic == synthetic else None  # invented deeds never explain real figures
    return precedent(ccg, rows, rollout_at(address, release, synthetic), alike, staff if alike else [])


def profile_of(release: int, ccg: str, narrowed: Selection = EVERYTHING) -> Profile:
    """One CCG on two pages, for the months and the presentation that a selection names."""
    return _profile(address_now(), release, ccg, narrowed, policy_in_force().key)


@st.cache_resource(max_entries=100, show_spinner="Putting the profile together ...")
def _profile(address: Address, release: int, ccg: str, narrowed: Selection, policy: str) -> Profile:
    return profile(engine_at(address, release), ccg, measures(), partial(figures_of, release), narrowed)
