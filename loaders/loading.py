"""From files to a published release: all of them, or none."""

import hashlib
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from loaders.holdings import Arrival, Settlement, drops, months_of, settlement
from loaders.kinds import recognise
from loaders.new_rows import added_rows, counts_of
from loaders.problems import LoadRefused, Problem
from loaders.reading import Source, open_file
from loaders.register import PublishedMeanwhile, Release, Submission
from loaders.submission import Instructions
from loaders.tables import RECEIVED
from loaders.warehouse import Warehouse

ATTEMPTS = 4
"""Times a load starts over because another one was published meanwhile, before it gives up."""

_Recorded = tuple[Submission, Sequence[Problem]]

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
    """Files read so far: what arrived, what stands already, and every problem. `known` is what the release holds."""

    known: set[str]
    arrivals: list[Arrival] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[_Recorded] = field(default_factory=list)


def _no_progress(items: Sequence, _words: str) -> Iterable:
    return items


def load_files(
    paths: Sequence[Path],
    warehouse: Warehouse,
    instructions: Instructions | None = None,
    dry_run: bool = False,
    progress: Progress = _no_progress,
) -> Outcome:
    """Check every file, and every file in a folder, and publish one release of them all; see `load_sources`."""
    batch = _new_batch(warehouse)
    files = [file for path in paths for file in (_files_in(path) if path.is_dir() else [path])]
    for file in progress(files, "Reading"):
        try:
            sources = open_file(file)
        except LoadRefused as refusal:
            batch.refused.append((Submission("unread", "refused", file.name), refusal.problems))
            continue
        for source in sources:
            _read(source, instructions or Instructions(), batch)
    return _load(batch, warehouse, dry_run, progress)


def _files_in(folder: Path) -> list[Path]:
    """The files in a folder and below it, but for hidden ones; the folder itself, to be refused, without any."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith((".", "~$"))) or [folder]


def load_sources(
    sources: Sequence[Source],
    warehouse: Warehouse,
    instructions: Instructions | None = None,
    dry_run: bool = False,
    progress: Progress = _no_progress,
) -> Outcome:
    """Check every source and publish one release of them all.

    Raises LoadRefused with the problems of all files when any has an error, and
    PublishedMeanwhile when other loads keep publishing first; the release then stays as it was.
    A dry run checks everything and writes nothing.
    """
    batch = _new_batch(warehouse)
    for source in progress(sources, "Reading"):
        _read(source, instructions or Instructions(), batch)
    return _load(batch, warehouse, dry_run, progress)


def _new_batch(warehouse: Warehouse) -> _Batch:
    standing = warehouse.register.release()
    return _Batch(standing.submissions if standing else set())


def _load(batch: _Batch, warehouse: Warehouse, dry_run: bool, progress: Progress) -> Outcome:
    """Refuse or publish a batch, trying again when another load was published meanwhile."""
    if batch.refused:
        if not dry_run:
            warehouse.register.note(batch.refused)
        raise LoadRefused(problem for _, problems in batch.refused for problem in problems)
    if dry_run or not batch.arrivals:
        return _outcome(batch, _settled(batch, warehouse))
    warehouse.prepare()
    for _ in range(ATTEMPTS - 1):
        with suppress(PublishedMeanwhile):
            return _publish(batch, warehouse, progress)
    return _publish(batch, warehouse, progress)


def _read(source: Source, instructions: Instructions, batch: _Batch) -> None:
    """Read one source into the batch, unless the same content, read the same way, stands there or in the release."""
    known = batch.known | {arrival.submission for arrival in batch.arrivals}
    identity = _identity(source.sha256, instructions.mapping)
    kind = None
    try:
        if identity not in known:
            kind = recognise(source, instructions.kind)
            reading = kind.read(source, instructions)
            identity = _identity(identity, months_of([reading])) if kind.undated else identity
    except LoadRefused as refusal:
        refused = Submission(identity, "refused", source.name, kind.key if kind else None)
        batch.refused.append((refused, refusal.problems))
        return
    if kind is None or identity in known:
        batch.unchanged.append(source.name)
        return
    apart = reading.set_apart() if reading.synthetic else reading
    batch.arrivals.append(Arrival(identity, source.name, kind, apart))


def _identity(content: str, *said: object) -> str:
    """What tells submissions apart: the hash of the content and of what was said beside it, 12 characters."""
    told = [repr(words) for words in said if words]
    return hashlib.sha256("\n".join([content, *told]).encode()).hexdigest()[:12] if told else content[:12]


def _settled(batch: _Batch, warehouse: Warehouse) -> Settlement:
    """What the batch would change about the newest release."""
    return settlement(warehouse.register.release(), warehouse.register.submissions(), batch.arrivals)


def _publish(batch: _Batch, warehouse: Warehouse, progress: Progress) -> Outcome:
    """Stage every table on the newest release and publish the next one."""
    settled = _settled(batch, warehouse)
    late = [_record(arrival, "superseded", 0) for arrival in settled.late]
    if not settled.taken:
        warehouse.register.note(late)
        return _outcome(batch, settled)
    rows = added_rows(settled.taken, settled.after)
    release = _staged(settled, rows, warehouse, progress)
    written, across = counts_of(rows), _warnings_across(settled.taken, warehouse, release)
    taken = [
        _record(arrival, "loaded", written.get(arrival.submission, 0), across.get(arrival.submission, ()))
        for arrival in settled.taken
    ]
    warehouse.register.publish(release, [*taken, *late])
    return _outcome(batch, settled, release, [*taken, *late])


def _staged(settled: Settlement, rows: Mapping[str, pa.Table], warehouse: Warehouse, progress: Progress) -> Release:
    """The next release, its tables written but not yet published."""
    base, load = settled.base, uuid.uuid4().hex[:12]
    replaced = drops(base.holdings, settled.after) if base else []
    snapshots = dict(base.snapshots) if base else {}
    for name in progress(list(rows), "Writing"):
        gone = [drop for drop in replaced if settled.loaded[drop.submission].gave_rows_to(name)]
        if gone or rows[name].num_rows:
            snapshots[name] = warehouse.stage(base, load, name, gone, rows[name])
    return Release(base.number + 1 if base else 1, datetime.now(UTC), snapshots, settled.after)


def _outcome(
    batch: _Batch, settled: Settlement, release: Release | None = None, records: Sequence[_Recorded] = ()
) -> Outcome:
    """What to tell of a load; without a release, of one that published nothing."""
    warnings = [warning for arrival in settled.taken for warning in arrival.reading.warnings]
    return Outcome(
        release,
        [submission for submission, _ in records if submission.status == "loaded"],
        [*batch.unchanged, *(arrival.file for arrival in settled.unchanged)],
        [arrival.file for arrival in settled.late],
        [problem for _, problems in records for problem in problems] if records else warnings,
    )


def _warnings_across(
    taken: Sequence[Arrival], warehouse: Warehouse, release: Release
) -> Mapping[str, Sequence[Problem]]:
    """What the files say together and none says alone, by the submission that brought it out; said once."""
    said = {problem.why for _, problem in warehouse.register.problems()}
    last_to_bring = {arrival.kind.across: arrival.submission for arrival in taken if arrival.kind.across}
    found: dict[str, Sequence[Problem]] = {}
    for across, submission in last_to_bring.items():
        if across.table in release.snapshots:
            rows = warehouse.staged_rows(across.table, release.snapshots[across.table], across.columns)
            found[submission] = [problem for problem in across.check(rows) if problem.why not in said]
    return found


def _record(arrival: Arrival, status: str, rows: int, across: Sequence[Problem] = ()) -> _Recorded:
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
