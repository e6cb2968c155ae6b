"""The dashboard under test, over the demo and over nothing."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

NAVIGATION = Path(__file__).parents[2] / "dashboard" / "navigation.py"


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, demo_warehouse: Path) -> AppTest:
    """The dashboard over the demo, not yet run."""
    monkeypatch.setenv("WAREHOUSE", str(demo_warehouse))
    return AppTest.from_file(str(NAVIGATION), default_timeout=60)


@pytest.fixture
def empty_app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppTest:
    """The dashboard over a warehouse in which nothing was published."""
    monkeypatch.setenv("WAREHOUSE", str(tmp_path / "warehouse"))
    return AppTest.from_file(str(NAVIGATION), default_timeout=60)
