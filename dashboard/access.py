"""Who may see what: settings of whoever runs the dashboard, never of a reader."""

import os

import streamlit as st

NAMED = "NAMED_PRACTICES"
ALLOWED = "allowed"


def practices_named() -> bool:
    """Whether practices may be named one by one: NAMED_PRACTICES=allowed in the environment or in the secrets."""
    st.secrets.load_if_toml_exists()  # which puts them into the environment
    return os.environ.get(NAMED) == ALLOWED
