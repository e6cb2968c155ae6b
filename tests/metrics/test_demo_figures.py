"""Figures of the synthetic programme, against what was planted in it."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pyarrow.parquet as pq
import pytest

from metrics.areas import ccgs
from metrics.disclosure import HES_2018, NONE
from metrics.engines import Engine
from metrics.figure import Figure
from metrics.figures import figures
from metrics.measure import Measure, Rate
from metrics.selection import GROUPINGS, By, NotSelectable, Selection

pytestmark = pytest.mark.slow

Measures = dict[str, Measure]
Chances = Mapping[tuple[str, str], float]
"""The chance planted, by CCG and month."""


@pytest.fixture(scope="module")
def planted(demo_warehouse: Path) -> Path:
    """Folder of the truth behind the demo."""
    return demo_warehouse.parent / "files" / "truth"


@pytest.fixture(scope="module")
def rollout(planted: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((planted / "truth.json").read_text(encoding="utf-8"))
    return record


def ask(engine: Engine, measure: Measure, by: By = "ccg", **chosen: Any) -> dict[tuple[str, str], Figure]:
    """Figures by area and period, with no small number hidden."""
    return {(f.area, f.period): f for f in figures(measure, Selection(by=by, **chosen), engine, NONE)}


def rows_of(path: Path, step: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(path, filters=[("step", "==", step)]).to_pylist()
    return rows


# ---- Adoption


def test_ccgs_go_live_in_their_month(demo: Engine, measures: Measures, rollout: dict[str, Any]) -> None:
    live = {code: told["live"][:7] for code, told in rollout["ccgs"].items() if told["live_by_extract"]}
    found = ask(demo, measures["ccgs_live"])
    for (code, month), figure in found.items():
        assert figure.numerator == (code in live and live[code] <= month), (code, month)
    region = ask(demo, measures["ccgs_live"], "region")
    assert region["region", "2015-05"].numerator == sum(month <= "2015-05" for month in live.values())
    assert region["region", "2018-03"].numerator == len(live)


def test_a_practice_that_fell_silent_no_longer_refers(demo: Engine, measures: Measures) -> None:
    # 00M-D05 sends nothing from 1 February 2017 on; its list of 9,000 stays
    chosen = {"ccgs": ("00M",), "first": date(2016, 12, 1)}
    sustained = ask(demo, measures["practices_sustained"], "practice", **chosen)
    referring = ask(demo, measures["practices_referring"], "practice", **chosen)
    months = sorted({month for _, month in sustained})
    assert sustained["00M-D05", "2017-01"].numerator == 1
    assert [sustained["00M-D05", month].numerator for month in months if month > "2017-01"] == [0] * 14
    assert referring["00M-D05", "2017-03"].numerator == 1  # in January, the third month back
    assert [referring["00M-D05", month].numerator for month in months if month > "2017-03"] == [0] * 12


def test_a_merged_practice_leaves_with_its_list(demo: Engine, measures: Measures) -> None:
    # 00D-D12 closed on 30 September 2016: 41 practices became 40
    found = ask(demo, measures["practices_referring"], ccgs=("00D",))
    assert [found["00D", month].denominator for month in ("2016-09", "2016-10")] == [41, 40]


def test_every_referral_on_the_pathway_is_counted(demo: Engine, measures: Measures, planted: Path) -> None:
    # of the early CCGs every submission is whole
    rate = ask(demo, measures["referral_rate"], arms=("early",))
    for row in rows_of(planted / "cells.parquet", "assessed"):
        if row["ccg"] in ("00M", "03D"):
            figure = rate[row["ccg"], f"{row['month']:%Y-%m}"]
            assert figure.numerator == round(row["referrals"] * row["share_triaged"])


# ---- What is missing


def test_a_month_that_was_never_sent_is_not_received(demo: Engine, measures: Measures) -> None:
    for key in ("referral_rate", "referral_to_assessment", "waiting_for_assessment"):
        found = ask(demo, measures[key], ccgs=("00L",), first=date(2016, 7, 1), last=date(2016, 9, 1))
        assert [figure.status for figure in found.values()] == ["ok", "not_received", "ok"], key
    region = ask(demo, measures["referral_rate"], "region")["region", "2016-08"]
    assert region.reason == "Not received in full from Northumberland."


def test_a_rate_waits_for_a_late_main_provider(demo: Engine, measures: Measures) -> None:
    # DP5, which serves Sunderland and South Tyneside, was drawn at the end of February 2018
    last = ask(demo, measures["referral_rate"], first=date(2018, 2, 1))
    assert {code for code in ccgs() if last[code, "2018-03"].status == "not_received"} == {"00N", "00P"}
    assert {last[code, "2018-02"].status for code in ccgs()} == {"ok"}


# ---- Conversion


@pytest.mark.parametrize(
    ("key", "step"),
    [
        ("referral_to_assessment", "assessed"),
        ("assessed_to_imaging", "imaging"),
        ("assessed_to_core_therapy", "core_therapy"),
        ("assessed_to_nerve_root_block", "nerve_root_block"),
        ("assessed_to_surgical_opinion", "surgical_opinion"),
        ("assessed_to_pain_clinic", "pain_clinic"),
    ],
)
@pytest.mark.parametrize("arm", ["early", "following"])
def test_conversions_are_as_likely_as_planted(
    demo: Engine, measures: Measures, planted: Path, key: str, step: str, arm: str
) -> None:
    file = "cells.parquet" if step == "assessed" else "assessed.parquet"
    column = f"reached_{measures[key].horizon}"
    chances = {(row["ccg"], f"{row['month']:%Y-%m}"): row[column] for row in rows_of(planted / file, step)}
    found = [figure for figure in ask(demo, measures[key], arms=(arm,)).values() if figure.status == "ok"]
    people = sum(figure.denominator or 0 for figure in found)
    assert people > 5000
    assert abs(_standard_errors(found, chances)) < 3


def _standard_errors(found: list[Figure], chances: Chances) -> float:
    """By how many standard errors what was found lies above what the chances let expect."""
    reached = expected = variance = 0.0
    for figure in found:
        chance, people = chances[figure.area, figure.period], figure.denominator or 0
        reached += figure.numerator or 0
        expected += chance * people
        variance += chance * (1 - chance) * people
    return float((reached - expected) / variance**0.5)


# ---- Small numbers


def test_no_count_of_one_to_seven_people_leaves_by_any_way(demo: Engine, measures: Measures) -> None:
    random = Random(9)
    states: Counter[str] = Counter()
    people = [measure for measure in measures.values() if measure.counts_people and not measure.published]
    for measure in random.sample(people, 20):
        for figure in _any_figures(measure, demo, random):
            states[figure.status] += 1
            counts = [figure.numerator, None if isinstance(measure.how, Rate) else figure.denominator]
            assert not any(count is not None and (0 < count < 8 or count % 5) for count in counts), figure
            if figure.status == "suppressed":
                assert {figure.numerator, figure.denominator, figure.value, figure.lower, figure.upper} == {None}
    assert states["suppressed"] > 100
    assert states["ok"] > 100


def _any_figures(measure: Measure, engine: Engine, random: Random) -> list[Figure]:
    """Figures of a selection at random, of those that the measure knows."""
    chosen = Selection(
        by=random.choice(GROUPINGS),
        ccgs=tuple(random.sample(list(ccgs()), random.randint(0, 3))),
        presentation=random.choice([(), ("radicular_pain",)]),
        start_back=random.choice([(), ("high",), ("low", "medium")]),
        first=date(2017, random.randint(1, 6), 1),
        per=random.choice(["month", "quarter", "year"]),
    )
    try:
        return figures(measure, chosen, engine, HES_2018)
    except NotSelectable:
        return figures(measure, Selection(by="ccg", first=chosen.first, per=chosen.per), engine, HES_2018)
