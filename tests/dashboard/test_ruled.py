"""Lines right across every panel of a chart."""

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard.ruled import rule


def _panels() -> go.Figure:
    chart = make_subplots(rows=1, cols=2)
    chart.add_scatter(x=[1, 2], y=[3, 4], row=1, col=1)
    chart.add_scatter(x=[1, 2], y=[3, 4], row=1, col=2)
    return chart


def test_a_value_is_drawn_across_every_panel_and_named_once() -> None:
    chart = _panels()
    rule(chart, [18], upright=False, name="Target", line={"dash": "dot"})

    assert [(line.yref, line.y0, line.y1, line.xref, line.x0, line.x1) for line in chart.layout.shapes] == [
        ("y", 18, 18, "x domain", 0, 1),
        ("y2", 18, 18, "x2 domain", 0, 1),
    ]
    assert [(line.name, line.showlegend, line.line.dash) for line in chart.layout.shapes] == [
        ("Target", True, "dot"),
        (None, None, "dot"),
    ]


def test_upright_lines_join_those_that_are_there() -> None:
    chart = go.Figure(go.Scatter(x=[1, 2], y=[3, 4]))
    rule(chart, [1], upright=True)
    rule(chart, [2], upright=True)

    assert [(line.xref, line.x0, line.yref, line.y1) for line in chart.layout.shapes] == [
        ("x", 1, "y domain", 1),
        ("x", 2, "y domain", 1),
    ]


def test_an_axis_that_lies_over_another_has_no_line_of_its_own() -> None:
    chart = go.Figure([go.Scatter(x=[1, 2], y=[3, 4]), go.Scatter(x=[1, 2], y=[0, 1], yaxis="y2")])
    rule(chart, [18], upright=False)

    assert [line.yref for line in chart.layout.shapes] == ["y"]


def test_a_chart_without_anything_can_be_ruled() -> None:
    chart = go.Figure()
    rule(chart, [18], upright=False, name="Target")

    assert [(line.yref, line.name) for line in chart.layout.shapes] == [("y", "Target")]
