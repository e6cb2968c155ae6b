"""Straight lines right across a chart and all its panels: a target, a dated note."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go


def rule(chart: go.Figure, values: Sequence[float | date], *, upright: bool, name: str = "", **style: Any) -> None:
    """A line at each value, as shapes of this style. A name puts the first in the legend.

    All at once, for Plotly looks through what is there whenever one is added: of 8 lines on 12 panels it takes 2
    seconds with `add_vline`, and 0.03 with this.
    """
    # the first upright axis of each panel: others lie over it
    panels = {trace.xaxis or "x": trace.yaxis or "y" for trace in reversed(chart.data)} or {"x": "y"}
    lines = [_line(value, *axes, upright, style) for value in values for axes in sorted(panels.items())]
    if name:
        lines[0].update(name=name, showlegend=True)
    chart.layout.shapes = [*chart.layout.shapes, *lines]


def _line(value: float | date, x: str, y: str, upright: bool, style: dict[str, Any]) -> go.layout.Shape:
    along, across = ("x", "y") if upright else ("y", "x")
    refs = {"x": x, "y": y}
    return go.layout.Shape(
        {
            "type": "line",
            f"{along}0": value,
            f"{along}1": value,
            f"{along}ref": refs[along],
            f"{across}0": 0,
            f"{across}1": 1,
            f"{across}ref": f"{refs[across]} domain",
            **style,
        }
    )
