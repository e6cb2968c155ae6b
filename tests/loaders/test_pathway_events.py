import pytest

from loaders import pathway
from loaders.examples import pathway as example_referrals
from loaders.pathway import ABOUT_THE_REFERRAL, EVENTS
from loaders.pathway_events import KIND
from loaders.submission import Reading
from tests.loaders.given import Row, read, refusal, source_of, told

RECEIVED: Row = {
    "referral_id": "R1",
    "provider": "DP1",
    "practice": "A81001",
    "ccg": "00M",
    "route": "triage_and_treat",
    "presentation": "low_back_pain",
    "event": "received",
    "event_date": "2015-06-01",
    "outcome": "",
    "extracted": "2015-08-31",
    "data_status": "synthetic",
}


def event(name: str, on: str, **changes: object) -> Row:
    """A later event of the same referral: nothing about the referral is said again."""
    return {
        "referral_id": "R1",
        "provider": "DP1",
        "event": name,
        "event_date": on,
        "extracted": "2015-08-31",
        "data_status": "synthetic",
        **changes,
    }


def rows_of(reading: Reading, table: str) -> list[str]:
    return sorted(str(sorted(row.items(), key=str)) for row in reading.tables[table].to_pylist())


def test_events_become_the_dates_of_one_referral() -> None:
    discharged = event("discharged", "2015-07-21", outcome="treated")
    reading = read(KIND, discharged, event("assessed", "2015-06-15"), RECEIVED)  # in any order
    (row,) = reading.tables["referral"].to_pylist()
    assert (row["practice"], row["outcome"], row["wait_assessed"], row["days_to_discharged"]) == (
        "A81001",
        "treated",
        14,
        50,
    )


def test_events_give_the_tables_that_one_row_per_referral_gives() -> None:
    wide = list(example_referrals())
    about = [field.name for field in ABOUT_THE_REFERRAL]
    long = [
        {
            **{name: row[name] for name in ("referral_id", "provider", "extracted", "data_status")},
            **({name: row[name] for name in about} if happening.name == "received" else {}),
            **({"outcome": row["outcome"]} if happening.name == "discharged" else {}),
            "event": happening.name,
            "event_date": row[happening.name],
        }
        for row in wide
        for happening in EVENTS
        if happening.name in row
    ]
    expected, found = read(pathway.KIND, *wide), read(KIND, *long)
    assert rows_of(found, "referral") == rows_of(expected, "referral")
    assert rows_of(found, "waiting") == rows_of(expected, "waiting")
    assert found.covers == expected.covers


def test_a_file_of_events_is_not_taken_for_one_of_referrals() -> None:
    assert KIND.recognise(source_of([RECEIVED]))
    assert not pathway.KIND.recognise(source_of([RECEIVED]))


def test_what_is_said_again_must_be_the_same() -> None:
    again = event("assessed", "2015-06-15", practice="A81001", ccg="00m")
    assert not refusal(KIND, RECEIVED, again)
    other = event("assessed", "2015-06-15", practice="A81002")
    (problem,) = refusal(KIND, RECEIVED, other)
    assert (problem.row, problem.column, problem.value) == (3, "practice", "A81002")
    assert problem.why == "The referral has another practice further up."


@pytest.mark.parametrize(
    ("rows", "place", "why"),
    [
        # a date out of order is shown on the row of its event
        ([RECEIVED, event("assessed", "2015-05-31")], (3, "event_date", "2015-05-31"), "assessed is before received"),
        (
            [RECEIVED, event("imaging_requested", "2015-06-09"), event("imaging", "2015-06-08")],
            (4, "event_date", "2015-06-08"),
            "imaging is before imaging_requested",
        ),
        ([RECEIVED, event("assessed", "2015-09-01")], (3, "event_date", "2015-09-01"), "after the extract"),
        ([RECEIVED, event("assessed", "31/06/2015")], (3, "event_date", "31/06/2015"), "not a date"),
        ([RECEIVED, event("seen", "2015-06-15")], (3, "event", "seen"), "Expected one of received, assessed"),
        (
            [RECEIVED, event("surgery", "2015-06-15"), event("surgery", "2015-06-16")],
            (4, "event", "surgery"),
            "already",
        ),
        ([RECEIVED, event("assessed", "2015-06-15", referral_id="R2")], (3, "event_date", ""), "has no received"),
        ([{**RECEIVED, "practice": ""}, event("assessed", "2015-06-15")], (2, "practice", ""), "has no practice"),
        ([{**RECEIVED, "ccg": "16C"}], (2, "ccg", "16C"), "none of the 12 CCGs"),
        ([RECEIVED, event("", "2015-06-15")], (3, "event", ""), "A value is needed"),
    ],
)
def test_damage_is_refused_on_the_row_of_the_event(rows: list[Row], place: tuple, why: str) -> None:
    problems = refusal(KIND, *rows)
    assert [problem for problem in problems if why in problem.why and told([problem]) == {place}], problems


def test_a_value_that_was_refused_is_not_called_missing_as_well() -> None:
    assert len(refusal(KIND, {**RECEIVED, "ccg": "16C"})) == 1
    assert len(refusal(KIND, {**RECEIVED, "event_date": "soon"})) == 1


def test_an_event_without_a_referral_does_not_hide_the_others() -> None:
    problems = refusal(KIND, {**RECEIVED, "referral_id": ""}, {**RECEIVED, "referral_id": "R2", "route": "bus"})
    assert told(problems) == {(2, "referral_id", ""), (3, "route", "bus")}


def test_warnings_name_the_row_of_the_event() -> None:
    (warning,) = read(KIND, RECEIVED, event("imaging", "2015-06-15")).warnings
    assert (warning.row, warning.column) == (3, "event_date")
    assert "imaging_requested has none" in warning.why
