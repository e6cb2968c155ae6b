import subprocess
import sys

import pytest

from metrics.catalogue import load
from tests.benchmarks.methods import PERMUTATIONS
from tests.conftest import REPOSITORY


@pytest.mark.slow
def test_the_quick_benchmark_runs_and_prints_every_row() -> None:
    command = [sys.executable, "-m", "tests.benchmarks", "--quick"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    rows = ["COPY (UNPIVOT)", "read, checked and reshaped", "CSV: loaded", "Parquet: loaded", *load(), PERMUTATIONS]
    assert [row for row in rows if row not in done.stdout] == []
    assert "rows differ" not in done.stdout
