"""What is measured in a process of its own: python -m tests.benchmarks.tasks NAME ARGUMENTS."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from loaders.kinds import recognise
from loaders.loading import load_files
from loaders.reading import open_file
from loaders.submission import Instructions
from loaders.warehouse import Warehouse
from tests.benchmarks.timed import report


def read(file: str) -> None:
    """One submission, checked and reshaped into rows of the tables, not yet stored."""
    source = open_file(Path(file))[0]
    recognise(source).read(source, Instructions())


def load(file: str) -> None:
    """One submission, through to a published release of a new warehouse."""
    with TemporaryDirectory(dir=Path(file).parent) as place:
        load_files([Path(file)], Warehouse(place))


def keep(folder: str, place: str) -> None:
    """Everything in a folder, into a warehouse that stays."""
    load_files([Path(folder)], Warehouse(place))


def copy_unpivoted(file: str) -> None:
    """What DuckDB itself needs for the bands of an RTT extract: nothing is checked or added up."""
    with TemporaryDirectory(dir=Path(file).parent) as place, duckdb.connect() as connection:
        connection.execute("set preserve_insertion_order = false")  # faster so, and in a quarter of the memory
        connection.execute(f"""
            copy (
                unpivot (
                    select "Period", "Provider Org Code", "Commissioner Org Code", "RTT Part Type",
                        "Treatment Function Code", columns('^Gt ')
                    from read_csv('{file}')
                ) on columns('^Gt ') into name band value patients
            ) to '{place}/rtt.parquet'
        """)


def copy(file: str) -> None:
    """What DuckDB itself needs to turn a file into Parquet as it is."""
    with TemporaryDirectory(dir=Path(file).parent) as place, duckdb.connect() as connection:
        connection.execute(f"copy (from '{file}') to '{place}/rows.parquet'")


if __name__ == "__main__":
    report(globals()[sys.argv[1]], *sys.argv[2:])
