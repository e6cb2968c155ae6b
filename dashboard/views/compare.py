"""Early implementers and those following: at the same stage, where they started, and against those not yet live."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard import baselines, cached, comparison, filters, lags, notices, same_stage
from dashboard.card import Card
from dashboard.selected import Selected
from dashboard.showing import show
from metrics.comparison.baseline import baselines as before_anybody
from metrics.comparison.comparability import can_be_compared, comparability
from metrics.comparison.result import Comparison
from metrics.comparison.window import Estimand
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
    asked = selected.everywhere(measure)
    found = cached.comparison_of(release_number, measure.key, estimand, asked)
    if found.synthetic:
        notices.synthetic(some_real=False)
    with st.container(border=True, key="comparability"):
        st.markdown(cached.kept(_standing, measure.key, estimand, asked, release_number))
    same_stage.draw(measure, selected, release_number)
    if can_be_compared(measure):
        _baselines(measure, asked, release_number)
    _lags(measure, selected, release_number)
    _change(measure, found, estimand, asked, release_number)
    st.subheader("What cannot be told")
    st.markdown(CANNOT)


def _standing(key: str, estimand: Estimand, asked: Selection, release_number: int) -> str:
    found = cached.comparison_of(release_number, key, estimand, asked)
    figures = cached.figures_of(release_number, key, asked)
    standing = comparability(figures, cached.rollout_of(release_number, key))
    return f"**What is compared**\n\n{comparison.standing_words(standing, found)}"


def _baselines(measure: Measure, asked: Selection, release_number: int) -> None:
    yearly = replace(asked, per="year", first=None, last=None)
    cards = cached.kept(_baseline_cards, measure.key, yearly, release_number)
    show(*cards, narrowed=filters.selected().only(["presentation"]).known_by(measure))
    if not cards:
        st.info("Nothing can be shown of the year before anybody was live, so where each CCG started is not known.")


def _baseline_cards(key: str, yearly: Selection, release_number: int) -> Sequence[Card]:
    rows = before_anybody(cached.figures_of(release_number, key, yearly), cached.rollout_of(release_number, key))
    if all(row.value is None for row in rows):
        return []
    return [baselines.card(cached.measures()[key], rows, cached.engine(release_number).release)]


def _lags(measure: Measure, selected: Selected, release_number: int) -> None:
    """The page's measure and every measure of adoption; those that nothing can be told of in one sentence."""
    cards, untold = cached.kept(_lags_of, measure.key, selected, release_number)
    show(*cards, narrowed=selected.everybody(measure))
    if untold:
        st.markdown(untold)


def _lags_of(key: str, selected: Selected, release_number: int) -> tuple[Sequence[Card], str]:
    """The card where anything can be told, and what cannot be told."""
    measure, engine = cached.measures()[key], cached.engine(release_number)
    wanted = dict.fromkeys([measure, *(m for m in cached.measures().values() if m.family == "adoption")])
    found = {m: cached.lags_of(release_number, m.key, selected.everywhere(m)) for m in wanted}
    told = lags.told(found)
    synthetic = any(engine.is_synthetic(m.how.table) for m in told)
    cards = [lags.card(measure, told, synthetic, engine.release)] if told else []
    return cards, lags.untold_words(found)


def _change(measure: Measure, found: Comparison, estimand: Estimand, asked: Selection, release_number: int) -> None:
    if found.change is None:
        st.subheader(found.judgement.words.partition(". ")[0])
        st.markdown(found.judgement.words.partition(". ")[2])
        return
    card = cached.kept(_change_card, measure.key, estimand, asked, release_number)
    show(card, narrowed=filters.selected().everybody(measure))
    st.table(comparison.change_table(found.change, found.basis.uptake if found.basis else None))
    if found.basis:
        with st.expander("What this rests on"):
            st.markdown(comparison.basis_words(found.basis))
    st.markdown("**The same question by other methods**")
    st.table(comparison.opinions_table(found.second_opinions))


def _change_card(key: str, estimand: Estimand, asked: Selection, release_number: int) -> Card:
    found = cached.comparison_of(release_number, key, estimand, asked)
    return comparison.card(cached.measures()[key], found, cached.engine(release_number).release)


if __name__ == "__main__":  # how Streamlit runs a page
    page(st.session_state["release_number"])
