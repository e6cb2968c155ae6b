import hashlib
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from loaders.demo import SEED, write_demo
from loaders.demo.programme import Programme
from loaders.demo.submissions import pathway_rows
from loaders.demo.world import World, make_world
from loaders.pathway import CONTRACT
from loaders.reading import open_file
from tests.loaders.demo.conftest import Demo


def hashes(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_same_seed_gives_the_same_bytes(demo: Demo, tmp_path: Path) -> None:
    write_demo(tmp_path)
    assert hashes(tmp_path) == hashes(demo.folder)


def test_another_seed_gives_other_referrals(world: World) -> None:
    assert pathway_rows(make_world(Programme(), SEED + 1)) != pathway_rows(world)


def test_about_sixty_thousand_referrals(referrals: pa.Table) -> None:
    assert 55_000 <= referrals.num_rows <= 65_000


def test_every_file_but_truth_and_refusals_is_to_be_loaded(demo: Demo) -> None:
    beside = [path for path in demo.folder.iterdir() if path.is_file()]
    assert sorted(beside) == sorted(demo.files)
    assert (demo.folder / "truth" / "truth.json").is_file()
    assert (demo.folder / "faulty" / "pathway_duplicates.csv").is_file()


def test_no_two_files_hold_the_same(demo: Demo) -> None:
    # the loaders read equal content once only: a second file with it would be left out
    contents = [path.read_bytes() for path in demo.files]
    assert len(set(contents)) == len(contents)


def test_the_columns_are_those_of_the_contract(demo: Demo) -> None:
    names = [field.name for field in CONTRACT.fields]
    assert pq.read_schema(demo.folder / "pathway_DP3.parquet").names == names
    assert pa_csv.read_csv(demo.folder / "pathway_DP1.csv").column_names == names
    assert list(open_file(demo.folder / "pathway_DP4.xlsx")[0].sheets[0].head[0]) == names


def test_every_row_says_that_it_is_synthetic(demo: Demo) -> None:
    for path in demo.files:
        if path.name.startswith(("pathway", "prom", "practice_coding", "procedures")):
            sheet = open_file(path)[0].sheets[0]
            assert pc.unique(sheet.body().column("data_status")).to_pylist() == ["synthetic"], path.name


def test_referrals_come_from_may_2014_to_march_2018_on_weekdays(world: World) -> None:
    received = world.referrals.received
    assert str(received.min()) == "2014-05-01"
    assert str(received.max()) == "2018-03-30"  # a Friday; the 31st is a Saturday
    weekday = (received.astype(int) + 3) % 7  # 1 January 1970 was a Thursday
    assert weekday.max() == 4
