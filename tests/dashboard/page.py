"""A page as a reader opens it, and what stands on it."""

import json

from streamlit.testing.v1 import AppTest


def opened(app: AppTest, page: str, **choices: str | list[str]) -> AppTest:
    """The page with these choices in its address. An error on it, or on the Overview before it, fails."""
    app.query_params.update(choices)
    app.run()
    assert not app.exception
    if page != "overview":
        app.switch_page(f"views/{page}.py").run()
    assert not app.exception
    return app


def charts(app: AppTest) -> list[dict]:
    """Every chart of the page as Plotly draws it, in order; the names in its legend each in one line."""
    drawn = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    for trace in (trace for chart in drawn for trace in chart["data"] if "name" in trace):
        trace["name"] = trace["name"].replace("<br>", " ")
    return drawn


def html(app: AppTest) -> str:
    """What the page writes by itself: tables, grids and small charts."""
    return " ".join(element.proto.body for element in app.get("html"))
