from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.code_sets import group_of
from loaders.procedures import KIND
from loaders.submission import Reading
from tests.loaders.given import Row, day, read, refusal, told

SPELL: Row = {
    "spell_id": "S1",
    "patient": "P1",
    "provider": "DP1",
    "ccg": "00M",
    "admitted": "2016-02-08",
    "procedures": "V54.4;Z67.6",
    "diagnoses": "M54.5",
    "cost": 640,
    "extracted": "2016-05-31",
}


def spell(**changes: object) -> Row:
    return {**SPELL, **changes}


def spells(**days: str) -> list[Row]:
    """Spells of the same patient and group on these days."""
    return [spell(spell_id=name, admitted=on) for name, on in days.items()]


def counted(reading: Reading, column: str = "spells") -> Mapping[tuple, Any]:
    return {
        (row["procedure_group"], row["diagnosis_group"], f"{row['month']:%Y-%m}"): row[column]
        for row in reading.tables["procedure"].to_pylist()
    }


@pytest.mark.parametrize(
    ("codes", "group"),
    [
        ("V54.4", "facet_joint_injection"),
        ("v544", "facet_joint_injection"),  # without dot, in any case
        ("Z07.3;V54.4", "other"),  # only as the primary code
        ("A52.1", "nerve_root_block"),
        ("A57.7;Z07.3", "nerve_root_block"),
        ("A73.5;Z07.3", "nerve_root_block"),  # with a site of Z07
        ("A73.5;Z06.3", "other"),  # with another site
        ("A73.5", "other"),
        ("V48.5", "radiofrequency_denervation"),
        ("V25.5", "lumbar_decompression"),
        ("Y53.4;V25.5", "lumbar_decompression"),  # wherever it stands
        ("V35.1;Z66.5", "lumbar_decompression"),
        ("V35.1;Z66.3", "other"),  # not lumbar
        ("V25.5;V26.2", "other"),  # a revision
        ("V25.5;V38.2", "fusion"),  # a decompression with a fusion is a fusion
        ("V38.2;V55.3", "other"),  # a fusion of many levels
        ("W37.1", "other"),
    ],
)
def test_spells_are_grouped_by_the_code_sets(codes: str, group: str) -> None:
    """Rules: data/reference/README.md and domain notes on OPCS-4."""
    assert list(counted(read(KIND, spell(procedures=codes)))) == [(group, "low_back_pain_non_specific", "2016-02")]


@pytest.mark.parametrize(
    ("codes", "group"),
    [
        ("M54.5", "low_back_pain_non_specific"),
        ("m545", "low_back_pain_non_specific"),
        ("M54.56", "low_back_pain_non_specific"),  # the fifth character is a site
        ("M54.4", "sciatica"),
        ("M54.3;M54.5", "sciatica"),  # by the primary diagnosis alone
        ("M51.1D", "sciatica"),  # with its dagger
        ("M47.8;M54.5", "other"),
    ],
)
def test_the_primary_diagnosis_keeps_low_value_injections_apart_from_sciatica(codes: str, group: str) -> None:
    assert list(counted(read(KIND, spell(diagnoses=codes)))) == [("facet_joint_injection", group, "2016-02")]


def test_the_groups_need_no_file_to_be_told() -> None:
    assert group_of([], "procedures") == "other"


def test_spells_are_counted_and_their_cost_added() -> None:
    rows = [spell(), spell(spell_id="S2", patient="P2", cost=60.5), spell(spell_id="S3", diagnoses="M54.4", cost=100)]
    (plain, sciatica) = sorted(
        read(KIND, *rows).tables["procedure"].to_pylist(), key=lambda row: row["diagnosis_group"]
    )
    assert (plain["spells"], plain["repeat_spells"], plain["cost"]) == (2, 0, 700.5)
    assert (sciatica["spells"], sciatica["cost"]) == (1, 100)
    assert (plain["ccg"], plain["provider"], plain["month"], plain["slice"]) == (
        "00M",
        "DP1",
        day("2016-02-01"),
        "procedures DP1",
    )


def test_a_cost_that_is_not_whole_is_no_cost() -> None:
    reading = read(KIND, spell(), spell(spell_id="S2", cost=""), spell(spell_id="S3", admitted="2016-03-01"))
    assert list(counted(reading, "cost").values()) == [None, 640]
    assert [(w.row, w.column) for w in reading.warnings] == [(3, "cost")]
    nobody_sends_it = read(KIND, spell(cost=""))
    assert (list(counted(nobody_sends_it, "cost").values()), nobody_sends_it.warnings) == ([None], [])


@pytest.mark.parametrize(
    ("third", "repeats"),
    [("2016-03-01", 1), ("2016-03-02", 0)],  # 365 and 366 days after the first
)
def test_the_third_spell_within_a_year_is_a_repeat(third: str, repeats: int) -> None:
    reading = read(KIND, *spells(S1="2015-03-02", S2="2015-09-01", S3=third))
    assert sum(counted(reading, "repeat_spells").values()) == repeats


def test_every_spell_after_the_third_repeats_while_the_year_lasts() -> None:
    days = {"S1": "2015-03-02", "S2": "2015-06-01", "S3": "2015-09-01", "S4": "2015-12-01", "S5": "2016-05-01"}
    repeats = counted(read(KIND, *spells(**days)), "repeat_spells")
    assert {month: count for (_, _, month), count in repeats.items()} == {
        "2015-03": 0,
        "2015-06": 0,
        "2015-09": 1,
        "2015-12": 1,
        "2016-05": 1,
    }


def test_repeats_are_of_the_same_patient_and_group_at_any_provider() -> None:
    others = [
        spell(spell_id="S1"),
        spell(spell_id="S2", procedures="A52.1"),  # another group
        spell(spell_id="S3", patient="P2"),  # another patient
        spell(spell_id="S4"),
    ]
    assert sum(counted(read(KIND, *others), "repeat_spells").values()) == 0
    elsewhere = spell(spell_id="S5", provider="DP2", diagnoses="M54.4")
    assert sum(counted(read(KIND, *others, elsewhere), "repeat_spells").values()) == 1


def test_providers_answer_for_their_months_from_first_to_last() -> None:
    rows = [spell(), spell(spell_id="S2", admitted="2016-04-01"), spell(provider="DP2")]
    assert read(KIND, *rows).covers == {
        "procedures DP1": [day("2016-02-01"), day("2016-03-01"), day("2016-04-01")],
        "procedures DP2": [day("2016-02-01")],
    }


DAMAGE: list[tuple[Row, str, str]] = [
    ({"procedures": "V54.44"}, "procedures", "OPCS-4"),
    ({"procedures": "54.4V"}, "procedures", "OPCS-4"),
    ({"procedures": "V54.4 Z67.6"}, "procedures", "OPCS-4"),
    ({"procedures": "V54.4,Z67.6"}, "procedures", "OPCS-4"),
    ({"procedures": ";"}, "procedures", "OPCS-4"),
    ({"procedures": ""}, "procedures", "needed"),
    ({"diagnoses": "low back pain"}, "diagnoses", "ICD-10"),
    ({"diagnoses": "M5"}, "diagnoses", "ICD-10"),
    ({"admitted": "2016-06-01"}, "admitted", "after the extract"),
    ({"admitted": "2016-02-30"}, "admitted", "not a date"),
    ({"cost": -1}, "cost", "below 0"),
    ({"cost": "£640"}, "cost", "not a number"),
    ({"patient": ""}, "patient", "needed"),
    ({"spell_id": "S0"}, "spell_id", "further up already"),
    ({"ccg": "X24"}, "ccg", "none of the 12 CCGs"),
]


def test_all_damage_is_refused_at_once() -> None:
    rows = [
        spell(spell_id="S0"),
        *({**spell(spell_id=f"S{at}"), **change} for at, (change, _, _) in enumerate(DAMAGE, 1)),
    ]
    problems = refusal(KIND, *rows)
    for row, (change, column, why) in enumerate(DAMAGE, 3):
        assert any(p.row == row and p.column == column and why in p.why for p in problems), (change, problems)


def test_a_spell_stands_once_for_a_provider() -> None:
    assert told(refusal(KIND, spell(), spell(provider="DP2"), spell(cost=1))) == {(4, "spell_id", "S1")}


YEAR = spells(S1="2015-03-02", S2="2015-06-01", S3="2015-09-01", S4="2016-05-01")


@settings(max_examples=20, deadline=None)
@given(st.permutations(YEAR))
def test_the_order_of_rows_does_not_matter(rows: list) -> None:
    assert counted(read(KIND, *rows), "repeat_spells") == counted(read(KIND, *YEAR), "repeat_spells")
