"""The one seam where answers are kept: keyed by the release's number and plain values.

A release never changes, so nothing here goes stale; publishing another one only adds keys.
"""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from loaders.register import Release
from loaders.warehouse import Warehouse
from metrics import catalogue
from metrics.disclosure import policy_in_force
from metrics.engines import Engine
from metrics.figure import Figure
from metrics.figures import figures
from metrics.measure import Measure
from metrics.receipt import months_received
from metrics.selection import Selection

RELEASES_OPEN = 3
"""Releases whose files are kept open at once: the newest, and those that someone compares it with."""


@st.cache_resource
def warehouse() -> Warehouse:
    """The warehouse named by WAREHOUSE and CATALOGUE_URL."""
    return Warehouse()


@st.cache_resource(max_entries=RELEASES_OPEN, show_spinner="Opening the release ...")
def engine(number: int) -> Engine:
    """An engine over one release."""
    release = warehouse().register.release(number)
    if release is None:
        raise KeyError(f"There is no release {number}.")
    return Engine(warehouse(), release)


@st.cache_resource
def measures() -> dict[str, Measure]:
    """Every measure by key."""
    return catalogue.load()


def figures_of(release: int, key: str, selection: Selection) -> Sequence[Figure]:
    """Figures of a measure as they may be shown under the policy in force."""
    return _figures(release, key, selection, policy_in_force().key)


@st.cache_resource(max_entries=2000, show_spinner=False)
def _figures(release: int, key: str, selection: Selection, policy: str) -> tuple[Figure, ...]:
    # figures are frozen, so one copy can serve every reader
    return tuple(figures(measures()[key], selection, engine(release)))


def releases() -> list[Release]:
    """Every release, the newest first; read each time, for another may have been published."""
    return warehouse().register.releases()


@st.cache_resource(max_entries=RELEASES_OPEN, show_spinner=False)
def facts_received(number: int) -> dict[str, dict[str, set[date]]]:
    """Table -> 2015 CCG -> months for which rows arrived, of the tables that anything arrived for."""
    return months_received(engine(number))
