"""The one seam where answers are kept: keyed by the release's number and plain values.

A release never changes, so nothing here goes stale; publishing another one only adds keys.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st

from dashboard.card import Card
from dashboard.selected import Selected
from dashboard.words import FEW
from loaders.register import Release
from loaders.warehouse import Warehouse
from metrics import catalogue
from metrics.changes import Changes, changes
from metrics.comparison.alignment import Aligned, aligned
from metrics.comparison.compare import EVERYTHING, compare
from metrics.comparison.lag import Lag, lags
from metrics.comparison.result import Comparison
from metrics.comparison.window import Estimand
from metrics.conversion import Curve, Maturity, curves, maturity
from metrics.dated_notes import Note, dated_notes, notes_on
from metrics.disclosure import policy_in_force
from metrics.engines import Engine
from metrics.figure import Figure
from metrics.figures import figures
from metrics.findings import Finding, findings
from metrics.ledger import Ledger, ledger
from metrics.live import Rollout, rollout
from metrics.measure import Measure
from metrics.pathway_flow import Flow, flow
from metrics.periods import Per, begins
from metrics.precedent import STAFF, Precedent, precedent
from metrics.profile import Profile, profile
from metrics.queues import Queues, queues
from metrics.receipt import months_received
from metrics.selection import By, Selection
from metrics.spc.chart import Chart
from metrics.spc.series import charts_of
from metrics.told import BY_CCG, Told, told_with

RELEASES_OPEN = 3
"""Releases whose files are kept open at once: the newest, and those that someone compares it with."""


Address = tuple[str, str, str]
"""Where the warehouse and the definitions are: WAREHOUSE, CATALOGUE_URL and DEFINITIONS.

Part of every key, or two warehouses would share answers.
"""


def _address() -> Address:
    place, catalogue, definitions = (os.environ.get(name, "") for name in ("WAREHOUSE", "CATALOGUE_URL", "DEFINITIONS"))
    return place, catalogue, definitions


@st.cache_resource
def _warehouse(address: Address) -> Warehouse:
    place, catalogue, _ = address
    return Warehouse(place or None, catalogue or None)


def engine(number: int) -> Engine:
    """An engine over one release."""
    return _engine(_address(), number)


@st.cache_resource(max_entries=RELEASES_OPEN, show_spinner="Opening the release ...")
def _engine(address: Address, number: int) -> Engine:
    release = _warehouse(address).register.release(number)
    if release is None:
        raise KeyError(f"There is no release {number}.")
    return Engine(_warehouse(address), release)


def measures() -> dict[str, Measure]:
    """Every measure by key."""
    return _measures(_address())


@st.cache_resource
def _measures(address: Address) -> dict[str, Measure]:
    *_, folder = address
    return catalogue.load(Path(folder) if folder else None)


def figures_of(release: int, key: str, selection: Selection) -> Sequence[Figure]:
    """Figures of a measure as they may be shown under the policy in force."""
    return _figures(_address(), release, key, selection, policy_in_force().key)


def selected_figures(
    release: int, measure: Measure, selected: Selected, by: By = "ccg", per: Per = "month"
) -> Sequence[Figure]:
    """Figures of a measure for what the sidebar has selected, as far as the measure knows it."""
    return selected.within(figures_of(release, measure.key, selected.selection(by, per, measure)), per)


@st.cache_resource(max_entries=2000, show_spinner="Counting ...")
def _figures(address: Address, release: int, key: str, selection: Selection, policy: str) -> tuple[Figure, ...]:
    # figures are frozen, so one copy can serve every reader
    return tuple(figures(measures()[key], selection, _engine(address, release)))


def charts_by_ccg(release: int, key: str) -> Mapping[str, Chart]:
    """The XmR chart of each CCG, by quarter."""
    return _charts(_address(), release, key, policy_in_force().key)


@st.cache_resource(max_entries=500, show_spinner="Looking for signals ...")
def _charts(address: Address, release: int, key: str, policy: str) -> Mapping[str, Chart]:
    return charts_of(_figures(address, release, key, BY_CCG, policy))


def comparison_of(release: int, key: str, estimand: Estimand, selection: Selection = EVERYTHING) -> Comparison:
    """What may be said of early against following CCGs."""
    return _comparison(_address(), release, key, estimand, selection)


@st.cache_resource(max_entries=500, show_spinner="Comparing ...")
def _comparison(address: Address, release: int, key: str, estimand: Estimand, selection: Selection) -> Comparison:
    return compare(measures()[key], _engine(address, release), estimand, selection)


def aligned_figures(release: int, key: str, selection: Selection = EVERYTHING) -> Sequence[Aligned]:
    """Figures by CCG and months since go-live, as they may be shown."""
    return aligned(figures_of(release, key, selection), rollout_of(release, key))


def rollout_of(release: int, key: str) -> Rollout:
    """When the pathway went live, for a measure of real rows or of invented ones."""
    return _rollout(_address(), release, engine(release).is_synthetic(measures()[key].how.table))


@st.cache_resource(max_entries=RELEASES_OPEN, show_spinner="Reading the ledger ...")
def _rollout(address: Address, release: int, synthetic: bool) -> Rollout:
    return rollout(_engine(address, release), synthetic)


def ledger_of(release: int) -> Ledger | None:
    """The rollout ledger with its notes; None where none was received."""
    return _ledger(_address(), release)


@st.cache_resource(max_entries=RELEASES_OPEN, show_spinner="Reading the ledger ...")
def _ledger(address: Address, release: int) -> Ledger | None:
    return ledger(_engine(address, release))


def notes_beside(release: int, figures: Sequence[Figure]) -> Sequence[Note]:
    """The dated notes for a chart of these figures over calendar time; of single CCGs where few are drawn."""
    if not figures:
        return ()
    areas, periods = {figure.area for figure in figures}, [figure.period for figure in figures]
    months = begins(min(periods)), begins(max(periods))
    return notes_on(_notes(_address(), release), areas if len(areas) <= FEW else (), months, figures[0].synthetic)


@st.cache_resource(max_entries=RELEASES_OPEN, show_spinner=False)
def _notes(address: Address, release: int) -> Sequence[Note]:
    return dated_notes(_engine(address, release))


def lags_of(release: int, key: str, selection: Selection = EVERYTHING) -> Sequence[Lag]:
    """How many months each follower is behind the early implementers."""
    return _lags(_address(), release, key, selection, policy_in_force().key)


@st.cache_resource(max_entries=500, show_spinner="Comparing ...")
def _lags(address: Address, release: int, key: str, selection: Selection, policy: str) -> Sequence[Lag]:
    return lags(aligned_figures(release, key, selection), measures()[key].better)


def precedent_of(release: int, ccg: str, key: str) -> Precedent | None:
    """The early implementer that stood where a follower stands in a measure now; None where it stands nowhere."""
    return _precedent(_address(), release, ccg, key, policy_in_force().key)


@st.cache_resource(max_entries=500, show_spinner="Looking who was here before ...")
def _precedent(address: Address, release: int, ccg: str, key: str, policy: str) -> Precedent | None:
    rows = figures_of(release, key, EVERYTHING)
    synthetic = bool(rows) and rows[0].synthetic
    told = _ledger(address, release)
    staff = figures_of(release, STAFF, EVERYTHING)
    alike = told if told and told.synthetic == synthetic else None  # invented deeds never explain real figures
    return precedent(ccg, rows, _rollout(address, release, synthetic), alike, staff if alike else [])


def profile_of(release: int, ccg: str) -> Profile:
    """One CCG on two pages."""
    return _profile(_address(), release, ccg, policy_in_force().key)


@st.cache_resource(max_entries=100, show_spinner="Putting the profile together ...")
def _profile(address: Address, release: int, ccg: str, policy: str) -> Profile:
    return profile(_engine(address, release), ccg, measures(), partial(figures_of, release))


def queues_of(release: int, selection: Selection) -> Sequence[Queues]:
    """The queue for every step of each area."""
    return _queues(_address(), release, selection, policy_in_force().key)


@st.cache_resource(max_entries=200, show_spinner="Counting who waits ...")
def _queues(address: Address, release: int, selection: Selection, policy: str) -> Sequence[Queues]:
    return tuple(queues(_engine(address, release), selection))


def flows_of(release: int, selection: Selection) -> Sequence[Flow]:
    """The pathway of each area as a graph."""
    return _flows(_address(), release, selection, policy_in_force().key)


@st.cache_resource(max_entries=200, show_spinner="Following referrals ...")
def _flows(address: Address, release: int, selection: Selection, policy: str) -> Sequence[Flow]:
    return tuple(flow(_engine(address, release), selection))


def maturity_of(release: int, key: str, selection: Selection) -> Sequence[Maturity]:
    """Which cohorts of a conversion are old enough to judge."""
    return _maturity(_address(), release, key, selection, policy_in_force().key)


@st.cache_resource(max_entries=500, show_spinner="Following referrals ...")
def _maturity(address: Address, release: int, key: str, selection: Selection, policy: str) -> Sequence[Maturity]:
    return tuple(maturity(_engine(address, release), measures()[key], selection))


def curves_of(release: int, key: str, selection: Selection) -> Sequence[Curve]:
    """Conversion by week, from everybody however long followed."""
    return _curves(_address(), release, key, selection, policy_in_force().key)


@st.cache_resource(max_entries=500, show_spinner="Following referrals ...")
def _curves(address: Address, release: int, key: str, selection: Selection, policy: str) -> Sequence[Curve]:
    return tuple(curves(_engine(address, release), measures()[key], selection))


def told_by(release: int) -> Told:
    """Everything a release tells of the 12 CCGs."""
    return _told(_address(), release, policy_in_force().key)


@st.cache_resource(max_entries=RELEASES_OPEN, show_spinner="Reading what the release tells ...")
def _told(address: Address, release: int, policy: str) -> Told:
    known = {key: _figures(address, release, key, BY_CCG, policy) for key in measures()}
    return told_with(_engine(address, release), known)


def changes_of(release: int) -> Changes:
    """What a release tells that the one before it did not."""
    return _changes(_address(), release, policy_in_force().key)


@st.cache_resource(max_entries=RELEASES_OPEN, show_spinner="Comparing with the release before ...")
def _changes(address: Address, release: int, policy: str) -> Changes:
    earlier = [other.number for other in _warehouse(address).register.releases() if other.number < release]
    before = _told(address, max(earlier), policy) if earlier else None
    return changes(measures(), _told(address, release, policy), before)


def findings_of(release: int) -> Sequence[Finding]:
    """The region in three findings."""
    return _findings(_address(), release, policy_in_force().key)


@st.cache_resource(max_entries=RELEASES_OPEN, show_spinner="Finding what to say ...")
def _findings(address: Address, release: int, policy: str) -> Sequence[Finding]:
    return findings(_engine(address, release), measures())


def facts_received(release: int) -> dict[str, dict[str, set[date]]]:
    """Table -> 2015 CCG -> months for which rows arrived, of the tables that anything arrived for."""
    return _facts_received(_address(), release)


@st.cache_resource(max_entries=RELEASES_OPEN, show_spinner="Looking at what arrived ...")
def _facts_received(address: Address, release: int) -> dict[str, dict[str, set[date]]]:
    return months_received(_engine(address, release))


def months_of(release: int) -> Sequence[str]:
    """Every month that anything arrived for, as 2016-05, in order."""
    tables = facts_received(release).values()
    return sorted({f"{month:%Y-%m}" for ccgs in tables for months in ccgs.values() for month in months})


def kept(make: Callable[[str, str, int], Sequence[Card]], page: str, query: str, release: int) -> Sequence[Card]:
    """The cards that `make` draws of a page at an address; they are shared, so nobody may change them."""
    return _kept(_address(), make, page, query, release, policy_in_force().key)


@st.cache_resource(max_entries=300, show_spinner=False)
def _kept(
    address: Address,
    _make: Callable[[str, str, int], Sequence[Card]],
    page: str,
    query: str,
    release: int,
    policy: str,
) -> Sequence[Card]:
    return _make(page, query, release)


def releases() -> list[Release]:
    """Every release, the newest first; read each time, for another may have been published."""
    return _warehouse(_address()).register.releases()
