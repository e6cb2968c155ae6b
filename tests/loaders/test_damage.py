"""Every damage to every kind of return: what is said of it, and that nothing is published."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders import reading
from loaders.loading import load_files
from loaders.problems import LoadRefused, Problem
from loaders.warehouse import Warehouse
from tests.loaders import damaged, test_boundaries
from tests.loaders.damage_said import ADDED, DAMAGE, FIRST, LAST
from tests.loaders.damaged import Return
from tests.loaders.returns_made import load, newest, sent
from tests.loaders.returns_of_every_kind import RETURNS

FEATURE = json.dumps(test_boundaries.feature()).encode()
OUTLINE = b'{"type": "FeatureCollection", "features": [' + FEATURE + b"]}"
"""One CCG's boundary, as GeoJSON."""


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A warehouse with one release."""
    warehouse = Warehouse(str(tmp_path_factory.mktemp("warehouse")))
    load(warehouse, sent({"2015-06": 31}, drawn="2015-09-10"))
    yield warehouse
    warehouse.close()


@pytest.mark.parametrize("kind", RETURNS)
def test_the_return_loads_as_it_stands(warehouse: Warehouse, tmp_path: Path, kind: str) -> None:
    assert load_files([written(tmp_path, RETURNS[kind], "")], warehouse, dry_run=True).unchanged == []


@pytest.mark.parametrize(
    ("damage", "kind"), [(name, kind) for name, done in DAMAGE.items() for kind in RETURNS if kind not in done.not_for]
)
def test_damage(warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str, kind: str) -> None:
    done, good = DAMAGE[damage], RETURNS[kind]
    monkeypatch.setattr(reading, "LARGEST", 1_000_000)
    problems = refused(warehouse, written(tmp_path, done.spoil(good), good.name))
    (row, column), why = done.said(kind)
    place = rows_named(good).get(row), getattr(good, column, column) if column else ""
    told = {(p.row, p.column): p.value for p in problems if p.level == "error" and why in p.why}
    assert place in told, problems
    assert told[place].startswith(done.value)


def rows_named(sent: Return) -> dict[str, int]:
    """The number of a row as the sender sees it."""
    return {FIRST: sent.first + 1, LAST: len(sent.rows), ADDED: len(sent.rows) + 1}


def written(folder: Path, sent: Return | bytes, name: str) -> Path:
    path = folder / (name if isinstance(sent, bytes) else sent.name)
    path.write_bytes(sent if isinstance(sent, bytes) else sent.content)
    return path


def refused(warehouse: Warehouse, path: Path) -> list[Problem]:
    """The problems of a file that is refused: each with file and remedy, all recorded, and nothing published."""
    release, recorded = newest(warehouse), len(warehouse.register.problems())
    with pytest.raises(LoadRefused) as refusal:
        load_files([path], warehouse)
    problems = list(refusal.value.problems)
    assert {problem.file for problem in problems} == {path.name}
    assert [problem for problem in problems if problem.level == "error" and not problem.remedy] == []
    assert newest(warehouse) == release
    assert len(warehouse.register.problems()) == recorded + len(problems)
    return problems


OUTLINES = {
    "empty": (b"", "The file is empty."),
    "with a password": (damaged.PROTECTED.read_bytes(), "protected by a password"),
    "cut short": (OUTLINE[:-20], "The GeoJSON is cut short or damaged"),
    "in UTF-16": (OUTLINE.decode().encode("utf-16"), "neither a workbook, Parquet nor CSV text in UTF-8"),
    "in Windows-1252": (OUTLINE.replace(b"SOUTH", "SÜD".encode("cp1252")), "holds a byte (0xdc) that is not UTF-8"),
    "without features": (b'{"type": "FeatureCollection", "features": []}', "The collection holds no features."),
    "features that are none": (b'{"type": "FeatureCollection", "features": {"a": 1}}', "holds no features."),
    "a property missing": (OUTLINE.replace(b"ccg_name", b"label"), "Feature 1 (00M) has no name in 'ccg_name'."),
    "an unknown code": (OUTLINE.replace(b"00M", b"HARTLEPOOL"), "has no CCG code such as 00M"),
    "properties that are none": (OUTLINE.replace(b'"properties": {', b'"properties": [1], "p": {'), "has no CCG code"),
    "text for a number": (OUTLINE.replace(b"-1.5,", b'"west",'), "is not in longitude and latitude"),
    "a number too large": (OUTLINE.replace(b"-1.5,", b"1e400,"), "is not in longitude and latitude"),
    "metres": (OUTLINE.replace(b"-1.5,", b"450000,"), "is not in longitude and latitude"),
    "a shape twice": (OUTLINE.replace(FEATURE, FEATURE + b", " + FEATURE), "The CCG stands in the file twice."),
    "a formula": (OUTLINE.replace(b"NHS SOUTH", b"=SOUTH"), "A value may not begin like a formula."),
    "half a sign": (OUTLINE.replace(b"Polygon", b"\\ud800"), "is not an outline"),
    "nested without end": (OUTLINE.replace(b"[[[", b"[" * 100_000), "is cut short or damaged"),
}


@pytest.mark.parametrize("damage", OUTLINES)
def test_damage_to_outlines(warehouse: Warehouse, tmp_path: Path, damage: str) -> None:
    """Of what can happen to rows and columns, none can happen to GeoJSON."""
    content, why = OUTLINES[damage]
    problems = refused(warehouse, written(tmp_path, content, "ccgs_2019.geojson"))
    assert [why in problem.why for problem in problems] == [True]


def test_outlines_without_a_year_are_refused(warehouse: Warehouse, tmp_path: Path) -> None:
    assert "no year" in refused(warehouse, written(tmp_path, OUTLINE, "ccgs.geojson"))[0].why


def test_every_damage_is_done_or_a_reason_given() -> None:
    assert len(DAMAGE) >= 15
    for damage, done in DAMAGE.items():
        assert {*done.not_for, *done.otherwise} <= set(RETURNS), damage
        assert all(done.not_for.values()), damage
    for kind in RETURNS:
        assert sum(kind not in done.not_for for done in DAMAGE.values()) >= 15, kind
