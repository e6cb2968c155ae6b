"""Colours, marks and the chart template: how everything looks, said once for screen and slides.

Colour is never the only signal: an arm also has its dash and marker, a verdict its shape and letter.
"""

from dataclasses import dataclass, replace

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

MANY = ArmStyle("The others", "#768692", "solid", "circle", 1)
"""One line of many, which is there to be compared with and not to be read."""

SISTERS = {
    "early": (("longdash", "square", "#2073BC"), ("dot", "triangle-up", "#3D3D3D")),
    "following": (("dot", "square", "#8A3A0B"), ("longdash", "triangle-up", "#3D3D3D")),
    "mixed": (("dash", "square-open", "#3D3D3D"), ("longdash", "circle-open", "#425563")),
}
"""Dash, marker and colour of the second and third line of an arm, which must not look like the first."""


def told_apart(arm: str, nth: int) -> ArmStyle:
    """How the line of an arm is drawn that is its `nth` on the chart; from the fourth on they start again."""
    first = ARMS[arm]
    looks = SISTERS.get(arm, ())
    if nth % (len(looks) + 1) == 0:
        return first
    dash, marker, colour = looks[nth % (len(looks) + 1) - 1]
    return replace(first, dash=dash, marker=marker, colour=colour)


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
            # the first date must not touch the nought beside it
            "xaxis": {**axis, "showgrid": False, "fixedrange": True, "ticklabelstandoff": 5},
            "yaxis": {**axis, "gridcolor": GRID, "fixedrange": True, "rangemode": "tozero"},
        }
    )


TEMPLATE = template()
