"""The files take the way of real returns: recognised by their content, and read with the planted warnings only."""

from collections import Counter

import pytest

from loaders.kinds import recognise
from loaders.reading import open_file
from loaders.submission import Instructions, Reading
from tests.loaders.demo.conftest import Demo


@pytest.fixture(scope="session")
def readings(demo: Demo) -> dict[str, Reading]:
    sources = [source for path in demo.files for source in open_file(path)]
    return {source.name: recognise(source).read(source, Instructions()) for source in sources}


def test_every_file_is_of_the_kind_it_was_written_for(readings: dict[str, Reading]) -> None:
    assert Counter(reading.kind for reading in readings.values()) == {
        "list_sizes": 16,
        "practices": 2,
        "pathway": 5,
        "pathway_events": 1,
        "outcomes": 1,
        "coding": 2,
        "procedures": 1,
        "rollout": 1,
    }


def test_every_file_is_known_to_be_synthetic(readings: dict[str, Reading]) -> None:
    assert [name for name, reading in readings.items() if not reading.synthetic] == []


def test_only_planted_faults_are_warned_of(readings: dict[str, Reading]) -> None:
    warned = {name: [problem.why for problem in reading.warnings] for name, reading in readings.items()}
    assert {name: len(words) for name, words in warned.items() if words} == {
        "pathway_DP1.csv": 1,
        "pathway_DP3.parquet": 1,
        "pathway_DP4.xlsx": 1,
    }
    assert "assessed is after discharged. 9 rows" in warned["pathway_DP1.csv"][0]
    assert "7 rows" in warned["pathway_DP3.parquet"][0]
    assert warned["pathway_DP4.xlsx"] == ["Nothing received for DP4 in 2016-08."]
