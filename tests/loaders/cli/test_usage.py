"""What `python -m loaders` says of itself, and of what it cannot make sense of."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.loaders.cli.typed import run


def test_help_names_every_command() -> None:
    result = run("--help")
    assert result.exit_code == 0
    for command in ("load", "demo", "releases", "sweep"):
        assert command in result.stdout


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("load", ["paths", "--mapping", "--as-at", "--from-url", "--view", "--dry-run", "--warehouse"]),
        ("demo", ["--folder", "--seed", "--effect", "--no-effect", "--warehouse"]),
        ("releases", ["--quiet", "--warehouse"]),
        ("sweep", ["--older-than-hours", "--warehouse"]),
    ],
)
def test_help_of_a_command_names_its_options(command: str, options: list[str]) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert [option for option in options if option not in result.stdout] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["load"], "Give files, or --from-url together with --view"),
        (["load", "x.csv", "--from-url", "sqlite://", "--view", "v"], "Give files, or --from-url together with --view"),
        (["load", "--from-url", "sqlite://"], "Give files, or --from-url together with --view"),
        (["load", "--view", "v"], "Give files, or --from-url together with --view"),
        (["load", "x.csv", "--as-at", "2015-13"], "2015-13"),
        (["load", "x.csv", "--as-at", "April"], "April"),
        (["load", "x.csv", "--sheet", "1"], "--sheet"),
        (["sweep", "--older-than-hours", "-1"], "--older-than-hours"),
        (["unload"], "unload"),
        ([], "Usage"),
    ],
)
def test_a_usage_error_ends_with_2(words: list[str], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in " ".join(result.output.replace("│", "").split())


def test_the_module_runs_as_a_program() -> None:
    command = [sys.executable, "-m", "loaders", "load"]
    ended = subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "Give files" in ended.stderr
