"""The region at a glance: three findings, every CCG and measure, what changed and what did not arrive."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard import cached, filters, links, news, notices
from dashboard.grid import Cell, Grid, legend
from dashboard.receipts import FACT_NAMES
from metrics.areas import areas_of
from metrics.changes import Changes
from metrics.figure import latest
from metrics.findings import Finding
from metrics.measure import Measure
from metrics.spc.chart import Chart
from metrics.spc.rules import MAKING_DATA_COUNT_R
from metrics.told import BY_CCG
from metrics.verdict import NO_JUDGEMENT, TOO_FEW_POINTS, Verdict, assurance, variation

FAMILIES = {
    "Adoption": ("adoption",),
    "Waiting": ("waiting",),
    "Conversion": ("conversion",),
    "Fidelity and activity": ("fidelity", "activity"),
    "Outcomes": ("outcome",),
}
THEMES = {"adoption": "Adoption", "change": "What changed", "waits": "Waits"}


def page(release_number: int) -> None:
    """Draw the page for a release."""
    st.title("Overview")
    invented = cached.kept(_invented, release_number)
    if True in invented:
        notices.synthetic(some_real=False in invented)
    kept = filters.kept(release_number)
    _findings(cached.findings_of(release_number), kept)
    tabs = st.tabs(list(FAMILIES), key="family", on_change="rerun", bind="query-params")
    for tab, (name, families) in zip(tabs, FAMILIES.items(), strict=True):
        if tab.open:
            with tab:
                _family(name, families, release_number, kept)
    _news(cached.changes_of(release_number), kept)


def _invented(release_number: int) -> set[bool]:
    """Whether what has been received is invented: of some measures it may be, of others not."""
    figures = [cached.figures_of(release_number, key, BY_CCG) for key in cached.measures()]
    return {rows[0].synthetic for rows in figures if rows}


def _findings(findings: Sequence[Finding], kept: links.Kept) -> None:
    for column, finding in zip(st.columns(len(findings), gap="medium"), findings, strict=True):
        name, address = links.finding_page(finding, cached.measures(), kept)
        invented = " Synthetic data." if finding.synthetic else ""
        with column:
            st.html(
                f'<div class="finding"><p class="theme">{THEMES[finding.theme]}</p>'
                f"<h2>{escape(finding.headline)}</h2><p>{escape(finding.detail)}{invented}</p>"
                f'<p><a href="{escape(address)}" target="_self">Show it: {escape(name)}</a></p></div>'
            )


def _family(name: str, families: Sequence[str], release_number: int, kept: links.Kept) -> None:
    measures = [measure for measure in cached.measures().values() if measure.family in families]
    table, key, held = cached.kept(_grid, name, families, filters.selected().ccgs, kept, release_number)
    if not held:
        st.info("Nothing has been received for these measures yet.")
        return
    st.html(table)
    if key:  # there is none where no cell has a value
        st.html(key)
    absent = [measure.name for measure in measures if measure.key not in held]
    if absent:
        st.markdown(f"Nothing received yet: {', '.join(absent)}.")
    st.caption(
        f"Marks are of the last quarter with a value: {MAKING_DATA_COUNT_R.words} A target is consistently met or "
        "missed when it lies beyond the limits, hit and miss between them; without a second mark there is no target, "
        "or there are too few points. A signal is no evidence of cause."
    )


def _grid(
    name: str, families: Sequence[str], ccgs: Sequence[str], kept: links.Kept, release_number: int
) -> tuple[str, str, Sequence[str]]:
    """The table, its legend, and the keys of the measures in it. It has the CCGs that are selected, or all 12."""
    measures = [measure for measure in cached.measures().values() if measure.family in families]
    held = [m for m in measures if cached.figures_of(release_number, m.key, BY_CCG)]
    cells = {(area, m.key): cell for m in held for area, cell in _cells(m, release_number).items()}
    areas = [area for area in areas_of(BY_CCG) if not ccgs or area.code in ccgs]
    return Grid(held, areas, cells, kept).html(name) if held else "", legend(cells), [m.key for m in held]


def _cells(measure: Measure, release_number: int) -> dict[str, Cell]:
    charts = cached.charts_by_ccg(release_number, measure.key)
    return {
        area: Cell(figure, variation(charts[area], measure), _assurance(charts[area], measure))
        for area, figure in latest(cached.figures_of(release_number, measure.key, BY_CCG)).items()
    }


def _assurance(chart: Chart, measure: Measure) -> Verdict | None:
    """Nothing where the mark beside it says already that there are too few points."""
    found = assurance(chart, measure)
    return None if found in (NO_JUDGEMENT, TOO_FEW_POINTS) else found


def _news(changes: Changes, kept: links.Kept) -> None:
    changed, missing = st.columns(2, gap="large")
    with changed:
        st.subheader("What changed since the last release")
        st.markdown(changes.sentence)
        for heading, lines in news.change_lists(changes).items():
            with st.expander(heading):
                st.markdown("\n".join(f"- {line}" for line in lines))
    with missing:
        _missing(changes, kept)


def _missing(changes: Changes, kept: links.Kept) -> None:
    st.subheader("What did not arrive")
    by_table = news.gap_lines(changes.missing, changes.newly_missing if changes.before else ())
    if not by_table:
        st.markdown("Everything that was expected has arrived.")
    for fact, lines in by_table.items():
        address = links.address("data", {"fact": FACT_NAMES[fact]}, kept)
        with st.expander(f"{FACT_NAMES[fact]}: {len(lines)} {'gap' if len(lines) == 1 else 'gaps'}"):
            st.markdown("\n".join(f"- {line}" for line in lines))
            st.html(f'<p><a href="{escape(address)}" target="_self">Show it month by month: Data</a></p>')


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
