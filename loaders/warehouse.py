"""The warehouse: Iceberg tables, written on a branch of their own for each load, read as at a release.

A load starts from the snapshots of the newest release, works on a branch nobody reads, and is
published by one row in the register (see loaders/register.py). So a loader that dies leaves the
release as it was, and two loaders at once cannot mix: the second to publish starts over.
"""

import os
import time
import warnings
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import reduce
from pathlib import Path

import pyarrow as pa
import pyarrow.fs
from pyiceberg.catalog import load_catalog
from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.exceptions import TableAlreadyExistsError
from pyiceberg.expressions import And, BooleanExpression, EqualTo, In, Or
from pyiceberg.io.pyarrow import PyArrowFileIO
from pyiceberg.table import Table as IcebergTable
from pyiceberg.table.snapshots import Snapshot as IcebergSnapshot
from sqlalchemy import URL
from sqlalchemy.exc import IntegrityError

from loaders.columns import arrow_schema
from loaders.register import Register, Release, Snapshot
from loaders.retries import commit_again, find_again, open_again
from loaders.tables import FACTS

DEFAULT_PLACE = "data/warehouse"
_NAMESPACE = "pathway"
_PROPERTIES = {"write.metadata.delete-after-commit.enabled": "true", "write.metadata.previous-versions-max": "5"}
_DAY = 24 * 3600


class ReleaseGone(Exception):
    """A release names a snapshot that the warehouse no longer has."""


@dataclass(frozen=True)
class Drop:
    """Rows to leave out: those of a submission in a slice and these months."""

    submission: str
    slice: str
    months: Sequence[date]

    def expression(self) -> BooleanExpression:
        rows = And(EqualTo("submission", self.submission), EqualTo("slice", self.slice))
        return And(rows, In("month", [month.isoformat() for month in self.months]))


@dataclass(frozen=True)
class TableFiles:
    """The Parquet files of a table in a release, and its columns by Iceberg field id: (name, type)."""

    paths: Sequence[str]
    columns: Mapping[int, tuple[str, str]]


class Warehouse:
    """One warehouse. `place` is a folder or an object store address; `catalogue_url` its database."""

    def __init__(self, place: str | None = None, catalogue_url: str | None = None) -> None:
        place = place or os.environ.get("WAREHOUSE", DEFAULT_PLACE)
        # Not as file://: what is written with %20 for a blank there is a folder of that name to some readers
        self.location = place if "://" in place else str(Path(place).resolve())
        url = catalogue_url or os.environ.get("CATALOGUE_URL") or self._beside(place)
        self._catalogue, self.register = self._open(url)

    @staticmethod
    def _beside(place: str) -> str:
        if "://" in place:
            raise ValueError(f"{place} needs a catalogue database as well: set CATALOGUE_URL.")
        folder = Path(place).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        url = URL.create("sqlite", database=(folder / "catalogue.db").as_posix(), query={"timeout": "30"})
        return url.render_as_string()

    @open_again
    def _open(self, url: str) -> tuple[SqlCatalog, Register]:
        # The address and keys of an object store may stand in PYICEBERG_CATALOG__PATHWAY__S3__ENDPOINT and the like
        catalogue = load_catalog("pathway", type="sql", uri=url, warehouse=self.location)
        assert isinstance(catalogue, SqlCatalog)
        if url.startswith("sqlite"):
            with catalogue.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode=WAL")  # readers never stop a writer
        register = Register(catalogue.engine)
        register.prepare()
        return catalogue, register

    def filesystem(self) -> pyarrow.fs.FileSystem:
        """Where the paths of `files` lead: the disk, or the object store."""
        scheme, host, _ = PyArrowFileIO.parse_location(self.location)
        return PyArrowFileIO(self._catalogue.properties).fs_by_scheme(scheme, host)

    def close(self) -> None:
        """Give the connections to the catalogue back."""
        self._catalogue.close()

    def prepare(self) -> None:
        """Create the tables that are missing and add the columns that are new; a load does this first."""
        with suppress(IntegrityError):  # another loader was first
            self._catalogue.create_namespace_if_not_exists(_NAMESPACE)
        for table in FACTS.sorted_tables:
            self._prepare_table(table.name, arrow_schema(table))

    @commit_again
    def _prepare_table(self, name: str, schema: pa.Schema) -> None:
        if not self._catalogue.table_exists((_NAMESPACE, name)):
            with suppress(TableAlreadyExistsError):
                self._catalogue.create_table((_NAMESPACE, name), schema, properties=_PROPERTIES)
        table = self._table(name)
        if set(schema.names) - set(table.schema().column_names):
            with table.update_schema() as update:
                update.union_by_name(schema)
        if table.current_snapshot() is None:
            table.append(schema.empty_table())  # the root that first loads branch from

    @find_again
    def _table(self, name: str) -> IcebergTable:
        return self._catalogue.load_table((_NAMESPACE, name))

    @commit_again
    def stage(self, base: Release | None, load: str, name: str, drops: Sequence[Drop], rows: pa.Table) -> Snapshot:
        """Drop and add rows on the branch of this load; nobody reads them until a release names the snapshot."""
        table = self._table(name)
        branch = f"load-{load}"
        if branch in table.refs():  # an attempt that another commit overtook
            with table.manage_snapshots() as snapshots:
                snapshots.remove_branch(branch)
        with table.manage_snapshots() as snapshots:
            snapshots.create_branch(self._start(table, base, name), branch)
        if drops or rows.num_rows:
            with table.transaction() as transaction, warnings.catch_warnings():
                warnings.filterwarnings("ignore", "Delete operation did not match")  # a month without a row
                if drops:
                    transaction.delete(reduce(Or, [drop.expression() for drop in drops]), branch=branch)
                if rows.num_rows:
                    transaction.append(rows, branch=branch)
        return _described(table.snapshot_by_name(branch))

    def _start(self, table: IcebergTable, base: Release | None, name: str) -> int:
        if base and name in base.snapshots:
            return base.snapshots[name].id
        return _described(table.current_snapshot()).id

    def staged_rows(self, name: str, snapshot: Snapshot, columns: Sequence[str]) -> pa.Table:
        """Some columns of a table as a load has staged it, for checks across files."""
        return self._table(name).scan(snapshot_id=snapshot.id, selected_fields=tuple(columns)).to_arrow()

    def files(self, release: Release, name: str) -> TableFiles:
        """Where a release's rows of a table lie; a table newer than the release has no files."""
        if name not in release.snapshots:
            return TableFiles([], {})
        table = self._table(name)
        snapshot = table.snapshot_by_id(release.snapshots[name].id)
        if snapshot is None:
            raise ReleaseGone(f"Release {release.number} is no longer kept: choose a newer one.")
        schema = table.schemas()[snapshot.schema_id or 0]
        columns = {field.field_id: (field.name, str(field.field_type)) for field in schema.fields}
        plan = table.scan(snapshot_id=snapshot.snapshot_id).plan_files()
        return TableFiles([_local(task.file.file_path) for task in plan if task.file.record_count], columns)

    def sweep(self, older_than: float = _DAY) -> tuple[int, int]:
        """Remove what dead loads left, older than so many seconds: (snapshots, files) removed."""
        kept = {(n, s.id) for release in self.register.releases() for n, s in release.snapshots.items()}
        removed = [
            self._sweep_table(t.name, {i for n, i in kept if n == t.name}, older_than) for t in FACTS.sorted_tables
        ]
        return sum(snapshots for snapshots, _ in removed), sum(files for _, files in removed)

    def _sweep_table(self, name: str, kept: set[int], older_than: float) -> tuple[int, int]:
        if not self._catalogue.table_exists((_NAMESPACE, name)):
            return 0, 0
        snapshots = self._expire(name, kept, older_than)
        table = self._table(name)
        used = _files_in_use(table)
        filesystem, root = self.filesystem(), _local(table.location())
        orphans = [
            info.path
            for info in filesystem.get_file_info(pyarrow.fs.FileSelector(root, recursive=True, allow_not_found=True))
            if info.is_file and info.path not in used and info.mtime.timestamp() < time.time() - older_than
        ]
        for path in orphans:
            filesystem.delete_file(path)
        return snapshots, len(orphans)

    @commit_again
    def _expire(self, name: str, kept: set[int], older_than: float) -> int:
        table = self._table(name)
        before = (time.time() - older_than) * 1000
        old = {s.snapshot_id for s in table.snapshots() if s.timestamp_ms < before}
        stale = [ref for ref, at in table.refs().items() if ref.startswith("load-") and at.snapshot_id in old]
        if stale:
            with table.manage_snapshots() as snapshots:
                for branch in stale:
                    snapshots.remove_branch(branch)
        table = self._table(name)
        gone = list(old - kept - {ref.snapshot_id for ref in table.refs().values()})
        if gone:
            table.maintenance.expire_snapshots().by_ids(gone).commit()
        return len(gone)


def _described(snapshot: IcebergSnapshot | None) -> Snapshot:
    if snapshot is None or snapshot.summary is None:
        raise ReleaseGone("The table has no such state: it was swept away while this load ran. Run it again.")
    return Snapshot(snapshot.snapshot_id, int(snapshot.summary["total-records"] or 0))


def _files_in_use(table: IcebergTable) -> set[str]:
    metadata = [table.metadata_location, *[entry.metadata_file for entry in table.metadata.metadata_log]]
    used = {_local(path) for path in metadata}
    for snapshot in table.snapshots():
        used.add(_local(snapshot.manifest_list))
        for manifest in snapshot.manifests(table.io):
            used.add(_local(manifest.manifest_path))
            entries = manifest.fetch_manifest_entry(table.io, discard_deleted=True)
            used.update(_local(entry.data_file.file_path) for entry in entries)
    return used


def _local(path: str) -> str:
    """A path as file systems want it: without file:// on a disk, bucket/key in an object store."""
    return PyArrowFileIO.parse_location(path)[2]
