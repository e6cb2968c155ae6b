"""The project keeps its own promises: commands, pins, checks, settings, and no trace of one machine."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import streamlit as st

ROOT = Path(__file__).parents[1]
PIN = re.compile(r"^(?P<name>[\w.-]+)(\[[\w,-]+\])?==(?P<version>[\w.]+)\s*(;[^#]*)?(?P<why>#.*)?$")

Pins = dict[str, tuple[str, str]]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(name: str) -> Pins:
    """Package to version and comment; a line that is no exact pin is an error."""
    lines = [line for line in text(name).splitlines() if line.strip() and not line.lstrip().startswith(("#", "-r "))]
    found = {line: PIN.match(line) for line in lines}
    assert all(found.values()), f"{name}: not pinned with ==: {[line for line, pin in found.items() if not pin]}"
    return {pin["name"].lower(): (pin["version"], pin["why"] or "") for pin in found.values() if pin}


# ---- Commands


def test_every_make_command_in_the_readme_exists() -> None:
    promised = set(re.findall(r"\bmake ([a-z]+)\b", "\n".join(re.findall(r"^    .*|`[^`]+`", text("README.md"), re.M))))
    assert {"run", "test", "load"} <= promised
    assert promised <= set(re.findall(r"^([a-z]+):", text("Makefile"), re.M))


def test_every_python_command_in_the_readme_exists() -> None:
    own = set(re.findall(r"python -m (\w+)", text("README.md"))) - {"venv", "pip", "pytest"}
    assert own == {"loaders", "metrics", "dashboard"}
    assert [name for name in sorted(own) if not (ROOT / name / "__main__.py").is_file()] == []


def test_every_folder_in_the_readme_exists() -> None:
    folders = re.findall(r"^\| `([\w/]+/)` \|", text("README.md"), re.M)
    assert folders
    assert [folder for folder in folders if not (ROOT / folder).is_dir()] == []


def test_continuous_integration_checks_and_tests() -> None:
    script = text(".ci/run").splitlines()
    assert "set -euo pipefail" in script
    assert script.index("make check") < script.index("make test")
    if os.name == "posix":
        assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_the_changelog_has_a_place_for_what_comes_next() -> None:
    sections = re.findall(r"^## (.*)", text("CHANGELOG.md"), re.M)
    assert sections[0] == "Unreleased"


# ---- Dependencies


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_every_requirement_is_pinned_and_says_why(name: str) -> None:
    assert [package for package, (_, why) in pins(name).items() if not why] == []


@pytest.mark.parametrize(
    ("wanted", "lock"),
    [
        ("requirements.txt", "requirements.lock"),
        ("requirements-test.txt", "requirements-test.lock"),
        ("requirements.lock", "requirements-test.lock"),  # tests run on the very versions that the product runs on
    ],
)
def test_locks_hold_the_pinned_versions(wanted: str, lock: str) -> None:
    locked = {package: version for package, (version, _) in pins(lock).items()}
    differs = {package: version for package, (version, _) in pins(wanted).items() if locked.get(package) != version}
    assert differs == {}, "run `make lock`"


def imported(folder: str) -> Iterator[str]:
    """Top-level names of other people's packages that the code in a folder imports."""
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.split(".")[0]


@pytest.mark.parametrize(
    ("folders", "files"),
    [
        (["loaders", "metrics", "dashboard"], ["requirements.txt"]),
        (["tests"], ["requirements.txt", "requirements-test.txt"]),
    ],
)
def test_what_is_imported_is_required_by_name(folders: list[str], files: list[str]) -> None:
    required = {package.replace("_", "-") for file in files for package in pins(file)}
    # the benchmark makes a place of its own for each package it is held against: their pins do not agree with ours
    own = {"loaders", "metrics", "dashboard", "tests", "nhs_waiting_lists", "kaleido"}
    distributions = packages_distributions()
    others = {name for folder in folders for name in imported(folder)} - own - set(sys.stdlib_module_names)
    missing = [
        name
        for name in sorted(others)
        if not required & {found.lower().replace("_", "-") for found in distributions.get(name, [])}
    ]
    assert missing == []


# ---- Settings of Streamlit


def settings() -> dict[str, object]:
    def flat(table: dict[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
        for key, value in table.items():
            if isinstance(value, dict):
                yield from flat(value, f"{prefix}{key}.")
            else:
                yield f"{prefix}{key}", value

    return dict(flat(tomllib.loads(text(".streamlit/config.toml"))))


def test_streamlit_knows_every_setting() -> None:
    for key in settings():
        st.get_option(key)  # raises for a name it does not know, which the server would only log


def test_nothing_is_served_or_reported_beyond_this_machine() -> None:
    values = settings()
    assert values["server.address"] == "127.0.0.1"
    assert values["browser.gatherUsageStats"] is False
    assert values["client.showErrorDetails"] == "none"


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB, as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: object, other: object) -> float:
    darker, lighter = sorted(luminance(str(colour)) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_reproduces_published_values() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)  # WCAG 2.2, definition of contrast ratio
    assert contrast("#005EB8", "#FFFFFF") == pytest.approx(6.38, abs=0.01)  # NHS blue on white


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_edges_can_be_seen_in_both_themes(theme: str) -> None:
    values = settings()
    page = values[f"theme.{theme}.backgroundColor"]
    panel = values[f"theme.{theme}.secondaryBackgroundColor"]
    for name in ("textColor", "linkColor"):
        assert contrast(values[f"theme.{theme}.{name}"], page) >= 4.5
        assert contrast(values[f"theme.{theme}.{name}"], panel) >= 4.5
    primary = values[f"theme.{theme}.primaryColor"]
    assert contrast(primary, page) >= 4.5, "the open tab"
    assert contrast(primary, "#FFFFFF") >= 4.5, "the words on a button"
    assert contrast(values[f"theme.{theme}.borderColor"], page) >= 3


# ---- No trace of one machine


def test_no_tracked_file_names_a_place_on_one_machine() -> None:
    places = re.compile(r"(?<![\w.~])/(?:work|root|home|tmp|Users)/\w|\b[A-Z]:\\Users\\")
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    names = [name for name in tracked.split("\0") if name and (ROOT / name).is_file()]
    assert names
    found = [
        f"{name}: {place.group()}"
        for name in names
        for place in places.finditer((ROOT / name).read_text(encoding="utf-8", errors="ignore"))
    ]
    assert found == []
