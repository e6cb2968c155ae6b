"""Figures as they may be shown, and what is read from them alone."""

from collections.abc import Sequence

import streamlit as st

from dashboard.cached.releases import RELEASES_OPEN, Address, address_now, engine_at, measures, rollout_of
from dashboard.selected import Selected
from dashboard.words import FEW
from metrics.comparison.alignment import Aligned, aligned
from metrics.comparison.compare import EVERYTHING
from metrics.dated_notes import Note, dated_notes, notes_on
from metrics.disclosure import policy_in_force
from metrics.figure import Figure
from metrics.figures import figures
from metrics.measure import Measure
from metrics.periods import Per, begins, last_month
from metrics.selection import By, Selection


def figures_of(release: int, key: str, selection: Selection) -> Sequence[Figure]:
    """Figures of a measure as they may be shown under the policy in force."""
    return figures_at(address_now(), release, key, selection, policy_in_force().key)


def selected_figures(
    release: int, measure: Measure, selected: Selected, by: By = "ccg", per: Per = "month"
) -> Sequence[Figure]:
    """Figures of a measure for what the sidebar has selected, as far as the measure knows it."""
    return selected.within(figures_of(release, measure.key, selected.selection(by, per, measure)), per)


@st.cache_resource(max_entries=2000, show_spinner="Counting ...")
def figures_at(address: Address, release: int, key: str, selection: Selection, policy: str) -> tuple[Figure, ...]:
    """The same at an address and under a policy: what the answers are kept by."""
    # figures are frozen, so one copy can serve every reader
    return tuple(figures(measures()[key], selection, engine_at(address, release)))


def aligned_figures(release: int, key: str, selection: Selection = EVERYTHING) -> Sequence[Aligned]:
    """Figures by CCG and months since go-live, as they may be shown."""
    return aligned(figures_of(release, key, selection), rollout_of(release, key))


def notes_beside(release: int, figures: Sequence[Figure]) -> Sequence[Note]:
    """The dated notes of the periods of these figures, for a chart over time; of single CCGs where few are drawn."""
    if not figures:
        return ()
    areas, periods = {figure.area for figure in figures}, [figure.period for figure in figures]
    months = begins(min(periods)), last_month(max(periods))
    return notes_on(_notes(address_now(), release), areas if len(areas) <= FEW else (), months, figures[0].synthetic)


@st.cache_resource(max_entries=RELEASES_OPEN, show_spinner=False)
def _notes(address: Address, release: int) -> Sequence[Note]:
    return dated_notes(engine_at(address, release))
