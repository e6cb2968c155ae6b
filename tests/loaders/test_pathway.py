from datetime import date
from pathlib import Path

import openpyxl
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.pathway import KIND
from loaders.reading import open_bytes, open_file
from loaders.submission import Instructions, Reading
from tests.loaders.given import csv_of, day, read, referral


def referrals(reading: Reading) -> dict[str, dict[str, object]]:
    return {row["referral_id"]: row for row in reading.tables["referral"].to_pylist()}


def sorted_rows(reading: Reading, table: str) -> list[str]:
    return sorted(str(sorted(row.items(), key=str)) for row in reading.tables[table].to_pylist())


# ---- Days and waits --------------------------------------------------------------------------------------------------


def test_days_are_counted_from_receipt_and_waits_from_the_request() -> None:
    reading = read(
        KIND,
        referral(
            received="2015-06-01",
            assessed="2015-06-01",  # seen on the day: a wait of 0, not none
            core_therapy_requested="2015-06-11",
            core_therapy="2015-07-02",  # 31 days from receipt, 21 from the request
            imaging_requested="2015-06-11",  # asked for, not had by the discharge 40 days later
            discharged="2015-07-21",
            outcome="treated",
        ),
    )
    row = referrals(reading)["R1"]
    assert (row["days_to_assessed"], row["wait_assessed"], row["unmet_assessed"]) == (0, 0, None)
    assert (row["days_to_core_therapy"], row["wait_core_therapy"], row["unmet_core_therapy"]) == (31, 21, None)
    assert (row["days_to_imaging"], row["wait_imaging"], row["unmet_imaging"]) == (None, None, 40)
    assert (row["days_to_surgery"], row["wait_surgery"], row["unmet_surgery"]) == (None, None, None)
    assert (row["days_to_discharged"], row["followed"]) == (50, 91)


def test_an_open_referral_waits_until_the_extract() -> None:
    row = referrals(read(KIND, referral(received="2015-08-31", extracted="2015-08-31")))["R1"]
    assert (row["assessed_requested"], row["unmet_assessed"], row["followed"]) == (day("2015-08-31"), 0, 0)


def test_what_is_asked_for_after_the_discharge_is_not_waited_for() -> None:
    row = referrals(read(KIND, referral(discharged="2015-06-10", imaging_requested="2015-06-20", outcome="other")))[
        "R1"
    ]
    assert row["unmet_imaging"] == 0


def test_the_programme_and_surgery_keep_their_own_column_names() -> None:
    dates = {"cppp_referred": "2015-06-05", "cppp_started": "2015-06-15", "cppp_completed": "2015-07-02"}
    row = referrals(read(KIND, referral(**dates, surgery_listed="2015-07-01", surgery="2015-08-01")))["R1"]
    assert (row["cppp_requested"], row["cppp"], row["wait_cppp"]) == (day("2015-06-05"), day("2015-06-15"), 10)
    assert (row["days_to_cppp_completed"], row["wait_surgery"]) == (31, 31)


@pytest.mark.parametrize("received", ["2015-06-01", "2015-06-30"])  # both ends of the month
def test_the_cohort_is_the_month_of_receipt(received: str) -> None:
    assert referrals(read(KIND, referral(received=received)))["R1"]["month"] == day("2015-06-01")


# ---- What is taken ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "written", "kept"),
    [
        ("ccg", "00f", "13T"),  # Gateshead, part of Newcastle Gateshead by 2015
        ("ccg", " 00m ", "00M"),
        ("route", "Triage and Treat", "triage_and_treat"),
        ("age_band", "75+", "75+"),
        ("received", "30/06/2015", date(2015, 6, 30)),
        ("received", "1/6/2015", date(2015, 6, 1)),
        ("received", "2015-06-30 14:05:00", date(2015, 6, 30)),
        ("practice", "a81001", "A81001"),
        ("referral_id", "abC=", "abC="),  # a pseudonym is kept as written
        ("start_back", "", None),
    ],
)
def test_values_are_taken_as_people_write_them(column: str, written: str, kept: object) -> None:
    (row,) = referrals(read(KIND, referral(**{column: written}))).values()
    assert row[column] == kept


def test_headers_may_be_written_with_capitals_and_blanks() -> None:
    renamed = {name.replace("_", " ").title(): value for name, value in referral().items()}
    assert read(KIND, renamed).tables["referral"].num_rows == 1


def test_the_header_may_stand_below_a_title() -> None:
    content = b"Extract of the service,,,,,,,,\n" + csv_of([referral()])
    assert KIND.read(open_bytes("titled.csv", content)[0], Instructions()).tables["referral"].num_rows == 1


def test_blank_rows_are_left_out() -> None:
    assert read(KIND, referral(), {}, {}).tables["referral"].num_rows == 1


def test_blank_columns_without_a_name_are_left_out() -> None:
    header, row = csv_of([referral()]).splitlines()
    reading = KIND.read(open_bytes("commas.csv", header + b",,\n" + row + b",,\n")[0], Instructions())
    assert (reading.tables["referral"].num_rows, list(reading.warnings)) == (1, [])


def test_a_workbook_and_parquet_give_what_csv_gives(tmp_path: Path) -> None:
    rows = [referral(), referral(referral_id="R2", assessed="2015-06-09", outcome="treated", discharged="2015-06-20")]
    content = csv_of(rows)
    book = openpyxl.Workbook()
    names = list(dict.fromkeys(name for row in rows for name in row))
    book.active.append(names)
    for row in rows:
        moment = {name: day(str(row[name])) for name in ("received", "extracted")}  # real dates, as Excel keeps them
        book.active.append([{**row, **moment}.get(name) for name in names])
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "a.csv").write_bytes(content)
    pq.write_table(pa_csv.read_csv(tmp_path / "a.csv"), tmp_path / "a.parquet")
    readings = [KIND.read(open_file(tmp_path / f"a.{end}")[0], Instructions()) for end in ("csv", "xlsx", "parquet")]
    assert (
        sorted_rows(readings[0], "referral")
        == sorted_rows(readings[1], "referral")
        == sorted_rows(readings[2], "referral")
    )


def test_each_provider_has_its_own_slice_from_its_first_month_to_the_extract() -> None:
    reading = read(
        KIND,
        referral(extracted="2015-08-10"),
        referral(provider="DP2", received="2015-08-01", extracted="2015-08-10"),  # the same id: another referral
    )
    june_on = [date(2015, 6, 1), date(2015, 7, 1), date(2015, 8, 1)]
    assert reading.covers == {"pathway DP1": june_on, "pathway DP2": june_on[2:]}
    assert (reading.sender, reading.extracted, reading.synthetic) == ("DP1, DP2", date(2015, 8, 10), True)
    assert {row["slice"] for row in reading.tables["waiting"].to_pylist()} == {"pathway DP1"}


def test_rows_are_real_unless_they_say_otherwise() -> None:
    assert not read(KIND, referral(data_status="")).synthetic


# ---- The order of rows -----------------------------------------------------------------------------------------------

VARIED = [
    referral(
        referral_id=f"R{at}", practice=f"A8100{at % 3}", start_back=risk, received=f"2015-0{6 + at % 3}-15", **steps
    )
    for at, (risk, steps) in enumerate(
        [
            ("low", {}),
            ("", {"assessed": "2015-08-20"}),
            ("low", {"assessed": "2015-08-30", "imaging_requested": "2015-08-30"}),
            ("high", {"discharged": "2015-07-31", "outcome": "declined"}),
            ("", {"imaging_requested": "2015-07-20"}),
            ("low", {"surgery_listed": "2015-08-15"}),
        ]
    )
]


@settings(max_examples=25, deadline=None)
@given(st.permutations(VARIED))
def test_the_order_of_rows_does_not_matter(rows: list) -> None:
    expected, permuted = read(KIND, *VARIED), read(KIND, *rows)
    for table in ("referral", "waiting"):
        assert sorted_rows(permuted, table) == sorted_rows(expected, table)
    assert permuted.covers == expected.covers
