"""What charts share: the strip between two edges, and one entry in the legend for many lines."""

import plotly.graph_objects as go

from dashboard import charts


def test_a_strip_goes_along_its_upper_edge_and_back_along_the_lower() -> None:
    chart = go.Figure()
    charts.strip(chart, [1, 2], [2.0, 3.0], [5.0, 6.0], "#12436D")
    [strip] = chart.data
    assert (strip.x, strip.y) == ((1, 2, 2, 1), (5.0, 6.0, 3.0, 2.0))
    assert (strip.fill, strip.showlegend) == ("toself", False)


def test_a_strip_with_a_name_is_in_the_legend() -> None:
    chart = go.Figure()
    charts.strip(chart, [1], [2.0], [5.0], "#12436D", "Early")
    assert (chart.data[0].name, chart.data[0].showlegend) == ("Early", True)


def test_many_lines_have_one_entry_in_the_legend_that_draws_nothing() -> None:
    chart = go.Figure()
    charts.the_others(chart)
    assert (chart.data[0].name, chart.data[0].y) == ("The others", (None,))
