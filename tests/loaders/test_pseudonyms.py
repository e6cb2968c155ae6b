import numpy as np
import pyarrow as pa
import pytest

from loaders import pathway
from loaders.pathway import KIND
from loaders.problems import Findings, LoadRefused
from loaders.pseudonyms import identifier_named, refuse_identifiable
from loaders.sheet import Body
from tests.loaders.given import read, referral, refusal

# Invented numbers that are widely printed as examples. By hand, for 943476591: 10x9 + 9x4 + 8x3 + 7x4 + 6x7 + 5x6 +
# 4x5 + 3x9 + 2x1 = 299; 299 is 2 more than 27 x 11; 11 - 2 = 9, the tenth digit.
VALID = ["9434765919", "943 476 5919", "943-476-5919", "4010232137"]


@pytest.mark.parametrize(
    "column",
    [
        "NHS Number", "nhs_no", "NHSNumber", "nhsnumber", "Patient NHS No.",
        "name", "Surname", "FORENAME", "first_name", "PatientName", "GP Name", "full name", "Name (2)",
        "postcode", "Post Code", "patient_postcode",
        "DOB", "dob", "D.O.B.", "patientDOB", "date_of_birth", "DateOfBirth", "Birth Date",
        "address", "Address 1", "home_address", "street",
        "telephone", "Mobile No", "email", "e-mail",
    ],
)  # fmt: skip
def test_columns_named_like_an_identifier_are_refused(column: str) -> None:
    (problem,) = refusal(KIND, referral(**{column: "x"}))
    assert problem.column == column
    assert "pseudonyms only" in problem.why
    assert "Take the column out" in problem.remedy
    assert problem.value == ""


@pytest.mark.parametrize(
    "column",
    [*pathway.CONTRACT.names, "practice_name", "CCG Name", "Provider Name", "postcode_sector", "Postcode District",
     "age", "birth_weight", "renamed", "unnamed 5", "nhs_region", "dobutamine", "addressed_by"],
)  # fmt: skip
def test_other_columns_are_not(column: str) -> None:
    assert identifier_named(column) is None


def held(values: list[str]) -> list[str]:
    findings = Findings("sent.csv")
    refuse_identifiable(Body(pa.table({"referral": values}), np.arange(len(values))), findings)
    return [problem.why.split(";")[0] for problem in findings]


@pytest.mark.parametrize("number", VALID)
def test_columns_of_nhs_numbers_are_refused(number: str) -> None:
    assert held([number] * 10) == ["The column looks like an NHS number"]


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        (["9434765919"] * 9, False),  # too few to judge
        (["9434765919"] * 9 + [""] * 50, False),  # blanks do not count
        (["9434765919"] * 9 + ["R1"], True),  # nine in ten
        (["9434765919"] * 17 + ["R1"] * 3, False),  # 85%
        (["9434765918"] * 20, False),  # the check digit is wrong
        (["943476591"] * 20, False),  # nine digits
        (["4000000020"] * 20, True),  # 40 + 4 = 44 is 4 x 11: the check digit is 0
        (["4000000080"] * 20, False),  # 40 + 16 = 56 is 1 more than 5 x 11: 10 is no digit, so the number is not used
    ],
)
def test_a_column_is_judged_by_nine_in_ten_of_at_least_ten_values(values: list[str], refused: bool) -> None:
    assert bool(held(values)) == refused


def test_ordinary_numbers_of_ten_digits_are_safe() -> None:
    assert held([str(number) for number in range(2_000_000_000, 2_000_000_500)]) == []


@pytest.mark.parametrize("postcode", ["TS4 3BW", "ts43bw", "DL6 1JG", "NE1 4LP", "EC1A 1BB"])
def test_columns_of_full_postcodes_are_refused(postcode: str) -> None:
    assert held([postcode] * 10) == ["The column looks like a full postcode"]


@pytest.mark.parametrize("area", ["TS4", "TS4 3", "A81001", "00M-D01", "E38000162"])
def test_sectors_and_codes_of_organisations_are_not(area: str) -> None:
    assert held([area] * 50) == []


def test_a_column_of_the_contract_is_looked_at_too() -> None:
    rows = [referral(referral_id=f"{number}") for number in (9434765919, 4010232137)] * 6
    (problem,) = refusal(KIND, *rows)  # and nothing else is said: the repeated numbers are not quoted
    assert (problem.column, problem.row, problem.value) == ("referral_id", None, "")


def test_no_value_of_a_refused_file_is_quoted() -> None:
    with pytest.raises(LoadRefused) as refused:
        read(KIND, referral(NHS_Number="9434765919", assessed="soon", surname="Example"))
    assert [problem.column for problem in refused.value.problems] == ["NHS_Number", "surname"]
    assert "soon" not in str(refused.value)
    assert "9434765919" not in str(refused.value)
