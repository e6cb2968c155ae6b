"""What was drawn before. Drawing a chart costs more than all else on a page, so a choice made before costs little."""

from collections.abc import Callable
from inspect import getfile
from typing import TypeVar, TypeVarTuple

import streamlit as st

from dashboard.cached.releases import Address, address_now
from metrics.disclosure import policy_in_force

Plain = TypeVarTuple("Plain")
Made = TypeVar("Made")


def kept(make: Callable[[*Plain], Made], *plain: *Plain) -> Made:
    """What a function makes of plain values and of a release, of nothing else. It is shared: nobody may change it.

    Raises ValueError for a function within another, which may know more than its arguments.
    """
    name = getattr(make, "__qualname__", "<nameless>")
    if "<" in name:
        raise ValueError(f"{name} may know more than its arguments: give it a place of its own in a module.")
    # a page runs as __main__, whichever it is: files tell functions apart
    return _kept(address_now(), policy_in_force().key, f"{getfile(make)}:{name}", plain, make)


@st.cache_resource(max_entries=1000, show_spinner="Drawing ...")
def _kept(address: Address, policy: str, name: str, plain: tuple[*Plain], _make: Callable[[*Plain], Made]) -> Made:
    return _make(*plain)
