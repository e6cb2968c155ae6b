"""`python -m loaders`, as the person typing it sees it: what is printed, and how it ends."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner, Result

from loaders import __main__ as cli
from loaders.register import PublishedMeanwhile, Register
from loaders.warehouse import Warehouse
from tests.loaders.given import csv_of
from tests.loaders.returns_made import counted, figures, month_counted, newest, rows_in
from tests.loaders.test_list_sizes import HEADER, line

JUNE = {"2015-06": 31}


@pytest.fixture
def warehouse(tmp_path: Path, few_tables: sa.MetaData, monkeypatch: pytest.MonkeyPatch) -> Iterator[Warehouse]:
    """The warehouse that the commands use without being told another."""
    monkeypatch.setenv("WAREHOUSE", str(tmp_path / "warehouse"))
    monkeypatch.delenv("CATALOGUE_URL", raising=False)
    warehouse = Warehouse()
    yield warehouse
    warehouse.close()


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    return written(tmp_path / "sent.csv", counted(JUNE, drawn="2015-09-10"))


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def run(*words: object) -> Result:
    """What a command prints and its exit code; an exception that it does not explain fails."""
    result = CliRunner().invoke(cli.app, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


# ---- Help


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
    ended = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "Give files" in ended.stderr


# ---- Load


def test_a_load_says_what_it_published(warehouse: Warehouse, sent: Path) -> None:
    result = run("load", sent)
    assert (result.exit_code, result.stdout) == (0, "Published release 1: 1 file, 0 warnings.\n")
    assert figures(warehouse) == {"DS1": JUNE}


def test_the_same_file_twice_is_said_to_change_nothing(warehouse: Warehouse, sent: Path, tmp_path: Path) -> None:
    run("load", sent)
    result = run("load", sent)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "1 file was loaded before and would change nothing.",
        "Nothing to publish: the release stays as it is.",
    ]
    copy = written(tmp_path / "copy.csv", sent.read_bytes())
    assert "2 files were loaded before" in run("load", sent, copy).stdout


def test_a_file_that_comes_late_is_named(warehouse: Warehouse, sent: Path, tmp_path: Path) -> None:
    run("load", sent)
    late = written(tmp_path / "late.csv", counted(JUNE, drawn="2015-08-10"))
    result = run("load", late)
    assert result.exit_code == 0
    assert result.stdout.startswith("late.csv: a file drawn later stands already for every month of it")


def test_a_warning_is_printed_and_the_file_loads(warehouse: Warehouse, tmp_path: Path) -> None:
    result = run("load", written(tmp_path / "sent.csv", counted({"2015-09": 31}, drawn="2015-09-10")))
    assert (result.exit_code, result.stdout) == (0, "Published release 1: 1 file, 1 warning.\n")
    assert result.stderr.startswith("warning  sent.csv, row 2, column 'month': '2015-09-01': The month was not over")


def test_a_refusal_names_every_problem_of_every_file_and_ends_with_1(
    warehouse: Warehouse, sent: Path, tmp_path: Path
) -> None:
    bad = written(tmp_path / "bad.csv", counted({"2015-06": "many", "2015-07": -1}, drawn="2015-09-10"))
    empty = written(tmp_path / "empty.csv", b"")
    result = run("load", sent, bad, empty)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "error    bad.csv, row 2, column 'episodes': 'many': This is not a whole number. Correct it.",
        "error    bad.csv, row 3, column 'episodes': '-1': The value is below 0. Correct it.",
        "error    empty.csv: The file is empty. Export it again.",
        "Refused: 3 errors. The published release has not changed.",
    ]
    assert warehouse.register.release() is None
    assert len(warehouse.register.problems()) == 3


def test_of_many_problems_the_first_are_printed_and_all_are_kept(warehouse: Warehouse, tmp_path: Path) -> None:
    rows = [month_counted("2015-06", "many", "2015-09-10", practice=f"A8{n:04}") for n in range(100)]
    result = run("load", written(tmp_path / "bad.csv", csv_of(rows)))
    assert len([line for line in result.stderr.splitlines() if line.startswith("error")]) == cli.SHOWN
    assert "... and 60 more" in result.stderr
    assert "Refused: 100 errors." in result.stderr
    assert len(warehouse.register.problems()) == 100


def test_a_dry_run_says_that_nothing_was_written(warehouse: Warehouse, sent: Path, tmp_path: Path) -> None:
    result = run("load", sent, "--dry-run")
    assert result.exit_code == 0
    assert result.stdout == "Nothing was written: this was a dry run, and no file would be refused.\n"
    refused = run("load", written(tmp_path / "bad.csv", counted({"2015-06": "many"}, drawn="2015-09-10")), "--dry-run")
    assert refused.exit_code == 1
    assert "'many'" in refused.stderr
    assert (warehouse.register.release(), warehouse.register.submissions(), warehouse.register.problems()) == (
        None,
        [],
        [],
    )


def test_the_month_of_an_undated_file_is_said(warehouse: Warehouse, tmp_path: Path) -> None:
    lists = written(tmp_path / "lists.csv", f"{HEADER}\n{line('A81001', '00K00', [3])}\n".encode())
    refused = run("load", lists)
    assert refused.exit_code == 1
    assert "--as-at" in refused.stderr
    assert run("load", lists, "--as-at", "2016-02").exit_code == 0
    assert [str(row["month"]) for row in rows_in(warehouse, newest(warehouse), "list_size")] == ["2016-01-01"]


def test_an_unknown_mapping_is_refused(warehouse: Warehouse, sent: Path) -> None:
    result = run("load", sent, "--mapping", "nobody")
    assert result.exit_code == 1
    assert "nobody.toml: There is no such mapping. Known are:" in result.stderr


def test_a_view_of_a_database_is_loaded_like_a_file(warehouse: Warehouse, tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'practice.db'}")
    row = month_counted("2015-06", 31, "2015-09-10")
    with engine.begin() as connection:
        connection.exec_driver_sql(f"create table coding ({', '.join(row)})")
        connection.exec_driver_sql(f"insert into coding values ({', '.join(repr(value) for value in row.values())})")
    engine.dispose()
    result = run("load", "--from-url", f"sqlite:///{tmp_path / 'practice.db'}", "--view", "coding")
    assert (result.exit_code, figures(warehouse)) == (0, {"DS1": JUNE})
    gone = run("load", "--from-url", f"sqlite:///{tmp_path / 'practice.db'}", "--view", "codes")
    assert gone.exit_code == 1
    assert "no such table or view" in gone.stderr


def test_a_load_that_others_overtake_says_to_run_it_again(
    warehouse: Warehouse, sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*_: object) -> None:
        raise PublishedMeanwhile("Release 1 was published meanwhile: run again.")

    monkeypatch.setattr(Register, "publish", taken)
    result = run("load", sent)
    assert (result.exit_code, result.stderr) == (1, "Release 1 was published meanwhile: run again.\n")


# ---- The other commands


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


# ---- A warehouse that cannot be opened


@pytest.mark.parametrize("command", [["load", "sent.csv"], ["releases"], ["sweep"]])
def test_a_warehouse_that_is_a_file_is_named(tmp_path: Path, command: list[str]) -> None:
    result = run(*command, "--warehouse", written(tmp_path / "warehouse", b""))
    assert result.exit_code == 1
    assert result.stderr.startswith("The warehouse cannot be opened: ")
    assert "Check --warehouse and CATALOGUE_URL." in result.stderr


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql+psycopg://me:secret@127.0.0.1:1/pathway", "Connection refused"),
        ("nosuch+driver://me:secret@host/pathway", "nosuch"),
        ("me:secret@host", "Could not parse"),
    ],
)
def test_a_catalogue_that_does_not_answer_is_told_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, said: str
) -> None:
    monkeypatch.setenv("CATALOGUE_URL", address)
    result = run("releases", "--warehouse", tmp_path)
    assert result.exit_code == 1
    assert said in result.stderr
    assert "secret" not in result.output


def test_a_newer_warehouse_is_refused_with_what_to_run(warehouse: Warehouse) -> None:
    engine = sa.create_engine(f"sqlite:///{Path(warehouse.location) / 'catalogue.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("insert into warehouse values (99)")
    engine.dispose()
    result = run("releases")
    assert result.exit_code == 1
    assert "layout 99" in result.stderr
    assert "git pull, then make setup" in result.stderr
