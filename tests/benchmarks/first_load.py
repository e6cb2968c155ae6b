"""A first visit over a slow line, in Chromium with an empty cache: python -m tests.benchmarks.first_load WAREHOUSE.

Counts every byte that comes over the line, and the seconds until the page of four charts has drawn them.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.readers import PAGE
from tests.benchmarks.served import Served, served
from tests.browser.conftest import ARGUMENTS
from tests.chromium import installed

MEGABITS = 10
DRAWN = "[...document.querySelectorAll('.stPlotlyChart')].every(chart => chart.querySelector('.main-svg'))"
LINE = {"offline": False, "latency": 20, "downloadThroughput": MEGABITS * 1e6 / 8, "uploadThroughput": 1e6 / 8}


def visit(browser: Browser, server: Served) -> dict[str, float]:
    """One visit in a context of its own: megabytes received, seconds to the first and to every chart."""
    page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
    line = page.context.new_cdp_session(page)
    received: list[float] = []
    line.on("Network.dataReceived", lambda event: received.append(event["encodedDataLength"]))
    line.on("Network.webSocketFrameReceived", lambda event: received.append(_frame(event)))
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    start = time.perf_counter()
    page.goto(f"http://{server.host}/{PAGE}")
    page.locator(".main-svg").first.wait_for(timeout=60_000)
    first = time.perf_counter() - start
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(timeout=60_000)
    page.wait_for_function(DRAWN)
    every = time.perf_counter() - start
    charts = page.locator(".stPlotlyChart").count()
    return {"charts": charts, "megabytes": sum(received) / 1e6, "first": first, "every": every}


def _frame(event: dict[str, Any]) -> float:
    """Bytes of what is told in base64."""
    return len(event["response"]["payloadData"]) * 3 / 4


if __name__ == "__main__":
    with served(Path(sys.argv[1])) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=ARGUMENTS)
        print(json.dumps([visit(browser, server) for _ in range(3)]))
        browser.close()
