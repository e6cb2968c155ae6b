"""A real dashboard in a real browser: the server over the demo, and pages that must ask nobody else for anything."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

REPOSITORY = Path(__file__).parents[2]

# Chromium as root, with nothing of its own to fetch
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]

DEEP_LINK = "/_stcore/"
"""Opening a page by its address, Streamlit first looks for its server below that page and finds nothing there."""

BEGUN = 300
"""Milliseconds within which a choice has begun a run."""


@dataclass
class Watched:
    """A page, what it asked other machines for, and what its console complained of."""

    page: Page
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("request", self._asked)
        self.page.on("console", self._said)

    def _asked(self, request: object) -> None:
        address = str(getattr(request, "url", ""))
        if not address.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")):
            self.elsewhere.append(address)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and DEEP_LINK not in str(message.location.get("url", "")):
            self.complaints.append(message.text)

    def open(self, address: str, heading: str) -> None:
        """Go to an address and wait until its page has been drawn."""
        self.page.goto(address)
        self.settle(heading)

    def settle(self, heading: str) -> None:
        """Wait for the heading, then for the script and its charts; a choice just made may not have begun a run yet."""
        self.page.get_by_role("heading", level=1, name=heading).wait_for(timeout=60_000)
        for _ in range(2):
            self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(timeout=60_000)
            self.page.wait_for_timeout(BEGUN)


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Start a dashboard over a warehouse; gives its address."""
    running: list[subprocess.Popen] = []

    def start(warehouse: Path) -> str:
        port = _free_port()
        command = [sys.executable, "-m", "dashboard", "--port", str(port), "--warehouse", str(warehouse)]
        running.append(subprocess.Popen(command, cwd=REPOSITORY, env=dict(os.environ), stdout=subprocess.DEVNULL))
        _wait_until_healthy(f"http://127.0.0.1:{port}/healthz")
        return f"http://127.0.0.1:{port}"

    yield start
    for server in running:
        server.terminate()
        server.wait(10)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_until_healthy(address: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"The dashboard at {address} did not start.")


@pytest.fixture(scope="session")
def address(serve: Callable[[Path], str], demo_warehouse: Path, chromium: str) -> str:
    """Address of a dashboard over the demo."""
    return serve(demo_warehouse)


@pytest.fixture(scope="session")
def empty_address(serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory, chromium: str) -> str:
    """Address of a dashboard over a warehouse in which nothing was published."""
    return serve(tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """A fresh page; the test fails if it asked another machine for anything or its console complained."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, accept_downloads=True)
    watched = Watched(context.new_page())
    watched.watch()
    yield watched
    context.close()
    assert watched.elsewhere == []
    assert watched.complaints == []
