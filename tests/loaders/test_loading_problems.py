"""What becomes of problems: files refused, warnings recorded, and a dry run that only tells of them."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pytest

from loaders import coding, loading
from loaders.loading import load_files, load_sources
from loaders.problems import LoadRefused, Problem
from loaders.reading import open_bytes
from loaders.submission import Across
from loaders.warehouse import Warehouse
from tests.loaders.returns_made import JUNE, counted, figures, load, newest, sent, states

# ---- Refusals


def test_one_refused_file_keeps_all_from_being_published(warehouse: Warehouse) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    before = newest(warehouse)
    good = sent({"2015-07": 28}, drawn="2015-10-10", name="good.csv")
    bad = sent({"2015-07": "many", "2015-08": -1}, drawn="2015-10-10", sender="DS2", name="bad.csv")
    stray = open_bytes("stray.csv", b"a,b\n1,2\n")[0]
    with pytest.raises(LoadRefused) as refused:
        load(warehouse, good, bad, stray)
    told = [(problem.file, problem.row, problem.column, problem.value) for problem in refused.value.problems]
    assert told == [("bad.csv", 2, "episodes", "many"), ("bad.csv", 3, "episodes", "-1"), ("stray.csv", None, "", "")]
    assert newest(warehouse) == before
    assert states(warehouse) == [("stray.csv", "refused"), ("bad.csv", "refused"), ("sent.csv", "loaded")]
    kept = [problem for submission, problem in warehouse.register.problems()]
    assert sorted(map(str, kept)) == sorted(map(str, refused.value.problems))
    assert [p.value for _, p in warehouse.register.problems(bad.sha256[:12])] == ["-1", "many"]


def test_a_refused_file_says_its_kind_where_that_is_known(warehouse: Warehouse) -> None:
    with pytest.raises(LoadRefused):
        load(warehouse, sent({"2015-07": "many"}, drawn="2015-10-10"), open_bytes("stray.csv", b"a,b\n1,2\n")[0])
    assert [(s.file, s.kind, s.release) for s in warehouse.register.submissions()] == [
        ("stray.csv", None, None),
        ("sent.csv", "coding", None),
    ]


def test_what_cannot_even_be_opened_is_refused_with_the_rest(warehouse: Warehouse, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    (tmp_path / "bad.csv").write_bytes(counted({"2015-07": "many"}, drawn="2015-10-10"))
    paths = [tmp_path / name for name in ("empty.csv", "folder", "gone.csv", "bad.csv")]
    with pytest.raises(LoadRefused) as refused:
        load_files(paths, warehouse)
    assert [problem.why for problem in refused.value.problems] == [
        "The file is empty.",
        "There is no file in this folder.",
        "There is no such file.",
        "This is not a whole number.",
    ]
    assert len(warehouse.register.problems()) == 4


def test_a_refused_file_may_be_sent_again_once_mended(warehouse: Warehouse) -> None:
    with pytest.raises(LoadRefused):
        load(warehouse, sent({"2015-06": "many"}, drawn="2015-09-10"))
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    assert figures(warehouse) == {"DS1": JUNE}


def test_warnings_are_recorded_with_the_release(warehouse: Warehouse) -> None:
    outcome = load(warehouse, sent({"2015-09": 31}, drawn="2015-09-10"))  # the month was not over
    ((submission, recorded),) = warehouse.register.problems()
    assert [recorded] == outcome.warnings
    assert (submission, recorded.level, recorded.file) == (outcome.loaded[0].submission, "warning", "sent.csv")


# ---- A dry run


def test_a_dry_run_writes_nothing(warehouse: Warehouse) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    before, files = newest(warehouse), _files(warehouse)
    later, same = sent({"2015-09": 31}, drawn="2015-09-12"), sent(JUNE, drawn="2015-09-10", name="same.csv")
    late = sent({"2015-06": 1}, drawn="2015-08-01", name="late.csv")
    outcome = load_sources([later, same, late], warehouse, dry_run=True)
    assert (outcome.release, outcome.unchanged, outcome.superseded) == (None, ["same.csv"], ["late.csv"])
    assert ["not over" in warning.why for warning in outcome.warnings] == [True]
    with pytest.raises(LoadRefused):
        load_sources([sent({"2015-07": "many"}, drawn="2015-10-10")], warehouse, dry_run=True)
    assert (newest(warehouse), _files(warehouse)) == (before, files)
    assert states(warehouse) == [("sent.csv", "loaded")]
    assert warehouse.register.problems() == []


def _files(warehouse: Warehouse) -> set[Path]:
    return {path for path in Path(warehouse.location).rglob("*") if path.name != "catalogue.db-wal"}


# ---- Checks across files


def test_what_files_say_together_is_warned_of_once(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    def falls(rows: pa.Table) -> list[Problem]:
        counts = [row["episodes"] for row in sorted(rows.to_pylist(), key=lambda row: row["month"])]
        return [Problem(f"{a} fell to {b}.", level="warning") for a, b in pairwise(counts) if b < a]

    kind = replace(coding.KIND, across=Across("practice_coding", ("month", "episodes"), falls))
    monkeypatch.setattr(loading, "recognise", lambda source, key: kind)
    first = load(warehouse, sent(JUNE, drawn="2015-09-10"))
    second = load(warehouse, sent({"2015-07": 28}, drawn="2015-09-10"))
    third = load(warehouse, sent({"2015-08": 12}, drawn="2015-09-10"))
    assert [[problem.why for problem in outcome.warnings] for outcome in (first, second, third)] == [
        [],
        ["31 fell to 28."],
        ["28 fell to 12."],  # what was said with the second is not said again
    ]
