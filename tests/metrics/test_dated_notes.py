"""Dated notes: those of the region on every chart, of a CCG on its own, and invented ones beside invented figures."""

from datetime import date

from metrics.dated_notes import Note, dated_notes, notes_on, published_notes
from metrics.engines import Engine

GUIDELINE = Note(date(2016, 11, 30), None, "NICE guideline NG59", "NICE")
BOUNDARY = Note(date(2017, 4, 1), "01H", "Cumbria gives up its south", "ODS")
INVENTED = Note(date(2017, 2, 1), None, "A form lost a question", "DP2", synthetic=True)
EVERY = [GUIDELINE, INVENTED, BOUNDARY]
MONTHS = date(2016, 11, 1), date(2017, 4, 1)


def test_a_note_of_the_region_is_on_every_chart_and_one_of_a_ccg_on_its_own() -> None:
    assert notes_on(EVERY, {"00M"}, MONTHS, synthetic=False) == [GUIDELINE]
    assert notes_on(EVERY, {"00M", "01H"}, MONTHS, synthetic=False) == [GUIDELINE, BOUNDARY]


def test_an_invented_note_stands_only_beside_invented_figures() -> None:
    assert notes_on(EVERY, (), MONTHS, synthetic=True) == [GUIDELINE, INVENTED]


def test_the_months_of_the_chart_bound_its_notes_and_both_ends_count() -> None:
    assert notes_on(EVERY, {"01H"}, (date(2016, 12, 1), date(2017, 3, 1)), synthetic=True) == [INVENTED]
    assert notes_on(EVERY, {"01H"}, (date(2016, 11, 1), date(2016, 11, 1)), synthetic=True) == [GUIDELINE]


def test_published_notes_have_a_source_and_are_never_invented() -> None:
    assert all(note.source and not note.synthetic for note in published_notes())
    assert GUIDELINE.date in [note.date for note in published_notes()]


def test_published_and_sent_notes_come_together_in_order(demo: Engine) -> None:
    every = dated_notes(demo)
    assert [note.date for note in every] == sorted(note.date for note in every)
    assert {note.synthetic for note in every if note.source == "Synthetic programme office"} == {True}
    assert {note.text for note in published_notes()} < {note.text for note in every}
