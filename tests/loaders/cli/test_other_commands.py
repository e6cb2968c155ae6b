"""`python -m loaders` releases, sweep and demo, as the person typing them sees them."""

from pathlib import Path

import pytest

from loaders import __main__ as cli
from loaders.warehouse import Warehouse
from tests.loaders.cli.typed import run, written
from tests.loaders.returns_made import JUNE, counted, figures


def test_releases_are_listed_the_newest_first(warehouse: Warehouse, sent: Path, tmp_path: Path) -> None:
    run("load", sent)
    run("load", written(tmp_path / "more.csv", counted(JUNE, drawn="2015-09-10", sender="DS2")))
    result = run("releases")
    assert result.exit_code == 0
    assert [line.split() for line in result.stdout.splitlines()] == [
        [number, *_when(warehouse, number), "UTC", number, "submissions", rows, "rows"]
        for number, rows in (("2", "4"), ("1", "2"))
    ]


def _when(warehouse: Warehouse, number: str) -> list[str]:
    release = warehouse.register.release(int(number))
    assert release
    return release.published.strftime("%d %b %Y %H:%M").split()


def test_a_warehouse_without_a_release_says_what_to_run(warehouse: Warehouse) -> None:
    result = run("releases")
    assert result.exit_code == 0
    assert "Nothing has been published yet. Run `python -m loaders demo`" in result.stdout


def test_quiet_tells_by_the_exit_code_alone_whether_there_is_a_release(warehouse: Warehouse, sent: Path) -> None:
    nothing = run("releases", "--quiet")
    run("load", sent)
    something = run("releases", "--quiet")
    assert [(result.exit_code, result.output) for result in (nothing, something)] == [(1, ""), (0, "")]


def test_sweep_says_what_it_removed(warehouse: Warehouse, sent: Path) -> None:
    run("load", sent)
    left = Path(warehouse.location) / "pathway" / "practice_coding" / "data" / "half.parquet"
    left.write_bytes(b"")
    assert run("sweep").stdout == "Removed 0 snapshots and 0 files that no release names.\n"  # younger than a day
    result = run("sweep", "--older-than-hours", "0")
    assert (result.exit_code, result.stdout) == (0, "Removed 0 snapshots and 1 file that no release names.\n")
    assert figures(warehouse) == {"DS1": JUNE}


def test_the_demo_is_written_and_loaded(warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, object] = {}

    def write(folder: Path, **options: object) -> list[Path]:
        asked.update(options, folder=folder)
        return [written(tmp_path / "demo.csv", counted(JUNE, drawn="2015-09-10", status="synthetic"))]

    monkeypatch.setattr(cli, "write_demo", write)
    result = run("demo", "--folder", tmp_path / "files", "--seed", 3, "--no-effect")
    assert result.exit_code == 0
    assert asked == {"folder": tmp_path / "files", "seed": 3, "effect": False}
    assert f"Wrote 1 synthetic file to {tmp_path / 'files'}." in result.stderr
    assert figures(warehouse) == {"synthetic coding DS1": JUNE}
