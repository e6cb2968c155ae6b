"""What is kept of a release whatever is asked of it: its files, its definitions, its ledger, what arrived."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import streamlit as st

from loaders.register import Release
from loaders.warehouse import Warehouse
from metrics import catalogue
from metrics.engines import Engine
from metrics.ledger import Ledger, ledger
from metrics.live import Rollout, rollout
from metrics.measure import Measure
from metrics.receipt import months_received

RELEASES_OPEN = 3
"""Releases whose files are kept open at once: the newest, and those that someone compares it with."""


Address = tuple[str, str, str]
"""Where the warehouse and the definitions are: WAREHOUSE, CATALOGUE_URL and DEFINITIONS.

Part of every key, or two warehouses would share answers.
"""


def address_now() -> Address:
    """The address that the environment gives."""
    place, catalogue, definitions = (os.environ.get(name, "") for name in ("WAREHOUSE", "CATALOGUE_URL", "DEFINITIONS"))
    return place, catalogue, definitions


@st.cache_resource
def warehouse_at(address: Address) -> Warehouse:
    """The warehouse at an address."""
    place, catalogue, _ = address
    return Warehouse(place or None, catalogue or None)


def releases() -> Sequence[Release]:
    """Every release, the newest first. Which one is the newest is asked each time."""
    return _releases(address_now(), warehouse_at(address_now()).register.newest())


@st.cache_resource(max_entries=RELEASES_OPEN, show_spinner=False)
def _releases(address: Address, newest: int) -> Sequence[Release]:
    return warehouse_at(address).register.releases()


def engine(number: int) -> Engine:
    """An engine over one release."""
    return engine_at(address_now(), number)


@st.cache_resource(max_entries=RELEASES_OPEN, show_spinner="Opening the release ...")
def engine_at(address: Address, number: int) -> Engine:
    """An engine over one release. Raises KeyError when there is none of this number."""
    release = warehouse_at(address).register.release(number)
    if release is None:
        raise KeyError(f"There is no release {number}.")
    return Engine(warehouse_at(address), release)


def measures() -> dict[str, Measure]:
    """Every measure by key."""
    return _measures(address_now())


@st.cache_resource
def _measures(address: Address) -> dict[str, Measure]:
    *_, folder = address
    return catalogue.load(Path(folder) if folder else None)


def rollout_of(release: int, key: str) -> Rollout:
    """When the pathway went live, for a measure of real rows or of invented ones."""
    return rollout_at(address_now(), release, engine(release).is_synthetic(measures()[key].how.table))


@st.cache_resource(max_entries=RELEASES_OPEN, show_spinner="Reading the ledger ...")
def rollout_at(address: Address, release: int, synthetic: bool) -> Rollout:
    """When the pathway went live, by the real ledger or by the invented one."""
    return rollout(engine_at(address, release), synthetic)


def ledger_of(release: int) -> Ledger | None:
    """The rollout ledger with its notes; None where none was received."""
    return ledger_at(address_now(), release)


@st.cache_resource(max_entries=RELEASES_OPEN, show_spinner="Reading the ledger ...")
def ledger_at(address: Address, release: int) -> Ledger | None:
    """The rollout ledger; None where none was received."""
    return ledger(engine_at(address, release))


def facts_received(release: int) -> dict[str, dict[str, set[date]]]:
    """Table -> 2015 CCG -> months for which rows arrived, of the tables that anything arrived for."""
    return _facts_received(address_now(), release)


@st.cache_resource(max_entries=RELEASES_OPEN, show_spinner="Looking at what arrived ...")
def _facts_received(address: Address, release: int) -> dict[str, dict[str, set[date]]]:
    return months_received(engine_at(address, release))


def months_of(release: int) -> Sequence[str]:
    """Every month that anything arrived for, as 2016-05, in order."""
    return _months(address_now(), release)


@st.cache_resource(max_entries=RELEASES_OPEN, show_spinner=False)
def _months(address: Address, release: int) -> Sequence[str]:
    tables = _facts_received(address, release).values()
    return sorted({f"{month:%Y-%m}" for ccgs in tables for months in ccgs.values() for month in months})
