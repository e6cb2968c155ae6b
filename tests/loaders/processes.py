"""Loaders in processes of their own, and whether every release they publish is whole."""

import hashlib
import multiprocessing
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from loaders.loading import load_sources
from loaders.reading import open_bytes
from loaders.register import PublishedMeanwhile, Release
from loaders.warehouse import Warehouse

# One server imports the loaders; each process is forked from it within milliseconds, and shares nothing with the tests
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])

Checked = dict[str, tuple[int, str]]
"""Table -> rows and checksum of its files."""


def at_once(work: Callable[..., Any], *arguments: Sequence[Any]) -> list[Any]:
    """What several processes give back that do this work at the same moment, one for each of the arguments."""
    with ProcessPoolExecutor(len(arguments), PROCESSES) as pool:
        start = time.time() + 1
        return [future.result() for future in [pool.submit(_started, start, work, *each) for each in arguments]]


def _started(start: float, work: Callable[..., Any], *arguments: Any) -> Any:
    time.sleep(max(0.0, start - time.time()))
    return work(*arguments)


def open_and_load(place: str, catalogue: str | None, returns: Sequence[bytes]) -> list[str]:
    """Load one return after the other, and say of each what became of it."""
    warehouse = Warehouse(place, catalogue)
    told = []
    for content in returns:
        try:
            outcome = load_sources(open_bytes("sent.csv", content), warehouse)
            told.append("loaded" if outcome.release else "unchanged")
        except PublishedMeanwhile as overtaken:
            told.append(str(overtaken))
    warehouse.close()
    return told


def checked(warehouse: Warehouse, release: Release) -> Checked:
    """Every table of a release, read from its files; fails where rows are missing or too many."""
    found = {}
    for name, snapshot in release.snapshots.items():
        paths = sorted(map(Path, warehouse.files(release, name).paths))
        rows = sum(pq.read_metadata(path).num_rows for path in paths)
        assert rows == snapshot.rows, f"release {release.number} has {rows} rows of {name}, not {snapshot.rows}"
        found[name] = rows, hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
    return found
