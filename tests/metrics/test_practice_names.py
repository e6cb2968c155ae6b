"""Practices in what people typed are masked unless they may be named."""

import pytest

from metrics.adoption.milestones import milestones
from metrics.dated_notes import sent_notes
from metrics.engines import Engine
from metrics.practice_names import ALLOWED, NAMED, mask_of, without_codes
from metrics.selection import Selection


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Practice A81001 stops referring", "Practice (not named) stops referring"),
        ("A81001001, a branch of a81001", "(not named), a branch of (not named)"),
        ("00D-D12 closes; its patients join 00D-D13", "(not named) closes; its patients join (not named)"),
        # a CCG, a guideline, a date and a longer number are no practices
        ("00M: NG59 replaces CG88 from 2016-11-30, ref AB812345", None),
    ],
)
def test_codes_of_practices_are_masked_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, typed: str, shown: str | None
) -> None:
    monkeypatch.delenv(NAMED, raising=False)
    assert without_codes(typed) == (shown or typed)


def test_the_names_of_practices_are_masked_too(monkeypatch: pytest.MonkeyPatch, small: Engine) -> None:
    monkeypatch.delenv(NAMED, raising=False)
    assert mask_of(small)("Talks with the surgery at 00C-A") == "Talks with (not named) at 00C-A"


def test_where_practices_may_be_named_notes_stay_as_they_were_sent(
    monkeypatch: pytest.MonkeyPatch, demo: Engine
) -> None:
    monkeypatch.setenv(NAMED, ALLOWED)
    assert "Practice 00M-D05 stops referring: being followed up" in [note.text for note in sent_notes(demo)]


def test_notes_and_milestones_of_a_ledger_name_no_practice(monkeypatch: pytest.MonkeyPatch, demo: Engine) -> None:
    monkeypatch.delenv(NAMED, raising=False)
    said = [note.text for note in sent_notes(demo)]
    said += [text for row in milestones(demo, Selection()) for text in (row.owner, row.evidence)]
    assert "Practice (not named) stops referring: being followed up" in said
    assert not [text for text in said if "-D" in text]
