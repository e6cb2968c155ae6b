"""Seconds and peak memory of a task, each time in a process of its own.

This process stays small: a new process starts with the peak of the one that starts it.
"""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True)
class Task:
    """A module of this folder that prints JSON, what it is told, and the Python that runs it."""

    module: str
    arguments: tuple[object, ...] = ()
    python: str | Path = sys.executable

    def run(self) -> Any:
        """What it prints last. Raises CalledProcessError, with its words in `stderr`, when it fails."""
        environment = {**os.environ, "LARGEST_FILE_MB": "2000"}  # a million referrals in one CSV are 200 MB
        environment.pop("CATALOGUE_URL", None)  # each load has a warehouse of its own
        command = [str(self.python), "-m", f"tests.benchmarks.{self.module}", *map(str, self.arguments)]
        done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True)
        return json.loads(done.stdout.splitlines()[-1])


@dataclass(frozen=True)
class Measured:
    """A task, run after run: seconds without starting Python and importing; peak memory of the whole process in MB."""

    each_seconds: Sequence[float]
    each_megabytes: Sequence[float]

    @property
    def seconds(self) -> float:
        return statistics.median(self.each_seconds)

    @property
    def megabytes(self) -> float:
        return statistics.median(self.each_megabytes)

    def times(self, other: "Measured") -> float:
        """How many times as long as another: the median over the runs, each beside that of the same moment."""
        return times(self.each_seconds, other.each_seconds)


def times(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Median of one series over another, item by item."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def measure(tasks: Mapping[str, Task], runs: int) -> dict[str, Measured]:
    """Each task so many times, all of them in turn: so a busy machine slows them alike."""
    seen = [{name: task.run() for name, task in tasks.items()} for _ in range(runs)]
    return {
        name: Measured([each[name]["seconds"] for each in seen], [each[name]["megabytes"] for each in seen])
        for name in tasks
    }
