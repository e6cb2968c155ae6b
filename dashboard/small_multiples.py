"""Small charts of one family of measures, side by side, with their values, marks and scales in words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape

from dashboard import marks, words
from dashboard.filters import GROUPINGS, PERIODS
from dashboard.links import Kept, measure_page
from dashboard.sparklines import limits, sparkline
from metrics.measure import Measure
from metrics.profile import Track
from metrics.profile.tracks import BandQuarter

BEFORE = -4
"""Quarters before go-live that are still drawn."""


Of = Mapping[str, Sequence[str]]
"""Key of a measure -> in words whose figures its are, where others on the page are of others."""


def quarter_name(at: int) -> str:
    """'2015/16 Q3' of a calendar quarter."""
    year, quarter = divmod(at - 1, 4)
    return f"{year}/{(year + 1) % 100:02} Q{quarter + 1}"


def since_name(at: int) -> str:
    """'2 quarters after go-live', 'the quarter of go-live'."""
    if at == 0:
        return "the quarter of go-live"
    quarters = "1 quarter" if abs(at) == 1 else f"{abs(at)} quarters"
    return f"{quarters} {'after' if at > 0 else 'before'} go-live"


def family_html(name: str, tracks: Sequence[Track], since: bool, live: int | None, of: Of, kept: Kept) -> str:
    """The small charts of one family with their axes in words; `live` is the calendar quarter of go-live, if any.

    `of` says whose figures those are that differ from the others.
    """
    span = span_of(tracks, since)
    marked = 0 if since else live if live is not None and span[0] <= live <= span[1] else None
    name_of = since_name if since else quarter_name
    known = any(track.last.figure.value is not None for track in tracks)
    across = f"{name_of(span[0])} to {name_of(span[1])}" if known else "no value in any quarter"
    head = f'<h4 class="family">{escape(name)}</h4><p class="axis">{across}</p>'
    items = "".join(_item(_within(track, span), span, marked, since, of, kept) for track in tracks)
    return f'<div class="family-block">{head}<ul class="tracks" aria-label="{escape(name)}">{items}</ul></div>'


def span_of(tracks: Sequence[Track], since: bool) -> tuple[int, int]:
    """First and last quarter drawn for a family: those with a value, and no more than a year before go-live."""
    valued = [spot.at for track in tracks for spot in track.spots if spot.figure.value is not None]
    valued += [quarter.at for track in tracks for quarter in track.band] if since else []
    kept = [at for at in valued if not since or at >= BEFORE] or [0]
    return min(kept), max(kept)


def _within(track: Track, span: tuple[int, int]) -> Track:
    """The track as far as it is drawn, which may be nothing but its newest quarter."""
    first, last = span
    spots = [spot for spot in track.spots if first <= spot.at <= last] or [track.last]
    return replace(track, spots=spots, band=[quarter for quarter in track.band if first <= quarter.at <= last])


def axis_html(since: bool, live: bool) -> str:
    """What runs across and up in every small chart, and what is said under it."""
    across = "quarters since each CCG's own go-live" if since else "calendar quarters"
    beside = "at the same stage" if since else "in the same quarter"
    dotted = "; the dotted line is go-live" if live else ""
    return (
        f'<p class="axis">Across: {across}{dotted}. Up: the unit beside the value, from nought to '
        f"where the chart ends. Line: the CCG. Band: lowest to highest early implementer, whose values {beside} are "
        "called early.</p>"
    )


def _item(track: Track, span: tuple[int, int], marked: int | None, since: bool, of: Of, kept: Kept) -> str:
    measure, figure = track.measure, track.last.figure
    link = measure_page(measure, kept, GROUPINGS["ccg"], figure.area_name, PERIODS["quarter"])
    name = f'<a href="{escape(link)}" target="_self">{escape(measure.name)}</a>'
    value = f"<strong>{escape(words.shown(measure, figure))}</strong>"
    if figure.value is None:
        return f'<li><span class="name">{name}</span><span class="value">{value}</span></li>'
    mark = marks.picture(track.direction)
    when = ", ".join([words.month_name(figure.period), *of.get(measure.key, ())])
    picture = f'<img src="{sparkline(track, span, marked)}" alt="{escape(alt_text(track, since))}">'
    notes = f"{beside_words(track, since)}; {scale_words(track)}"
    return (
        f'<li><span class="name">{name}</span><span class="value">{mark} {value} <span>{when}</span></span>'
        f"{picture}<span>{escape(notes)}</span></li>"
    )


def scale_words(track: Track) -> str:
    """'chart to 100%'; from where, too, when that is below nought."""
    low, high = limits(track)
    return f"chart {f'from {_number(low, track.measure)} ' if low else ''}to {_number(high, track.measure)}"


def _number(value: float, measure: Measure) -> str:
    """The value without its unit, which stands beside the newest one; per cent is short enough to keep."""
    return measure.in_words(value).removesuffix(f" {measure.unit}")


def beside_words(track: Track, since: bool) -> str:
    """'early implementers then 90% to 96%', of the same quarter or the same stage."""
    band = track.beside
    if band is None:
        return "no early value beside it"
    return f"early {'at that stage' if since else 'then'} {band_words(band, track.measure)}"


def band_words(band: BandQuarter, measure: Measure) -> str:
    """'90% to 96%', or the one value where both have it."""
    low, high = _number(band.lower, measure), _number(band.upper, measure)
    return low if low == high else f"{low} to {high}"


def alt_text(track: Track, since: bool) -> str:
    """The finding of one small chart for those who hear the page."""
    figure = track.last.figure
    when = since_name(track.last.at) if since else words.month_name(figure.period)
    said = f"{track.measure.name}: {words.shown(track.measure, figure)}, {when}, {track.direction.words}"
    return f"Small line chart. {said}; {beside_words(track, since)}."


def legend_html(tracks: Sequence[Track]) -> str:
    """Every mark of the charts with its words."""
    verdicts = sorted({track.direction for track in tracks if track.last.figure.value is not None}, key=str)
    return '<p class="legend">' + "&ensp; ".join(marks.with_words(v) for v in verdicts) + "</p>"
