"""The catalogue in a PostgreSQL of its own, as several people at once need it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from loaders.problems import LoadRefused
from loaders.register import Register
from loaders.warehouse import Warehouse
from metrics.engines import Engine
from tests.loaders.processes import at_once, checked
from tests.loaders.returns_made import figures, load, newest, sent

JUNE = {"2015-06": 31}


@pytest.fixture
def warehouse(tmp_path: Path, few_tables: sa.MetaData, new_database: Callable[[], str]) -> Iterator[Warehouse]:
    warehouse = Warehouse(str(tmp_path / "warehouse"), new_database())
    yield warehouse
    warehouse.close()


def test_the_catalogue_is_in_the_database_alone(warehouse: Warehouse) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    assert [path.name for path in Path(warehouse.location).iterdir()] == ["pathway"]


def test_an_earlier_release_still_reads_its_own_figures(warehouse: Warehouse) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    load(warehouse, sent({"2015-06": 33, "2015-07": 28}, drawn="2015-10-10"))
    assert [figures(warehouse, release) for release in warehouse.register.releases()] == [
        {"DS1": {"2015-06": 33, "2015-07": 28}},
        {"DS1": JUNE},
    ]
    assert warehouse.register.release(1) == warehouse.register.releases()[1]
    assert Engine(warehouse, newest(warehouse)).tables_received() == ["practice_coding"]


def test_the_same_file_twice_changes_nothing(warehouse: Warehouse) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    assert load(warehouse, sent(JUNE, drawn="2015-09-10")).unchanged == ["sent.csv"]
    assert newest(warehouse).number == 1


def test_a_late_file_gives_only_the_months_that_no_later_one_answers_for(warehouse: Warehouse) -> None:
    load(warehouse, sent({"2015-06": 33}, drawn="2015-10-10"))
    load(warehouse, sent({"2015-05": 30, "2015-06": 31}, drawn="2015-09-10"))
    assert figures(warehouse) == {"DS1": {"2015-05": 30, "2015-06": 33}}


def test_problems_of_a_refused_file_are_recorded(warehouse: Warehouse) -> None:
    with pytest.raises(LoadRefused) as refused:
        load(warehouse, sent({"2015-07": "viele ÄÖ 'quoted'"}, drawn="2015-10-10"))
    assert [problem for _, problem in warehouse.register.problems()] == list(refused.value.problems)
    assert warehouse.register.submissions()[0].status == "refused"
    assert warehouse.register.release() is None


def test_what_a_dead_load_left_is_swept_and_every_release_stays(warehouse: Warehouse) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    load(warehouse, sent({"2015-06": 32}, drawn="2015-10-10"))
    before = [checked(warehouse, release) for release in warehouse.register.releases()]
    warehouse.sweep(older_than=0)
    assert [checked(warehouse, release) for release in warehouse.register.releases()] == before


def test_columns_that_an_older_program_did_not_know_are_added(new_database: Callable[[], str]) -> None:
    engine = sa.create_engine(new_database())
    Register(engine).prepare()
    with engine.begin() as connection:
        connection.exec_driver_sql("alter table submission drop column tables")
    Register(engine).prepare()
    assert "tables" in {column["name"] for column in sa.inspect(engine).get_columns("submission")}
    engine.dispose()


def prepare(place: str, catalogue: str) -> str:
    warehouse = Warehouse(place, catalogue)
    warehouse.prepare()
    warehouse.close()
    return "ready"


@pytest.mark.slow
def test_several_programs_may_open_a_new_warehouse_at_once(tmp_path: Path, new_database: Callable[[], str]) -> None:
    assert at_once(prepare, *[(str(tmp_path / "warehouse"), new_database())] * 4) == ["ready"] * 4
