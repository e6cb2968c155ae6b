"""`python -m metrics spc` over a series whose limits are known from NHSRplotthedots (tests/reference/test_spc.py)."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner, Result

from metrics.__main__ import app
from metrics.disclosure import HES_2018
from metrics.engines import Engine
from metrics.periods import month_after
from metrics.spc.rules import RULE_SETS
from metrics.spc_cli import Rules
from tests.metrics.warehouses import Row, publish, referral

APRIL = date(2015, 4, 1)
SERIES = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
"""GP referrals per 1,000 in South Tees; limits with outliers screened 4.60 and -0.72, mean 1.94."""


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """South Tees by the series; Darlington with one month only; referrals to the pathway too few to be shown."""
    place = tmp_path_factory.mktemp("charted")
    sent = [("00M", month_after(APRIL, at), value) for at, value in enumerate(SERIES)] + [("00C", APRIL, 7)]
    counts: list[Row] = [
        {"ccg": ccg, "month": month, "item": "gp_referrals_made_ga", "count": 100 * value} for ccg, month, value in sent
    ]
    lists: list[Row] = [
        {"ccg": ccg, "month": month, "practice": f"{ccg}-A", "membership": "of_the_time", "patients": 100_000}
        for ccg in ("00M", "00C")
        for month in (APRIL, month_after(APRIL, 11))
    ]
    few = [referral("00M-A", f"{month_after(APRIL, at)}", "2016-12-31") for at in range(6)]
    publish(place, ({"activity": counts, "list_size": lists, "referral": few}, False))
    return place


def run(warehouse: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["spc", *words, "--warehouse", str(warehouse)])


def rows(warehouse: Path, *words: str) -> list[dict[str, str]]:
    found = run(warehouse, *words, "--format", "csv")
    assert found.exit_code == 0, found.output
    return list(csv.DictReader(found.stdout.splitlines()))


def test_every_month_has_its_lines_and_what_marks_it(warehouse: Path) -> None:
    found = rows(warehouse, "gp_referrals", "--ccg", "00m")
    assert [float(row["value"]) for row in found] == SERIES
    assert {(round(float(row["upper"]), 2), round(float(row["mean"]), 2)) for row in found} == {(4.60, 1.94)}
    assert {round(float(row["lower"]), 2) for row in found} == {-0.72}
    (august,) = [row for row in found if row["signal"]]
    assert (august["period"], august["signal"], august["direction"]) == ("2015-08", "outside", "up")
    assert (august["signal_words"], august["verdict"]) == ("above the upper limit", "higher")


def test_says_the_verdict_and_how_often_a_quiet_chart_signals(warehouse: Path) -> None:
    said = " ".join(run(warehouse, "gp_referrals", "--ccg", "00M").stdout.split())
    assert said.startswith("GP referrals to hospital, South Tees: no special change.")
    assert "Of charts like it (18 points, autocorrelation -0.1" in said.replace("\N{MINUS SIGN}", "-")
    assert "signal somewhere when nothing happens" in said
    assert "not evidence of the pathway's effect" in said
    assert "as in NHSRplotthedots 0.2.2" in said
    assert "real returns" in said


def test_a_rebase_starts_new_limits_and_says_why(warehouse: Path) -> None:
    found = rows(warehouse, "gp_referrals", "--ccg", "00M", "--rebase", "2015-09 a new form", "--rebase", "2016-04")
    assert {row["rebase"] for row in found if row["period"] == "2015-09"} == {"a new form"}
    assert {row["rebase"] for row in found if row["period"] == "2016-04"} == {"no reason given"}
    # 1 2 1 2 10 | 1 2 1 2 1 2 1 | 2 1 2 1 2 1
    assert [round(float(row["mean"]), 4) for row in found[::6]] == [3.2, round(10 / 7, 4), 1.5]


def test_the_rules_of_the_excel_tool_screen_nothing(warehouse: Path) -> None:
    (upper,) = {
        round(float(row["upper"]), 2)
        for row in rows(warehouse, "gp_referrals", "--ccg", "00M", "--rules", "making_data_count_excel_7")
    }
    assert upper == 6.95
    assert set(get_args(Rules)) == set(RULE_SETS)


def test_quarters_of_the_early_implementers(warehouse: Path) -> None:
    found = rows(warehouse, "gp_referrals", "--by", "arm", "--per", "quarter", "--from", "2015-07", "--to", "2015-12")
    early = [row for row in found if row["area"] == "early"]
    # 2, 10 and 1 in the first quarter, 2, 1 and 2 in the other
    assert [(row["period"], round(float(row["value"]), 3)) for row in early] == [
        ("2015/16 Q2", round(13 / 3, 3)),
        ("2015/16 Q3", round(5 / 3, 3)),
    ]
    assert {row["verdict"] for row in early} == {"too few points"}


def test_json_holds_a_chart_for_each_area(warehouse: Path) -> None:
    south_tees, darlington = json.loads(run(warehouse, "gp_referrals", "--ccg", "00C,00M", "--format", "json").stdout)[
        ::-1
    ]
    assert (south_tees["area"], len(south_tees["points"]), south_tees["assurance"]) == ("00M", 18, "no judgement")
    assert (darlington["variation"], darlington["quiet_share"]) == ("too few points", None)
    assert darlington["points"][1]["status"] == "not_received"


def test_what_is_hidden_is_a_gap(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCLOSURE", HES_2018.key)
    found = rows(warehouse, "referral_to_assessment", "--ccg", "00M")
    assert {(row["value"], row["status"], row["verdict"]) for row in found} == {("", "suppressed", "cannot be told")}


def test_nothing_received_is_no_error(warehouse: Path) -> None:
    assert "Nothing has been received" in run(warehouse, "opioids").stdout
    assert json.loads(run(warehouse, "opioids", "--format", "json").stdout) == []
    assert rows(warehouse, "opioids") == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["gp_referrals", "--rebase", "2030-01"], 1, "no period from 2030-01 on"),
        (["gp_referrals", "--rebase", "2016-01", "--rebase", "2016-01"], 1, "Two rebases on one date"),
        (["gp_referrals", "--release", "9"], 1, "There is no release 9"),
        (["gp_referrals", "--rebase", "January"], 2, "is not a month such as 2016-11"),
        (["gp_referrals", "--rules", "western_electric"], 2, "western_electric"),
        (["gp_referrals", "--ccg", "99X"], 2, "Unknown CCG: 99X"),
        (["no_such_measure"], 2, "There is no measure"),
    ],
)
def test_refusals_end_with_1_and_slips_with_2(warehouse: Path, words: list[str], code: int, said: str) -> None:
    found = run(warehouse, *words)
    assert (found.exit_code, said in " ".join(found.output.split())) == (code, True), found.output


def test_a_target_is_told_with_its_standing(small: Engine, small_place: Path) -> None:
    assert small.release.number == 2
    said = " ".join(run(small_place, "wait_assessment", "--ccg", "00C").stdout.split())
    assert "target of 42 days (unverified): too few points" in said
