"""One load of every published file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.loading import Outcome, load_files
from loaders.warehouse import Warehouse
from tests.loaders.returns_made import newest


@pytest.fixture(scope="module")
def everything(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Warehouse, Outcome]]:
    """All published files in one load, into an empty warehouse."""
    warehouse = Warehouse(str(tmp_path_factory.mktemp("warehouse")))
    yield warehouse, load_files([real], warehouse)
    warehouse.close()


@pytest.mark.slow
def test_one_load_takes_every_published_file_and_again_changes_nothing(
    real: Path, everything: tuple[Warehouse, Outcome]
) -> None:
    warehouse, outcome = everything
    files = [path for path in real.rglob("*") if path.is_file()]
    assert outcome.release
    assert outcome.release.number == 1
    assert (len(outcome.loaded), outcome.unchanged, outcome.superseded) == (len(files), [], [])
    assert {submission.synthetic for submission in outcome.loaded} == {False}
    again = load_files([real], warehouse)
    assert (again.release, len(again.unchanged)) == (None, len(files))
    assert newest(warehouse).number == 1


@pytest.mark.slow
def test_published_lists_that_jump_are_warned_of_and_no_others(everything: tuple[Warehouse, Outcome]) -> None:
    # NHS England, RTT incomplete pathways by commissioner, December 2014 to April 2015. 00K and 03D read off the
    # printed cells; 00N is a known artefact as well
    _, outcome = everything
    jumps = {problem.why[:3]: problem.why for problem in outcome.warnings if problem.file == "rtt incomplete"}
    assert set(jumps) == {"00K", "00N", "03D"}
    assert (
        "trauma and orthopaedics, incomplete: 2,848 in April 2015, +1,027 (+56%) on 1,821 in March 2015" in jumps["00K"]
    )
    assert "1,058 in February 2015" in jumps["03D"]
    assert "-267 (-20%) on 1,325 in March 2015" in jumps["03D"]
