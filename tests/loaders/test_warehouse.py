from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.fs
import pytest
import sqlalchemy as sa
from pyiceberg.table import Table

from loaders.columns import arrow_schema
from loaders.register import Release
from loaders.tables import PRACTICE_CODING, RECEIVED
from loaders.warehouse import Drop, ReleaseGone, Warehouse
from metrics.engines import Engine
from tests.loaders.processes import at_once, checked, open_and_load
from tests.loaders.returns_made import counted, figures, load, newest, rows_in, sent

JUNE = {"2015-06": 31}


def files(warehouse: Warehouse) -> set[Path]:
    """Every file of the tables."""
    return {path for path in (Path(warehouse.location) / "pathway").rglob("*") if path.is_file()}


def added(*episodes: int) -> pa.Table:
    """Rows as a load stages them."""
    rows = [{"episodes": n, "month": date(2015, 6, 1), "slice": "coding DS1", "submission": "a"} for n in episodes]
    return pa.Table.from_pylist(rows, arrow_schema(PRACTICE_CODING))


# ---- Where it lies


@pytest.mark.parametrize("name", ["warehouse", "my warehouse", "données 50%20", "a#b", "a?b", "it's", "[1]"])
def test_a_folder_may_have_any_name(tmp_path: Path, few_tables: sa.MetaData, name: str) -> None:
    warehouse = Warehouse(str(tmp_path / name))
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    assert [path.name for path in tmp_path.iterdir()] == [name]
    again = Warehouse(str(tmp_path / name))
    assert figures(again) == {"DS1": JUNE}
    again.sweep(older_than=0)
    assert Engine(again, newest(again)).tables_received() == ["practice_coding"]


def test_the_place_and_the_catalogue_may_come_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAREHOUSE", str(tmp_path / "tables"))
    monkeypatch.setenv("CATALOGUE_URL", f"sqlite:///{tmp_path / 'elsewhere.db'}")
    assert Warehouse().location == str(tmp_path / "tables")
    assert (tmp_path / "elsewhere.db").exists()


def test_the_place_may_be_an_address(tmp_path: Path, few_tables: sa.MetaData) -> None:
    warehouse = Warehouse((tmp_path / "tables").as_uri(), f"sqlite:///{tmp_path / 'catalogue.db'}")
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    load(warehouse, sent({"2015-06": 32}, drawn="2015-10-10"))
    assert warehouse.sweep(older_than=0)[0] > 0
    assert [figures(warehouse, release) for release in warehouse.register.releases()] == [
        {"DS1": {"2015-06": 32}},
        {"DS1": JUNE},
    ]


def test_an_object_store_needs_a_catalogue_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CATALOGUE_URL", raising=False)
    with pytest.raises(ValueError, match="set CATALOGUE_URL"):
        Warehouse("s3://bucket/warehouse")


def test_a_release_in_an_object_store_is_read_through_its_file_system(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    # Anything but the plain disk is a store; this one happens to have the disk behind it
    store = pyarrow.fs.SubTreeFileSystem("/", pyarrow.fs.LocalFileSystem())
    monkeypatch.setattr(warehouse, "filesystem", lambda: store)
    assert imaging(warehouse, newest(warehouse)) == [(date(2015, 6, 1), 31, 0)]


def test_preparing_again_writes_nothing(warehouse: Warehouse) -> None:
    warehouse.prepare()
    before = files(warehouse)
    warehouse.prepare()
    assert files(warehouse) == before


# ---- Staging


def test_nobody_reads_what_is_only_staged(warehouse: Warehouse) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    before = checked(warehouse, newest(warehouse))
    staged = warehouse.stage(newest(warehouse), "other", "practice_coding", [], added(7, 8))
    assert staged.rows == 3
    assert checked(warehouse, newest(warehouse)) == before
    assert warehouse.staged_rows("practice_coding", staged, ["episodes"])["episodes"].to_pylist() == [7, 8, 31]


def test_two_loads_stage_on_the_same_release_without_seeing_each_other(warehouse: Warehouse) -> None:
    warehouse.prepare()
    one = warehouse.stage(None, "one", "practice_coding", [], added(7))
    two = warehouse.stage(None, "two", "practice_coding", [], added(8))
    assert [
        warehouse.staged_rows("practice_coding", staged, ["episodes"])["episodes"].to_pylist() for staged in (one, two)
    ] == [[7], [8]]


def test_staging_again_under_the_same_name_starts_over(warehouse: Warehouse) -> None:
    warehouse.prepare()
    warehouse.stage(None, "one", "practice_coding", [], added(7))
    assert warehouse.stage(None, "one", "practice_coding", [], added(8)).rows == 1


def test_rows_are_dropped_by_submission_slice_and_month(warehouse: Warehouse) -> None:
    load(warehouse, sent({"2015-06": 31, "2015-07": 28}, drawn="2015-09-10"))
    held = rows_in(warehouse, newest(warehouse))[0]["submission"]
    gone = [
        Drop("another", "coding DS1", [date(2015, 6, 1), date(2015, 7, 1)]),
        Drop(held, "coding DS2", [date(2015, 6, 1), date(2015, 7, 1)]),
        Drop(held, "coding DS1", [date(2015, 5, 1), date(2015, 7, 1)]),
    ]
    staged = warehouse.stage(newest(warehouse), "other", "practice_coding", gone, added())
    rows = warehouse.staged_rows("practice_coding", staged, ["month"])
    assert rows["month"].to_pylist() == [date(2015, 6, 1)]


def test_dropping_rows_that_are_not_there_says_nothing(warehouse: Warehouse) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    gone = [Drop("another", "coding DS1", [date(2015, 6, 1)])]
    assert warehouse.stage(newest(warehouse), "other", "practice_coding", gone, added()).rows == 1


# ---- Reading


def test_a_table_that_a_release_does_not_have_is_empty(warehouse: Warehouse) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    assert warehouse.files(newest(warehouse), "list_size").paths == []


def test_a_release_whose_files_are_no_longer_kept_says_so(warehouse: Warehouse) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    snapshots = {name: replace(snapshot, id=1) for name, snapshot in newest(warehouse).snapshots.items()}
    with pytest.raises(ReleaseGone, match="Release 1 is no longer kept: choose a newer one"):
        warehouse.files(replace(newest(warehouse), snapshots=snapshots), "practice_coding")


# ---- Older programs


def older(facts: sa.MetaData) -> sa.MetaData:
    """The tables before one had its newest column and another was there at all."""
    known = sa.MetaData()
    for table in facts.sorted_tables:
        if table.name != "list_size":
            columns = [sa.Column(c.name, c.type) for c in table.columns if c.name != "gp_lumbar_mri"]
            sa.Table(table.name, known, *columns)
    return known


@pytest.fixture
def from_before(few_tables: sa.MetaData, tmp_path: Path) -> Warehouse:
    """A warehouse with a release of an older program, opened by this one."""
    with pytest.MonkeyPatch.context() as past:
        for module in ("warehouse", "new_rows"):
            past.setattr(f"loaders.{module}.FACTS", older(few_tables))
        load(Warehouse(str(tmp_path / "old")), sent(JUNE, drawn="2015-09-10"))
    return Warehouse(str(tmp_path / "old"))


def imaging(warehouse: Warehouse, release: Release) -> list[tuple]:
    """Month, episodes and MRI of every row, as the engine sees them."""
    table = PRACTICE_CODING.c
    engine = Engine(warehouse, release)
    try:
        rows = engine.counts(sa.select(table.month, table.episodes, table.gp_lumbar_mri)).to_pylist()
    finally:
        engine.close()
    return sorted(tuple(row.values()) for row in rows)


def test_a_column_that_an_older_program_did_not_know_reads_as_null(from_before: Warehouse) -> None:
    assert imaging(from_before, newest(from_before)) == [(date(2015, 6, 1), 31, None)]


def test_an_older_warehouse_takes_new_columns_and_tables(from_before: Warehouse) -> None:
    first = newest(from_before)
    load(from_before, sent({"2015-07": 28}, drawn="2015-09-10"))
    assert imaging(from_before, newest(from_before)) == [
        (date(2015, 6, 1), 31, None),
        (date(2015, 7, 1), 28, 0),
    ]
    assert imaging(from_before, first) == [(date(2015, 6, 1), 31, None)]
    load(from_before, sent({"2015-06": 30}, drawn="2015-10-10"))
    assert imaging(from_before, newest(from_before)) == [(date(2015, 6, 1), 30, 0), (date(2015, 7, 1), 28, 0)]
    assert "list_size" in {path.name for path in (Path(from_before.location) / "pathway").iterdir()}


# ---- Sweeping


def test_nothing_is_swept_from_a_warehouse_without_tables(warehouse: Warehouse) -> None:
    assert warehouse.sweep(older_than=0) == (0, 0)


def test_what_a_dead_load_left_is_swept_and_every_release_stays(warehouse: Warehouse) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    load(warehouse, sent({"2015-06": 32}, drawn="2015-10-10"))
    before = [checked(warehouse, release) for release in warehouse.register.releases()]
    warehouse.sweep(older_than=0)
    clean = files(warehouse)
    warehouse.stage(newest(warehouse), "dead", "practice_coding", [], added(7))
    left = {path for path in files(warehouse) - clean if path.suffix == ".parquet"}
    (Path(warehouse.location) / "pathway" / "received" / "data" / "half.parquet").write_bytes(b"")
    assert warehouse.sweep(older_than=3600) == (0, 0)  # it may still be at work
    snapshots, removed = warehouse.sweep(older_than=0)
    assert snapshots == 1
    assert removed >= 2
    assert not any(path.exists() for path in left)
    assert [checked(warehouse, release) for release in warehouse.register.releases()] == before
    assert [figures(warehouse, release) for release in warehouse.register.releases()] == [
        {"DS1": {"2015-06": 32}},
        {"DS1": JUNE},
    ]
    assert warehouse.sweep(older_than=0)[0] == 0


def test_loading_goes_on_after_a_sweep(warehouse: Warehouse) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    warehouse.sweep(older_than=0)
    load(warehouse, sent({"2015-06": 32}, drawn="2015-10-10"))
    assert figures(warehouse) == {"DS1": {"2015-06": 32}}
    assert rows_in(warehouse, newest(warehouse), RECEIVED.name)[0]["arrived"] == 1


# ---- Several programs


def test_a_table_whose_description_was_replaced_meanwhile_is_looked_for_again(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    found = warehouse._catalogue.load_table
    replaced = iter([FileNotFoundError("00010.metadata.json"), FileNotFoundError("00011.metadata.json")])

    def overtaken(name: tuple[str, str]) -> Table:
        for wrong in replaced:
            raise wrong
        return found(name)

    monkeypatch.setattr(warehouse._catalogue, "load_table", overtaken)
    assert figures(warehouse) == {"DS1": JUNE}
    assert not list(replaced)


def test_a_table_whose_description_is_gone_for_good_is_said_to_be(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))

    def gone(_name: tuple[str, str]) -> Table:
        raise FileNotFoundError("00010.metadata.json")

    monkeypatch.setattr(warehouse._catalogue, "load_table", gone)
    with pytest.raises(FileNotFoundError, match=r"00010\.metadata\.json"):
        figures(warehouse)


@pytest.mark.slow
def test_several_programs_may_open_a_new_warehouse_at_once(tmp_path: Path) -> None:
    place = str(tmp_path / "warehouse")
    returns = [[counted(JUNE, drawn="2015-09-10", sender=f"DS{n}")] for n in range(6)]
    told = at_once(open_and_load, *((place, None, each) for each in returns))
    warehouse = Warehouse(place)
    loaded = {f"DS{n}": JUNE for n, (outcome,) in enumerate(told) if outcome == "loaded"}
    assert figures(warehouse) == loaded
    assert {outcome for (outcome,) in told if "run again" not in outcome} == {"loaded"}
