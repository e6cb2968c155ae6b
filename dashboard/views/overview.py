"""Every CCG and every measure at a glance: the newest value and which way it is going."""

from collections.abc import Sequence

import streamlit as st

from dashboard import cached, notices
from dashboard.grid import Cell, grid, legend
from metrics.areas import areas_of
from metrics.figure import Figure, latest
from metrics.measure import Measure
from metrics.periods import begins
from metrics.spc.chart import xmr
from metrics.spc.rules import MAKING_DATA_COUNT_R
from metrics.told import BY_CCG
from metrics.verdict import Verdict, variation

FAMILIES = {
    "Adoption": ("adoption",),
    "Waiting": ("waiting",),
    "Conversion": ("conversion",),
    "Fidelity and activity": ("fidelity", "activity"),
    "Outcomes": ("outcome",),
}


def page(release_number: int) -> None:
    """Draw the page for a release."""
    st.title("Overview")
    measures = list(cached.measures().values())
    figures = {measure.key: cached.figures_of(release_number, measure.key, BY_CCG) for measure in measures}
    invented = {key: rows[0].synthetic for key, rows in figures.items() if rows}
    if any(invented.values()):
        notices.synthetic(some_real=not all(invented.values()))
    tabs = st.tabs(list(FAMILIES), key="family", on_change="rerun", bind="query-params")
    for tab, (name, families) in zip(tabs, FAMILIES.items(), strict=True):
        if tab.open:
            with tab:
                _family(name, [m for m in measures if m.family in families], figures)


def _family(name: str, measures: Sequence[Measure], figures: dict[str, Sequence[Figure]]) -> None:
    held = [measure for measure in measures if figures[measure.key]]
    cells = {
        (area, measure.key): Cell(figure, _direction(measure, figures[measure.key], area))
        for measure in held
        for area, figure in latest(figures[measure.key]).items()
    }
    if not held:
        st.info("Nothing has been received for these measures yet.")
        return
    st.html(grid(held, areas_of(BY_CCG), cells, f"{name}: newest quarter of each CCG, and which way it is going"))
    st.html(legend(cells))
    absent = [measure.name for measure in measures if not figures[measure.key]]
    if absent:
        st.markdown(f"Nothing received yet: {', '.join(absent)}.")
    st.caption(
        f"Direction of the last quarter with a value: {MAKING_DATA_COUNT_R.words} A signal is no evidence of cause."
    )


def _direction(measure: Measure, figures: Sequence[Figure], area: str) -> Verdict:
    series = [(begins(f.period), f.value) for f in figures if f.area == area]
    return variation(xmr(series), measure)


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
