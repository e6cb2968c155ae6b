"""`python -m metrics`: what it prints, in every form, and how it ends."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from metrics import __main__ as cli
from metrics.catalogue import load
from metrics.engines import Engine
from metrics.figure import Figure

KEYS = (
    *("measure", "area", "area_name", "arm", "period", "numerator", "denominator", "value", "lower", "upper"),
    *("unit", "status", "release", "synthetic", "reason"),
)
"""What other programs read: these names, in this order."""


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.app, list(words))


@pytest.fixture
def shown(small: Engine, small_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small programme in the warehouse that is asked, counts as they are."""
    assert small.release.number == 2
    monkeypatch.setenv("WAREHOUSE", str(small_place))
    monkeypatch.setenv("DISCLOSURE", "none")


def figures(*words: str) -> list[dict[str, object]]:
    answer = run("show", *words, "--format", "json")
    assert answer.exit_code == 0, answer.output
    found: list[dict[str, object]] = json.loads(answer.stdout, parse_constant=_not_json)
    return found


def _not_json(constant: str) -> None:
    raise AssertionError(f"{constant} is no JSON")


# ---- list


def test_every_measure_is_listed(tmp_path: Path) -> None:
    answer = run("list", "--warehouse", str(tmp_path))
    assert answer.exit_code == 0
    assert [line.split()[0] for line in answer.stdout.splitlines()] == list(load())


def test_measures_as_csv_and_json(tmp_path: Path) -> None:
    rows = json.loads(run("list", "--format", "json", "--warehouse", str(tmp_path)).stdout)
    assert rows[0] == {
        "key": "ccgs_live",
        "family": "adoption",
        "name": load()["ccgs_live"].name,
        "unit": "%",
        "better": "higher",
        "question": load()["ccgs_live"].question,
        "data": "none",  # nothing was published there
    }
    written = run("list", "--format", "csv", "--warehouse", str(tmp_path)).stdout
    assert list(csv.DictReader(io.StringIO(written))) == rows


# ---- show


@pytest.mark.usefixtures("shown")
def test_figures_as_json() -> None:
    found = figures("referral_to_assessment", "--ccg", "00M", "--from", "2016-04", "--to", "2016-05")
    assert [tuple(figure) for figure in found] == [KEYS, KEYS]
    assert found[0] == {
        "measure": "referral_to_assessment",
        "area": "00M",
        "area_name": "South Tees",
        "arm": "early",
        "period": "2016-04",
        "numerator": 1.0,
        "denominator": 3.0,
        "value": pytest.approx(100 / 3),
        "lower": pytest.approx(6.149194, abs=1e-6),  # Wilson, 1 of 3
        "upper": pytest.approx(79.234040, abs=1e-6),
        "unit": "%",
        "status": "ok",
        "release": 2,
        "synthetic": False,
        "reason": "",
    }
    assert [found[1][key] for key in ("numerator", "denominator", "value", "lower", "upper")] == [None] * 5
    assert found[1]["status"] == "not_received"


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("key", list(load()))
def test_every_measure_is_valid_json_and_not_a_number_is_never_written(key: str) -> None:
    found = figures(key, "--by", "ccg")
    assert found
    for figure in found:
        assert tuple(figure) == KEYS
        assert (figure["value"] is None) == (figure["status"] != "ok")


@pytest.mark.usefixtures("shown")
def test_figures_as_csv() -> None:
    words = ("referral_to_assessment", "--ccg", "00M")
    answer = run("show", *words, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(answer.stdout)))
    assert "\r" not in answer.stdout
    assert tuple(rows[0]) == KEYS == tuple(Figure.__dataclass_fields__)
    assert [{key: "" if v is None else str(v) for key, v in figure.items()} for figure in figures(*words)] == rows


@pytest.mark.usefixtures("shown")
def test_figures_as_a_table() -> None:
    printed = run("show", "referral_to_assessment", "--ccg", "00M").stdout
    assert "Release 2, real returns. Management information, not official statistics." in printed
    april, may = (next(line for line in printed.splitlines() if month in line) for month in ("2016-04", "2016-05"))
    assert [word.strip() for word in april.strip("│ ").split("│")][:8] == [
        *("South Tees", "early", "2016-04", "33%", "6", "79", "1", "3"),
    ]
    assert "not received" in may
    assert "synthetic data" in run("show", "ttps_in_post").stdout


@pytest.mark.usefixtures("shown")
def test_figures_of_quarters() -> None:
    found = figures("referral_rate", "--ccg", "00C", "--per", "quarter")
    assert [(figure["period"], figure["numerator"]) for figure in found] == [("2016/17 Q1", 5), ("2016/17 Q2", 1)]


@pytest.mark.usefixtures("shown")
def test_selections() -> None:
    assert [figure["area"] for figure in figures("ccgs_live", "--by", "region", "--to", "2015-05")] == ["region"]
    (radicular,) = figures(
        *("referral_to_assessment", "--ccg", "00m", "--presentation", "radicular_pain", "--to", "2016-04")
    )
    assert (radicular["numerator"], radicular["denominator"]) == (0, 1)
    (either,) = figures("referral_to_assessment", "--ccg", "00C", "--start-back", "low, high", "--to", "2016-04")
    assert either["denominator"] == 1
    (practice,) = figures("referral_rate", "--by", "practice", "--practice", "00c-a", "--to", "2016-04")
    assert (practice["area_name"], practice["numerator"]) == ("The Surgery", 2)


@pytest.mark.usefixtures("shown")
def test_figures_of_an_older_release() -> None:
    # the invented posts came with release 2
    assert figures("ttps_in_post", "--release", "1") == []
    assert {figure["release"] for figure in figures("referral_rate", "--release", "1")} == {1}
    assert "Nothing has been received for this measure." in run("show", "ttps_in_post", "--release", "1").stdout


def test_small_numbers_are_hidden_unless_the_environment_says_otherwise(
    small: Engine, small_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISCLOSURE", raising=False)
    (hidden,) = figures("referral_rate", "--ccg", "00C", "--to", "2016-04", "--warehouse", str(small_place))
    assert (hidden["status"], hidden["numerator"], hidden["value"]) == ("suppressed", None, None)


# ---- What cannot be answered


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["referral_rates"], 2, "There is no measure 'referral_rates'. Did you mean referral_rate"),
        (["surgery"], 2, "Did you mean wait_surgery"),
        (["zzz"], 2, "There is no measure 'zzz'. `python -m metrics list` gives them all."),
        (["referral_rate", "--ccg", "00X"], 2, "Unknown CCG: 00X. Known: 01H (Cumbria), 00C (Darlington),"),
        (["referral_rate", "--ccg", "00M,Tyne"], 2, "Unknown CCG: TYNE. Did you mean 99C (North Tyneside)"),
        (["referral_rate", "--by", "town"], 2, "'town' is not one of"),
        (["referral_rate", "--per", "week"], 2, "'week' is not one of"),
        (["referral_rate", "--from", "2016-13"], 2, "does not match the format"),
        (["referral_rate", "--presentation", "neck"], 2, "Unknown: neck. Known: low_back_pain, radicular_pain."),
        (["referral_rate", "--start-back", "low,none"], 2, "Unknown: none. Known: low, medium, high."),
        (["referral_rate", "--release", "9"], 1, "There is no release 9. `python -m loaders releases` lists them."),
        (["opioids", "--by", "practice"], 1, "is not known by practice."),
    ],
)
@pytest.mark.usefixtures("shown")
def test_what_cannot_be_answered_says_what_can(words: list[str], code: int, said: str) -> None:
    answer = run("show", *words)
    assert answer.exit_code == code
    assert answer.stdout == ""
    assert said in " ".join(answer.stderr.replace("│", " ").split())


def test_an_unknown_policy_is_said(small: Engine, small_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCLOSURE", "off")
    answer = run("show", "referral_rate", "--warehouse", str(small_place))
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert "DISCLOSURE is 'off'" in answer.stderr


def test_without_a_release_it_says_what_to_do(tmp_path: Path) -> None:
    answer = run("show", "referral_rate", "--warehouse", str(tmp_path))
    assert answer.exit_code == 1
    assert "Nothing has been published yet. Run `python -m loaders demo`, or load your own files." in answer.stderr


def test_the_program_itself_ends_with_such_a_code() -> None:
    command = [sys.executable, "-m", "metrics", "show", "referral_rates"]
    ended = subprocess.run(command, capture_output=True, cwd=Path(__file__).parents[2], check=False, text=True)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "Did you mean" in ended.stderr
