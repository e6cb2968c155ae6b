"""Each measure's query beside one written by hand: python -m tests.benchmarks.queries WAREHOUSE RUNS."""

import json
import statistics
import sys
import time
from collections.abc import Callable

import duckdb
import pandas as pd
import pyarrow as pa

from loaders.register import Release
from loaders.tables import FACTS
from loaders.warehouse import Warehouse
from metrics import query
from metrics.areas import places_of
from metrics.catalogue import load
from metrics.engines import Engine
from metrics.figures import figures
from metrics.measure import Measure
from metrics.selection import Selection
from tests.benchmarks.by_hand import by_hand
from tests.benchmarks.measured import times


def compare(warehouse: Warehouse, runs: int) -> list[dict]:
    """For every measure the milliseconds of its query, of that by hand and of its figures, and whether rows agree."""
    release = warehouse.register.release()
    assert release, "there is something to ask about"
    engine, hand = Engine(warehouse, release), _hand(warehouse, release)
    rows = [_row(measure, engine, hand, runs) for measure in load().values()]
    return [{**row, "figures": _figures(row["measure"], warehouse, release, runs)} for row in rows]


def _hand(warehouse: Warehouse, release: Release) -> duckdb.DuckDBPyConnection:
    """DuckDB with a name for the Parquet files of each table."""
    connection = duckdb.connect()
    for name in FACTS.tables:
        paths = list(warehouse.files(release, name).paths)
        if paths:
            connection.execute(f'create view "{name}" as from read_parquet({paths})')
    return connection


def _row(measure: Measure, engine: Engine, hand: duckdb.DuckDBPyConnection, runs: int) -> dict:
    scope = query.Scope(places_of(Selection()), engine.is_synthetic(measure.how.table))
    statement = by_hand(measure.how)

    def ours() -> pa.Table:
        return engine.counts(query.select_for(measure.how, scope))

    def theirs() -> pa.Table:
        return hand.execute(statement).to_arrow_table()

    asked, written = _milliseconds(runs, ours, theirs)
    return {
        "measure": measure.key,
        "kind": measure.kind,
        "rows": theirs().num_rows,
        "ours": statistics.median(asked),
        "by_hand": statistics.median(written),
        "times": times(asked, written),
        "same": _same(ours(), theirs()),
    }


def _figures(key: str, warehouse: Warehouse, release: Release, runs: int) -> float:
    """All figures of a measure, each time from an engine that remembers nothing."""
    taken: list[float] = []
    for _ in range(runs + 1):
        engine = Engine(warehouse, release)
        start = time.perf_counter()
        figures(load()[key], Selection(), engine)
        taken.append(1000 * (time.perf_counter() - start))
        engine.close()
    return statistics.median(taken[1:])


def _milliseconds(runs: int, *tasks: Callable[[], object]) -> list[list[float]]:
    """Each task, all of them in turn and once warm: so many times, and more where they are quick."""
    seen: list[list[float]] = [[] for _ in tasks]
    enough = time.perf_counter() + runs / 20
    while len(seen[0]) <= runs or time.perf_counter() < enough:
        for task, taken in zip(tasks, seen, strict=True):
            start = time.perf_counter()
            task()
            taken.append(1000 * (time.perf_counter() - start))
    return [taken[1:] for taken in seen]


def _same(ours: pa.Table, theirs: pa.Table) -> bool:
    """Whether both have the same rows, in any order; sums of fractions may differ in their last digits."""
    try:
        pd.testing.assert_frame_equal(_sorted(ours.select(theirs.column_names)), _sorted(theirs), check_dtype=False)
    except AssertionError:
        return False
    return True


def _sorted(rows: pa.Table) -> pd.DataFrame:
    frame = rows.to_pandas(date_as_object=False)
    return frame.sort_values(list(frame.columns), ignore_index=True)


if __name__ == "__main__":
    print(json.dumps(compare(Warehouse(sys.argv[1]), int(sys.argv[2]))))
