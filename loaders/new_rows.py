"""The rows that a load adds to each table: an arrival's own, what they came with, and what was received."""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from loaders.columns import arrow_schema
from loaders.holdings import Arrival, held_rows
from loaders.register import Holdings
from loaders.tables import FACTS, RECEIVED


def added_rows(taken: Sequence[Arrival], after: Holdings) -> dict[str, pa.Table]:
    """The rows that these arrivals add to every table, in its schema: those that the holdings take from them."""
    return {table.name: pa.concat_tables(_rows(table.name, taken, after)) for table in FACTS.sorted_tables}


def _rows(table: str, taken: Sequence[Arrival], after: Holdings) -> list[pa.Table]:
    schema = arrow_schema(FACTS.tables[table])
    added = [schema.empty_table()]
    for arrival in taken:
        given = arrival.reading.tables
        rows = _received(given) if table == RECEIVED.name else given.get(table)
        if rows is not None and rows.num_rows:
            rows = rows.append_column("submission", pa.repeat(pa.scalar(arrival.submission), rows.num_rows))
            rows = rows.append_column("synthetic", pa.repeat(pa.scalar(arrival.reading.synthetic), rows.num_rows))
            added.append(held_rows(rows.select(schema.names).cast(schema), arrival, after))
    return added


def _received(tables: Mapping[str, pa.Table]) -> pa.Table | None:
    """Which CCG and month rows arrived for, of every table that has both."""
    counted = []
    for name, rows in tables.items():
        if {"ccg", "month", "slice"} <= set(rows.column_names) and rows.num_rows:
            sender = rows["provider"] if "provider" in rows.column_names else rows["slice"]
            keys = rows.select(["ccg", "month", "slice"]).append_column("sender", sender)
            counts = keys.group_by(["ccg", "month", "slice", "sender"]).aggregate([([], "count_all")])
            counts = counts.rename_columns({"count_all": "arrived"})
            counted.append(counts.append_column("fact", pa.repeat(pa.scalar(name), counts.num_rows)))
    if not counted:
        return None
    names = ["fact", "sender", "ccg", "arrived", "month", "slice"]
    return pa.concat_tables([table.select(names) for table in counted], promote_options="permissive")


def counts_of(rows: Mapping[str, pa.Table]) -> dict[str, int]:
    """Rows that each submission adds, over all tables but the one that counts arrivals."""
    total: dict[str, int] = {}
    for name, table in rows.items():
        if name != RECEIVED.name:
            for entry in pc.value_counts(table["submission"]).to_pylist():
                total[entry["values"]] = total.get(entry["values"], 0) + entry["counts"]
    return total
