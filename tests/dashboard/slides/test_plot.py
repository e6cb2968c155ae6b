"""What a slide's chart takes from a figure: the same numbers in the same looks, at places that PowerPoint can draw."""

from datetime import date

import plotly.graph_objects as go

from dashboard.identity import TEMPLATE
from dashboard.slides.plot import plot_of

JANUARY, MARCH = date(2018, 1, 1), date(2018, 3, 1)
DAY_43101 = 43101  # what a spreadsheet calls 1 January 2018


def _figure(**layout: object) -> go.Figure:
    return go.Figure(layout={"template": TEMPLATE, **layout})


def test_a_line_keeps_its_numbers_its_gap_and_its_look() -> None:
    chart = _figure()
    chart.add_scatter(
        x=[JANUARY, date(2018, 2, 1), MARCH],
        y=[46.5, None, 44.0],
        name="Early implementers",
        mode="lines+markers",
        line={"color": "#12436D", "dash": "dash", "width": 3},
        marker={"symbol": "diamond-open", "size": 8},
    )
    (line,) = plot_of(chart).series
    assert line.x == [DAY_43101, DAY_43101 + 31, DAY_43101 + 59]
    assert line.y == [46.5, None, 44.0]
    assert (line.look.colour, line.look.dash, line.look.marker) == ("#12436D", "dash", "diamond-open")


def test_a_band_becomes_its_two_edges() -> None:
    chart = _figure()
    # upper edge there, lower edge back
    chart.add_scatter(x=[1, 2, 2, 1], y=[5.0, 6.0, 3.0, 2.0], fill="toself", fillcolor="#12436D", showlegend=False)
    upper, lower = plot_of(chart).series
    assert (upper.x, upper.y) == ([1, 2], [5.0, 6.0])
    assert (lower.x, lower.y) == ([1, 2], [2.0, 3.0])


def test_an_interval_becomes_a_line_between_its_ends_and_a_value_without_one_has_none() -> None:
    chart = _figure()
    bars = {"array": [3.0, 0.0], "arrayminus": [2.0, 0.0]}
    chart.add_scatter(x=["2015/16", "2016/17"], y=[60.0, None], error_y=bars, mode="markers", name="Early")
    _dots, ends = plot_of(chart).series
    assert ends.x == [1, 1, 1]
    assert ends.y == [58.0, 63.0, None]


def test_a_point_without_a_place_along_the_foot_is_left_out() -> None:
    # PowerPoint would count such points from 1
    chart = _figure()
    chart.add_scatter(x=[None, JANUARY], y=["Cumbria", "South Tees"], mode="markers", name="Reached")
    (days,) = plot_of(chart).series
    assert (days.x, days.y) == ([DAY_43101], [2])


def test_series_of_nothing_are_not_drawn() -> None:
    chart = _figure()
    chart.add_scatter(x=[1, 2], y=[None, None], name="All hidden")
    assert plot_of(chart).series == []


def test_series_of_one_category_stand_beside_each_other() -> None:
    chart = _figure(scattermode="group")
    for name in ("Early", "Following"):
        chart.add_scatter(x=["2015/16"], y=[1.0], mode="markers", name=name)
    left, right = plot_of(chart).series
    assert left.x[0] is not None
    assert right.x[0] is not None
    assert left.x[0] < 1 < right.x[0]


def test_a_target_is_a_line_across_the_whole_chart_that_has_its_words() -> None:
    chart = _figure()
    chart.add_scatter(x=[0, 10], y=[40.0, 50.0], name="Early")
    chart.add_hline(y=42, line={"dash": "dot"}, annotation={"text": "42 days target"})
    plot = plot_of(chart)
    target = plot.series[-1]
    assert (target.name, target.y, target.x) == ("42 days target", [42, 42], [plot.x.low, plot.x.high])


def test_an_upright_line_has_its_words_on_top_and_one_beyond_the_axis_is_not_drawn() -> None:
    chart = _figure(xaxis={"range": [0, 10]})
    chart.add_scatter(x=[0, 10], y=[40.0, 50.0], name="Early")
    for at, words in ((4, "go-live"), (12, "ledger")):
        chart.add_vline(x=at, line={"dash": "dot"})
        chart.add_annotation(x=at, y=1, yref="paper", text=words)
    plot = plot_of(chart)
    (line,) = plot.series[1:]
    assert (line.x, line.y, line.labels) == ([4, 4], [plot.y.low, plot.y.high], ["", "go-live"])
    assert not line.in_legend


def test_an_upright_axis_starts_at_zero_and_holds_every_interval() -> None:
    chart = _figure()
    chart.add_scatter(x=[1], y=[9.0], error_y={"array": [4.0], "arrayminus": [1.0]}, mode="markers", name="Early")
    axis = plot_of(chart).y
    assert axis.low == 0
    assert axis.high >= 13


def test_names_down_the_side_keep_the_order_of_the_screen() -> None:
    chart = _figure(yaxis={"type": "category", "categoryarray": ["Cumbria", "Sunderland"], "range": [1.5, -0.5]})
    chart.add_scatter(x=[5, 6], y=["Cumbria", "Sunderland"], mode="markers", name="2017/18")
    (dots,) = plot_of(chart).series
    assert dots.y == [2, 1]  # Cumbria on top
