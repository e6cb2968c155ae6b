import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.activity_sums import ITEMS
from loaders.pathway import CONTRACT as PATHWAY
from metrics import catalogue
from metrics.catalogue import CatalogueRefused
from metrics.measure import Measure, Rate

REFERENCE = Path(__file__).parents[2] / "data" / "reference"

ADDED = """\
name = "Referrals by lead time"
question = "How many people do we refer?"
family = "adoption"
order = 99
unit = "per 1,000 patients"
decimals = 1
better = "higher"
source = "Pathway submissions"
owner = "CCG lead"
reviewed = 2026-11-01
caveat = "Made up for a test."

[how]
kind = "rate"
table = "referral"
count = "rows"
per = 1000
where = { route = "triage_and_treat", presentation = ["radicular_pain", "low_back_pain"] }
"""

CONVERSION = ADDED[: ADDED.index("[how]")].replace("per 1,000 patients", "%") + (
    '[how]\nkind = "conversion"\norigin = "assessed"\nreach = ["imaging"]\nhorizon = 84\n'
)

KEYS = {
    "adoption": "ccgs_live practices_referring list_covered practices_sustained referral_rate ttps_in_post "
    "start_back_recorded milestones_on_time",
    "waiting": "wait_assessment wait_imaging wait_core_therapy wait_nerve_root_block wait_cppp wait_surgical_opinion "
    "wait_surgery waiting_for_assessment "
    "rtt_orthopaedics_within_18_weeks rtt_orthopaedics_median rtt_orthopaedics_p95 "
    "rtt_neurosurgery_within_18_weeks rtt_neurosurgery_median rtt_neurosurgery_p95 "
    "rtt_rheumatology_within_18_weeks rtt_rheumatology_median rtt_rheumatology_p95",
    "conversion": "referral_to_assessment assessed_to_imaging assessed_to_core_therapy assessed_to_nerve_root_block "
    "assessed_to_cppp assessed_to_surgical_opinion assessed_to_pain_clinic surgical_opinion_yield "
    "discharged_self_managing discharged_at_first_surgical_visit cppp_completed",
    "fidelity": "gp_mri_rate",
    "activity": "low_value_injections sciatica_nerve_root_blocks repeat_facet_injections gp_referrals opioids "
    "gabapentinoids",
    "outcome": "odi_change eq5d_change pain_change anxiety_change depression_change improved_beyond_mcid "
    "forms_returned",
}
"""The measures of the design, in the order in which they are shown."""


@pytest.fixture(scope="module")
def measures() -> dict[str, Measure]:
    return catalogue.load()


def written(folder: Path, **definitions: str) -> Path:
    for key, text in definitions.items():
        (folder / f"{key}.toml").write_text(text, encoding="utf-8")
    return folder


def faults_of(folder: Path) -> tuple[str, ...]:
    with pytest.raises(CatalogueRefused) as refused:
        catalogue.load(folder)
    return refused.value.faults


def test_the_catalogue_holds_every_measure_by_family_and_in_order(measures: dict[str, Measure]) -> None:
    assert list(measures) == " ".join(KEYS.values()).split()
    assert [measure.family for measure in measures.values()] == [f for f, keys in KEYS.items() for _ in keys.split()]


def test_a_measure_is_added_by_adding_a_file(tmp_path: Path) -> None:
    added = catalogue.load(written(tmp_path, referrals_by_lead=ADDED))["referrals_by_lead"]

    assert added.key == "referrals_by_lead"
    assert added.target is None
    assert added.how == Rate(
        table="referral",
        count="rows",
        per=1000,
        where={"route": ("triage_and_treat",), "presentation": ("radicular_pain", "low_back_pain")},
    )


@pytest.mark.parametrize(
    ("line", "instead", "fault"),
    [
        ('caveat = "Made up for a test."\n', "", "caveat: this key is missing"),
        ('caveat = "Made up for a test."', 'caveat = "  "', "caveat: this may not be empty"),
        ('better = "higher"\n', "", "better: this key is missing"),
        ('better = "higher"', 'better = "up"', "better: Input should be 'higher', 'lower' or 'neither'"),
        ('owner = "CCG lead"', 'owner = "CCG lead"\ncolour = "red"', "colour: no measure of this kind has such a key"),
        ("per = 1000", "per = 1000\nsteps = 3", "how.steps: no measure of this kind has such a key"),
        ("per = 1000", "per = 10", "how.per: Input should be 1000 or 100000"),
        ('table = "referral"', 'table = "referal"', "how.table: 'referal' is not a table: there are referral,"),
        ('count = "rows"', 'count = "episodes"', "how.count: 'episodes' is not a column of amounts in referral:"),
        ("route =", "rout =", "how.where.rout: 'rout' is not a column of text in referral:"),
        ('"triage_and_treat"', "[]", "how.where.route: name at least one"),
        ('kind = "rate"', 'kind = "ratio"', "how: 'ratio' is not a kind of measure: there are 'proportion', 'rate',"),
        ('kind = "rate"\n', "", "how: the kind of measure is missing"),
        ('unit = "per 1,000 patients"', 'unit = "%"', "unit: a share is shown in '%', and nothing else is"),
        ("order = 99", 'order = 99\nkey = "x"', "key: the name of the file is the key; take this line out"),
        ('name = "', 'name = "" "', "this is not TOML:"),
    ],
)
def test_a_fault_is_named_with_its_file_and_key(tmp_path: Path, line: str, instead: str, fault: str) -> None:
    assert line in ADDED
    (found,) = faults_of(written(tmp_path, wrong=ADDED.replace(line, instead)))

    assert found.startswith(f"wrong.toml: {fault}")


@pytest.mark.parametrize(
    ("line", "instead", "fault"),
    [
        ("horizon = 84\n", "", "how.horizon: this key is missing"),
        ("horizon = 84", "horizon = 0", "how.horizon: Input should be greater than 0"),
        ('"assessed"', '"asessed"', "how.origin: 'asessed' is not where a cohort starts: there are received,"),
        ('["imaging"]', '["imaging", "mri"]', "how.reach.1: 'mri' is not what a referral can reach: there are"),
        ('["imaging"]', "[]", "how.reach: name at least one"),
    ],
)
def test_a_fault_in_a_conversion_is_named(tmp_path: Path, line: str, instead: str, fault: str) -> None:
    (found,) = faults_of(written(tmp_path, wrong=CONVERSION.replace(line, instead)))

    assert found.startswith(f"wrong.toml: {fault}")


def test_a_target_where_neither_direction_is_better_is_refused(tmp_path: Path) -> None:
    target = '[target]\nvalue = 5\nsource = "A plan"\nverified = false\n'
    folder = written(tmp_path, wrong=ADDED.replace('"higher"', '"neither"') + target)

    assert faults_of(folder) == (
        "wrong.toml: target: a measure for which neither direction is better can have no target",
    )


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        first=ADDED.replace("order = 99\n", "").replace('"rows"', '"nothing"').replace('"CCG lead"', '""'),
        second=ADDED.replace('name = "', "name = "),
        third=CONVERSION.replace("horizon = 84\n", "").replace('"%"', '"weeks"'),
    )

    assert [fault.split(": ")[:2] for fault in faults_of(folder)] == [
        ["first.toml", "order"],
        ["first.toml", "how.count"],
        ["first.toml", "owner"],
        ["second.toml", "this is not TOML"],
        ["third.toml", "how.horizon"],
    ]


def test_two_measures_may_not_share_a_name(tmp_path: Path) -> None:
    folder = written(tmp_path, one=ADDED, two=CONVERSION)

    assert faults_of(folder) == ("one.toml, two.toml: name: 'Referrals by lead time' is used more than once",)


def test_a_folder_without_definitions_is_refused(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path)

    assert fault.endswith("there is no definition here")


def _conditions(measures: dict[str, Measure]) -> Iterator[tuple[str, str]]:
    for measure in measures.values():
        for column, values in getattr(measure.how, "where", {}).items():
            yield from ((column, value) for value in values)


def test_every_condition_asks_for_a_value_that_loaders_write(measures: dict[str, Measure]) -> None:
    with (REFERENCE / "code_sets.csv").open(encoding="utf-8") as lines:
        groups = {(row["set"], row["group"]) for row in csv.DictReader(lines)}
    known = {
        "route": set(PATHWAY.field("route").allowed),
        "item": set(ITEMS),
        "drug_group": {"opioids", "gabapentin", "pregabalin"},
        "procedure_group": {group for of, group in groups if of == "procedures"},
        "diagnosis_group": {group for of, group in groups if of == "diagnoses"},
    }

    assert [(column, value) for column, value in _conditions(measures) if value not in known[column]] == []


def test_targets_are_those_of_the_reference_data(measures: dict[str, Measure]) -> None:
    with (REFERENCE / "targets.csv").open(encoding="utf-8") as lines:
        published = {r["measure_key"]: (float(r["value"]), r["verified"] == "yes") for r in csv.DictReader(lines)}

    assert published == {key: (m.target.value, m.target.verified) for key, m in measures.items() if m.target}


def test_only_the_national_standard_is_a_verified_target(measures: dict[str, Measure]) -> None:
    verified = {key for key, measure in measures.items() if measure.target and measure.target.verified}

    assert verified == {f"rtt_{of}_within_18_weeks" for of in ("orthopaedics", "neurosurgery", "rheumatology")}


def test_figures_published_already_are_told_from_those_that_count_people(measures: dict[str, Measure]) -> None:
    published = {key for key, measure in measures.items() if measure.published}
    nobody = {key for key, measure in measures.items() if not measure.counts_people}

    assert published == {key for key in measures if key.startswith("rtt_")} | {
        "gp_referrals",
        "opioids",
        "gabapentinoids",
    }
    assert nobody == {
        "ccgs_live",
        "practices_referring",
        "list_covered",
        "practices_sustained",
        "ttps_in_post",
        "milestones_on_time",
    }
