"""The dashboard as `python -m dashboard` serves it, in a process of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True)
class Served:
    """Where it answers, and the number of its process."""

    host: str
    process: int


@contextmanager
def served(warehouse: Path) -> Iterator[Served]:
    """A dashboard over a warehouse, warmed up. Raises TimeoutError when it does not come up in a minute."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "dashboard", "--port", str(port), "--warehouse", str(warehouse)]
    running = subprocess.Popen(command, cwd=REPOSITORY, env=dict(os.environ), stdout=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz")
        yield Served(f"127.0.0.1:{port}", running.pid)
    finally:
        running.terminate()
        running.wait(10)


def _wait_for(address: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("The dashboard did not start.")
