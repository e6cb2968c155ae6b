"""The region at a glance: three findings, every CCG and measure, what changed and what did not arrive."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from dashboard import cached, filters, links, news, notices
from dashboard.grid import Cell, Grid, legend
from dashboard.receipts import FACT_NAMES
from dashboard.received import gaps_within
from dashboard.selected import Selected
from metrics.areas import areas_of
from metrics.changes import Changes
from metrics.figure import latest
from metrics.findings import Finding
from metrics.measure import Measure
from metrics.spc.chart import Chart
from metrics.spc.rules import MAKING_DATA_COUNT_R
from metrics.spc.series import charts_of
from metrics.told import BY_CCG
from metrics.verdict import NO_JUDGEMENT, TOO_FEW_POINTS, Verdict, assurance, variation

FAMILIES = {
    "Adoption": ("adoption",),
    "Waiting": ("waiting",),
    "Conversion": ("conversion",),
    "Fidelity and activity": ("fidelity", "activity"),
    "Outcomes": ("outcome",),
}
OF_THE_REGION = (
    "These findings, and what changed since the last release, are of all 12 CCGs, every month and both presentations."
)
THEMES = {"adoption": "Adoption", "change": "What changed", "waits": "Waits"}


def page(release_number: int) -> None:
    """Draw the page for a release."""
    st.title("Overview")
    invented = cached.kept(_invented, release_number)
    if True in invented:
        notices.synthetic(some_real=False in invented)
    kept, selected = filters.kept(release_number), filters.selected()
    _findings(cached.findings_of(release_number), kept)
    if selected.narrowing:
        st.markdown(f"{OF_THE_REGION} **In the grid, only: {selected.narrowing}.**")
    tabs = st.tabs(list(FAMILIES), key="family", on_change="rerun", bind="query-params")
    for tab, (name, families) in zip(tabs, FAMILIES.items(), strict=True):
        if tab.open:
            with tab:
                _family(name, families, selected, release_number, kept)
    _news(cached.changes_of(release_number), selected, kept)


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


def _family(name: str, families: Sequence[str], selected: Selected, release_number: int, kept: links.Kept) -> None:
    measures = [measure for measure in cached.measures().values() if measure.family in families]
    table, key, held = cached.kept(_grid, name, families, selected, kept, release_number)
    absent = selected.without_figures(measure for measure in measures if measure.key not in held)
    if not held:
        st.info(absent)
        return
    st.html(table)
    if key:  # there is none where no cell has a value
        st.html(key)
    if absent:
        st.markdown(absent)
    st.caption(
        f"Marks are of the last quarter with a value, judged by it and all before it: {MAKING_DATA_COUNT_R.words} A "
        "target is consistently met or missed when it lies beyond the limits, hit and miss between them; without a "
        "second mark there is no target, or there are too few points. A signal is no evidence of cause."
    )


def _grid(
    name: str, families: Sequence[str], selected: Selected, kept: links.Kept, release_number: int
) -> tuple[str, str, Sequence[str]]:
    """The table, its legend, and the keys of the measures in it. It has the CCGs that are selected, or all of them."""
    measures = [measure for measure in cached.measures().values() if measure.family in families]
    found = {measure: _cells(measure, selected, release_number) for measure in measures}
    held = [measure for measure, cells in found.items() if cells]
    areas = areas_of(selected.selection())
    cells = {(area.code, m.key): found[m][area.code] for m in held for area in areas if area.code in found[m]}
    narrowed = replace(selected, codes=()).beside("")  # the rows say which CCGs
    everybody = [measure.key for measure in held if selected.not_narrowed(measure)]
    table = Grid(held, areas, cells, kept, everybody).html(name, narrowed) if held else ""
    return table, legend(cells), [measure.key for measure in held]


def _cells(measure: Measure, selected: Selected, release_number: int) -> dict[str, Cell]:
    """The newest quarter of each area in the months selected; its marks look back over every quarter before it."""
    # CCGs as in 2015 are looked at all at once, whichever are selected: those have been worked out before
    every = selected if selected.as_now else replace(selected, codes=())
    rows = cached.figures_of(release_number, measure.key, every.selection("ccg", BY_CCG.per, measure))
    charts = charts_of(replace(selected, first=None).within(rows, BY_CCG.per))
    return {
        area: Cell(figure, variation(charts[area], measure), _assurance(charts[area], measure))
        for area, figure in latest(selected.within(rows, BY_CCG.per)).items()
    }


def _assurance(chart: Chart, measure: Measure) -> Verdict | None:
    """Nothing where the mark beside it says already that there are too few points."""
    found = assurance(chart, measure)
    return None if found in (NO_JUDGEMENT, TOO_FEW_POINTS) else found


def _news(changes: Changes, selected: Selected, kept: links.Kept) -> None:
    changed, missing = st.columns(2, gap="large")
    with changed:
        st.subheader("What changed since the last release")
        st.markdown(changes.sentence)
        for heading, lines in news.change_lists(changes).items():
            with st.expander(heading):
                st.markdown("\n".join(f"- {line}" for line in lines))
    with missing:
        _missing(changes, selected, kept)


def _missing(changes: Changes, selected: Selected, kept: links.Kept) -> None:
    st.subheader("What did not arrive")
    asked = selected.only(["places", "months"])
    if asked.narrowing:
        st.markdown(f"Only: {asked.narrowing}")
    missing = gaps_within(changes.missing, asked)
    by_table = news.gap_lines(missing, changes.newly_missing if changes.before else ())
    if not by_table:
        st.markdown("Everything that was expected has arrived.")
    for fact, lines in by_table.items():
        address = links.address("data", {"fact": FACT_NAMES[fact]}, kept)
        with st.expander(f"{FACT_NAMES[fact]}: {len(lines)} {'gap' if len(lines) == 1 else 'gaps'}"):
            st.markdown("\n".join(f"- {line}" for line in lines))
            st.html(f'<p><a href="{escape(address)}" target="_self">Show it month by month: Data</a></p>')


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
