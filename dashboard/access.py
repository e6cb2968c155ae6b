"""Who may see what: settings of whoever runs the dashboard, never of a reader."""

import streamlit as st

from metrics import practice_names


def practices_named() -> bool:
    """Whether practices may be named one by one: NAMED_PRACTICES=allowed in the environment or in the secrets."""
    st.secrets.load_if_toml_exists()  # which puts them into the environment
    return practice_names.practices_named()
