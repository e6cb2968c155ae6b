"""Files as bytes: what is read of them, and what is said of one that is refused."""

import io
import zipfile
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from loaders.problems import LoadRefused
from loaders.reading import Source, open_bytes
from loaders.sheet import Body


def one(content: bytes | str, name: str = "sent.csv") -> Source:
    (source,) = open_bytes(name, content.encode() if isinstance(content, str) else content)
    return source


def body(content: bytes | str, header: int = 0, names: Sequence[str] | None = None) -> Body:
    return one(content).sheets[0].body(header, names)


def rows(found: Body) -> list[dict]:
    return found.text.to_pylist()


def refusal(content: bytes | str, name: str = "sent.csv") -> str:
    """What is said of a file, from opening it to reading its rows, that is refused."""
    with pytest.raises(LoadRefused) as refused:
        read_through(name, content.encode() if isinstance(content, str) else content)
    (problem,) = refused.value.problems
    assert problem.remedy
    return str(problem)


def read_through(name: str, content: bytes) -> None:
    for source in open_bytes(name, content):
        for sheet in source.sheets:
            sheet.body(0)


def zipped(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in files.items():
            archive.writestr(name, inside)
    return content.getvalue()


def parquet(**columns: Sequence[object]) -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.table(columns), content)
    return content.getvalue()
