from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from loaders.warehouse import Warehouse
from tests.loaders.cli.typed import written
from tests.loaders.returns_made import JUNE, counted


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
