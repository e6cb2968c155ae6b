"""Several loads at the same moment, in processes of their own, on both kinds of catalogue."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from loaders.warehouse import Warehouse
from tests.loaders.processes import at_once, checked, open_and_load
from tests.loaders.returns_made import Figures, counted, figures

pytestmark = pytest.mark.slow

LOADERS, RETURNS = 4, 3


def sent(loader: int, month: int) -> bytes:
    return counted({f"2015-0{month}": 10 * loader + month}, drawn="2015-09-10", sender=f"DS{loader}")


def published(place: Path, catalogue: str | None) -> tuple[int, Figures]:
    """How many releases there are, every one of them whole, and the figures of the newest."""
    warehouse = Warehouse(str(place), catalogue)
    releases = warehouse.register.releases()
    for release in releases:
        checked(warehouse, release)
    found = figures(warehouse)
    warehouse.close()
    return len(releases), found


def test_every_load_is_in_or_says_to_run_it_again(tmp_path: Path, catalogue: str | None) -> None:
    returns = [[sent(loader, month) for month in range(1, RETURNS + 1)] for loader in range(LOADERS)]
    told = at_once(open_and_load, *((str(tmp_path), catalogue, each) for each in returns))
    assert {words for said in told for words in said if not words.endswith("run again.")} == {"loaded"}
    assert published(tmp_path, catalogue) == (sum(said.count("loaded") for said in told), loaded(told))
    for said, each in zip(told, returns, strict=True):  # as the loaders were told
        open_and_load(str(tmp_path), catalogue, [r for r, words in zip(each, said, strict=True) if words != "loaded"])
    assert published(tmp_path, catalogue) == (LOADERS * RETURNS, loaded([["loaded"] * RETURNS] * LOADERS))


def loaded(told: Sequence[Sequence[str]]) -> Figures:
    """The figures of the returns that were loaded."""
    months = [
        {f"2015-0{month}": 10 * loader + month for month, words in enumerate(said, 1) if words == "loaded"}
        for loader, said in enumerate(told)
    ]
    return {f"DS{loader}": each for loader, each in enumerate(months) if each}


def test_a_file_that_several_loaders_take_up_is_in_once(tmp_path: Path, catalogue: str | None) -> None:
    told = at_once(open_and_load, *[(str(tmp_path), catalogue, [sent(1, 6)])] * LOADERS)
    assert sorted(words for said in told for words in said) == ["loaded", *["unchanged"] * (LOADERS - 1)]
    assert published(tmp_path, catalogue) == (1, {"DS1": {"2015-06": 16}})


def test_of_several_files_for_the_same_month_the_one_drawn_last_stands(tmp_path: Path, catalogue: str | None) -> None:
    returns = [counted({"2015-06": day}, drawn=f"2015-09-{day}") for day in (10, 11, 12, 13)]
    told = at_once(open_and_load, *((str(tmp_path), catalogue, [each]) for each in returns))
    again = [each for each, (words,) in zip(returns, told, strict=True) if words.endswith("run again.")]
    open_and_load(str(tmp_path), catalogue, again)
    assert published(tmp_path, catalogue)[1] == {"DS1": {"2015-06": 13}}
