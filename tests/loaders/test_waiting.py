from calendar import monthrange
from collections import Counter
from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.pathway import KIND
from loaders.tables import STEPS
from loaders.waiting import GROUPS, waiting_lists
from tests.loaders.given import Row, day, read, referral


def lists(*rows: Row, step: str = "assessed") -> dict[tuple[date, int], int]:
    """People waiting for a step by month and week."""
    waiting = read(KIND, *rows).tables["waiting"].to_pylist()
    return {(row["month"], row["week"]): row["patients"] for row in waiting if row["step"] == step}


JUNE, JULY, AUGUST = day("2015-06-01"), day("2015-07-01"), day("2015-08-01")


@pytest.mark.parametrize(
    ("received", "week"),
    [
        ("2015-06-30", 0),  # on the month end: 0 days
        ("2015-06-23", 0),  # 7 days
        ("2015-06-22", 1),  # 8 days
        ("2015-06-16", 1),  # 14 days
        ("2015-06-15", 2),  # 15 days
        ("2015-06-01", 4),  # 29 days
    ],
)
def test_weeks_are_bands_of_seven_days_as_in_rtt(received: str, week: int) -> None:
    assert lists(referral(received=received, extracted="2015-06-30")) == {(JUNE, week): 1}


@pytest.mark.parametrize(
    ("assessed", "months"),
    [
        ("2015-06-30", []),  # seen on the month end: not waiting then
        ("2015-07-01", [JUNE]),  # seen the day after
        ("2015-07-31", [JUNE]),
        ("2015-08-01", [JUNE, JULY]),
        ("", [JUNE, JULY, AUGUST]),  # not seen by the extract, which is the last of August
    ],
)
def test_people_wait_until_the_day_they_are_seen(assessed: str, months: list[date]) -> None:
    assert [month for month, _ in lists(referral(received="2015-06-10", assessed=assessed))] == months


@pytest.mark.parametrize(("discharged", "months"), [("2015-06-30", []), ("2015-07-01", [JUNE])])
def test_people_wait_no_longer_than_their_discharge(discharged: str, months: list[date]) -> None:
    open_until = referral(received="2015-06-10", discharged=discharged, outcome="declined")
    assert [month for month, _ in lists(open_until)] == months


@pytest.mark.parametrize(
    ("extracted", "months"),
    [
        ("2015-07-30", [JUNE]),  # July was not over
        ("2015-07-31", [JUNE, JULY]),  # the extract holds its own day
        ("2015-06-29", []),  # no month was over
    ],
)
def test_only_months_that_were_over_at_the_extract_have_lists(extracted: str, months: list[date]) -> None:
    assert [month for month, _ in lists(referral(received="2015-06-10", extracted=extracted))] == months


def test_a_step_is_waited_for_from_its_request() -> None:
    row = referral(assessed="2015-06-05", imaging_requested="2015-07-20", imaging="2015-08-20")
    assert lists(row) == {}
    assert lists(row, step="imaging") == {(JULY, 1): 1}  # 11 days


def test_a_step_nobody_asked_for_is_not_waited_for() -> None:
    assert lists(referral(assessed="2015-06-05"), step="surgery") == {}


def test_what_is_asked_for_after_the_discharge_is_not_waited_for() -> None:
    row = referral(assessed="2015-06-05", discharged="2015-06-05", imaging_requested="2015-06-20", outcome="other")
    assert lists(row, step="imaging") == {}


def test_people_who_wait_alike_are_counted_together() -> None:
    rows = [
        referral(extracted="2015-06-30"),
        referral(referral_id="R2", extracted="2015-06-30"),
        referral(referral_id="R3", extracted="2015-06-30", presentation="radicular_pain"),  # a list of its own
        referral(referral_id="R4", extracted="2015-06-30", start_back="high"),  # so has a risk that is recorded
    ]
    waiting = read(KIND, *rows).tables["waiting"].to_pylist()
    assert sorted((row["presentation"], row["start_back"] or "", row["patients"]) for row in waiting) == [
        ("low_back_pain", "", 2),
        ("low_back_pain", "high", 1),
        ("radicular_pain", "", 1),
    ]


# ---- A second, plain implementation ----------------------------------------------------------------------------------

START, EXTRACTED = date(2015, 1, 20), date(2015, 5, 30)

days = st.integers(0, (EXTRACTED - START).days).map(lambda after: START + timedelta(days=after))
people = st.fixed_dictionaries(
    {
        "provider": st.sampled_from(["DP1", "DP2"]),
        "practice": st.sampled_from(["A81001", "A81002"]),
        "ccg": st.just("00M"),
        "presentation": st.sampled_from(["low_back_pain", "radicular_pain"]),
        "start_back": st.sampled_from(["low", None]),
        "received": st.just(START),
        "discharged": st.none() | days,
        **{f"{step}_requested": st.none() | days for step in STEPS},
        **{step: st.none() | days for step in STEPS},
    }
)


def counted_one_by_one(everyone: list[dict]) -> Counter:
    lists: Counter = Counter()
    for month in (date(2015, number, 1) for number in range(1, 5)):  # May was not over on the 30th
        end = month.replace(day=monthrange(month.year, month.month)[1])
        for person in everyone:
            for step in STEPS:
                asked, over = person[f"{step}_requested"], [d for d in (person[step], person["discharged"]) if d]
                if asked and asked <= end and all(end < d for d in over):
                    waited = (end - asked).days
                    week = 0 if waited <= 7 else -(-waited // 7) - 1
                    lists[(*(person[name] for name in GROUPS), step, month, week)] += 1
    return lists


@settings(max_examples=60, deadline=None)
@given(st.lists(people, min_size=1, max_size=12))
def test_lists_are_what_counting_one_by_one_gives(everyone: list[dict]) -> None:
    dates = {name: pa.date32() for name in ("received", "discharged", *STEPS, *(f"{step}_requested" for step in STEPS))}
    schema = pa.schema([pa.field(name, dates.get(name, pa.string())) for name in everyone[0]])
    waiting = waiting_lists(pa.Table.from_pylist(everyone, schema=schema), EXTRACTED).to_pylist()
    found = {
        (*(row[name] for name in GROUPS), row["step"], row["month"], row["week"]): row["patients"] for row in waiting
    }
    assert found == counted_one_by_one(everyone)
    assert len(found) == len(waiting)
