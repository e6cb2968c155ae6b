"""What every page says of its data: whose they are, from when, and what to do when there are none."""

from html import escape
from pathlib import Path

import streamlit as st

from dashboard import words
from dashboard.selected import Selected
from loaders.register import Release
from metrics.measure import Measure

_STYLES = """
<style>
[data-testid="stMainBlockContainer"] { max-width: 1600px; padding: 2.5rem 2rem 3rem 2rem; }
section[data-testid="stSidebar"] { width: 16rem !important; min-width: 16rem; }
[data-testid="stSidebarHeader"] { height: 2rem; margin: 0; padding-bottom: 0; }
[data-testid="stSidebarNavItems"] span { line-height: 1.3; padding: 0; }
[data-testid="stSidebarNavItems"] li, [data-testid="stSidebarNavLinkContainer"] { height: 1.6rem; }
[data-testid="stSidebarNavLink"] { padding: 0 .5rem !important; height: 1.5rem; }
[data-testid="stSidebarNavSeparator"] { margin-top: .4rem; }
[data-testid="stSidebarUserContent"] { padding: .4rem .4rem 2rem .4rem; }
[data-testid="stSidebarUserContent"] [data-testid="stVerticalBlock"] { gap: .4rem; }
[data-testid="stSidebarUserContent"] [data-testid="stHorizontalBlock"] { gap: .4rem; flex-wrap: nowrap; }
[data-testid="stSidebarUserContent"] [data-testid="stColumn"] { min-width: 0; }
[data-testid="stSidebarUserContent"] :is(p, input, [role="group"] span) { font-size: .78rem; line-height: 1.35; }
[data-testid="stSidebarUserContent"] label { min-height: 0; margin-bottom: .1rem; }
[data-testid="stSidebarUserContent"] .react-aria-ComboBox > [role="group"] { min-height: 1.8rem; height: auto; }
[data-testid="stSidebarUserContent"] .react-aria-ComboBox input { padding: .2rem .35rem; height: 1.7rem; }
[data-testid="stSidebarUserContent"] [role="group"] > button { height: 1.7rem; padding: 0 .2rem; }
[data-testid="stSidebarUserContent"] .stSelectbox [role="group"] > button:nth-of-type(2) { display: none; }
[data-testid="stSidebarUserContent"] .stButton button { min-height: 1.6rem; padding: 0 .8rem; }
.notice { border-left: 8px solid #005EB8; padding: .5rem .9rem; margin: 0 0 .4rem 0; }
.notice.synthetic { border-color: #7C2855; background: rgba(124, 40, 85, .10); font-size: .9rem; }
.grid-wrap { overflow-x: auto; position: relative; }
.grid-room { container: grid / inline-size; }
.grid-hint { font-size: .78rem; font-weight: 600; margin: 0 0 .3rem 0; }
.finding { border-left: 6px solid #005EB8; padding: 0 0 0 .9rem; }
.finding h2 { font-size: 1.15rem; line-height: 1.3; padding: 0 0 .4rem 0; margin: 0; }
.finding p { font-size: .85rem; line-height: 1.45; margin: 0 0 .4rem 0; }
.finding .theme { font-weight: 600; }
.finding a { color: inherit; font-weight: 600; }
table.grid { border-collapse: collapse; width: 100%; font-size: .78rem; line-height: 1.3; }
table.grid caption { text-align: left; padding: 0 0 .5rem 0; }
table.grid caption span { position: sticky; left: 0; display: inline-block; max-width: 100cqw; }
table.grid th, table.grid td { border: 0; border-bottom: 1px solid #AEB7BD; padding: .3rem .45rem; }
table.grid thead th { text-align: right; vertical-align: bottom; min-width: 5.2rem; font-weight: 600; }
table.grid thead th:first-child, table.grid tbody th { text-align: left; }
table.grid tbody th[scope="row"] { font-weight: 400; min-width: 9rem; }
table.grid tbody.early th { border-left: 6px solid light-dark(#12436D, #6BACE6); }
table.grid tbody.following th { border-left: 6px dashed #F46A25; }
table.grid tbody.mixed th { border-left: 6px dotted #768692; }
table.grid tbody th[scope="row"], table.grid thead tr:first-child th:first-child {
  position: sticky; left: 0; z-index: 1; background: light-dark(#FFFFFF, #000000); }
table.grid td { text-align: right; white-space: nowrap; }
table.grid a { color: inherit; }
table.grid .marks { white-space: nowrap; }
table.grid .note { display: block; font-size: .92em; font-weight: 400; }
table.grid.told th, table.grid.told td { text-align: left !important; white-space: normal; vertical-align: top; }
table.grid.told td { min-width: 6.5rem; }
@media screen and (max-width: 640px) {
  table.grid.told thead { display: none; }
  table.grid.told :is(tbody, tr, th, td) { display: block; border: 0; }
  table.grid.told tr { border-bottom: 1px solid #AEB7BD; }
  table.grid.told tbody th { font-weight: 700; position: static; }
  table.grid.told td::before { content: attr(data-head) ": "; font-weight: 600; }
}
table.grid.received { width: auto; }
table.grid.received thead th { text-align: left; min-width: 0; }
table.grid.received td { text-align: left; font-size: .7rem;
  font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; }
.narrow-only { display: none; }
:is([class*="st-key-drawn_"], [class*="st-key-wide_"], [class*="st-key-geographic_"]) {
  background: #FFFFFF; padding: 0 0 6px 6px; }
[class*="st-key-geographic_"] { container-type: inline-size; }
[class*="st-key-geographic_"] > .stElementContainer { height: min(560px, calc(68cqw + 90px)); }
ul.bars { list-style: none; padding: 0; margin: 0; }
ul.bars li { position: relative; padding: .25rem .4rem; margin: 0 0 .2rem 0; border-left: 3px solid #005EB8; }
ul.bars li span { position: absolute; left: 0; top: 0; bottom: 0; background: rgba(0, 94, 184, .18); }
@media screen and (max-width: 640px) {
  .narrow-only { display: block; }
  [class*="st-key-wide_"] { display: none; }
}
.told-apart { white-space: nowrap; }
.mark { display: inline-block; vertical-align: -.25em; margin: 0; }
.legend { font-size: .78rem; margin: .2rem 0; }
ol.legend { padding-left: 1.6rem; } ol.legend .note { display: block; opacity: .8; overflow-wrap: anywhere; }
a.file { display: inline-block; margin: 0 .6rem .4rem 0; padding: .45rem .9rem; border: 1px solid #AEB7BD;
  border-radius: .5rem; font-size: .85rem; color: inherit !important; text-decoration: none !important; }
a.file:hover, a.file:focus-visible { border-color: currentColor; text-decoration: underline !important; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.stPlotlyChart .js-plotly-plot .plotly .modebar-btn { display: inline-flex; align-items: center;
  width: max-content; height: auto; padding: .3rem .8rem .3rem .6rem; background: #FFFFFF;
  border: 1px solid #425563; border-radius: 6px; white-space: nowrap; }
.stPlotlyChart .js-plotly-plot .plotly .modebar-btn::after { content: "Download plot"; display: inline; opacity: 1;
  position: static; background: none; color: #212B32; padding: 0 0 0 .4rem; margin: 0; font: 16px Arial, sans-serif; }
@media (max-width: 1250px) { [class*="_as_saved"] .g-gtitle { visibility: hidden; } }
.stPlotlyChart .js-plotly-plot .plotly .modebar-btn::before { display: none; }
</style>
"""


def page_styles() -> None:
    """The few styles that Streamlit's theme has no setting for."""
    st.html(_STYLES)
    st.html(Path(__file__).parent / "print.css")


def standing(release: Release) -> None:
    """Nothing to say when all is real; `synthetic` says so where it is not."""
    st.session_state["release_stamp"] = f"Release {release.number}, {release.published:%d %b %Y}"


def synthetic(some_real: bool) -> None:
    """The banner over invented data."""
    rest = " National returns are real, and are marked as real where they stand." if some_real else ""
    st.html(f'<p class="notice synthetic" role="note"><strong>{escape(words.SYNTHETIC)}</strong>{escape(rest)}</p>')


def not_narrowed(selected: Selected, measure: Measure) -> None:
    """Says where a measure cannot be narrowed as selected."""
    if sentence := selected.not_narrowed(measure):
        st.info(sentence)


def nothing_published() -> None:
    """What to do with an empty warehouse."""
    st.title("Nothing has been published yet")
    st.markdown(
        "Load submissions, or the synthetic demo, and this page fills itself:\n\n"
        "- `make demo` makes synthetic submissions and loads them;\n"
        '- `make load FILES="a.csv b.xlsx"` loads yours; docs/submissions.md says how they should look.\n\n'
        "Without make: `python -m loaders demo`, or `python -m loaders load` followed by the files."
    )


def footer() -> None:
    """The standing of everything shown."""
    st.caption(f"{words.NOT_OFFICIAL} {st.session_state.get('release_stamp', '')}")
