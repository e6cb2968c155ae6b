from datetime import date, timedelta

import pytest

from loaders.pathway import CONTRACT, KIND
from loaders.problems import LoadRefused
from loaders.reading import open_bytes
from loaders.submission import Instructions
from tests.loaders.given import csv_of, read, referral, refusal, source_of, told

# ---- What is refused -------------------------------------------------------------------------------------------------

DAMAGE = {
    "no practice": ({"practice": ""}, "practice", "needed"),
    "no provider": ({"provider": " "}, "provider", "needed"),
    "a CCG of 2020": ({"ccg": "16C"}, "ccg", "none of the 12 CCGs"),
    "a name for a code": ({"ccg": "South Tees"}, "ccg", "A code holds no blanks"),
    "a route nobody knows": ({"route": "bus"}, "route", "Expected one of triage_and_treat, earlier_route"),
    "a risk nobody knows": ({"start_back": "severe"}, "start_back", "Expected one of low, medium, high"),
    "an age instead of a band": ({"age_band": "47"}, "age_band", "Expected one of 16-24"),
    "a day that does not exist": ({"assessed": "31/02/2016"}, "assessed", "not a date"),
    "month before day": ({"assessed": "06/13/2015"}, "assessed", "not a date"),
    "a year of two digits": ({"assessed": "13/06/15"}, "assessed", "not a date"),
    "a word for a date": ({"assessed": "soon"}, "assessed", "not a date"),
    "a number of Excel": ({"assessed": "42156"}, "assessed", "not a date"),
    "a year before 2010": ({"received": "1915-06-01"}, "received", "before 2010"),
    "seen before received": ({"assessed": "2015-05-31"}, "assessed", "assessed is before received"),
    "asked for before received": ({"imaging_requested": "2015-05-31"}, "imaging_requested", "before received"),
    "a step before its request": (
        {"imaging_requested": "2015-06-09", "imaging": "2015-06-08"},
        "imaging",
        "imaging is before imaging_requested",
    ),
    "completed before started": (
        {"cppp_referred": "2015-06-02", "cppp_started": "2015-06-09", "cppp_completed": "2015-06-08"},
        "cppp_completed",
        "cppp_completed is before cppp_started",
    ),
    "discharged before received": ({"discharged": "2015-05-31", "outcome": "other"}, "discharged", "before received"),
    "after the extract": ({"assessed": "2015-09-01"}, "assessed", "after the extract"),
    "received after the extract": ({"received": "2015-09-01"}, "received", "after the extract"),
    "like a formula": ({"practice": "=A1"}, "practice", "begin like a formula"),
    "like a formula in a list": ({"sex": "@female"}, "sex", "begin like a formula"),
    "a status nobody knows": ({"data_status": "test"}, "data_status", "Expected one of synthetic, real"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_refused_with_its_row_column_and_value(damage: str) -> None:
    changes, column, why = DAMAGE[damage]
    whole = referral(referral_id="R0")
    problems = refusal(KIND, whole, {**whole, "referral_id": "R1", **changes})
    found = [problem for problem in problems if (problem.row, problem.column) == (3, column)]
    assert [problem.why for problem in found if why in problem.why], problems
    assert found[0].value == str(changes[column]).strip()
    assert found[0].remedy


def test_everything_wrong_in_a_file_is_said_at_once() -> None:
    rows = [referral(referral_id=f"R{at}", **changes) for at, (changes, _, _) in enumerate(DAMAGE.values())]
    problems = refusal(KIND, *rows)
    for row, (_, column, why) in enumerate(DAMAGE.values(), 2):
        assert any(p.row == row and p.column == column and why in p.why for p in problems), (row, column, why)


def test_a_referral_may_stand_only_once_for_a_provider() -> None:
    problems = refusal(KIND, referral(), referral(referral_id="R2"), referral(practice="A81002"))
    assert told(problems) == {(4, "referral_id", "R1")}


def test_a_missing_column_is_named_with_the_one_it_may_be() -> None:
    row = {("presenting" if name == "presentation" else name): value for name, value in referral().items()}
    (problem,) = refusal(KIND, row)
    assert (problem.column, problem.row) == ("presentation", None)
    assert "Is it 'presenting'?" in problem.remedy


def test_every_missing_column_is_named() -> None:
    problems = refusal(KIND, {"referral_id": "R1", "received": "2015-06-01"})
    needed = [field.name for field in CONTRACT.fields if field.needed]
    assert [problem.column for problem in problems] == [
        name for name in needed if name not in ("referral_id", "received")
    ]


def test_a_misspelt_signature_is_still_known_for_what_it_is() -> None:
    row = {("recieved" if name == "received" else name): value for name, value in referral().items()}
    assert KIND.recognise(source_of([row]))
    assert "Is it 'recieved'?" in refusal(KIND, row)[0].remedy


def test_a_column_that_stands_twice_is_refused() -> None:
    content = csv_of([referral()]).replace(b"practice,", b"ccg,", 1)
    with pytest.raises(LoadRefused, match=r"column 'ccg': The column stands twice"):
        KIND.read(open_bytes("twice.csv", content)[0], Instructions())


def test_a_row_with_too_many_cells_is_refused() -> None:
    content = (
        csv_of([referral()]) + b"R2,DP1,A81001,00M,triage_and_treat,low_back_pain,2015-06-01,x,2015-08-31,synthetic\n"
    )
    with pytest.raises(LoadRefused, match=r"row 3.*10 columns; the header has 9"):
        KIND.read(open_bytes("wide.csv", content)[0], Instructions())


def test_a_file_without_rows_is_refused() -> None:
    with pytest.raises(LoadRefused, match="not one row"):
        KIND.read(source_of([], CONTRACT.names), Instructions())


def test_one_file_has_one_date_of_extract() -> None:
    rows = [referral(referral_id=f"R{at}") for at in range(3)]
    (problem,) = refusal(KIND, *rows, referral(referral_id="R9", extracted="2015-09-30"))
    assert (problem.row, problem.column) == (5, "extracted")
    assert "3 x 2015-08-31, 1 x 2015-09-30" in problem.why


def test_synthetic_and_real_rows_do_not_mix() -> None:
    (problem,) = refusal(KIND, referral(), referral(referral_id="R2"), referral(referral_id="R3", data_status=""))
    assert (problem.row, problem.column) == (4, "data_status")


def test_an_extract_from_the_future_is_refused() -> None:
    tomorrow = date.today() + timedelta(days=1)
    (problem,) = refusal(KIND, referral(extracted=tomorrow))
    assert "future" in problem.why


def test_the_same_fault_in_many_rows_is_counted_beyond_a_thousand() -> None:
    rows = [referral(referral_id=f"R{at}", assessed="never") for at in range(1003)]
    problems = refusal(KIND, *rows)
    assert len(problems) == 1001
    assert "3 more rows have the same fault" in problems[-1].why


# ---- What is warned about --------------------------------------------------------------------------------------------

ODD = {
    "two years and a day": ({"received": "2013-06-01", "assessed": "2015-06-02"}, "assessed", "More than two years"),
    "a step nobody asked for": ({"imaging": "2015-06-09"}, "imaging", "imaging_requested has none"),
    "an outcome while open": ({"outcome": "treated"}, "outcome", "has not ended"),
    "an end without outcome": ({"discharged": "2015-06-09"}, "discharged", "no outcome"),
    "seen after the discharge": (
        {"assessed": "2015-06-10", "discharged": "2015-06-09", "outcome": "other"},
        "assessed",
        "assessed is after discharged",
    ),
}


@pytest.mark.parametrize("odd", ODD)
def test_what_is_odd_loads_with_a_warning(odd: str) -> None:
    changes, column, why = ODD[odd]
    reading = read(KIND, referral(referral_id="R2", **changes))
    assert [(w.row, w.column) for w in reading.warnings if why in w.why] == [(2, column)]


def test_a_wait_of_two_years_to_the_day_is_not_odd() -> None:
    reading = read(KIND, referral(received="2013-06-01", assessed="2015-06-01"))  # 730 days
    assert not [warning for warning in reading.warnings if "two years" in warning.why]


def test_one_warning_stands_for_many_rows() -> None:
    rows = [referral(referral_id=f"R{at}", imaging="2015-06-09") for at in range(300)]
    (warning,) = read(KIND, *rows).warnings
    assert "300 rows, the first of them 2, 3, 4, 5, 6." in warning.why


def test_columns_the_contract_does_not_know_are_left_out_with_a_warning() -> None:
    reading = read(KIND, referral(comments="", imagng="2015-06-09"))
    assert [(w.column, w.remedy) for w in reading.warnings] == [
        ("comments", ""),
        ("imagng", "Is it 'imaging'? Then rename it."),
    ]


def test_a_practice_under_two_ccgs_is_odd() -> None:
    (warning,) = read(KIND, referral(), referral(referral_id="R2", ccg="00C")).warnings
    assert "more than one CCG" in warning.why


def received_in(**months: int) -> list[str]:
    """Warnings of a file extracted on 31 August 2015 with so many referrals in each month of 2015."""
    numbers = {"may": 5, "june": 6, "july": 7, "august": 8}
    rows = [
        referral(referral_id=f"{month}{at}", received=f"2015-{numbers[month]:02d}-03")
        for month, many in months.items()
        for at in range(many)
    ]
    return [warning.why for warning in read(KIND, *rows).warnings]


def test_a_month_without_referrals_between_others_is_said() -> None:
    assert received_in(may=3, june=3, august=3) == ["Nothing received for DP1 in 2015-07."]


@pytest.mark.parametrize(
    ("june", "july", "odd"),
    [
        (40, 101, True),  # more than 2.5 times, and 61 more
        (40, 100, False),  # exactly 2.5 times
        (10, 59, False),  # nearly six times, but only 49 more
        (10, 60, True),  # 50 more
        (60, 10, True),  # a fall is as odd as a rise
    ],
)
def test_a_month_that_jumps_is_said(june: int, july: int, odd: bool) -> None:
    why = f"Referrals of DP1 go from {june} in 2015-06 to {july} in 2015-07."
    assert (why in received_in(may=june, june=june, july=july)) == odd


def test_a_month_that_was_not_over_does_not_jump() -> None:
    rows = [referral(referral_id=f"R{at}", extracted="2015-07-02") for at in range(100)]
    assert not read(KIND, *rows, referral(referral_id="late", received="2015-07-01", extracted="2015-07-02")).warnings


@pytest.mark.parametrize(("extracted", "silent"), [("2015-09-02", False), ("2015-09-03", True)])  # 93 and 94 days
def test_a_provider_that_fell_silent_long_before_the_extract_is_said(extracted: str, silent: bool) -> None:
    warnings = read(KIND, referral(received="2015-06-30", extracted=extracted)).warnings
    assert bool([w for w in warnings if "long before the extract" in w.why]) == silent
