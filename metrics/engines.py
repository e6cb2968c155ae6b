"""An engine over one release: it filters, groups and adds counts, nothing else.

Embedded DuckDB reads the release's Parquet files through one view a table. It takes no lock, so a
load can publish while many people read.
"""

import os
import uuid
from functools import cached_property

import pyarrow as pa
import pyarrow.fs
import sqlalchemy as sa
from fsspec.implementations.arrow import ArrowFSWrapper

from loaders.register import Release
from loaders.tables import FACTS
from loaders.warehouse import TableFiles, Warehouse
from metrics.query import Counting, provenance

_DUCKDB = {
    "string": "VARCHAR",
    "date": "DATE",
    "int": "INTEGER",
    "long": "BIGINT",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
}
"""Iceberg's names of the types that loaders/tables.py uses, and DuckDB's."""


class _Lake(ArrowFSWrapper):
    """The object store that a warehouse lies in, as DuckDB asks for it: lake://bucket/key."""

    protocol = "lake"

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return path.removeprefix("lake://").lstrip("/")


class Engine:
    """Counts from one release. Safe to share between threads."""

    def __init__(self, warehouse: Warehouse, release: Release) -> None:
        self.release = release
        self.register = warehouse.register
        threads = int(os.environ.get("ENGINE_THREADS", str(os.cpu_count() or 2)))
        self._engine = sa.create_engine(
            f"duckdb:///:memory:{uuid.uuid4().hex}",
            poolclass=sa.pool.QueuePool,
            pool_size=4,
            max_overflow=32,
            connect_args={"config": {"threads": threads}},
        )
        self._kept_open = self._engine.connect()  # the views live as long as one connection does
        store = warehouse.filesystem()
        before = "" if isinstance(store, pyarrow.fs.LocalFileSystem) else "lake://"
        if before:
            driver = self._kept_open.connection.driver_connection
            driver.register_filesystem(_Lake(store, skip_instance_cache=True))  # type: ignore[union-attr]  # DuckDB's own
        for table in FACTS.sorted_tables:
            view = _view(table, self._engine.dialect, warehouse.files(release, table.name), before)
            self._kept_open.exec_driver_sql(view)
        self._kept_open.commit()

    def counts(self, query: Counting) -> pa.Table:
        """The rows of a select, as Arrow."""
        with self._engine.connect() as connection:
            answer = connection.execution_options(duckdb_arrow=True).execute(query)
            return answer.arrow  # type: ignore[attr-defined]  # what the DuckDB dialect adds

    def is_synthetic(self, fact: str) -> bool:
        """Whether a table is answered with invented rows: only when it holds no real ones."""
        return (fact, True) in self._provenance and (fact, False) not in self._provenance

    def tables_received(self) -> list[str]:
        """Tables for which rows arrived, in the order of loaders/tables.py."""
        held = {fact for fact, _ in self._provenance}
        return [name for name in FACTS.tables if name in held]

    @cached_property
    def _provenance(self) -> set[tuple[str, bool]]:
        return {(row["fact"], row["synthetic"]) for row in self.counts(provenance()).to_pylist()}

    def close(self) -> None:
        """Give the memory back."""
        self._kept_open.close()
        self._engine.dispose()


def _view(table: sa.Table, dialect: sa.Dialect, files: TableFiles, before: str = "") -> str:
    """A view with every column of the table as this program knows it; an older release lacks some: null."""
    wanted = {column.name: column.type.compile(dialect=dialect) for column in table.columns}
    if not files.paths:
        empty = ", ".join(f'cast(null as {kind}) as "{name}"' for name, kind in wanted.items())
        return f'create view "{table.name}" as select {empty} where false'
    stored = {name for name, _ in files.columns.values()}
    chosen = [f'"{n}"' if n in stored else f'cast(null as {kind}) as "{n}"' for n, kind in wanted.items()]
    by_id = ", ".join(
        f"{i}: {{name: '{name}', type: '{_DUCKDB[kind]}', default_value: NULL}}"
        for i, (name, kind) in files.columns.items()
    )
    listed = ", ".join(f"'{before}{path.replace(chr(39), chr(39) * 2)}'" for path in files.paths)
    rows = f"read_parquet([{listed}], schema=MAP {{{by_id}}})"
    return f'create view "{table.name}" as select {", ".join(chosen)} from {rows}'
