"""What a first visit asks for was compressed before it came."""

import asyncio
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
import zstandard
from starlette.types import Message, Scope

from dashboard import delivery
from dashboard.delivery import Compressed, charts_ahead, compress_ahead


async def _nothing(*_asked: object) -> None:
    pytest.fail("This was to be answered from memory.")


def _asked(path: str) -> tuple[Mapping[bytes, bytes], bytes]:
    """The headers and the body of an answer to a browser that reads zstd."""
    scope: Scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"accept-encoding", b"gzip, zstd")]}
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    with ThreadPoolExecutor() as apart:  # browser tests leave an event loop running in their own thread
        apart.submit(lambda: asyncio.run(Compressed(_nothing)(scope, receive, send))).result()
    return dict(sent[0]["headers"]), sent[1]["body"]


def test_the_script_for_charts_and_those_of_the_page_wait_compressed(monkeypatch: pytest.MonkeyPatch) -> None:
    compress_ahead()
    monkeypatch.setattr(delivery, "_ENCODINGS", {"zstd": lambda _body: pytest.fail("This is compressed only now.")})
    (script,) = re.findall(r"<\.(/static/js/[^>]*)>", charts_ahead())
    headers, body = _asked(script)

    assert headers[b"content-encoding"] == b"zstd"
    whole = zstandard.ZstdDecompressor().decompress(body)
    assert b"plotly" in whole
    assert len(body) < len(whole) / 4


def test_a_visit_while_the_server_still_compresses_does_not_end_it() -> None:
    # with one compressor for both, this ended the whole process
    files = sorted((delivery._STATIC / "static" / "js").glob("*.js"), key=lambda file: file.stat().st_size)[-40:-10]
    paths = [f"/static/js/{file.name}" for file in files]
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(_asked, paths))
    assert [zstandard.decompress(body) for _, body in answers] == [file.read_bytes() for file in files]
