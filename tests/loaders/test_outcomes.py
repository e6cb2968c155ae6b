import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.outcomes import KIND
from loaders.submission import Reading
from tests.loaders.given import Row, day, read, refusal, told

FORM: Row = {
    "referral_id": "R1",
    "provider": "DP1",
    "ccg": "00M",
    "instrument": "ODI",
    "time_point": "baseline",
    "completed": "2015-06-22",
    "score": 42,
    "extracted": "2016-08-31",
}


def form(**changes: object) -> Row:
    return {**FORM, **changes}


def changes(reading: Reading) -> dict[tuple, object]:
    return {
        (row["referral_id"], row["instrument"], row["time_point"]): row["change"]
        for row in reading.tables["outcome_score"].to_pylist()
    }


def test_change_is_the_score_less_the_baseline_of_the_same_instrument() -> None:
    reading = read(
        KIND,
        form(time_point="discharge", completed="2015-08-03", score=30),  # before its baseline in the file
        form(),
        form(instrument="EQ-5D-5L", score=0.5),
        form(instrument="EQ-5D-5L", time_point="6_months", completed="2015-12-22", score=0.75),
        form(provider="DP2", time_point="discharge", completed="2015-08-03", score=10),  # another provider's R1
    )
    found = [(row["provider"], row["instrument"], row["time_point"], row["change"], row["month"])
             for row in reading.tables["outcome_score"].to_pylist()]  # fmt: skip
    june, august = day("2015-06-01"), day("2015-08-01")
    assert found == [
        ("DP1", "ODI", "discharge", -12, june),  # counts in the month of the baseline
        ("DP1", "ODI", "baseline", None, june),
        ("DP1", "EQ-5D-5L", "baseline", None, june),
        ("DP1", "EQ-5D-5L", "6_months", 0.25, june),
        ("DP2", "ODI", "discharge", None, august),  # without a baseline: its own month
    ]
    assert [(w.row, w.why) for w in reading.warnings] == [(6, "There is no baseline: no change can be worked out.")]


def test_each_provider_answers_for_its_months_up_to_the_extract() -> None:
    reading = read(KIND, form(completed="2016-07-01"), form(provider="DP2", completed="2016-08-31"))
    assert reading.covers == {
        "outcomes DP1": [day("2016-07-01"), day("2016-08-01")],
        "outcomes DP2": [day("2016-08-01")],
    }


@pytest.mark.parametrize(
    ("instrument", "lowest", "highest"),
    [
        ("ODI", 0, 100),
        ("EQ-5D-5L", -0.6, 1),
        ("PAIN_NRS", 0, 10),
        ("GAD-7", 0, 21),
        ("PHQ-9", 0, 27),
        ("STARTBACK", 0, 9),
    ],
)
def test_scores_lie_on_the_scale_of_their_instrument(instrument: str, lowest: float, highest: float) -> None:
    assert not refusal(KIND, form(instrument=instrument, score=lowest))
    assert not refusal(KIND, form(instrument=instrument, score=highest))
    for score in (lowest - 0.1, highest + 0.1):
        (problem,) = refusal(KIND, form(instrument=instrument, score=score))
        assert (problem.row, problem.column, problem.value) == (2, "score", str(score))
        assert problem.why == f"{instrument} runs from {lowest} to {highest}."


@pytest.mark.parametrize("written", ["eq 5d 5l", "EQ-5D-5L", "eq_5d_5l"])
def test_instruments_may_be_written_in_any_case(written: str) -> None:
    assert changes(read(KIND, form(instrument=written, score=0.5))) == {("R1", "EQ-5D-5L", "baseline"): None}


DAMAGE: list[tuple[Row, str, str]] = [
    ({"instrument": "SF-36"}, "instrument", "Expected one of ODI"),
    ({"time_point": "3 months"}, "time_point", "Expected one of baseline"),
    ({"score": ""}, "score", "needed"),
    ({"score": "nan"}, "score", "not a number"),
    ({"score": "forty"}, "score", "not a number"),
    ({"completed": "2016-09-01"}, "completed", "after the extract"),
    ({"completed": "2015-06-31"}, "completed", "not a date"),
    ({"completed": "2015-06-21", "time_point": "discharge"}, "completed", "older than the baseline"),
    ({"referral_id": "R0"}, "time_point", "stands further up already"),
    ({"ccg": "03K"}, "ccg", "none of the 12 CCGs"),
    ({"start_back": "some"}, "start_back", "Expected one of low"),
]


def test_all_damage_is_refused_at_once() -> None:
    rows = [form(referral_id=f"R{at}") for at in range(1, len(DAMAGE) + 1)]
    damaged = [
        {**form(referral_id=f"R{at}", instrument="PHQ-9", score=7), **change}
        for at, (change, _, _) in enumerate(DAMAGE, 1)
    ]
    baselines = [form(referral_id=f"R{at}", instrument="PHQ-9", score=9) for at in (0, 8)]
    problems = refusal(KIND, *rows, *baselines, *damaged)
    first = len(rows) + len(baselines) + 2
    for row, (_, column, why) in enumerate(DAMAGE, first):
        assert any(p.row == row and p.column == column and why in p.why for p in problems), (row, column, why, problems)


def test_a_form_may_stand_only_once() -> None:
    assert told(refusal(KIND, form(), form(score=40))) == {(3, "time_point", "baseline")}


FORMS = [
    form(referral_id=referral, time_point=time_point, completed=completed, score=score)
    for referral in ("R1", "R2")
    for time_point, completed, score in (
        ("baseline", "2015-06-22", 40),
        ("discharge", "2015-08-22", 31),
        ("12_months", "2016-06-22", 20),
    )
]


@settings(max_examples=20, deadline=None)
@given(st.permutations(FORMS))
def test_the_order_of_rows_does_not_matter(rows: list) -> None:
    assert changes(read(KIND, *rows)) == changes(read(KIND, *FORMS))
