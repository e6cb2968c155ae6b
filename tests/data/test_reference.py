"""The reference files say what the sources say, and agree with one another."""

import csv
import json
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
TABLES = sorted(path.name for path in REFERENCE.glob("*.csv"))
CCGS = {"00C", "00D", "00J", "00K", "00L", "00M", "00N", "00P", "01H", "03D", "13T", "99C"}

Row = dict[str, str]
Ring = list[list[float]]


def rows(name: str) -> list[Row]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ccgs() -> dict[str, Row]:
    return {row["code"]: row for row in rows("ccgs.csv")}


@pytest.mark.parametrize("name", TABLES)
def test_every_row_names_its_source_and_licence(name: str) -> None:
    table = rows(name)
    assert table
    for row in table:
        assert None not in row, f"{name}: more cells than columns in {row}"
        assert row["source"].strip(), f"{name}: no source in {row}"
        assert row["licence"].strip(), f"{name}: no licence in {row}"


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("ccgs.csv", "planned_go_live_from"),
        ("ccgs.csv", "planned_go_live_to"),
        ("mergers.csv", "date"),
        ("notes.csv", "date"),
        ("successors.csv", "opened"),
    ],
)
def test_dates_are_real(name: str, column: str) -> None:
    days = [date.fromisoformat(row[column]) for row in rows(name) if row[column]]
    assert days
    assert date(2013, 4, 1) <= min(days) <= max(days) <= date(2022, 7, 1)  # from when CCGs began to when they ended


# ---- CCGs


def test_the_twelve_ccgs_stand_once_each() -> None:
    assert sorted(row["code"] for row in rows("ccgs.csv")) == sorted(CCGS)
    assert len({row["ons_code"] for row in rows("ccgs.csv")}) == 12


def test_only_south_tees_and_hambleton_are_early() -> None:
    assert {code for code, ccg in ccgs().items() if ccg["arm"] == "early"} == {"00M", "03D"}
    for ccg in ccgs().values():
        assert ccg["arm"] == ("early" if ccg["wave"] == "0" else "following")


@pytest.mark.parametrize(
    ("wave", "codes", "practices", "patients"),
    [
        ("0", {"00M", "03D"}, 66, 433_981),
        ("1", {"00C", "00K"}, 50, 399_797),
        ("2", {"13T"}, 65, 506_651),
        ("3", {"00D", "00J", "00L", "00N", "00P", "99C", "01H"}, 303, 2_039_595),
    ],
)
def test_waves_add_up_to_the_programmes_totals(wave: str, codes: set[str], practices: int, patients: int) -> None:
    members = {code: ccg for code, ccg in ccgs().items() if ccg["wave"] == wave}
    assert set(members) == codes
    assert sum(int(ccg["practices_2015"]) for ccg in members.values()) == practices
    assert sum(int(ccg["list_size_2015"]) for ccg in members.values()) == patients


@pytest.mark.parametrize(
    ("wave", "start", "end", "status"),
    [
        ("0", "2015-05-01", "2015-05-31", "stated"),
        ("1", "2015-12-01", "", "stated"),  # "from December 2015", no end given
        ("2", "2016-08-01", "", "exploring"),  # "potentially August 2016"
        ("3", "2017-08-01", "2019-03-31", "stated"),
    ],
)
def test_plans_are_those_of_the_newsletter(wave: str, start: str, end: str, status: str) -> None:
    plans = {
        (ccg["planned_go_live_from"], ccg["planned_go_live_to"], ccg["plan_status"])
        for ccg in ccgs().values()
        if ccg["wave"] == wave
    }
    assert plans == {(start, end, status)}


def test_lists_and_practices_are_those_of_the_published_file(real: Path) -> None:
    published: dict[str, list[int]] = {code: [] for code in CCGS}
    with (real / "list_sizes" / "Patient_List_Size_2015_04-06.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = row["PCO Code"][:3]  # five characters, "00M00"
            if code in published:
                published[code].append(sum(int(row[column]) for column in row if column.startswith(("Male", "Female"))))
    for code, ccg in ccgs().items():
        assert int(ccg["list_size_2015"]) == sum(published[code]), code
        assert int(ccg["practices_2015"]) == sum(patients >= 1_000 for patients in published[code]), code


def test_names_are_those_of_ods(real: Path) -> None:
    with (real / "ods" / "2016_02_eccg.csv").open(encoding="utf-8", newline="") as file:
        ods = {row[0]: row[1] for row in csv.reader(file)}
    for code, ccg in ccgs().items():
        assert ods[code] == f"NHS {ccg['name']} CCG".upper()


# ---- Mergers


def test_every_merger_joins_known_codes() -> None:
    before = CCGS | {"00F", "00G", "00H"}  # the three that made 13T
    after = {row["code"] for row in rows("successors.csv")}
    for merger in rows("mergers.csv"):
        assert merger["from_code"] in before
        assert merger["to_code"] in CCGS | after


def test_successors_are_where_the_mergers_lead() -> None:
    merged = {row["from_code"]: row["to_code"] for row in rows("mergers.csv") if row["date"] == "2020-04-01"}
    assert {code: ccg["successor"] for code, ccg in ccgs().items()} == {code: merged.get(code, code) for code in CCGS}


def test_a_successor_has_an_arm_only_where_nobody_outside_it_joined() -> None:
    arms = {row["code"]: row["arm"] for row in rows("successors.csv")}
    assert arms == {"16C": "mixed", "42D": "mixed", "84H": "following"}


# ---- Codes, targets, notes


def test_codes_are_written_in_full_and_their_words_are_known() -> None:
    codes = rows("code_sets.csv")
    for row in codes:
        letter, digits = row["code"][0], row["code"][1:].replace(".", "")
        assert letter.isalpha(), row
        assert len(digits) == 3, row
        assert digits.isdigit(), row
        assert row["role"] in {"primary", "any", "exclude"}
        assert row["system"] == {"procedures": "OPCS-4", "diagnoses": "ICD-10"}[row["set"]]
    keys = [(row["group"], row["code"], row["role"]) for row in codes]
    assert len(keys) == len(set(keys))


def test_no_code_is_both_in_a_group_and_shut_out_of_it() -> None:
    codes = rows("code_sets.csv")
    shut_out = {(row["group"], row["code"]) for row in codes if row["role"] == "exclude"}
    assert not shut_out & {(row["group"], row["code"]) for row in codes if row["role"] != "exclude"}


def test_sciatica_is_kept_apart_from_non_specific_pain() -> None:
    groups: dict[str, set[str]] = {}
    for row in rows("code_sets.csv"):
        if row["set"] == "diagnoses":
            groups.setdefault(row["group"], set()).add(row["code"])
    assert groups == {"low_back_pain_non_specific": {"M54.5"}, "sciatica": {"M51.1", "M54.3", "M54.4"}}


def test_only_the_national_standard_is_a_verified_target() -> None:
    for target in rows("targets.csv"):
        assert target["verified"] == ("yes" if target["measure_key"].startswith("rtt_") else "no")
        assert "Unverified" in target["source"] or target["value"] == "92"


def test_measures_are_held_to_these_targets_and_no_others() -> None:
    definitions = (REFERENCE.parents[1] / "metrics" / "definitions").glob("*.toml")
    measures = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")).get("target") for path in definitions}
    held = {key: (float(target["value"]), target["verified"]) for key, target in measures.items() if target}
    kept = {row["measure_key"]: (float(row["value"]), row["verified"] == "yes") for row in rows("targets.csv")}
    assert held == kept


def test_notes_are_about_the_region_or_one_of_its_ccgs() -> None:
    assert {note["ccg"] for note in rows("notes.csv")} <= CCGS | {""}


# ---- Boundaries


def outlines() -> dict[str, list[list[Ring]]]:
    """The polygons of each CCG: an outer ring, then its holes."""
    features = json.loads((REFERENCE / "boundaries.geojson").read_text(encoding="utf-8"))["features"]
    return {
        feature["properties"]["code"]: feature["geometry"]["coordinates"]
        if feature["geometry"]["type"] == "MultiPolygon"
        else [feature["geometry"]["coordinates"]]
        for feature in features
    }


def test_boundaries_draw_the_twelve_ccgs_under_their_names() -> None:
    boundaries = json.loads((REFERENCE / "boundaries.geojson").read_text(encoding="utf-8"))
    drawn = {feature["properties"]["code"]: feature["properties"]["name"] for feature in boundaries["features"]}
    assert drawn == {code: ccg["name"] for code, ccg in ccgs().items()}
    assert "Open Government Licence" in boundaries["attribution"]


@pytest.mark.parametrize("code", sorted(CCGS))
def test_rings_are_closed_clockwise_and_in_the_north_of_england(code: str) -> None:
    for polygon in outlines()[code]:
        for ring in polygon:
            assert ring[0] == ring[-1]
            assert len(ring) > 3
            assert all(-4 < longitude < 0 and 53.5 < latitude < 56 for longitude, latitude in ring)
        outer = polygon[0]
        assert sum((x2 - x1) * (y2 + y1) for (x1, y1), (x2, y2) in pairwise(outer)) > 0, "Plotly fills the outside"


@pytest.mark.parametrize(
    ("one", "other"),
    [("00C", "00D"), ("00C", "00K"), ("00M", "03D"), ("00L", "13T"), ("00J", "00P"), ("01H", "00L")],
)
def test_neighbours_share_their_border_point_for_point(one: str, other: str) -> None:
    points = {
        code: {(x, y) for polygon in outlines()[code] for ring in polygon for x, y in ring} for code in (one, other)
    }
    assert len(points[one] & points[other]) > 5
