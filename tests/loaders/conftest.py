from pathlib import Path

import pytest
import sqlalchemy as sa

from loaders.tables import LIST_SIZE, PRACTICE_CODING, RECEIVED
from loaders.warehouse import Warehouse


@pytest.fixture
def few_tables(monkeypatch: pytest.MonkeyPatch) -> sa.MetaData:
    """A warehouse of three tables: making all of them takes most of the time of a small load."""
    few = sa.MetaData()
    for table in (PRACTICE_CODING, LIST_SIZE, RECEIVED):
        table.to_metadata(few)
    for module in ("warehouse", "new_rows"):
        monkeypatch.setattr(f"loaders.{module}.FACTS", few)
    return few


@pytest.fixture
def warehouse(tmp_path: Path, few_tables: sa.MetaData) -> Warehouse:
    return Warehouse(str(tmp_path / "warehouse"))
