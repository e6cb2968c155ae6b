"""Warehouses of a few rows: published as a load publishes them, or held in plain Parquet files, which is quicker."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast
from unittest.mock import patch

import pyarrow as pa
import pyarrow.fs
import pyarrow.parquet as pq

from loaders import loading
from loaders.columns import arrow_schema
from loaders.pathway import referral_rows
from loaders.reading import Source
from loaders.register import Release
from loaders.submission import Instructions, Kind, Reading
from loaders.tables import FACTS, REFERRAL, STEPS
from loaders.warehouse import TableFiles, Warehouse
from metrics.engines import Engine

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]
"""The rows of each table; a column that a row does not name is null."""

_SENT = (
    *("referral_id", "provider", "practice", "ccg", "route", "presentation", "pain_duration", "start_back"),
    *("age_band", "sex", "received", "assessed", "cppp_completed", "discharged", "outcome"),
    *(f"{step}_requested" for step in STEPS if step != "assessed"),
    *(step for step in STEPS if step != "assessed"),
)
"""What a provider sends of a referral, by the names of the table; `extracted` beside."""


def day(text: str) -> date:
    return date.fromisoformat(text)


def referral(practice: str, received: str, extracted: str, **more: str) -> Row:
    """A referral on the pathway for low back pain, unless `more` says otherwise; its CCG begins the practice's code."""
    row: dict[str, Any] = {
        "practice": practice,
        "ccg": practice[:3],
        "received": received,
        "extracted": extracted,
        "route": "triage_and_treat",
        "presentation": "low_back_pain",
        **more,
    }
    dates = {"received", "extracted", "assessed", "cppp_completed", "discharged", *STEPS}
    dates |= {f"{step}_requested" for step in STEPS}
    return {name: day(value) if name in dates else value for name, value in row.items()}


def as_table(name: str, rows: Iterable[Row]) -> pa.Table:
    """Rows as a loader hands them over. Days of referrals are worked out as the loader does."""
    schema = arrow_schema(FACTS.tables[name])
    rows = list(rows)
    if name == REFERRAL.name and rows:
        rows = [made for row in rows for made in _with_days(row)]
    filled = [{"slice": f"{name} of a test", **row} for row in rows]
    names = [field.name for field in schema if field.name not in ("submission", "synthetic")]
    return pa.table({n: pa.array([row.get(n) for row in filled], schema.field(n).type) for n in names})


def _with_days(row: Row) -> list[Row]:
    sent = {n: pa.array([row.get(n)], pa.date32() if _is_date(n) else pa.string()) for n in (*_SENT, "extracted")}
    return cast(list[Row], referral_rows(pa.table(sent), row["extracted"]).to_pylist())


def _is_date(name: str) -> bool:
    return REFERRAL.columns[name].type.python_type is date


def publish(place: Path, *loads: tuple[Rows, bool]) -> Engine:
    """An engine over a warehouse to which these rows were loaded; the flag of each load says whether it is invented."""
    warehouse = Warehouse(str(place))
    for number, (rows, synthetic) in enumerate(loads):
        tables = {name: as_table(name, of) for name, of in rows.items()}
        months = {pair for table in tables.values() for pair in _pairs(table, "slice", "month")}
        covers = {slice: sorted(month for at, month in months if at == slice) for slice, _ in months}
        reading = Reading("test", "a test", tables, covers, synthetic=synthetic)
        kind = Kind("test", "rows of a test", lambda _: True, _giving(reading))
        with patch.object(loading, "recognise", return_value=kind):
            loading.load_sources([Source(f"load {number}", bytes([number]), list)], warehouse)
    return newest(place)


def newest(place: Path) -> Engine:
    """An engine over the newest release of the warehouse in this folder."""
    warehouse = Warehouse(str(place))
    release = warehouse.register.release()
    assert release, "nothing has been published"
    return Engine(warehouse, release)


def _giving(reading: Reading) -> Callable[[Source, Instructions], Reading]:
    return lambda _source, _instructions: reading


def hold(place: Path, rows: Rows) -> Engine:
    """An engine over Parquet files with these rows, all of them real; of one sender unless `received` is given."""
    tables = {name: as_table(name, of) for name, of in rows.items() if of}
    received = [
        {"fact": name, "sender": "a test", "ccg": ccg, "month": month, "arrived": 1}
        for name, table in tables.items()
        for ccg, month in sorted(_pairs(table, "ccg", "month"))
    ]
    tables.setdefault("received", as_table("received", received))
    place.mkdir(parents=True, exist_ok=True)
    files = {name: _write(place / f"{name}.parquet", name, table) for name, table in tables.items()}
    return Engine(warehouse_of(files), release_one())


def warehouse_of(files: Mapping[str, TableFiles]) -> Warehouse:
    """A warehouse that knows where these tables lie, and nothing else."""
    return cast(Warehouse, _Held(files))


def release_one() -> Release:
    return Release(1, datetime.now(UTC), {}, {})


def _pairs(rows: pa.Table, one: str, other: str) -> set[tuple[Any, Any]]:
    return set(zip(rows[one].to_pylist(), rows[other].to_pylist(), strict=True))


class _Held:
    """What an engine asks of a warehouse."""

    register = None

    def __init__(self, files: Mapping[str, TableFiles]) -> None:
        self._files = files

    def filesystem(self) -> pyarrow.fs.FileSystem:
        return pyarrow.fs.LocalFileSystem()

    def files(self, _release: Release, name: str) -> TableFiles:
        return self._files.get(name, TableFiles([], {}))


_ICEBERG = {"string": "string", "date32[day]": "date", "int32": "int", "int64": "long", "double": "double"}


def _write(path: Path, name: str, rows: pa.Table) -> TableFiles:
    schema = arrow_schema(FACTS.tables[name])
    numbered = [field.with_metadata({"PARQUET:field_id": str(at + 1)}) for at, field in enumerate(schema)]
    rows = rows.append_column("submission", pa.repeat("load", rows.num_rows))
    rows = rows.append_column("synthetic", pa.repeat(False, rows.num_rows))
    pq.write_table(rows.select(schema.names).cast(pa.schema(numbered)), path)
    columns = {at + 1: (field.name, _ICEBERG.get(str(field.type), "boolean")) for at, field in enumerate(schema)}
    return TableFiles([str(path)], columns)
