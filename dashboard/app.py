"""The ASGI application: the pages behind it, warmed up, with headers that keep it to itself."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from dashboard.delivery import Compressed, Headers


async def _healthy(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")


@asynccontextmanager
async def _warm(_app: object) -> AsyncIterator[None]:
    """Answer the first reader from memory. Frozen objects are left out of every later garbage collection."""
    from dashboard import warm  # imports cached functions, which need the running server

    warm.newest_release()
    gc.collect()
    gc.freeze()
    yield


app = st.App(
    Path(__file__).parent / "navigation.py",
    routes=[Route("/healthz", _healthy)],
    middleware=[Middleware(Headers), Middleware(Compressed)],
    lifespan=_warm,
)
