"""The ASGI application: the pages behind it, warmed up, with headers that keep it to itself."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from dashboard import files
from dashboard.delivery import Compressed, Headers, compress_ahead


async def _healthy(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")


@asynccontextmanager
async def _warm(_app: object) -> AsyncIterator[None]:
    """Answer the first reader from memory, and go on warming up while he reads."""
    from dashboard import warm  # imports cached functions, which need the running server

    warm.first_page()
    _settle()
    stop = Event()

    def go_on() -> None:
        compress_ahead()
        warm.next_pages(stop)
        warm.next_choices(stop)

    going_on = asyncio.create_task(asyncio.to_thread(go_on))
    going_on.add_done_callback(_warmed)
    yield
    stop.set()  # a server that is told to end waits for its threads


def _warmed(done: asyncio.Task[None]) -> None:
    if not done.cancelled() and done.exception():
        logging.getLogger(__name__).error("Warming up failed", exc_info=done.exception())
    _settle()


def _settle() -> None:
    """Leave what stays for good out of every later garbage collection."""
    gc.collect()
    gc.freeze()


app = st.App(
    Path(__file__).parent / "navigation.py",
    routes=[Route("/healthz", _healthy), *files.ROUTES],
    middleware=[Middleware(Headers), Middleware(Compressed)],
    lifespan=_warm,
)
