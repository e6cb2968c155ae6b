"""Any one measure: chart, table, definition and a download of exactly what is shown."""

from functools import partial

import streamlit as st

from dashboard import cached, charts, filters, notices, tables, words
from metrics.figures import NotSelectable
from metrics.manual import entry
from metrics.measure import Measure


def page(release_number: int) -> None:
    """Draw the page for a release."""
    st.title("Measure")
    measure = filters.chosen_measure()
    st.markdown(f"**{measure.question}**")
    selection = filters.chosen_selection()
    try:
        every = cached.figures_of(release_number, measure.key, selection)
    except NotSelectable as refusal:
        st.info(str(refusal))
        return
    if not every:
        st.info(f"Nothing has been received yet for this measure. Its source: {measure.source}.")
        _definition(measure)
        return
    first, last = filters.chosen_months(sorted({figure.period for figure in every}))
    shown = [figure for figure in every if f"{first:%Y-%m}" <= figure.period <= f"{last:%Y-%m}"]
    if shown[0].synthetic:
        notices.synthetic(some_real=False)
    release = cached.engine(release_number).release
    stamp = words.stamp(measure, shown, release)
    st.subheader(words.headline(measure, shown))
    st.markdown(words.subtitle(measure, shown))
    chart, table, definition = st.tabs(["Chart", "Table", "About"], key="view", on_change="rerun", bind="query-params")
    if chart.open:
        with chart:
            st.plotly_chart(
                charts.trend(measure, shown),
                theme=None,
                key="trend",
                alt=words.alt_text(measure, shown),
                config={"displaylogo": False, "displayModeBar": False},
            )
    if table.open:
        with table:
            st.dataframe(tables.figure_table(measure, shown), hide_index=True, key="figures", lazy=False)
    if definition.open:
        with definition:
            _definition(measure)
    st.caption(stamp)
    st.download_button(
        "Download these figures (CSV)",
        data=partial(tables.figure_csv, measure, shown, stamp),
        file_name=f"{measure.key}-release-{release_number}.csv",
        mime="text/csv",
        on_click="ignore",
        key="download",
    )


def _definition(measure: Measure) -> None:
    st.markdown("\n".join(list(entry(measure))[1:]))


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
