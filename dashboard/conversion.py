"""Chart and words of the pathway as a flow."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.identity import BLUE, GRID, PAPER, QUIET, TEMPLATE, TEXT_SIZE, TONES
from loaders.register import Release
from metrics.conversion import Curve
from metrics.disclosure import Shown, policy_in_force
from metrics.pathway_flow import WORDS, Edge, Flow, Node

LABEL_WIDTH = 12
"""Letters in a line of a label."""

NODES = {"start": BLUE, "step": BLUE, "end": QUIET, "open": TONES["none"]}

FLOW_ABOUT = """
- **Counted:** referrals received in the months shown, on the pathway and on the earlier route, each once.
- **Denominator of a share:** the people at the step that the flow comes from.
- **Flow:** a referral runs forwards through the steps it reached, in pathway order whatever their dates, to one end: an
  outcome of its discharge, or still open when the data were drawn.
- **Still open** is not a result: recent referrals have had less time.
- **Hidden flows** are left out of the drawing, so that no width gives away a small number. The table names them.
- Counts are rounded each by itself, so that what is shown may not add up.
"""


def sankey(flow: Flow) -> go.Figure:
    """The pathway from left to right; a flow that may not be shown is not drawn, nor a node that has no other."""
    drawn = shown_edges(flow)
    nodes = [node for node in flow.nodes if any(node.key in (edge.source, edge.target) for edge in drawn)]
    at = {node.key: number for number, node in enumerate(nodes)}
    chart = go.Figure(layout={"template": TEMPLATE, "height": 640, "margin": {"t": 36}})
    chart.add_annotation(
        text="Dark ends are discharges", x=0, y=1, xref="paper", yref="paper", yanchor="bottom", showarrow=False
    )
    chart.add_sankey(
        node={
            "label": [_label(node) for node in nodes],
            "color": [NODES[node.kind] for node in nodes],
            "customdata": [count_words(node.people) for node in nodes],
            "hovertemplate": "%{label}: %{customdata}<extra></extra>",
            "align": "justify",
            "pad": 22,
            "thickness": 14,
        },
        link={
            "source": [at[edge.source] for edge in drawn],
            "target": [at[edge.target] for edge in drawn],
            "value": [edge.people.value for edge in drawn],
            "customdata": [f"{count_words(edge.people)}, {share_words(edge.share)}" for edge in drawn],
            "hovertemplate": "%{source.label} to %{target.label}: %{customdata}<extra></extra>",
            "color": GRID,
        },
        textfont={"size": TEXT_SIZE - 2, "shadow": f"0 0 3px {PAPER}"},
    )
    return chart


def shown_edges(flow: Flow) -> Sequence[Edge]:
    """The flows that may be shown and hold anybody."""
    return [edge for edge in flow.edges if edge.people.value]


def _label(node: Node) -> str:
    """The node's words in lines short enough to stand between two columns."""
    name = node.words.removeprefix("receipt of the ").removeprefix("discharged: ")
    return words.folded(name, LABEL_WIDTH)


def count_words(shown: Shown) -> str:
    """A count, or why there is none."""
    return words.STATUS[shown.status] if shown.value is None else f"{shown.value:,.0f}"


def share_words(shown: Shown) -> str:
    """A share in per cent, or why there is none."""
    return words.STATUS[shown.status] if shown.value is None else f"{shown.value:.0f}%"


def flow_subtitle(flow: Flow) -> str:
    """The months, and how much of the pathway is left out of the drawing."""
    months = f"referrals received {_month(flow.first)} to {_month(flow.last)}, by the steps they reached"
    hidden = sum(edge.people.status == "suppressed" for edge in flow.edges)
    left = f"{hidden} of {len(flow.edges)} flows are hidden (small numbers)" if hidden else "none hidden"
    return f"{flow.area.name}: {months}; {left}"


def _month(month: date) -> str:
    return words.month_name(f"{month:%Y-%m}")


def flow_alt(flow: Flow) -> str:
    """The finding of the flow for those who hear the page."""
    return f"Flow chart. {flow.sentence} {flow_subtitle(flow)}. The table beside it has every flow."


def flow_table(flow: Flow) -> pd.DataFrame:
    """A row for each flow in pathway order, hidden ones too."""
    return pd.DataFrame(
        {
            "From": [WORDS.get(edge.source, edge.source) for edge in flow.edges],
            "To": [WORDS.get(edge.target, edge.target) for edge in flow.edges],
            "People": [count_words(edge.people) for edge in flow.edges],
            "Share of those at the start of the flow": [share_words(edge.share) for edge in flow.edges],
        }
    )


def flow_about() -> str:
    """What a flow counts, as Markdown."""
    return f"{FLOW_ABOUT}- **Small numbers:** {policy_in_force().words}\n"


def stamp(shown: Flow | Curve, source: str, release: Release) -> str:
    """Source and standing of a flow or a curve."""
    return words.source_line(shown.synthetic, release, "referral", source)
