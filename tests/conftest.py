"""What tests share: the published files, a browser, and what to say where either is absent."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from loaders.demo import write_demo
from loaders.loading import load_files
from loaders.warehouse import Warehouse
from metrics.engines import Engine
from tests.chromium import installed
from tests.metrics.warehouses import newest
from tests.needs import lacking

# on a shared machine a slow example says nothing about the code
hypothesis.settings.register_profile("shared_machine", deadline=None)
hypothesis.settings.load_profile("shared_machine")

MAIN = sys.modules["__main__"]

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _main_module() -> None:
    """Put the main module back: AppTest leaves the script of a page there, which every process started later runs."""
    sys.modules["__main__"] = MAIN


@pytest.fixture(scope="session")
def real() -> Path:
    """Folder of published files (rtt, mar, ods, ...), beside the repository or where REAL_FILES says."""
    folder = Path(os.environ.get("REAL_FILES", REPOSITORY.parent / "shared" / "real"))
    if not folder.is_dir():
        pytest.skip(
            "the published files are not here, so that nothing is held against what was published: "
            "set REAL_FILES to the folder that holds rtt, mar, ods, ..."
        )
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the installed Chromium. Without one a browser test is skipped, but fails under CI."""
    return installed() or lacking(
        "there is no Chromium, so that no page was looked at in a browser: `make test` installs one "
        "(or Debian: apt-get install chromium), or set BROWSER_PATH"
    )


@pytest.fixture(scope="session")
def demo_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a warehouse with the demo in release 1, made once for all test processes. Read it, never load to it."""
    shared = (
        tmp_path_factory.getbasetemp().parent if os.environ.get("PYTEST_XDIST_WORKER") else tmp_path_factory.mktemp("d")
    )
    folder, done = shared / "demo", shared / "demo.done"
    try:
        (shared / "demo.maker").touch(exist_ok=False)
    except FileExistsError:
        while not done.exists():
            time.sleep(0.2)
    else:
        load_files(write_demo(folder / "files"), Warehouse(str(folder / "warehouse")))
        done.touch()
    return folder / "warehouse"


@pytest.fixture(scope="session")
def demo(demo_warehouse: Path) -> Iterator[Engine]:
    """What the demo is asked with, beside the dashboard."""
    engine = newest(demo_warehouse)
    yield engine
    engine.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark a test by what it asks for, so that `-m "not browser"` and `-m "not real"` leave nothing out."""
    for item in items:
        for fixture, marker in (("real", "real"), ("chromium", "browser")):
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)
