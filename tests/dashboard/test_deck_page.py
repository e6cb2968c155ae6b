"""The page on which a deck is arranged."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.slides.packs import board
from tests.dashboard.page import opened


def _deck(app: AppTest, *slides: str) -> AppTest:
    return opened(app, "deck", slide=list(slides))


def test_an_empty_deck_says_how_to_fill_it(app: AppTest) -> None:
    app = _deck(app)
    assert "Add charts from other pages" in app.info[0].value


def test_an_address_brings_back_slides_with_their_headlines_and_passes_over_what_is_unknown(app: AppTest) -> None:
    app = _deck(app, "waiting/queues?ccgs=Darlington&headline=Shorter", "nowhere/x", "summary/nothing", "rollout/map")
    assert [field.value for field in app.text_input if field.label.startswith("Headline")] == ["Shorter", ""]
    assert app.query_params["slide"] == ["waiting/queues?ccgs=Darlington&headline=Shorter", "rollout/map"]


def test_slides_are_moved_and_taken_out(app: AppTest) -> None:
    app = _deck(app, "waiting/queues", "rollout/map", "rollout/timeline")
    next(button for button in app.button if button.label == "Down: slide 1").click().run()
    assert app.query_params["slide"] == ["rollout/map", "waiting/queues", "rollout/timeline"]
    next(button for button in app.button if button.label == "Remove: slide 2").click().run()
    assert app.query_params["slide"] == ["rollout/map", "rollout/timeline"]


@pytest.mark.parametrize("installed", [True, False])
def test_a_pdf_is_offered_where_libreoffice_is_and_otherwise_said_to_be_lacking(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, installed: bool
) -> None:
    monkeypatch.setattr("shutil.which", lambda program: f"/usr/bin/{program}" if installed else None)
    app = _deck(app, "rollout/map")
    offered = [button.proto.label for button in app.get("download_button")]
    assert ("Download (PDF)" in offered) == installed
    said = "There is no PDF: LibreOffice is not installed here (Debian: apt-get install libreoffice-impress)."
    assert (said in [text.value for text in app.caption]) != installed


def test_a_pack_can_be_the_beginning(app: AppTest) -> None:
    app = _deck(app)
    next(button for button in app.button if button.label == "Start with this pack").click().run()
    assert not app.exception
    assert app.text_input(key="deck_title").value == board().title
    assert len(app.query_params["slide"]) == len(board().picks)


def test_a_chart_of_any_page_can_be_added(app: AppTest) -> None:
    # its choices are those of the browser's address: tests/browser/test_deck.py
    app.run()
    app = app.switch_page("views/measure.py").run()
    app.button(key="figures_deck").click().run()
    app = app.switch_page("views/deck.py").run()
    assert not app.exception
    assert app.query_params["slide"] == "measure/figures"
