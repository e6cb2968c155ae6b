"""Every page as Streamlit draws it: key numbers, axis titles, text alternatives, and what an empty warehouse says."""

import pytest
from streamlit.testing.v1 import AppTest

from metrics.catalogue import load
from metrics.engines import Engine
from metrics.figures import figures
from metrics.selection import Selection
from tests.dashboard.page import charts, opened

PAGES = (
    "overview",
    "profile",
    "rollout",
    "outcomes",
    "compare",
    "waiting",
    "conversion",
    "measure",
    "deck",
    "data",
    "definitions",
)
WAIT = "Waiting: Wait for assessment"


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_what_to_do_when_nothing_was_published(empty_app: AppTest, page: str) -> None:
    app = opened(empty_app, page)
    assert [title.value for title in app.title] == ["Nothing has been published yet"]
    assert "make demo" in app.markdown[0].value
    assert "python -m loaders load" in app.markdown[0].value


@pytest.mark.parametrize("page", PAGES)
def test_every_page_names_itself_its_release_and_its_standing(app: AppTest, page: str) -> None:
    app = opened(app, page)
    assert [title.value for title in app.title] == [page.capitalize()]
    assert app.selectbox(key="release").value == "1"
    assert any("Management information, not official statistics. Release 1" in text.value for text in app.caption)


def test_a_measure_page_draws_the_figures_of_metrics(app: AppTest, demo: Engine) -> None:
    app.query_params["measure"] = WAIT
    app = opened(app, "measure")
    expected = [
        row.value for row in figures(load()["wait_assessment"], Selection(by="arm"), demo) if row.arm == "early"
    ]
    spec = charts(app)[0]
    line = next(trace for trace in spec["data"] if trace.get("name") == "Early implementers")
    assert line["y"] == expected
    assert spec["layout"]["yaxis"]["title"]["text"] == "Days"


def test_a_chart_says_its_finding_to_those_who_hear_it(app: AppTest) -> None:
    app.query_params["measure"] = WAIT
    app = opened(app, "measure")
    alt = app.get("plotly_chart")[0].proto.alt
    assert alt.startswith("Line chart. Wait for assessment stood at ")
    assert app.subheader[0].value in alt
    assert app.subheader[0].value.startswith("Wait for assessment stood at ")


def test_the_stamp_under_a_chart_has_freshness_release_source_and_standing(app: AppTest) -> None:
    app.query_params["measure"] = WAIT
    captions = [text.value for text in opened(app, "measure").caption]
    stamp = next(text for text in captions if text.startswith("Synthetic data. Data to "))
    assert "release 1 of " in stamp
    assert "Pathway submissions of the providers" in stamp


def test_a_link_restores_the_view(app: AppTest) -> None:
    app.query_params.update(
        {"measure": WAIT, "by": "Each CCG", "ccgs": ["South Tees", "Darlington"], "from": "Jan 2016", "to": "Dec 2016"}
    )
    app = opened(app, "measure")
    lines = charts(app)[0]["data"]
    named = [line for line in lines if line.get("name")]
    assert {line["name"] for line in named} == {"South Tees", "Darlington"}
    assert named[0]["x"][0] == "2016-01-01"
    assert named[0]["x"][-1] == "2016-12-01"


def test_choices_that_do_not_exist_fall_back_to_the_default(app: AppTest) -> None:
    app.query_params.update({"measure": "Waiting: for Godot", "by": "league table", "ccgs": "Atlantis"})
    app = opened(app, "measure")
    assert app.selectbox(key="measure").value == "wait_assessment"
    assert app.multiselect(key="ccgs").value == []


def test_a_measure_that_nothing_was_received_for_says_so_and_is_still_defined(app: AppTest) -> None:
    app.query_params["measure"] = "Activity: GP referrals to hospital"
    app = opened(app, "measure")
    assert app.info[0].value.startswith("Nothing has been received yet for this measure.")
    assert not app.get("plotly_chart")
    assert any("**Beware:**" in text.value for text in app.markdown)


def test_the_table_has_a_row_for_every_figure_and_a_word_where_there_is_no_value(app: AppTest, demo: Engine) -> None:
    app.query_params.update(
        {"measure": "Waiting: Wait for the combined programme", "by": "Each CCG", "figures_view": "Table"}
    )
    app = opened(app, "measure")
    table = app.dataframe[0].value
    rows = figures(load()["wait_cppp"], Selection(by="ccg"), demo)
    assert len(table) == len(rows)
    assert (table["Value"] == "hidden (small number)").sum() == sum(row.status == "suppressed" for row in rows)
    assert (table["Value"] != "").all()


def test_definitions_are_found_by_any_word_of_them(app: AppTest) -> None:
    app = opened(app, "definitions")
    assert any(f"Found: {len(load())} of {len(load())} measures" in text.value for text in app.caption)
    app.text_input(key="search").set_value("bmj open quality").run()  # the evaluation that one caveat cites
    assert [expander.label for expander in app.expander] == ["Conversion: Combined programme completed"]


def test_methods_are_searched_too_and_the_search_stays_in_the_address(app: AppTest) -> None:
    app.query_params.update({"search": "studentised", "definitions_view": "Methods"})
    app = opened(app, "definitions")
    titles = [expander.label for expander in app.expander]
    assert "Early implementers against those following: How sure" in titles
    assert "Conversion" not in titles


def test_the_change_log_is_searched_by_entry(app: AppTest) -> None:
    app.query_params.update({"search": "Excel workbook", "definitions_view": "What is new"})
    app = opened(app, "definitions")
    assert [text.value for text in app.subheader] == ["Unreleased: Added"]
    assert any("- **Downloads.**" in text.value for text in app.markdown)


def test_a_search_that_finds_nothing_says_so(app: AppTest) -> None:
    app.query_params["search"] = "Godot"
    app = opened(app, "definitions")
    assert "Nothing here has these words." in [text.value for text in app.markdown]
    assert any(text.value.startswith("Found: 0 of ") for text in app.caption)


def test_no_page_says_that_the_pathway_caused_anything(app: AppTest) -> None:
    app.query_params["measure"] = WAIT
    for page in PAGES:
        texts = [text.value for text in (*opened(app, page).markdown, *app.subheader, *app.caption)]
        texts += [element.proto.body for element in app.get("html")]
        assert texts
        assert not any(
            "caused" in text for text in texts if "cannot be told" not in text and "That the pathway" not in text
        )
