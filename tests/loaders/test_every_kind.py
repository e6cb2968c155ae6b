"""One return of every kind in one release: no row is lost between reading it and the files of the tables."""

from collections import Counter
from collections.abc import Iterator

import pyarrow as pa
import pytest

from loaders.columns import arrow_schema
from loaders.kinds import KINDS, recognise
from loaders.loading import load_sources
from loaders.reading import Source, open_bytes
from loaders.submission import Instructions, Reading
from loaders.tables import FACTS
from loaders.warehouse import Warehouse
from tests.loaders import test_boundaries
from tests.loaders.returns_made import newest, rows_in
from tests.loaders.returns_of_every_kind import RETURNS

AGAIN = ("activity workbook", "events", "rollout workforce")
"""These say the same as another."""


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    tables = [open_bytes(sent.name, sent.content)[0] for kind, sent in RETURNS.items() if kind not in AGAIN]
    return [*tables, test_boundaries.sent(test_boundaries.feature())]


@pytest.fixture(scope="module")
def readings(sources: list[Source]) -> list[Reading]:
    return [recognise(source).read(source, Instructions()) for source in sources]


@pytest.fixture(scope="module")
def warehouse(sources: list[Source], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    warehouse = Warehouse(str(tmp_path_factory.mktemp("warehouse")))
    load_sources(sources, warehouse)
    yield warehouse
    warehouse.close()


def test_every_kind_is_there(readings: list[Reading]) -> None:
    assert {reading.kind for reading in readings} == {kind.key for kind in KINDS} - {"pathway_events"}


def test_every_row_is_in_its_table(warehouse: Warehouse, readings: list[Reading]) -> None:
    read: Counter[str] = Counter()
    for reading in readings:
        read.update({name: table.num_rows for name, table in reading.tables.items()})
    written = {name: len(rows_in(warehouse, newest(warehouse), name)) for name in FACTS.tables if name != "received"}
    assert written == dict(read)
    assert min(written.values()) > 0


@pytest.mark.parametrize("name", FACTS.tables)
def test_a_table_has_its_columns_and_says_where_every_row_is_from(warehouse: Warehouse, name: str) -> None:
    submissions = {s.submission: s for s in warehouse.register.submissions()}
    table = pa.Table.from_pylist(rows_in(warehouse, newest(warehouse), name), arrow_schema(FACTS.tables[name]))
    assert table.num_rows
    for row in table.select(["month", "slice", "submission", "synthetic"]).to_pylist():
        submission = submissions[row["submission"]]
        assert submission.synthetic == row["synthetic"]
        assert row["slice"].startswith("synthetic ") == row["synthetic"]
        assert submission.gave_rows_to(name)
        held = newest(warehouse).holdings[row["slice"]]
        assert held[row["month"].isoformat()] == row["submission"]


def test_what_was_received_adds_up(warehouse: Warehouse) -> None:
    received: Counter[str] = Counter()
    for row in rows_in(warehouse, newest(warehouse), "received"):
        received[row["fact"]] += row["arrived"]
    about_ccgs = {name for name, table in FACTS.tables.items() if "ccg" in table.columns and name != "received"}
    assert received == {name: len(rows_in(warehouse, newest(warehouse), name)) for name in about_ccgs}


def test_the_same_again_changes_nothing(sources: list[Source], warehouse: Warehouse) -> None:
    before = newest(warehouse)
    assert len(load_sources(sources, warehouse).unchanged) == len(sources)
    assert newest(warehouse) == before
