from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from metrics import catalogue
from metrics.engines import Engine
from metrics.measure import Measure
from tests.metrics.small import INVENTED, REAL
from tests.metrics.warehouses import publish


@pytest.fixture(scope="session")
def measures() -> dict[str, Measure]:
    return catalogue.load()


@pytest.fixture(scope="session")
def small_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the warehouse of the small programme; `small` loads it."""
    return tmp_path_factory.mktemp("small")


@pytest.fixture(scope="session")
def small(small_place: Path) -> Iterator[Engine]:
    """The small programme: real rows in release 1, invented ones beside them in release 2."""
    engine = publish(small_place, (REAL, False), (INVENTED, True))
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A release with a note in it and nothing that a measure counts."""
    note = {"date": date(2016, 4, 1), "text": "A note.", "source": "A test.", "month": date(2016, 4, 1)}
    engine = publish(tmp_path_factory.mktemp("nothing"), ({"note": [note]}, False))
    yield engine
    engine.close()
