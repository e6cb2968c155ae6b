"""The card of the pathway as a flow, and its plain form for phones."""

from html import escape

from dashboard import conversion
from dashboard.card import Card
from loaders.register import Release
from metrics.pathway_flow import Flow, Node


def steps_html(flow: Flow) -> str:
    """The steps with their people and shares as bars of text: what a phone shows in the place of the drawing."""
    rows = "".join(_step(node) for node in flow.nodes)
    return f'<p>Of all referrals received:</p><ul class="bars">{rows}</ul>'


def _step(node: Node) -> str:
    share = f" ({conversion.share_words(node.share)})" if node.share.value is not None else ""
    said = f"{escape(node.words)}: {conversion.count_words(node.people)}{share}"
    return f'<li><span style="width:{node.share.value or 0:.0f}%"></span>{said}</li>'


def card(flow: Flow, source: str, release: Release) -> Card:
    """The pathway of one area."""
    return Card(
        key="flow",
        headline=flow.sentence.rstrip("."),
        subtitle=conversion.flow_subtitle(flow),
        chart=conversion.sankey(flow),
        alt=conversion.flow_alt(flow),
        table=conversion.flow_table(flow),
        about=conversion.flow_about(),
        stamp=conversion.stamp(flow, source, release),
        narrow=steps_html(flow),
    )
