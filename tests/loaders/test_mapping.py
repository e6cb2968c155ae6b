from pathlib import Path

import pytest

from loaders.kinds import recognise
from loaders.mapping import MAPPINGS, read_mapping
from loaders.pathway import KIND
from loaders.problems import LoadRefused
from tests.loaders.given import day, read, refusal, source_of

THEIRS = {
    "Ref No": "17",
    "Practice": "A81001",
    "Commissioner": "00M",
    "Pathway": "t&t",
    "Problem": "LBP",
    "received": "2015-05-28",  # when the letter was written, in their words
    "Clock Start": "01/06/2015",
    "Run": "2015-08-31",
}
MAPPING = {
    "kind": "pathway",
    "columns": {
        "Ref No": "referral_id",
        "Commissioner": "ccg",
        "Pathway": "route",
        "Problem": "presentation",
        "Clock Start": "received",
        "Run": "extracted",
    },
    "values": {
        "route": {"T&T": "triage_and_treat"},
        "presentation": {"LBP": "low_back_pain", "Sciatica": "radicular_pain"},
    },
    "constants": {"provider": "DP1"},
}


def test_columns_and_codes_are_translated() -> None:
    reading = read(KIND, THEIRS, {**THEIRS, "Ref No": "18", "Problem": "radicular_pain"}, mapping=MAPPING)
    first, second = reading.tables["referral"].to_pylist()
    assert (first["referral_id"], first["provider"], first["route"]) == ("17", "DP1", "triage_and_treat")
    assert (first["presentation"], second["presentation"]) == ("low_back_pain", "radicular_pain")
    assert first["practice"] == "A81001"  # a column that bears our name already needs no line
    assert first["received"] == day("2015-06-01")  # not their own column of that name
    assert [(w.column, w.why) for w in reading.warnings] == [
        ("received", "Another column is mapped to this name; this one was left out.")
    ]


def test_a_file_with_a_kind_in_its_mapping_needs_no_signature() -> None:
    assert recognise(source_of([THEIRS]), str(MAPPING["kind"])) is KIND


def test_values_without_a_translation_are_checked_as_they_stand() -> None:
    (problem,) = refusal(KIND, {**THEIRS, "Problem": "Neck"}, mapping=MAPPING)
    assert (problem.row, problem.column, problem.value) == (2, "presentation", "Neck")


def test_a_mapped_column_that_the_file_lacks_is_an_error() -> None:
    row = {name: value for name, value in THEIRS.items() if name != "Problem"}
    problems = refusal(KIND, row, mapping=MAPPING)
    assert {problem.column for problem in problems} == {"Problem", "presentation"}


def test_a_constant_takes_the_place_of_a_column() -> None:
    reading = read(KIND, {**THEIRS, "provider": "Trust"}, mapping=MAPPING)
    assert reading.sender == "DP1"
    assert "provider" in [warning.column for warning in reading.warnings]


def test_identifiers_are_found_under_their_own_names() -> None:
    mapping = {**MAPPING, "columns": {**MAPPING["columns"], "NHS No": "referral_id"}}  # type: ignore[dict-item]
    assert [p.column for p in refusal(KIND, {**THEIRS, "NHS No": "x"}, mapping=mapping)] == ["NHS No"]


def faults(folder: Path, text: str) -> list[tuple[str, str, str]]:
    """Column, value and reason of each fault in a mapping."""
    (folder / "trust.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LoadRefused) as refused:
        read_mapping("trust", folder)
    assert {problem.file for problem in refused.value.problems} == {"trust.toml"}
    return [(problem.column, problem.value, problem.why) for problem in refused.value.problems]


def test_everything_wrong_in_a_mapping_is_said_at_once(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        """
        kind = "pathways"
        colours = 3
        [columns]
        "A" = "recieved"
        "B" = "assessed"
        "C" = "assessed"
        [values.presentation]
        "LBP" = "back"
        [values.shoe_size]
        "9" = "large"
        [constants]
        provider = "DP1"
        assessed = "2015-06-01"
        """,
    )
    assert [(column, value) for column, value, _ in found] == [
        ("colours", ""),
        ("kind", "pathways"),
        ("A", ""),
        ("assessed", ""),
        ("presentation", "back"),
        ("shoe_size", ""),
    ]
    assert found[3][2] == "3 entries give 'assessed' its values."


def test_a_mapping_with_a_kind_speaks_of_its_columns_only(tmp_path: Path) -> None:
    columns = '[columns]\n"Score" = "score"\n'
    (tmp_path / "any.toml").write_text(columns, encoding="utf-8")
    assert read_mapping("any", tmp_path) == {"columns": {"Score": "score"}}
    assert faults(tmp_path, f'kind = "pathway"\n{columns}') == [("Score", "", "No contract has a column 'score'.")]


@pytest.mark.parametrize("text", ["kind = pathway", "[columns", '[columns]\n"A" = "x"\n"A" = "y"'])
def test_what_is_not_toml_is_refused(tmp_path: Path, text: str) -> None:
    ((_, _, why),) = faults(tmp_path, text)
    assert why.startswith("This is not TOML")


@pytest.mark.parametrize("text", ["columns = 3", "[columns]\nA = 3", "[values]\nroute = 3", 'constants = ["DP1"]'])
def test_what_is_not_text_for_text_is_refused(tmp_path: Path, text: str) -> None:
    ((_, _, why),) = faults(tmp_path, text)
    assert why.startswith("Expected lines such as")


def test_an_unknown_mapping_is_refused_with_those_there_are() -> None:
    with pytest.raises(LoadRefused, match=r"Known are: .*example_provider"):
        read_mapping("nobody")


def test_every_mapping_in_the_repository_is_sound() -> None:
    names = [file.stem for file in MAPPINGS.glob("*.toml")]
    assert names
    for name in names:
        read_mapping(name)


def test_the_example_mapping_loads_the_file_it_describes() -> None:
    row = {
        "Ref No": "17", "GP Practice Code": "A81001", "Commissioner": "00M", "Pathway": "T&T",
        "Presenting Problem": "Sciatica", "Duration of Symptoms": "< 3/12", "STarT Back Result": "Not done",
        "Age Group": "45-54", "Gender": "2", "Date Ref Recd": "01/06/2015", "First TTP Contact": "15/06/2015",
        "MRI Requested": "15/06/2015", "MRI Done": "", "Discharge Date": "20/07/2015", "Discharge Reason": "SMP",
        "Run Date": "31/08/2015",
    }  # fmt: skip
    (found,) = read(KIND, row, mapping=read_mapping("example_provider")).tables["referral"].to_pylist()
    assert (found["presentation"], found["pain_duration"], found["start_back"]) == (
        "radicular_pain",
        "under_3_months",
        None,
    )
    assert (found["sex"], found["outcome"], found["unmet_imaging"]) == ("female", "self_managing", 35)
