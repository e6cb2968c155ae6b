import csv
import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from metrics.__main__ import app
from metrics.areas import ccgs
from metrics.periods import month_after
from tests.metrics.warehouses import Row, publish

FIRST, MAY = date(2014, 5, 1), date(2015, 5, 1)
FALL = 0.7
"""Of GP referrals in the early two from May 2015 on, so that there is something to be found."""


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve CCGs of 100,000 with 2,000 referrals a month or so, May 2014 to November 2015; no ledger."""
    place, rng = tmp_path_factory.mktemp("compared"), np.random.default_rng(0)
    months = [month_after(FIRST, at) for at in range(19)]
    counts: list[Row] = [
        {
            "ccg": ccg,
            "month": month,
            "item": "gp_referrals_made_ga",
            "count": round(2000 * rng.lognormal(0, 0.05) * (FALL if month >= MAY and of.arm == "early" else 1)),
        }
        for ccg, of in ccgs().items()
        for month in months
    ]
    lists: list[Row] = [
        {"ccg": ccg, "month": month, "practice": f"{ccg}-A", "membership": "of_the_time", "patients": 100_000}
        for ccg in ccgs()
        for month in (FIRST, MAY)
    ]
    publish(place, ({"activity": counts, "list_size": lists}, False))
    return place


def compared(warehouse: Path, *options: str) -> str:
    found = CliRunner().invoke(app, ["compare", *options, "--warehouse", str(warehouse)], catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.stdout


def test_says_what_may_be_said_and_what_it_rests_on(warehouse: Path) -> None:
    said = " ".join(compared(warehouse, "gp_referrals").split())
    assert said.startswith("GP referrals to hospital: consistent with a change. In the early implementers")
    assert "1 of 66 ways to deal out the dates of go-live" in said
    assert "2014-05 to 2015-11: 12 before, 7 after" in said
    assert "synthetic difference-in-differences" in said
    assert "real returns" in said
    assert "no value of one CCG in one month is given" in said


def test_csv_is_one_row(warehouse: Path) -> None:
    rows = list(csv.DictReader(compared(warehouse, "gp_referrals", "--format", "csv").splitlines()))
    assert len(rows) == 1
    assert (rows[0]["judgement"], rows[0]["unit"], rows[0]["first"]) == ("consistent_with", "%", "2014-05")
    # 14 months of 5% noise each, against as many months before: a standard error of 1.3 on 70
    assert float(rows[0]["estimate"]) == pytest.approx(100 * (FALL - 1), abs=3)
    assert rows[0]["early"] == "03D; 00M"


def test_csv_has_the_same_columns_when_it_cannot_be_told(warehouse: Path) -> None:
    told, untold = (
        next(csv.reader(compared(warehouse, key, "--format", "csv").splitlines()))
        for key in ("gp_referrals", "opioids")
    )
    assert told == untold


def test_json_holds_everything(warehouse: Path) -> None:
    found = json.loads(compared(warehouse, "gp_referrals", "--format", "json"))
    assert found["change"]["arrangements"] == 66
    assert len(found["second_opinions"]) == 5
    assert len(found["since_go_live"]) == 19


def test_by_months_since_go_live(warehouse: Path) -> None:
    lines = compared(warehouse, "gp_referrals", "--align", "go-live", "--format", "csv").splitlines()
    changes = [row for row in csv.DictReader(lines) if row["about"] == "change"]
    assert [int(row["months"]) for row in changes] == list(range(-12, 7))
    assert all(float(row["estimate"]) < -20 for row in changes if int(row["months"]) >= 0)
    assert {row["ccgs"] for row in changes} == {"2"}


def test_months_can_be_asked_for(warehouse: Path) -> None:
    found = json.loads(compared(warehouse, "gp_referrals", "--from", "2014-09", "--to", "2015-09", "--format", "json"))
    assert (found["basis"]["first"], found["basis"]["last"]) == ("2014-09", "2015-09")


def test_what_cannot_be_told_is_no_error(warehouse: Path) -> None:
    assert "cannot be told. Nothing was received" in compared(warehouse, "opioids")


def test_an_unknown_measure_is_refused() -> None:
    found = CliRunner().invoke(app, ["compare", "no_such_measure"])
    assert found.exit_code == 2
    assert "There is no measure" in found.output
