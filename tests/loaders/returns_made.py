"""Tiny made-up returns of practice coding, and the figures that a release holds of them."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow.parquet as pq

from loaders.loading import Outcome, load_sources
from loaders.reading import Source, open_bytes
from loaders.register import Release
from loaders.warehouse import Warehouse
from tests.loaders.given import Row, csv_of

Figures = dict[str, dict[str, int]]
"""slice -> month -> episodes."""

JUNE = {"2015-06": 31}


def month_counted(month: str, episodes: object, drawn: str, sender: str = "DS1", **more: object) -> Row:
    """A month of one practice; only the episodes matter here."""
    recorded = dict.fromkeys(("start_back_low", "start_back_medium", "start_back_high", "gp_lumbar_mri"), 0)
    row = {"sender": sender, "practice": "A81001", "ccg": "00M", "month": month, "episodes": episodes, **recorded}
    return {**row, "extracted": drawn, **more}


def counted(episodes: Mapping[str, object], drawn: str, sender: str = "DS1", status: str = "real") -> bytes:
    """A return: the episodes of each month, as they were counted on the day drawn."""
    return csv_of([month_counted(m, n, drawn, sender, data_status=status) for m, n in episodes.items()])


def sent(episodes: Mapping[str, object], drawn: str, name: str = "sent.csv", **more: str) -> Source:
    return open_bytes(name, counted(episodes, drawn, **more))[0]


def load(warehouse: Warehouse, *sources: Source) -> Outcome:
    return load_sources(sources, warehouse)


def newest(warehouse: Warehouse) -> Release:
    release = warehouse.register.release()
    assert release, "nothing has been published"
    return release


def rows_in(warehouse: Warehouse, release: Release, table: str = "practice_coding") -> list[dict]:
    """The rows of a table in a release, from its Parquet files alone."""
    return [row for path in warehouse.files(release, table).paths for row in pq.read_table(Path(path)).to_pylist()]


def figures(warehouse: Warehouse, release: Release | None = None) -> Figures:
    """The episodes in a release, the newest if none is named. A month that stands twice fails."""
    found: Figures = {}
    for row in rows_in(warehouse, release or newest(warehouse)):
        months = found.setdefault(row["slice"].removeprefix("coding "), {})
        month = f"{row['month']:%Y-%m}"
        assert month not in months, f"{row['slice']} {month} stands twice"
        months[month] = row["episodes"]
    return found


def states(warehouse: Warehouse) -> list[tuple[str, str]]:
    """File and status of every submission, the latest first."""
    return [(submission.file, submission.status) for submission in warehouse.register.submissions()]
