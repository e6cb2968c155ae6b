"""The profile of one CCG as small charts, tables and words: the same on the page, on paper and in the pack."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

import pandas as pd

from dashboard import waiting, words
from dashboard.selected import Selected
from dashboard.small_multiples import band_words
from loaders.register import Release
from metrics.adoption.states import PracticeState
from metrics.figure import Figure
from metrics.measure import Measure
from metrics.profile import Message, Profile, Track, number_of, worst_step
from metrics.profile.tracks import BandQuarter
from metrics.queues import Queues

STEP_COLUMNS = ["Step", "Waiting", "Mean wait so far, weeks", "Joined", "Seen", "Load (95% interval)", "Target"]


STYLES = """
<style>
.messages { margin: 0; padding: 0 0 0 1.6rem; }
.messages li { margin: 0 0 .5rem 0; padding: 0; }
.messages span { display: block; font-size: .85rem; }
.family { font-size: .95rem; font-weight: 700; padding: 0; margin: .4rem 0 0 0; }
.axis { font-size: .78rem; margin: .1rem 0 .4rem 0; }
ul.tracks { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.4rem, 1fr)); gap: .5rem .9rem;
  margin: 0 !important; padding: 0 !important; list-style: none; }
ul.tracks li { margin: 0; padding: .35rem 0 0 0; border-top: 1px solid #AEB7BD; font-size: .78rem; line-height: 1.3;
  break-inside: avoid; display: flex; flex-direction: column; }
.tracks .name { font-weight: 600; }
.tracks .name a { color: inherit; }
.tracks img:not(.mark) { width: 100%; height: auto; margin: .2rem 0; border-radius: 0; }
@media screen and (max-width: 640px) { ul.tracks { grid-template-columns: repeat(auto-fill, minmax(7rem, 1fr)); } }
@media print {
  @page { size: A4; margin: 9mm; }
  html { font-size: 11px !important; }
  [data-testid="stMainBlockContainer"] { padding: 0 !important; }
  .stVerticalBlock { gap: .3rem !important; }
  .stElementContainer:has(.stSelectbox, .stRadio, .stDownloadButton), .stTabs [role="tablist"] { display: none; }
  .stHeading :is(h1, h3) { padding: .3rem 0 .1rem 0 !important; }
  .family, .axis { display: inline; margin: 0 .6rem 0 0; }
  ul.tracks { grid-template-columns: repeat(7, 1fr); gap: .2rem .6rem; }
  ul.tracks li, table, table.grid { font-size: 8.6px !important; line-height: 1.2; padding-top: .1rem; }
  .tracks .mark { width: 10px; height: 10px; }
  .legend .mark { width: 14px; height: 14px; }
  .stHeading { break-after: avoid; }
  .family-block, tr { break-inside: avoid; }
  .tracks a { text-decoration: none; }
  table td, table th { padding: 1px 4px !important; }
}
</style>
"""
"""Styles of this page alone; on paper it is two pages of A4."""


def messages_html(messages: Sequence[Message]) -> str:
    """The messages as a list, the finding of each before what it rests on."""
    items = (f"<li><strong>{escape(one.lead)}</strong><span>{escape(one.rest)}</span></li>" for one in messages)
    return f'<ol class="messages">{"".join(items)}</ol>'


def track_table(tracks: Sequence[Track], since: bool) -> pd.DataFrame:
    """A row for each measure: its newest value, which way it goes, and the early implementers beside it."""
    return pd.DataFrame(
        {
            "Measure": [words.label(track.measure) for track in tracks],
            "Newest value": [words.shown(track.measure, track.last.figure) for track in tracks],
            "Quarter": [words.month_name(track.last.figure.period) for track in tracks],
            "Direction": [track.direction.words for track in tracks],
            "Early implementers": [
                band_words(track.beside, track.measure) if track.beside else "none" for track in tracks
            ],
            "Of these": ["at the same stage" if since else "in the same quarter" for _ in tracks],
        }
    )


def whose(tracks: Sequence[Track], selected: Selected) -> Mapping[str, Sequence[str]]:
    """Key of a measure -> that it is real beside invented ones, or of both presentations though one is selected."""
    real = {t.measure.key for t in tracks if not t.last.figure.synthetic}
    mixed = 0 < len(real) < len(tracks)
    return {
        track.measure.key: [
            *(["real"] if mixed and track.measure.key in real else []),
            *(["both presentations"] if selected.not_narrowed(track.measure) else []),
        ]
        for track in tracks
    }


def _early(track: Track) -> str:
    return band_words(track.beside, track.measure) if track.beside else "none"


def quarters_table(tracks: Sequence[Track]) -> pd.DataFrame:
    """A row for each measure and quarter drawn, with the band beside it: what the small charts hold."""
    rows = []
    for track in tracks:
        band = {quarter.at: quarter for quarter in track.band}
        for spot in track.spots:
            rows.append(_quarter(track.measure, spot.figure, spot.at, band.get(spot.at)))
    return pd.DataFrame(
        rows, columns=["Measure", "Quarter", "Place", "Value", "Unit", "Note", "Early from", "Early to"]
    )


def _quarter(measure: Measure, figure: Figure, at: int, band: BandQuarter | None) -> list[object]:
    ends = (band.lower, band.upper) if band else (None, None)
    value = None if figure.value is None else round(figure.value, measure.decimals)
    return [words.label(measure), figure.period, at, value, measure.unit, words.STATUS[figure.status], *ends]


def step_table(queues: Queues) -> pd.DataFrame:
    """The queue for every step, the worst one marked."""
    table = waiting.queue_table(queues)[STEP_COLUMNS]
    worst = worst_step(queues)
    names = [
        f"{name} (worst)" if queue is worst else name for queue, name in zip(queues.steps, table.Step, strict=True)
    ]
    return table.assign(Step=names)


def step_subtitle(queues: Queues) -> str:
    """The months looked at, and whose lists are missing."""
    first, last = (words.month_name(f"{month:%Y-%m}") for month in (queues.window.first, queues.window.last))
    said = f"{queues.area.name}: who joined each queue and was seen from {first} to {last}, and who waited at the end."
    return f"{said} {queues.window.note}".strip()


def start_quarter(found: Profile) -> int | None:
    """The calendar quarter of go-live; None while it is not live."""
    return None if found.live is None else number_of(found.live)


def standing(found: Profile) -> str:
    """'Darlington: a following CCG, live since December 2015'."""
    arm = {"early": "an early implementer", "following": "a following CCG"}[found.area.arm]
    return f"{found.area.name}: {arm}, {live_words(found)}"


def live_words(found: Profile) -> str:
    """'live since December 2015', 'not yet live', or that nobody has said."""
    if found.live:
        return f"live since {found.live:%B %Y}"
    return "not yet live" if found.start else "not known to be live"


def stamp(found: Profile, release: Release) -> str:
    """Source, freshness and standing of the page."""
    valued = [track.last.figure.period for track in found.tracks if track.last.figure.value is not None]
    to = f"Data to {words.month_name(max(valued))}" if valued else "No data"
    invented = {track.last.figure.synthetic for track in found.tracks}
    kind = {(True,): "Synthetic data. ", (False, True): "Synthetic data, beside real national returns. "}
    said = kind.get(tuple(sorted(invented)), "")
    drawn = release.extracted.get("referral")
    extracted = f" · referrals extracted {drawn:%d %b %Y}" if drawn else ""
    return f"{said}{to}{extracted} · release {release.number} of {release.published:%d %b %Y}. {words.NOT_OFFICIAL}"


def silent_table(practices: Sequence[PracticeState]) -> pd.DataFrame:
    """The silent practices by name: for those alone who may see them."""
    return pd.DataFrame(
        {
            "Practice": [f"{practice.name} ({practice.code})" for practice in practices],
            "Trained": [_day(practice.trained) for practice in practices],
            "Live in the ledger": [_day(practice.said_live) for practice in practices],
            "Last referral": [_month(practice.last_referral) for practice in practices],
        }
    )


def _day(day: date | None) -> str:
    return f"{day:%d %b %Y}" if day else "no date"


def _month(month: date | None) -> str:
    return f"{month:%B %Y}" if month else "never"
