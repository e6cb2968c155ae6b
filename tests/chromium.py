"""The browser for journeys: one that is installed, else `python -m tests.chromium` gets one.

As root on Debian its own package; otherwise the build that Playwright brings.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def installed() -> str | None:
    """Path of a Chromium: the one that BROWSER_PATH names, the machine's, or Playwright's; None where there is none."""
    named = os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, NAMES)), None)
    return named or _playwrights()


def _playwrights() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Get one. Raises CalledProcessError when neither way works."""
    if shutil.which("apt-get") and os.getuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update"], check=True, env=environment)
        wanted = ["chromium", "fonts-liberation"]
        subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", *wanted], check=True, env=environment)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    if not installed():
        print("No Chromium was found: installing one for the browser tests ...", flush=True)
        try:
            install()
        except subprocess.CalledProcessError as failed:
            print(f"{failed}. The browser tests will be skipped; set BROWSER_PATH to a Chromium to run them.")
