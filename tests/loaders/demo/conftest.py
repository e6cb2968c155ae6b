from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pytest

from loaders import pathway, pathway_events
from loaders.demo import SEED, write_demo
from loaders.demo.programme import Programme
from loaders.demo.world import World, make_world
from loaders.reading import open_file
from loaders.submission import Instructions


@dataclass(frozen=True)
class Demo:
    folder: Path
    files: list[Path]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    return Demo(folder, write_demo(folder))


@pytest.fixture(scope="session")
def world() -> World:
    return make_world(Programme(), SEED)


@pytest.fixture(scope="session")
def idle() -> World:
    """The world in which the pathway changes nothing."""
    return make_world(Programme().without_effect(), SEED)


@pytest.fixture(scope="session")
def referrals(demo: Demo) -> pa.Table:
    """Every referral in the submissions, as the ordinary loaders read them."""
    files = [path for path in demo.files if path.name.startswith("pathway")]
    return pa.concat_tables(_read(path) for path in files)


def _read(path: Path) -> pa.Table:
    kind = pathway_events.KIND if "events" in path.name else pathway.KIND
    return kind.read(open_file(path)[0], Instructions()).tables["referral"]
