"""A briefing of one page to paste into an e-mail: what signalled, what was met or missed, what did not arrive.

Nothing when nothing happened. Styles stand in each element, for mail programs throw style sheets away.
"""

from collections.abc import Iterator, Sequence
from html import escape

from dashboard import receipts, words
from dashboard.identity import BLUE, FONT, INK, QUIET
from dashboard.milestones import NAMES, slip_cell
from dashboard.slides.summary import months_words
from loaders.register import Release
from metrics.areas import ccgs
from metrics.changes import Changes, MilestoneStep

MOST = 12
"""Lines of a part; the dashboard has the rest."""

Part = tuple[str, Sequence[str]]


def briefing(found: Changes, release: Release, synthetic: bool, address: str = "") -> str:
    """The briefing as HTML; blank when there is nothing to tell."""
    parts = [part for part in _parts(found) if part[1]]
    if not parts:
        return ""
    kind = f"<p style='margin:0 0 8px'><strong>{escape(words.SYNTHETIC)}</strong></p>" if synthetic else ""
    link = (
        f"<p style='margin:8px 0 0'><a href='{escape(address, quote=True)}'>Open the dashboard</a></p>"
        if address
        else ""
    )
    standing = f"Release {release.number} of {release.published:%d %b %Y}. {words.NOT_OFFICIAL}"
    return (
        f"<div lang='en-GB' style='font-family:{FONT};font-size:16px;line-height:1.4;color:{INK};max-width:720px'>"
        f"<h1 style='font-size:24px;color:{BLUE};margin:0 0 8px'>Back pain pathway: what happened</h1>{kind}"
        f"{''.join(map(_html, parts))}{link}"
        f"<p style='margin:8px 0 0;color:{QUIET}'>{escape(standing)} A signal is no evidence of cause.</p></div>"
    )


def _parts(found: Changes) -> Iterator[Part]:
    yield "What signalled", [signal.sentence for signal in found.signals]
    yield "Met", [_step(step) for step in found.milestones if step.step == "done"]
    yield "Missed", [_step(step) for step in found.milestones if step.step != "done"]
    yield "What did not arrive", list(_missing(found))


def _step(step: MilestoneStep) -> str:
    said = "given up" if step.step == "stopped" else slip_cell(step.now)
    return f"{step.now.ccg_name}: {NAMES[step.now.component]}, {said}"


def _missing(found: Changes) -> Iterator[str]:
    for fact in dict.fromkeys(gap.fact for gap in found.newly_missing):
        gaps = [gap for gap in found.newly_missing if gap.fact == fact]
        names = ", ".join(dict.fromkeys(ccgs()[gap.ccg].short_name for gap in gaps))
        yield f"{receipts.FACT_NAMES[fact]}, {months_words(sum(len(gap.months) for gap in gaps))}: {names}"


def _html(part: Part) -> str:
    heading, lines = part
    shown = [*lines[:MOST], f"and {len(lines) - MOST} more"] if len(lines) > MOST else lines
    items = "".join(f"<li style='margin:0 0 4px'>{escape(line)}</li>" for line in shown)
    return (
        f"<h2 style='font-size:18px;margin:12px 0 4px'>{escape(heading)}</h2>"
        f"<ul style='margin:0;padding-left:20px'>{items}</ul>"
    )
