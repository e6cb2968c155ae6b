from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from loaders.columns import arrow_schema
from loaders.tables import FACTS
from loaders.warehouse import TableFiles, Warehouse
from metrics.catalogue import load
from metrics.disclosure import NONE
from metrics.engines import Engine
from metrics.figures import figures
from metrics.query import Scope, select_for
from metrics.selection import Selection
from tests.metrics.small import CODING, INVENTED, REAL
from tests.metrics.warehouses import hold, publish, release_one, warehouse_of

SCOPE = Scope((("00C", "00C"),), synthetic=False)
RECORDED = load()["start_back_recorded"]


def test_a_table_that_never_came_is_empty_and_has_every_column(nothing: Engine) -> None:
    for table in FACTS.sorted_tables:
        if table.name not in ("note", "received"):
            rows = nothing.counts(sa.select(table))
            assert rows.num_rows == 0
            assert rows.column_names == arrow_schema(table).names


def test_a_column_newer_than_the_release_is_null(tmp_path: Path) -> None:
    older = [column.name for column in FACTS.tables["practice_coding"].columns if column.name != "gp_lumbar_mri"]
    hold(tmp_path, {"practice_coding": CODING})
    path = tmp_path / "practice_coding.parquet"
    rows = pq.read_table(path)
    names = {int(field.metadata[b"PARQUET:field_id"]): field.name for field in rows.schema}
    pq.write_table(rows.select(older), path)
    kinds = {"month": "date", "synthetic": "boolean", "episodes": "int"}
    columns = {
        at: (name, kinds.get(name, "int" if name.startswith("start_back") else "string"))
        for at, name in names.items()
        if name in older
    }
    engine = Engine(warehouse_of({"practice_coding": TableFiles([str(path)], columns)}), release_one())
    table = FACTS.tables["practice_coding"]
    found = engine.counts(sa.select(table.c.episodes, table.c.gp_lumbar_mri).where(table.c.practice == "00M-A"))
    assert found.to_pylist() == [{"episodes": 10, "gp_lumbar_mri": None}]


def test_a_folder_may_hold_an_apostrophe(tmp_path: Path) -> None:
    engine = hold(tmp_path / "it's here", {"practice_coding": CODING})
    assert engine.counts(select_for(RECORDED.how, SCOPE)).num_rows == 2


def test_a_table_with_real_rows_is_answered_with_them_alone(small: Engine) -> None:
    # release 2 holds invented referrals beside real ones, and invented posts alone
    assert not small.is_synthetic("referral")
    assert small.is_synthetic("workforce")
    assert not small.is_synthetic("boundary")  # nothing came of it


def test_tables_received_are_named_in_their_order(small: Engine) -> None:
    assert small.tables_received() == [name for name in FACTS.tables if name in {*REAL, *INVENTED}]


def test_an_older_release_reads_as_it_was(tmp_path: Path) -> None:
    revised = [{**row, "start_back_low": 0} for row in CODING]
    engine = publish(tmp_path, ({"practice_coding": CODING}, False), ({"practice_coding": revised}, False))
    warehouse = Warehouse(str(tmp_path))
    first = warehouse.register.release(1)
    assert first
    before = Engine(warehouse, first)
    assert recorded(engine) == (5, 40)
    assert recorded(before) == (10, 40)


def recorded(engine: Engine) -> tuple[float | None, float | None]:
    april = Selection(ccgs=("00C",), first=date(2016, 4, 1), last=date(2016, 4, 1))
    (figure,) = figures(RECORDED, april, engine, NONE)
    return figure.numerator, figure.denominator


def test_many_can_ask_at_once(small: Engine) -> None:
    measures = [*load().values()]
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(figures, measure, Selection(), small, NONE) for measure in measures * 2]
        answers = [answer.result() for answer in asked]
    assert answers[: len(measures)] == answers[len(measures) :]


def test_two_engines_share_nothing(tmp_path: Path, small: Engine) -> None:
    other = hold(tmp_path, {"practice_coding": CODING[:1]})
    other.close()
    assert small.counts(select_for(RECORDED.how, SCOPE)).num_rows == 2


@pytest.mark.parametrize("threads", ["1", "2"])
def test_the_number_of_threads_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: str) -> None:
    monkeypatch.setenv("ENGINE_THREADS", threads)
    engine = hold(tmp_path, {"practice_coding": CODING})
    assert recorded(engine) == (10, 40)
