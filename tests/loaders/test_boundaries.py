import json
from datetime import date
from pathlib import Path

import pytest

from loaders import boundaries
from loaders.places import ccg_names
from loaders.reading import Source
from tests.loaders.published import read, refusal, source

SQUARE = {"type": "Polygon", "coordinates": [[[-1.5, 54.5], [-1.4, 54.5], [-1.4, 54.6], [-1.5, 54.5]]]}
EASTINGS = {"type": "Polygon", "coordinates": [[[450_000, 520_000], [451_000, 520_000], [450_000, 520_000]]]}


def feature(code: object = "00M", geometry: object = SQUARE, keys: tuple[str, str] = ("ccg_code", "ccg_name")) -> dict:
    return {"type": "Feature", "properties": {keys[0]: code, keys[1]: "NHS SOUTH TEES CCG"}, "geometry": geometry}


def sent(*features: object, name: str = "ccgs_2019.geojson") -> Source:
    return source(json.dumps({"type": "FeatureCollection", "features": features}), name)


@pytest.mark.parametrize("keys", [("ccg_code", "ccg_name"), ("code", "name")])
def test_an_outline(keys: tuple[str, str]) -> None:
    reading = read(boundaries.KIND, sent(feature(keys=keys)))
    row = reading.tables["boundary"].to_pylist()[0]
    assert json.loads(row.pop("geometry")) == SQUARE
    assert row == {"ccg": "00M", "name": "NHS SOUTH TEES CCG", "month": date(2019, 4, 1), "slice": "boundaries"}
    assert reading.covers == {"boundaries": [date(2019, 4, 1)]}


def test_the_year_is_in_the_name_or_said() -> None:
    nameless = sent(feature(), name="ccgs.geojson")
    assert read(boundaries.KIND, nameless, as_at=date(2021, 4, 1)).covers == {"boundaries": [date(2021, 4, 1)]}
    assert refusal(boundaries.KIND, nameless)[0][2].startswith("The file holds no date")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (sent(), "The collection holds no features."),
        (sent("00M"), "The collection holds no features."),
        (sent(feature("E38000162")), "Feature 1 has no CCG code such as 00M in 'ccg_code'."),
        (sent(feature(), feature(keys=("CCG19CD", "CCG19NM"))), "Feature 2 has no CCG code such as 00M in 'ccg_code'."),
        (sent(feature(), feature()), "The CCG stands in the file twice."),
        (sent(feature(geometry={"type": "Point", "coordinates": [-1, 54]})), "Feature 1 (00M) is not an outline."),
        (sent(feature(geometry=None)), "Feature 1 (00M) is not an outline."),
        (sent(feature(geometry=EASTINGS)), "Feature 1 (00M) is not in longitude and latitude."),
        (sent(feature(geometry={"type": "Polygon", "coordinates": [["-1", "54"]]})), "not in longitude and latitude."),
    ],
)
def test_a_faulty_file_is_refused(content: Source, why: str) -> None:
    assert [why in problem[2] for problem in refusal(boundaries.KIND, content)] == [True]


def test_a_file_cut_short_is_refused() -> None:
    assert "cut short" in refusal(boundaries.KIND, source(sent(feature()).content[:-20], "ccgs_2019.geojson"))[0][2]


def test_other_files_are_left_to_others() -> None:
    assert not boundaries.KIND.recognise(source('{"type":"Topology"}'))
    assert not boundaries.KIND.recognise(source("a,b\n1,2\n"))


def test_the_published_boundaries_are_those_of_the_12(real: Path) -> None:
    reading = read(boundaries.KIND, source(real / "boundaries" / "ne_ccgs_2019_boundaries.geojson"))
    assert set(reading.tables["boundary"]["ccg"].to_pylist()) == set(ccg_names())
