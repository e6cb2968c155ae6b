"""`python -m loaders load`, as the person typing it sees it: what is printed, and how it ends."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from loaders import __main__ as cli
from loaders.register import PublishedMeanwhile, Register
from loaders.warehouse import Warehouse
from tests.loaders.cli.typed import run, written
from tests.loaders.given import csv_of
from tests.loaders.returns_made import JUNE, counted, figures, month_counted, newest, rows_in
from tests.loaders.test_list_sizes import HEADER, line


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
