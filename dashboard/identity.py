"""Colours, marks and the chart template: how everything looks, said once for screen and slides.

Colour is never the only signal: an arm also has its dash and marker, a verdict its shape and letter.
"""

from dataclasses import dataclass

import plotly.graph_objects as go

INK = "#212B32"
QUIET = "#425563"
GRID = "#D8DDE0"
BLUE = "#005EB8"
PAPER = "#FFFFFF"
FONT = "Arial, sans-serif"
TEXT_SIZE = 16


@dataclass(frozen=True)
class ArmStyle:
    """How the lines of one arm are drawn."""

    name: str
    colour: str
    dash: str
    marker: str
    width: float


ARMS = {
    "early": ArmStyle("Early implementers", "#12436D", "solid", "circle", 3),
    "following": ArmStyle("Following CCGs", "#F46A25", "dash", "diamond-open", 2.5),
    "mixed": ArmStyle("Mixed after mergers", "#768692", "dot", "x", 2),
    "": ArmStyle("Region", "#3D3D3D", "solid", "square", 2.5),
}
"""By the arm of an area; the region has none. The pair of early and following is 3.4:1 against each other."""

TONES = {"good": "#00B0F0", "bad": "#E46C0A", "neutral": "#490092", "none": "#A6A6A6"}
"""Fills of verdict marks, as in Making Data Count; each mark has an outline in INK, for the fills alone are faint."""

SHADES = ("#E8EDEE", "#ADD1F1", "#6BACE6", "#2073BC", "#12436D")
"""From little to much: of months behind, of weeks waited. Words or a legend always say the same."""


def template() -> go.layout.Template:
    """The one Plotly template. Streamlit's own theme is off: it would override fonts and tick colours."""
    axis = {
        "tickfont": {"size": TEXT_SIZE, "color": INK},
        "title": {"font": {"size": TEXT_SIZE, "color": INK}},
        "linecolor": QUIET,
        "zeroline": False,
        "automargin": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": TEXT_SIZE, "color": INK},
            "paper_bgcolor": PAPER,
            "plot_bgcolor": PAPER,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "hovermode": "x unified",
            "hoverlabel": {"font": {"family": FONT, "size": TEXT_SIZE}},
            "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "title": {"text": ""}},
            "xaxis": {**axis, "showgrid": False, "fixedrange": True},
            "yaxis": {**axis, "gridcolor": GRID, "fixedrange": True, "rangemode": "tozero"},
        }
    )


TEMPLATE = template()
