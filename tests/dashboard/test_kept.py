"""What was drawn before is not drawn again, and nothing is mistaken for something else."""

from pathlib import Path
from runpy import run_path

import pytest

from dashboard import cached

DRAWN: list[str] = []


def _draw(key: str, release: int) -> str:
    DRAWN.append(key)
    return f"{key} of release {release}"


@pytest.fixture(autouse=True)
def _nothing_drawn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    DRAWN.clear()
    monkeypatch.setenv("WAREHOUSE", str(tmp_path))  # so that no test finds what another left


def test_the_same_values_are_drawn_once_and_others_anew() -> None:
    assert cached.kept(_draw, "waits", 1) is cached.kept(_draw, "waits", 1)
    assert cached.kept(_draw, "waits", 2) == "waits of release 2"
    assert DRAWN == ["waits", "waits"]


def test_another_warehouse_or_policy_is_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("WAREHOUSE", "elsewhere"), ("DISCLOSURE", "mhsds")):
        cached.kept(_draw, name, 1)
        monkeypatch.setenv(name, value)
        cached.kept(_draw, name, 1)

    assert DRAWN == ["WAREHOUSE", "WAREHOUSE", "DISCLOSURE", "DISCLOSURE"]


def test_functions_of_one_name_on_two_pages_are_told_apart(tmp_path: Path) -> None:
    """Streamlit runs every page as __main__."""
    found = []
    for page in ("waiting", "compare"):
        script = tmp_path / f"{page}.py"
        script.write_text(f"def _cards(release):\n    return '{page}'\n")
        found.append(cached.kept(run_path(str(script), run_name="__main__")["_cards"], 1))

    assert found == ["waiting", "compare"]


def test_a_function_that_may_know_more_than_its_arguments_is_refused() -> None:
    with pytest.raises(ValueError, match="may know more than its arguments"):
        cached.kept(lambda release: release, 1)
