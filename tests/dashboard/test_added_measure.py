"""To add a measure is to add a file: with one more definition, and nothing else, every page and the manual have it."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics.catalogue import DEFINITIONS, load
from metrics.engines import Engine
from metrics.figures import figures
from metrics.manual import manual
from metrics.selection import Selection
from tests.dashboard.page import charts, html, opened

NAME = "Scans among low back pain"
DEFINITION = f"""
name = "{NAME}"
question = "Of patients with new low back pain, what share were sent for a scan?"
family = "adoption"
order = 99
unit = "%"
decimals = 0
better = "lower"
source = "GP record searches"
owner = "A test"
reviewed = 2026-11-22
caveat = "Written by a test."

[how]
kind = "proportion"
table = "practice_coding"
numerator = ["gp_lumbar_mri"]
denominator = ["episodes"]

[target]
value = 5
source = "A test; no published document gives it"
verified = false
"""


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, app: AppTest) -> AppTest:
    """The dashboard over the demo, with one definition more."""
    folder = tmp_path / "definitions"
    shutil.copytree(DEFINITIONS, folder)
    (folder / "scans_among_back_pain.toml").write_text(DEFINITION, encoding="utf-8")
    monkeypatch.setenv("DEFINITIONS", str(folder))
    return app


def _open(app: AppTest, page: str, **choices: str) -> str:
    """Everything that a page says."""
    opened(app, page, **choices)
    written = [text.value for text in app.markdown]
    return " ".join(
        [html(app), *written, *(text.value for text in app.subheader), *(one.label for one in app.expander)]
    )


def test_the_overview_has_a_column_for_it_with_its_target(added: AppTest) -> None:
    page = _open(added, "overview")
    head = page[page.index("<thead>") : page.index("</thead>")]
    assert f">{NAME}</a>" in head
    assert "target 5% (unverified)" in head
    assert "scans+among" in page.lower()  # and links to its page


def test_its_own_page_draws_its_figures(added: AppTest, demo: Engine) -> None:
    _open(added, "measure", measure=f"Adoption: {NAME}", by="The region")
    expected = figures(load()["scans_among_back_pain"], Selection(by="region"), demo)
    spec = charts(added)[0]
    line = next(trace for trace in spec["data"] if trace.get("name"))
    assert line["y"] == [figure.value for figure in expected]


def test_compare_has_it(added: AppTest) -> None:
    assert f"{NAME}: " in _open(added, "compare", measure=f"Adoption: {NAME}")


def test_the_profile_of_a_ccg_has_it(added: AppTest) -> None:
    assert NAME in _open(added, "profile", ccg="South Tees")


def test_the_definitions_and_the_manual_have_it(added: AppTest) -> None:
    assert f"Adoption: {NAME}" in _open(added, "definitions", search="written by a test")
    assert f"### {NAME}" in manual(load())


def test_without_the_file_nobody_has_it(app: AppTest) -> None:
    assert NAME not in _open(app, "overview")
    assert NAME not in manual(load())
