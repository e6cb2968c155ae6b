"""A warehouse that `python -m loaders` cannot open: what is wrong, and what to do."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from loaders.warehouse import Warehouse
from tests.loaders.cli.typed import run, written


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
