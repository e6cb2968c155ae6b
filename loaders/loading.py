"""From files to a published release: all of them, or none."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from loaders.holdings import Arrival, drops, held_rows, holds_any, months_of, settle
from loaders.kinds import recognise
from loaders.problems import LoadRefused, Problem
from loaders.reading import Source, open_file
from loaders.register import PublishedMeanwhile, Release, Submission
from loaders.submission import Instructions
from loaders.tables import FACTS, RECEIVED, arrow_schema
from loaders.warehouse import Warehouse

ATTEMPTS = 4
"""Times a load starts over because another one was published meanwhile, before it gives up."""

Progress = Callable[[Sequence, str], Iterable]
"""Wraps a sequence to show how far it is; the words say what is being done."""


@dataclass(frozen=True)
class Outcome:
    """What a load did. `release` is None when it changed nothing."""

    release: Release | None
    loaded: Sequence[Submission] = ()
    unchanged: Sequence[str] = ()
    superseded: Sequence[str] = ()
    warnings: Sequence[Problem] = ()


@dataclass
class _Batch:
    """Files read so far: what arrived, what stands already, and every problem."""

    arrivals: list[Arrival] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[tuple[Submission, Sequence[Problem]]] = field(default_factory=list)


def _no_progress(items: Sequence, _words: str) -> Iterable:
    return items


def load_files(
    paths: Sequence[Path],
    warehouse: Warehouse,
    instructions: Instructions | None = None,
    dry_run: bool = False,
    progress: Progress = _no_progress,
) -> Outcome:
    """Load files, and folders of files, into the next release; see `load_sources`."""
    files = [file for path in paths for file in (_files_in(path) if path.is_dir() else [path])]
    batch = _Batch()
    sources: list[Source] = []
    for file in files:
        try:
            sources += open_file(file)
        except LoadRefused as refusal:
            batch.refused.append((Submission("unread", "refused", file.name), refusal.problems))
    return load_sources(sources, warehouse, instructions, dry_run, progress, batch)


def _files_in(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith((".", "~$")))


def load_sources(
    sources: Sequence[Source],
    warehouse: Warehouse,
    instructions: Instructions | None = None,
    dry_run: bool = False,
    progress: Progress = _no_progress,
    batch: _Batch | None = None,
) -> Outcome:
    """Check every source and publish one release of them all.

    Raises LoadRefused with the problems of all files when any has an error, and
    PublishedMeanwhile when other loads keep publishing first; the release then stays as it was.
    A dry run checks everything and writes nothing.
    """
    batch = batch or _Batch()
    standing = warehouse.register.release()
    known = standing.submissions if standing else set()
    for source in progress(sources, "Reading"):
        _read(source, instructions or Instructions(), known, batch)
    if batch.refused:
        if not dry_run:
            warehouse.register.note(batch.refused)
        raise LoadRefused(problem for _, problems in batch.refused for problem in problems)
    if dry_run or not batch.arrivals:
        warnings = [warning for arrival in batch.arrivals for warning in arrival.reading.warnings]
        return Outcome(None, unchanged=batch.unchanged, warnings=warnings)
    warehouse.prepare()
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _publish(batch, warehouse, progress)
        except PublishedMeanwhile:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable: the last attempt returns or raises")


def _read(source: Source, instructions: Instructions, known: set[str], batch: _Batch) -> None:
    """Read one source into the batch; the same content twice is read once."""
    identity = source.sha256[:12]
    if identity in known or any(arrival.submission == identity for arrival in batch.arrivals):
        batch.unchanged.append(source.name)
        return
    kind = None
    try:
        kind = recognise(source, instructions.kind)
        reading = kind.read(source, instructions)
    except LoadRefused as refusal:
        refused = Submission(identity, "refused", source.name, kind.key if kind else None)
        batch.refused.append((refused, refusal.problems))
        return
    apart = reading.set_apart() if reading.synthetic else reading
    batch.arrivals.append(Arrival(identity, source.name, kind, apart))


def _publish(batch: _Batch, warehouse: Warehouse, progress: Progress) -> Outcome:
    """Stage every table on the newest release and publish the next one."""
    base = warehouse.register.release()
    before = base.holdings if base else {}
    loaded = {s.submission: s for s in warehouse.register.submissions() if s.status == "loaded"}
    after = settle(before, {key: s.extracted for key, s in loaded.items()}, batch.arrivals)
    taken = [arrival for arrival in batch.arrivals if holds_any(arrival.submission, after)]
    late = [arrival for arrival in batch.arrivals if arrival not in taken]
    if not taken:
        warehouse.register.note([_record(arrival, "superseded", 0) for arrival in late])
        return Outcome(None, unchanged=batch.unchanged, superseded=[arrival.file for arrival in late])
    rows = {table.name: pa.concat_tables(_rows(table.name, taken, after)) for table in FACTS.sorted_tables}
    replaced = drops(before, after)
    load = uuid.uuid4().hex[:12]
    snapshots = dict(base.snapshots) if base else {}
    for name in progress(list(rows), "Writing"):
        gone = [drop for drop in replaced if name in loaded[drop.submission].tables]
        if gone or rows[name].num_rows:
            snapshots[name] = warehouse.stage(base, load, name, gone, rows[name])
    release = Release((base.number if base else 0) + 1, datetime.now(UTC), snapshots, after)
    written, across = _counts(rows), _warnings_across(taken, warehouse, release)
    records = [
        _record(arrival, "loaded", written.get(arrival.submission, 0), across.get(arrival.submission, ()))
        for arrival in taken
    ]
    records += [_record(arrival, "superseded", 0) for arrival in late]
    warehouse.register.publish(release, records)
    return Outcome(
        release,
        [record for record, _ in records if record.status == "loaded"],
        batch.unchanged,
        [arrival.file for arrival in late],
        [problem for _, problems in records for problem in problems],
    )


def _rows(table: str, taken: Sequence[Arrival], after: Mapping) -> list[pa.Table]:
    """The rows that the arrivals add to one table, in its schema."""
    schema = arrow_schema(FACTS.tables[table])
    added = [schema.empty_table()]
    for arrival in taken:
        given = arrival.reading.tables
        rows = _received(given) if table == RECEIVED.name else given.get(table)
        if rows is not None and rows.num_rows:
            rows = rows.append_column("submission", pa.repeat(pa.scalar(arrival.submission), rows.num_rows))
            rows = rows.append_column("synthetic", pa.repeat(pa.scalar(arrival.reading.synthetic), rows.num_rows))
            added.append(held_rows(rows.select(schema.names).cast(schema), arrival, after))
    return added


def _received(tables: Mapping[str, pa.Table]) -> pa.Table | None:
    """Which CCG and month rows arrived for, of every table that has both."""
    counted = []
    for name, rows in tables.items():
        if {"ccg", "month", "slice"} <= set(rows.column_names) and rows.num_rows:
            sender = rows["provider"] if "provider" in rows.column_names else rows["slice"]
            keys = rows.select(["ccg", "month", "slice"]).append_column("sender", sender)
            counts = keys.group_by(["ccg", "month", "slice", "sender"]).aggregate([([], "count_all")])
            counts = counts.rename_columns({"count_all": "arrived"})
            counted.append(counts.append_column("fact", pa.repeat(pa.scalar(name), counts.num_rows)))
    if not counted:
        return None
    names = ["fact", "sender", "ccg", "arrived", "month", "slice"]
    return pa.concat_tables([table.select(names) for table in counted], promote_options="permissive")


def _counts(rows: Mapping[str, pa.Table]) -> dict[str, int]:
    """Rows that each submission adds, over all tables but the one that counts arrivals."""
    total: dict[str, int] = {}
    for name, table in rows.items():
        if name != RECEIVED.name:
            for entry in pc.value_counts(table["submission"]).to_pylist():
                total[entry["values"]] = total.get(entry["values"], 0) + entry["counts"]
    return total


def _warnings_across(
    taken: Sequence[Arrival], warehouse: Warehouse, release: Release
) -> Mapping[str, Sequence[Problem]]:
    """What the files say together and none says alone, by the submission that brought it out; said once."""
    said = {problem.why for _, problem in warehouse.register.problems()}
    last_of_kind = {arrival.kind: arrival for arrival in taken if arrival.kind.across}
    found: dict[str, Sequence[Problem]] = {}
    for kind, arrival in last_of_kind.items():
        across = kind.across
        if across and across.table in release.snapshots:
            rows = warehouse.staged_rows(across.table, release.snapshots[across.table], across.columns)
            found[arrival.submission] = [problem for problem in across.check(rows) if problem.why not in said]
    return found


def _record(
    arrival: Arrival, status: str, rows: int, across: Sequence[Problem] = ()
) -> tuple[Submission, Sequence[Problem]]:
    reading = arrival.reading
    months = months_of([reading]) or [date.min]
    problems = [*reading.warnings, *across]
    if status == "superseded":
        why = "A file drawn later stands already for every month of this one; nothing of it was taken."
        problems.append(Problem(why, level="warning", file=arrival.file))
    submission = Submission(
        arrival.submission,
        status,
        arrival.file,
        reading.kind,
        reading.sender,
        reading.extracted,
        months[0],
        months[-1],
        rows,
        reading.synthetic,
        [*(name for name, table in reading.tables.items() if table.num_rows), RECEIVED.name],
    )
    return submission, problems
