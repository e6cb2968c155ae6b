"""Early implementers and those following: at the same stage, where they started, and against those not yet live."""

from dataclasses import replace

import streamlit as st

from dashboard import baselines, cached, comparison, filters, lags, notices, same_stage
from dashboard.selected import Selected
from dashboard.showing import show
from loaders.register import Release
from metrics.comparison.baseline import baselines as before_anybody
from metrics.comparison.comparability import can_be_compared, comparability
from metrics.comparison.result import Comparison
from metrics.measure import Measure
from metrics.selection import Selection

CANNOT = """
- **That the pathway caused a change.** The CCGs that went first chose to. A change that fits its start may have come
  with anything else that started then.
- **Which of 12 CCGs is best.** With the same true rate, chance alone spreads them over most of the table.
- **Anything after the last CCG went live.** Nobody is then left to compare with.
- **What a young cohort will do.** It is left out until everybody in it has been followed long enough.
- **Back pain in the national waiting times.** They hold all of orthopaedics, and the pathway itself changes who is in
  them.
"""


def page(release_number: int) -> None:
    """Draw the page for a release."""
    st.title("Compare")
    measure, selected = filters.chosen_measure(), filters.selected()
    st.markdown(f"**{measure.question}**")
    notices.not_narrowed(selected, measure)
    same_stage.as_in_2015(selected)
    estimand = filters.chosen_estimand()
    release = cached.engine(release_number).release
    asked = selected.everywhere(measure)
    found = cached.comparison_of(release_number, measure.key, estimand, asked)
    if found.synthetic:
        notices.synthetic(some_real=False)
    _standing(measure, found, asked, release)
    same_stage.draw(measure, selected, release)
    if can_be_compared(measure):
        _baselines(measure, asked, release)
    _lags(measure, selected, release)
    _change(measure, found, release)
    st.subheader("What cannot be told")
    st.markdown(CANNOT)


def _standing(measure: Measure, found: Comparison, asked: Selection, release: Release) -> None:
    figures = cached.figures_of(release.number, measure.key, asked)
    standing = comparability(figures, cached.rollout_of(release.number, measure.key))
    with st.container(border=True, key="comparability"):
        st.markdown(f"**What is compared**\n\n{comparison.standing_words(standing, found)}")


def _baselines(measure: Measure, asked: Selection, release: Release) -> None:
    yearly = replace(asked, per="year", first=None, last=None)
    rows = before_anybody(
        cached.figures_of(release.number, measure.key, yearly), cached.rollout_of(release.number, measure.key)
    )
    if any(row.value is not None for row in rows):
        show(baselines.card(measure, rows, release))
    else:
        st.info("Nothing can be shown of the year before anybody was live, so where each CCG started is not known.")


def _lags(measure: Measure, selected: Selected, release: Release) -> None:
    """The page's measure and every measure of adoption; those that nothing can be told of in one sentence."""
    wanted = dict.fromkeys([measure, *(m for m in cached.measures().values() if m.family == "adoption")])
    found = {m: cached.lags_of(release.number, m.key, selected.everywhere(m)) for m in wanted}
    if lags.told(found):
        synthetic = any(cached.engine(release.number).is_synthetic(m.how.table) for m in lags.told(found))
        show(lags.card(measure, lags.told(found), synthetic, release))
        st.html(lags.narrow_html(lags.told(found)))
    untold = lags.untold_words(found)
    if untold:
        st.markdown(untold)


def _change(measure: Measure, found: Comparison, release: Release) -> None:
    if found.change is None:
        st.subheader(found.judgement.words.partition(". ")[0])
        st.markdown(found.judgement.words.partition(". ")[2])
        return
    show(comparison.card(measure, found, release))
    st.table(comparison.change_table(found.change, found.basis.uptake if found.basis else None))
    if found.basis:
        with st.expander("What this rests on"):
            st.markdown(comparison.basis_words(found.basis))
    st.markdown("**The same question by other methods**")
    st.table(comparison.opinions_table(found.second_opinions))


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
