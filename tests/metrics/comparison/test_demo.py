"""The synthetic programme, loaded like real returns: is what was planted found, and nothing where nothing was?"""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from loaders.demo import write_demo
from loaders.loading import load_files
from loaders.warehouse import Warehouse
from metrics.comparison.compare import compare
from metrics.comparison.result import Comparison
from metrics.comparison.window import Estimand
from metrics.disclosure import NONE
from metrics.engines import Engine
from metrics.figures import figures
from metrics.measure import Measure
from metrics.selection import Selection
from tests.metrics.warehouses import newest

pytestmark = pytest.mark.slow

CLEAN = ("2015-05", "2015-11")
"""From the first early go-live to the month before Darlington's, 7 December 2015."""


@pytest.fixture(scope="module")
def truth(demo_warehouse: Path) -> Path:
    return demo_warehouse.parent / "files" / "truth"


@pytest.fixture(scope="module")
def idle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The same rollout of a pathway that changes nothing; referrals and ledger only."""
    folder = tmp_path_factory.mktemp("idle")
    files = [f for f in write_demo(folder / "files", effect=False) if f.name.startswith(("pathway", "rollout"))]
    load_files(files, Warehouse(str(folder / "warehouse")))
    opened = newest(folder / "warehouse")
    yield opened
    opened.close()


def live_cells(truth: Path, file: str, step: str, first: str, last: str, early: bool) -> list[dict[str, float]]:
    """Rows of the truth for the months from a CCG's go-live on, within a window."""
    ccgs = json.loads((truth / "truth.json").read_text(encoding="utf-8"))["ccgs"]
    rows = pq.read_table(truth / file, filters=[("step", "=", step)]).to_pylist()
    return [
        row
        for row in rows
        if first <= f"{row['month']:%Y-%m}" <= last
        and f"{row['month']:%Y-%m}" >= ccgs[row["ccg"]]["live"][:7]
        and (not early or ccgs[row["ccg"]]["arm"] == "early")
    ]


def held(found: Comparison, planted: float) -> bool:
    """Whether the interval holds what was planted and the change is called one."""
    assert found.change
    assert found.change.lower is not None
    assert found.change.upper is not None
    return found.judgement.key == "consistent_with" and found.change.lower <= planted <= found.change.upper


@pytest.mark.parametrize("estimand", ["early", "all"])
def test_the_shorter_wait_is_found(demo: Engine, measures: dict[str, Measure], truth: Path, estimand: Estimand) -> None:
    found = compare(measures["wait_assessment"], demo, estimand)
    assert found.basis
    cells = live_cells(truth, "cells.parquet", "assessed", "2015-05", found.basis.last, estimand == "early")
    planted = float(100 * (np.exp(np.mean([cell["log_effect"] for cell in cells])) - 1))
    assert planted < -10
    assert held(found, planted)


def test_the_clean_effect_of_the_truth_is_that_of_the_window(truth: Path) -> None:
    effects = json.loads((truth / "truth.json").read_text(encoding="utf-8"))["effects"]
    cells = live_cells(truth, "cells.parquet", "assessed", *CLEAN, early=True)
    assert np.mean([cell["log_effect"] for cell in cells]) == pytest.approx(effects["assessed"]["clean"])


@pytest.mark.parametrize(
    ("key", "file", "step"),
    [
        ("referral_to_assessment", "cells.parquet", "assessed"),
        ("assessed_to_core_therapy", "assessed.parquet", "core_therapy"),
    ],
)
def test_the_higher_conversion_is_found(
    demo: Engine, measures: dict[str, Measure], truth: Path, key: str, file: str, step: str
) -> None:
    cells = live_cells(truth, file, step, *CLEAN, early=True)
    planted = float(100 * np.mean([cell["reached_84"] - cell["reached_84_without"] for cell in cells]))
    assert planted > 5
    assert held(compare(measures[key], demo), planted)


def test_what_it_rests_on(demo: Engine, measures: dict[str, Measure]) -> None:
    basis = compare(measures["wait_assessment"], demo).basis
    assert basis
    assert (basis.first, basis.last, basis.months_before, basis.months_after) == ("2014-05", "2015-11", 12, 7)
    assert set(basis.early) == set(basis.live) == {"00M", "03D"}
    assert len(basis.controls) == 10
    assert basis.go_live == "The rollout ledger as at 31 March 2018."
    assert any("Pathway starts" in note for note in basis.notes)


def test_uptake_is_given_beside_the_change(demo: Engine, measures: dict[str, Measure], truth: Path) -> None:
    basis = compare(measures["wait_assessment"], demo).basis
    triaged = [cell["share_triaged"] for cell in live_cells(truth, "cells.parquet", "assessed", *CLEAN, early=True)]
    assert basis
    # 92% of what a practice refers once it has adopted is triaged: 57. What is given is the share of practices, of
    # which some refer more than others: 54
    assert basis.uptake == pytest.approx(100 * np.mean(triaged) / 0.92, abs=4)


@pytest.mark.parametrize("key", ["wait_assessment", "referral_to_assessment", "assessed_to_core_therapy"])
@pytest.mark.parametrize("estimand", ["early", "all"])
def test_nothing_is_found_where_nothing_was_planted(
    idle: Engine, measures: dict[str, Measure], key: str, estimand: Estimand
) -> None:
    found = compare(measures[key], idle, estimand)
    assert found.judgement.key == "no_sign"
    assert "no sign of a change" in found.judgement.words


def test_months_since_go_live_hold_two_ccgs_at_least(demo: Engine, measures: dict[str, Measure]) -> None:
    since = compare(measures["wait_assessment"], demo, "all").since_go_live
    assert min(month.ccgs for month in since) == 2
    assert [month.months for month in since] == sorted({month.months for month in since})
    assert since[0].months >= -24
    later = [month.estimate for month in since if 3 <= month.months <= 24]
    assert np.mean(later) < -15  # uptake takes a few months; then about a quarter shorter
    # 24 months with a standard deviation of 4.5: a standard error of about 1
    assert np.mean([month.estimate for month in since if month.months < 0]) == pytest.approx(0, abs=3)


def test_second_opinions_are_of_all_together_and_of_each_early_ccg(demo: Engine, measures: dict[str, Measure]) -> None:
    opinions = compare(measures["wait_assessment"], demo).second_opinions
    assert [(opinion.method, opinion.ccg) for opinion in opinions] == [
        ("Callaway and Sant'Anna", ""),
        ("synthetic difference-in-differences", "03D"),
        ("synthetic control", "03D"),
        ("synthetic difference-in-differences", "00M"),
        ("synthetic control", "00M"),
    ]
    assert all(opinion.estimate < 0 for opinion in opinions)
    assert all(not set(dict(opinion.weights)) & {"00M", "03D"} for opinion in opinions)


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("practices_referring", "It measures the rollout itself"),
        ("cppp_completed", "Most months of a CCG rest on fewer than 8 people"),
        ("odi_change", "Nothing was received for these months"),  # forms are given out in Triage and Treat only
    ],
)
def test_refuses_with_the_reason(demo: Engine, measures: dict[str, Measure], key: str, why: str) -> None:
    found = compare(measures[key], demo)
    assert found.judgement.key == "cannot_be_told"
    assert why in found.judgement.words
    assert found.change is None


def test_too_few_months_before_go_live_are_refused(demo: Engine, measures: dict[str, Measure]) -> None:
    late = Selection(first=date(2014, 12, 1))  # five months to April 2015
    found = compare(measures["wait_assessment"], demo, selection=late)
    assert "There are 5 months before the first go-live" in found.judgement.words


def test_every_measure_has_an_answer_without_forbidden_words(demo: Engine, measures: dict[str, Measure]) -> None:
    for measure in measures.values():
        found = compare(measure, demo)
        assert found.judgement.words.startswith(measure.name)
        assert not re.search(r"\b(caus\w*|proves?|due to|because of|effect of)\b", found.judgement.words)


def test_no_value_of_one_ccg_in_one_month_leaves(demo: Engine, measures: dict[str, Measure]) -> None:
    measure = measures["assessed_to_core_therapy"]
    answer = asdict(compare(measure, demo, "all"))
    told = set(numbers_in([answer["change"], answer["since_go_live"], answer["second_opinions"]]))
    values = {figure.value for figure in figures(measure, Selection(), demo, NONE) if figure.value is not None}
    whole = {value for value in values if value == int(value)}  # ranks and numbers of months are whole too
    assert len(values - whole) > 300
    assert not told & (values - whole)


def numbers_in(answer: object) -> Iterator[float]:
    """Every number in lists and dictionaries, however deep."""
    if isinstance(answer, dict):
        answer = list(answer.values())
    if isinstance(answer, list | tuple):
        for part in answer:
            yield from numbers_in(part)
    elif isinstance(answer, float):
        yield answer
