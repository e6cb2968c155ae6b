import pytest

from loaders.coding import KIND
from tests.loaders.given import Row, day, read, refusal, told

MONTH: Row = {
    "sender": "DS1",
    "practice": "A81001",
    "ccg": "00M",
    "month": "2015-06",
    "episodes": 31,
    "start_back_low": 6,
    "start_back_medium": 5,
    "start_back_high": 3,
    "gp_lumbar_mri": 2,
    "extracted": "2015-09-10",
}


def month(**changes: object) -> Row:
    return {**MONTH, **changes}


def test_a_month_of_a_practice_is_kept_as_sent() -> None:
    (row,) = read(KIND, month()).tables["practice_coding"].to_pylist()
    assert row == {
        "practice": "A81001",
        "ccg": "00M",
        "episodes": 31,
        "start_back_low": 6,
        "start_back_medium": 5,
        "start_back_high": 3,
        "gp_lumbar_mri": 2,
        "month": day("2015-06-01"),
        "slice": "coding DS1",
    }


@pytest.mark.parametrize("written", ["2015-06", "2015-06-30", "01/06/2015"])
def test_a_month_may_be_given_by_any_of_its_days(written: str) -> None:
    assert read(KIND, month(month=written)).tables["practice_coding"]["month"].to_pylist() == [day("2015-06-01")]


def test_a_sender_answers_for_its_months_from_first_to_last() -> None:
    rows = [month(), month(month="2015-08"), month(sender="DS2", practice="A81002", month="2015-07")]
    reading = read(KIND, *rows)
    assert reading.covers == {
        "coding DS1": [day("2015-06-01"), day("2015-07-01"), day("2015-08-01")],  # July without a row is answered for
        "coding DS2": [day("2015-07-01")],
    }
    assert reading.sender == "DS1, DS2"


@pytest.mark.parametrize(("episodes", "refused"), [(14, False), (13, True)])  # 6 + 5 + 3 recorded
def test_no_more_risks_are_recorded_than_there_are_episodes(episodes: int, refused: bool) -> None:
    problems = refusal(KIND, month(episodes=episodes))
    assert told(problems) == ({(2, "episodes", "13")} if refused else set())


def test_nothing_at_all_is_a_count_too() -> None:
    none = dict.fromkeys(("episodes", "start_back_low", "start_back_medium", "start_back_high", "gp_lumbar_mri"), 0)
    assert read(KIND, month(**none)).tables["practice_coding"]["episodes"].to_pylist() == [0]


DAMAGE: list[tuple[Row, str, str]] = [
    ({"episodes": -1}, "episodes", "below 0"),
    ({"episodes": 30.5}, "episodes", "not a whole number"),
    ({"episodes": "1,000"}, "episodes", "not a whole number"),
    ({"gp_lumbar_mri": ""}, "gp_lumbar_mri", "needed"),
    ({"month": "June 2015"}, "month", "not a month"),
    ({"month": "2015-13"}, "month", "not a month"),
    ({"month": "2015-10"}, "month", "after the extract"),
    ({"month": "2009-12"}, "month", "before 2010"),
    ({"ccg": "42D"}, "ccg", "none of the 12 CCGs"),
    ({"practice": "A81000"}, "month", "further up already"),
    ({"sender": "+44"}, "sender", "like a formula"),
    ({"sender": "the data service"}, "sender", "A code holds no blanks"),
]


def test_all_damage_is_refused_at_once() -> None:
    rows = [
        month(practice="A81000"),
        *({**month(practice=f"A8100{at}"), **change} for at, (change, _, _) in enumerate(DAMAGE, 1)),
    ]
    problems = refusal(KIND, *rows)
    for row, (_, column, why) in enumerate(DAMAGE, 3):
        assert any(p.row == row and p.column == column and why in p.why for p in problems), (row, column, why)


def test_the_same_practice_and_month_from_two_senders_is_refused() -> None:
    assert told(refusal(KIND, month(), month(sender="DS2"))) == {(3, "month", "2015-06-01")}


@pytest.mark.parametrize(("extracted", "odd"), [("2015-06-29", True), ("2015-06-30", False)])
def test_a_month_that_was_not_over_is_odd(extracted: str, odd: bool) -> None:
    assert bool(read(KIND, month(extracted=extracted)).warnings) == odd
