"""What goes out with every answer: security headers, scripts compressed once, and word of the script for charts."""

import base64
import gzip
import hashlib
import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path

import streamlit
import zstandard
from starlette.datastructures import Headers as RequestHeaders
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.card import PAGES

_STATIC = (Path(streamlit.__file__).parent / "static").resolve()
_TEXT = {".js": "text/javascript", ".css": "text/css", ".html": "text/html"}


def _zstd(data: bytes) -> bytes:
    """A fifth less than gzip; it takes seconds, before they count. Two threads that share a compressor crash Python."""
    return zstandard.ZstdCompressor(level=19).compress(data)


_ENCODINGS: Mapping[str, Callable[[bytes], bytes]] = {
    "zstd": _zstd,
    "gzip": partial(gzip.compress, compresslevel=6),
}
_A_YEAR = "public, max-age=31536000, immutable"


@cache
def content_policy() -> str:
    """Scripts, styles and data from this server alone. Streamlit's one inline script is named by its hash."""
    page = (_STATIC / "index.html").read_text(encoding="utf-8")
    inline = [script for script in re.findall(r"<script>(.*?)</script>", page, re.DOTALL) if script.strip()]
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline]
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    return (
        f"default-src 'self'; script-src 'self' {allowed}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss: data: blob:; "
        "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )


@cache
def charts_ahead() -> str:
    """The Link that has the script for charts fetched with the others, not after the first chart has arrived."""
    return f"<./static/js/{_script_for_charts().name}>; rel=modulepreload; fetchpriority=low"


def _script_for_charts() -> Path:
    (script,) = (_STATIC / "static" / "js").glob("PlotlyChart.*.js")
    return script


def compress_ahead() -> None:
    """Compress what every first visit asks for, before there is one."""
    page = (_STATIC / "index.html").read_text(encoding="utf-8")
    asked = [_STATIC / name for name in re.findall(r'"\./(static/[^"]*\.(?:js|css))"', page)]
    for file in (_script_for_charts(), *asked):
        _compressed(file.resolve(), "zstd")


class Headers:
    """Adds the security headers; the server's own figures are nobody else's business."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["path"].endswith("/_stcore/metrics"):
            await PlainTextResponse("Not found", 404)(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = content_policy()
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
                headers["X-Frame-Options"] = "DENY"
                if scope["path"].rpartition("/")[2] in PAGES:
                    headers["Link"] = charts_ahead()
            await send(message)

        await self.app(scope, receive, with_headers)


class Compressed:
    """Serves Streamlit's bundles compressed: it never does so itself, and a first visit is 9 MB without."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "GET" and scope["path"].startswith("/static/"):
            accepts = RequestHeaders(scope=scope).get("accept-encoding", "")
            encoding = next((name for name in _ENCODINGS if name in accepts), None)
            file = (_STATIC / scope["path"].lstrip("/")).resolve()
            if encoding and file.suffix in _TEXT and file.is_relative_to(_STATIC) and file.is_file():
                await _bundle(file, encoding)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _bundle(file: Path, encoding: str) -> Response:
    headers = {"Content-Encoding": encoding, "Cache-Control": _A_YEAR, "Vary": "Accept-Encoding"}
    return Response(_compressed(file, encoding), media_type=_TEXT[file.suffix], headers=headers)


@cache
def _compressed(file: Path, encoding: str) -> bytes:
    return _ENCODINGS[encoding](file.read_bytes())
