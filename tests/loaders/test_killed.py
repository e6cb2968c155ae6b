"""Loads that die at any moment, and what readers see meanwhile and afterwards."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from random import Random

import pytest

from loaders.register import Release
from loaders.warehouse import Warehouse
from tests.loaders.processes import PROCESSES, Checked, checked
from tests.loaders.returns_made import figures, load, sent

MONTHS = ("2015-06", "2015-07", "2015-08")
KILLS = 10
PATIENCE = 120
"""Seconds that a load may take on the slowest machine."""


def load_without_end(place: str, catalogue: str | None, run: int) -> None:
    """Load one return after the other, each replacing all months of the one before with another figure."""
    warehouse = Warehouse(place, catalogue)
    for number in count(1):
        load(warehouse, sent(dict.fromkeys(MONTHS, 1000 * run + number), drawn="2015-09-10"))


@contextmanager
def killed_afterwards(place: str, catalogue: str | None, run: int) -> Iterator[None]:
    loader = PROCESSES.Process(target=load_without_end, args=(place, catalogue, run))
    loader.start()
    try:
        yield
    finally:
        loader.kill()
        loader.join()
    assert loader.exitcode == -signal.SIGKILL, "it ended before it was killed"


class Reader:
    """Looks at releases, and remembers what each of them held when it was first seen."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self.seen: dict[int, Checked] = {}

    def look_at_newest(self) -> int:
        """Check that the newest release is whole and has not changed; its number, 0 for none."""
        time.sleep(0.02)  # leaves the processor to the loader
        release = self._warehouse.register.release()
        if release:
            self._look(release)
        return release.number if release else 0

    def look_at_all(self) -> None:
        for release in self._warehouse.register.releases():
            self._look(release)

    def _look(self, release: Release) -> None:
        found = checked(self._warehouse, release)
        assert self.seen.setdefault(release.number, found) == found, f"release {release.number} has changed"
        (months,) = figures(self._warehouse, release).values()
        assert sorted(months) == list(MONTHS), f"release {release.number} has only {sorted(months)}"
        assert len(set(months.values())) == 1, f"release {release.number} mixes two loads: {months}"


@pytest.mark.slow
def test_a_killed_load_leaves_every_release_whole(tmp_path: Path, catalogue: str | None) -> None:
    place = str(tmp_path / "warehouse")
    warehouse = Warehouse(place, catalogue)
    reader, chance = Reader(warehouse), Random(7)
    for run in range(1, KILLS + 1):
        started, before = time.monotonic(), reader.look_at_newest()
        with killed_afterwards(place, catalogue, run):
            while reader.look_at_newest() == before:
                assert time.monotonic() - started < PATIENCE, "it publishes nothing"
            # Somewhere in one of its next loads, which take about as long as its first
            moment = time.monotonic() + chance.uniform(0, time.monotonic() - started)
            while time.monotonic() < moment:
                reader.look_at_newest()
        reader.look_at_newest()
    reader.look_at_all()
    assert len(reader.seen) >= KILLS

    load(warehouse, sent(dict.fromkeys(MONTHS, 7), drawn="2015-09-11"))  # nothing has to be mended first
    assert figures(warehouse) == {"DS1": dict.fromkeys(MONTHS, 7)}
    snapshots, files = warehouse.sweep(older_than=0)
    assert snapshots > 0
    assert files > 0
    reader.look_at_all()
    assert warehouse.sweep(older_than=0) == (0, 0)
    warehouse.close()
