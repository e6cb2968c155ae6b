"""What DuckDB alone needs for the same files: python -m tests.benchmarks.plain_duckdb NAME FILE.

Nothing is checked, added up or published, and nothing of the product is imported.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from tests.benchmarks.timed import report


def copy_unpivoted(file: str) -> None:
    """The bands of an RTT extract as one row each, in Parquet."""
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
    """A file as it is, in Parquet."""
    with TemporaryDirectory(dir=Path(file).parent) as place, duckdb.connect() as connection:
        connection.execute(f"copy (from '{file}') to '{place}/rows.parquet'")


if __name__ == "__main__":
    report(globals()[sys.argv[1]], *sys.argv[2:])
