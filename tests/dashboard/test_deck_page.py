"""The page on which a deck is arranged."""

from streamlit.testing.v1 import AppTest

from dashboard.slides.packs import board


def _deck(app: AppTest, *slides: str) -> AppTest:
    app.query_params["slide"] = list(slides)
    app.run()
    return app.switch_page("views/deck.py").run()


def test_an_empty_deck_says_how_to_fill_it(app: AppTest) -> None:
    app = _deck(app)
    assert not app.exception
    assert "Add charts from other pages" in app.info[0].value


def test_an_address_brings_back_slides_with_their_headlines_and_passes_over_what_is_unknown(app: AppTest) -> None:
    app = _deck(app, "waiting/queues?ccgs=Darlington&headline=Shorter", "nowhere/x", "summary/nothing", "rollout/map")
    assert not app.exception
    assert [field.value for field in app.text_input if field.label.startswith("Headline")] == ["Shorter", ""]
    assert app.query_params["slide"] == ["waiting/queues?ccgs=Darlington&headline=Shorter", "rollout/map"]


def test_slides_are_moved_and_taken_out(app: AppTest) -> None:
    app = _deck(app, "waiting/queues", "rollout/map", "rollout/timeline")
    next(button for button in app.button if button.label == "Down: slide 1").click().run()
    assert app.query_params["slide"] == ["rollout/map", "waiting/queues", "rollout/timeline"]
    next(button for button in app.button if button.label == "Remove: slide 2").click().run()
    assert app.query_params["slide"] == ["rollout/map", "rollout/timeline"]


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
