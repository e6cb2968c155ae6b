"""The sidebar as Streamlit draws it: from the address, across pages, and back to everything."""

from streamlit.testing.v1 import AppTest

from tests.dashboard.page import charts, opened

SOUTH_TEES_2016 = {"ccgs": "South Tees", "from": "Jan 2016", "to": "Dec 2016", "presentation": "Radicular pain"}
IN_WORDS = "**Shown:** South Tees, Jan 2016 to Dec 2016, radicular pain"
PAGES_THAT_HEED = ("waiting", "conversion", "outcomes", "compare")


def _texts(app: AppTest) -> list[str]:
    return [text.value for text in app.sidebar.markdown]


def test_nothing_selected_says_that_everything_is_shown(app: AppTest) -> None:
    app = opened(app, "waiting")
    assert _texts(app) == ["**Shown:** all 12 CCGs, every month"]
    assert not app.sidebar.button


def test_a_link_restores_the_selection_and_other_pages_keep_it(app: AppTest) -> None:
    app = opened(app, "measure", measure="Waiting: Wait for assessment", **SOUTH_TEES_2016)
    assert _texts(app) == [IN_WORDS]
    for page in PAGES_THAT_HEED:
        app = app.switch_page(f"views/{page}.py").run()
        assert not app.exception
        assert _texts(app) == [IN_WORDS]


def test_a_choice_made_on_one_page_holds_on_the_next(app: AppTest) -> None:
    app = opened(app, "measure")
    app.multiselect(key="ccgs").set_value(["early"]).run()
    app = app.switch_page("views/waiting.py").run()
    lines = {line.get("name") for line in charts(app)[0]["data"]}
    assert "Early implementers" in lines
    assert "Following CCGs" not in lines


def test_a_page_that_heeds_less_says_what_it_does_not_use_and_loses_nothing(app: AppTest) -> None:
    app = opened(app, "definitions", **SOUTH_TEES_2016)
    assert _texts(app) == [
        "**Shown:** all 12 CCGs, every month",
        "**Not used on this page:** CCGs, months and presentation",
    ]
    app = app.switch_page("views/waiting.py").run()
    assert _texts(app) == [IN_WORDS]


def test_clear_shows_everything_again(app: AppTest) -> None:
    app = opened(app, "waiting", **SOUTH_TEES_2016, geography="CCGs since April 2020", time="Months since go-live")
    app.button(key="clear").click().run()
    assert _texts(app) == ["**Shown:** all 12 CCGs, every month"]


def test_mixed_ccgs_come_with_a_word_on_what_they_hold(app: AppTest) -> None:
    app = opened(
        app, "measure", measure="Waiting: Wait for assessment", by="Each CCG", geography="CCGs since April 2020"
    )
    assert any("Both are shown as mixed and never compared" in text.value for text in app.sidebar.caption)
    chart = charts(app)[0]
    lines = {line["name"]: line["line"]["dash"] for line in chart["data"] if line.get("name")}
    assert len(lines) == 9
    assert lines["Tees Valley"] == lines["North Yorkshire"] == "dot"
    assert lines["County Durham"] == "solid"


def test_months_the_wrong_way_round_are_put_right_with_a_word(app: AppTest) -> None:
    app = opened(app, "waiting", **{"from": "Dec 2016", "to": "Jan 2016"})
    assert "swapped" in app.sidebar.warning[0].value
    assert _texts(app) == ["**Shown:** all 12 CCGs, Jan 2016 to Dec 2016"]


def test_a_measure_by_months_since_go_live_is_drawn_over_the_early_band(app: AppTest) -> None:
    choices = {"ccgs": "Darlington", "time": "Months since go-live"}
    app = opened(app, "measure", measure="Waiting: Wait for assessment", **choices)
    chart = charts(app)[0]
    assert chart["layout"]["xaxis"]["title"]["text"].startswith("Months since each CCG's go-live")
    assert not app.radio  # months since go-live are each CCG's own
