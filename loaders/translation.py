"""A sender's own columns and codes turned into the contract's, as a mapping says (loaders/mapping.py)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from loaders.problems import Findings
from loaders.sheet import Body


def part(mapping: Mapping[str, object] | None, name: str) -> Mapping[str, Any]:
    """One of the tables of a mapping: columns, values or constants; empty where there is none."""
    found: Any = (mapping or {}).get(name, {})
    return found


def translated(body: Body, mapping: Mapping[str, object], findings: Findings) -> Body:
    """The body with the mapped columns renamed, their values translated and the constants added.

    A column of the file that bears the name another one is mapped to is left out, with a warning.
    """
    columns = _renamed(body, part(mapping, "columns"), findings)
    for column, words in part(mapping, "values").items():
        if column in columns:
            columns[column] = _replaced(columns[column], words)
    for column, value in part(mapping, "constants").items():
        if column in columns:
            findings.warn("The mapping gives this column one value throughout; the file's was left out.", column=column)
        columns[column] = pa.repeat(pa.scalar(value), body.text.num_rows)
    return replace(body, text=pa.table(columns))


def _renamed(body: Body, ours: Mapping[str, str], findings: Findings) -> dict[str, pa.Array]:
    found = body.text.column_names
    for theirs in ours:
        if theirs.strip() not in found:
            findings.refuse("The mapping names this column, but the file has none.", "Correct either.", column=theirs)
    names = {theirs.strip(): column for theirs, column in ours.items()}
    columns = {}
    for name in found:
        if name not in names and name in names.values():
            findings.warn("Another column is mapped to this name; this one was left out.", column=name)
        else:
            columns[names.get(name, name)] = body.column(name)
    return columns


def _replaced(text: pa.Array, words: Mapping[str, str]) -> pa.Array:
    """Values translated word for word, in any case; others stay as they are."""
    distinct = pc.dictionary_encode(text)
    folded = {theirs.strip().lower(): ours for theirs, ours in words.items()}
    values = [folded.get(value.strip().lower(), value) for value in distinct.dictionary.to_pylist()]
    return pa.array(values, pa.string()).take(distinct.indices)
