"""Decks that people keep as TOML."""

import pytest

from dashboard.slides.packs import board, ccg_pack
from dashboard.slides.saved import DeckFaulty, Pick, Saved, read_saved, write_saved


def test_what_is_written_is_read_back() -> None:
    deck = Saved(
        'My "own" deck',
        [
            Pick("waiting", "queues", {"ccgs": ("Darlington", "South Tees")}, "Shorter \\ by £5"),
            Pick("summary", "region"),
        ],
    )
    assert read_saved(write_saved(deck)) == deck


def test_the_packs_are_saved_decks() -> None:
    assert read_saved(write_saved(board())) == board()


def test_the_pack_of_a_ccg_names_it_everywhere() -> None:
    pack = ccg_pack("00C")
    assert pack.title == "Back pain pathway: Darlington"
    assert "{ccg}" not in write_saved(pack)


def test_every_fault_is_said_at_once() -> None:
    text = """
        colour = "red"
        [[slide]]
        page = "os"
        card = "system"
        [[slide]]
        page = "summary"
        card = "nothing"
        [[slide]]
        page = "waiting"
        headline = 3
        choices = {ccgs = 7}
    """
    with pytest.raises(DeckFaulty) as faulty:
        read_saved(text)
    said = str(faulty.value)
    for fault in (
        "it has no title",
        "unknown: colour",
        "slide 1: there is no page 'os'",
        "slide 2: there is no summary 'nothing'",
        "slide 3: it names no card",
        "slide 3: its headline is no text",
        "slide 3: its choices are no texts",
    ):
        assert fault in said


def test_a_file_that_is_no_toml_is_refused() -> None:
    with pytest.raises(DeckFaulty, match="This is no deck"):
        read_saved("title = ")
