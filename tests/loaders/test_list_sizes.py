"""Reference values: NHSBSA, patient list sizes (OGL v3), added up with a spreadsheet's own sums."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow.compute as pc
import pytest

from loaders.list_sizes import BY_CCG, BY_CELL, BY_PRACTICE
from loaders.reading import Source
from tests.loaders.published import read, refusal, source

NAME = "Patient_List_Size_2015_04-06.csv"
HEADER = (
    "Regional Office Name,Regional Office Code,Area Team Name,Area Team Code,"
    "PCO Name,PCO Code,Practice Name,Practice Code," + ",".join(BY_CELL)
)
NHS_DIGITAL = "PUBLICATION,EXTRACT_DATE,ORG_TYPE,ORG_CODE,ONS_CODE,POSTCODE,SEX,AGE_GROUP_5,NUMBER_OF_PATIENTS"


def line(practice: str, pco: str, patients: Sequence[object], region: str = "NORTH OF ENGLAND") -> str:
    cells = ",".join(str(n) for n in [*patients, *[0] * (18 - len(patients))])
    return f"{region},Y54,AREA TEAM,Q45,CCG,{pco},PRACTICE,{practice},{cells}"


def sent(*lines: str, header: str = HEADER, name: str = NAME) -> Source:
    return source("\n".join([header, *lines]) + "\n", name)


def test_a_row_for_every_cell_with_patients() -> None:
    reading = read(BY_PRACTICE, sent(line("A81001", "00K00", [3, 0, 5, 7])))
    rows = [(r["sex"], r["age_band"], r["patients"]) for r in reading.tables["list_size"].to_pylist()]
    assert rows == [("male", "0-4", 3.0), ("male", "5-14", 5.0), ("female", "5-14", 7.0)]
    first = reading.tables["list_size"].to_pylist()[0]
    assert (first["practice"], first["ccg"], first["membership"]) == ("A81001", "00K", "of_the_time")
    assert reading.covers == {"list sizes": [date(2015, 4, 1)]}


def test_a_practice_without_patients_has_no_row() -> None:
    reading = read(BY_PRACTICE, sent(line("Y00898", "NI300", []), line("A81001", "00K00", [1])))
    assert reading.tables["list_size"]["practice"].to_pylist() == ["A81001"]


def test_the_month_is_the_first_of_the_quarter() -> None:
    rows = line("A81001", "00K00", [1])
    assert read(BY_PRACTICE, sent(rows, name="Patient_List_Size_2015_07-08.csv")).covers == {
        "list sizes": [date(2015, 7, 1)]
    }
    said = read(BY_PRACTICE, sent(rows, name="lists.csv"), as_at=date(2016, 2, 1))
    assert said.covers == {"list sizes": [date(2016, 1, 1)]}
    assert "no date" in refusal(BY_PRACTICE, sent(rows, name="lists.csv"))[0][2]


def test_invented_lists_say_so() -> None:
    assert read(BY_PRACTICE, sent(line("00K-D01", "00K00", [1], "SYNTHETIC"))).synthetic
    mixed = sent(line("A81001", "00K00", [1], "SYNTHETIC"), line("A81002", "00K00", [1]))
    assert refusal(BY_PRACTICE, mixed)[0][1:] == ("Regional Office Name", "Synthetic and real rows stand in one file.")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (sent(), (None, "", "not one row")),
        (sent(line("A81001", "00K00", ["few"])), (2, "Male 0-4", "not a count")),
        (sent(line("A81001", "00K00", [1, -1])), (2, "Female 0-4", "negative")),
        (sent(line("A81001", "00K00", [""])), (2, "Male 0-4", "needed")),
        (sent(line("A8100", "00K00", [1])), (2, "Practice Code", "code of a practice")),
        (sent(line("A81001", "00K", [1])), (2, "PCO Code", "CCG's code and two more")),
        (sent(*[line("A81001", "00K00", [1])] * 2), (3, "Practice Code", "twice")),
        (sent(line("A81001", "00K00", [1])[:-4]), (2, "", "columns")),
        (
            sent(line("A81001", "00K00", [1]), header=HEADER.replace("Male 5-14,", "Boys,", 1)),
            (None, "Male 5-14", "missing"),
        ),
    ],
)
def test_a_faulty_file_is_refused(content: Source, problem: tuple[int | None, str, str]) -> None:
    found = refusal(BY_PRACTICE, content)
    assert any(p[:2] == problem[:2] and problem[2] in p[2] for p in found), found


# ---- NHS Digital ---------------------------------------------------------------------------------------------------


def digital(*lines: str) -> Source:
    return sent(*lines, header=NHS_DIGITAL, name="gp-reg-pat-prac-quin-age.csv")


def test_rows_of_ccgs_and_not_their_sums() -> None:
    reading = read(
        BY_CCG,
        digital(
            "GP_PRAC_PAT_LIST,01SEP2017,CCG,00M,E38000162,,ALL,ALL,30",  # adds up the two below
            "GP_PRAC_PAT_LIST,01SEP2017,CCG,00M,E38000162,,FEMALE,0_4,10",
            "GP_PRAC_PAT_LIST,01SEP2017,CCG,00M,E38000162,,MALE,95+,20",
            "GP_PRAC_PAT_LIST,01SEP2017,GP,A81004,E38000162,TS1 1AA,MALE,0_4,5",  # does not say its CCG
        ),
    )
    rows = [
        (r["practice"], r["ccg"], r["sex"], r["age_band"], r["patients"])
        for r in reading.tables["list_size"].to_pylist()
    ]
    assert rows == [(None, "00M", "female", "0-4", 10.0), (None, "00M", "male", "95+", 20.0)]
    assert reading.covers == {"list sizes": [date(2017, 9, 1)]}
    assert reading.extracted == date(2017, 9, 1)


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (["P,01SEP2017,GP,A81004,,,MALE,0_4,5"], (None, "ORG_TYPE", "No row is of a CCG")),
        (["P,31SEP2017,CCG,00M,,,MALE,0_4,5"], (2, "EXTRACT_DATE", "Not one day")),
        (["P,01SEP2017,CCG,00M,,,MALE,0_4,5", "P,01OCT2017,CCG,00K,,,MALE,0_4,5"], (3, "EXTRACT_DATE", "Not one day")),
        (["P,01SEP2017,CCG,00M,,,MALE,0_4,x"], (2, "NUMBER_OF_PATIENTS", "not a count")),
        (["P,01SEP2017,CCG,00M,,,BOYS,0_4,1"], (2, "SEX", "MALE, FEMALE or ALL")),
    ],
)
def test_a_faulty_file_of_nhs_digital_is_refused(lines: list[str], problem: tuple[int | None, str, str]) -> None:
    found = refusal(BY_CCG, digital(*lines))
    assert any(p[:2] == problem[:2] and problem[2] in p[2] for p in found), found


# ---- Published files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quarter", "south_tees", "hambleton"),
    [("2014_04-06", 290_963, 142_424), ("2015_04-06", 291_375, 142_606), ("2016_01-03", 293_299, 143_370)],
)
def test_lists_of_the_early_implementers(real: Path, quarter: str, south_tees: int, hambleton: int) -> None:
    table = read(BY_PRACTICE, source(real / "list_sizes" / f"Patient_List_Size_{quarter}.csv")).tables["list_size"]
    for ccg, patients in (("00M", south_tees), ("03D", hambleton)):
        assert pc.sum(table.filter(pc.equal(table["ccg"], ccg))["patients"]).as_py() == patients


def test_newcastle_gateshead_appears_in_april_2015(real: Path) -> None:
    table = read(BY_PRACTICE, source(real / "list_sizes" / "Patient_List_Size_2015_04-06.csv")).tables["list_size"]
    assert pc.sum(table.filter(pc.equal(table["ccg"], "13T"))["patients"]).as_py() == 506_651
    assert not {"00F", "00G", "00H"} & set(table["ccg"].to_pylist())
