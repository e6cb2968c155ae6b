"""The map of the 12 CCGs: its own outlines, no tile server and nothing fetched from elsewhere."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import plotly.graph_objects as go

from dashboard.identity import ARMS, BLUE, FONT, GRID, INK, PAPER, QUIET, TEMPLATE
from loaders.places import REFERENCE
from metrics.areas import ccgs
from metrics.figure import Figure
from metrics.ledger import CcgStanding

ATTRIBUTION = (
    "On the map DDES is Durham Dales, Easington and Sedgefield; HAST Hartlepool and Stockton-on-Tees; HRW Hambleton, "
    "Richmondshire and Whitby. Outlines of 2019/20, so Cumbria lacks its south: Office for National Statistics, "
    "Open Government Licence v3.0; contains OS data © Crown copyright and database right"
)

STANDINGS: dict[CcgStanding, tuple[str, str, str]] = {
    "live_early": ("● Live: early implementer", "●", ARMS["early"].colour),
    "live_following": ("◆ Live: following CCG", "◆", ARMS["following"].colour),
    "not_live": ("○ Not yet live", "○", GRID),
}
"""Legend, sign and fill: the sign stands beside every name, so that colour is never the only signal."""

_OVER = {
    "03D": ("HRW", -1.74, 54.4),
    "00D": ("DDES", -1.97, 54.65),
    "00L": ("Northumberland", -2.07, 55.3),
    "01H": ("Cumbria", -2.95, 54.65),
}
"""Names that stand over their place: as the map has room for them, longitude and latitude."""

_BESIDE = {
    "13T": ("Newcastle<br>Gateshead", -1.67, 54.97, 55.64),
    "99C": ("North Tyneside", -1.5, 55.03, 55.43),
    "00N": ("South Tyneside", -1.43, 54.96, 55.31),
    "00P": ("Sunderland", -1.43, 54.88, 55.19),
    "00J": ("North Durham", -1.69, 54.81, 55.07),
    "00K": ("HAST", -1.31, 54.64, 54.95),
    "00C": ("Darlington", -1.55, 54.55, 54.83),
    "00M": ("South Tees", -1.06, 54.55, 54.71),
}
"""Names of small places, over the sea with a line: longitude and latitude of the place, latitude of the name."""

_SEA, _ROOM = -0.95, 0.8
"""Longitude at which the names over the sea begin, and to which they have room, also on a phone."""


_EAST_WEST, _NORTH_SOUTH = (-3.7, _ROOM), (54.1, 55.85)
"""Degrees that the map shows: the 12 CCGs, and the names over the sea."""


@cache
def outlines() -> dict[str, Any]:
    """GeoJSON of the 12 CCGs; outer rings run clockwise, or the map would be filled outside them."""
    return json.loads((REFERENCE / "boundaries.geojson").read_text(encoding="utf-8"))


def standing_map(standings: Mapping[str, CcgStanding]) -> go.Figure:
    """The CCGs by where they stand."""
    chart = _base()
    for standing, (legend, _sign, colour) in STANDINGS.items():
        codes = [code for code, found in standings.items() if found == standing]
        _fill(chart, codes, [0] * len(codes), [[0, colour], [1, colour]], [legend] * len(codes), legend)
    dark = [code for code, standing in standings.items() if standing == "live_early"]
    _name(chart, {code: STANDINGS[standing][1] for code, standing in standings.items()}, dark)
    return chart


def measure_map(figures: Mapping[str, Figure], shown: Mapping[str, str]) -> go.Figure:
    """The CCGs by a measure's value, darker for more. `shown` says each value, or why there is none, in words."""
    chart = _base()
    valued = [code for code, figure in figures.items() if figure.value is not None]
    without = [code for code in shown if code not in valued]
    values = [figures[code].value or 0.0 for code in valued]
    _fill(chart, valued, values, [[0, PAPER], [1, BLUE]], [shown[code] for code in valued])
    _fill(chart, without, [0] * len(without), [[0, GRID], [1, GRID]], [shown[code] for code in without])
    chart.update_traces(marker_opacity=0.6, selector={"type": "choropleth"})  # dark text stays legible on it
    _name(chart, shown)
    return chart


def _base() -> go.Figure:
    chart = go.Figure(layout={"template": TEMPLATE, "height": 560})
    chart.update_geos(
        visible=False, projection_type="mercator", lonaxis_range=_EAST_WEST, lataxis_range=_NORTH_SOUTH, bgcolor=PAPER
    )
    chart.update_layout(
        margin={"t": 0, "b": 0}, legend={"y": 0, "yanchor": "top", "x": 0}, hovermode="closest", dragmode=False
    )
    return chart


def _fill(
    chart: go.Figure, codes: list[str], values: list[Any], scale: list[Any], said: list[str], legend: str = ""
) -> None:
    chart.add_choropleth(
        geojson=outlines(),
        featureidkey="properties.code",
        locations=codes,
        z=values,
        colorscale=scale,
        showscale=False,
        marker={"line": {"color": QUIET, "width": 1.2}},
        customdata=[[ccgs()[code].name, text] for code, text in zip(codes, said, strict=True)],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
        name=legend,
        showlegend=bool(legend),
    )


def _name(chart: go.Figure, signs: Mapping[str, str], dark: Sequence[str] = ()) -> None:
    """Each name with its sign or value: over the place (light, where that is dark), or beside it over the sea."""
    over = [code for code in _OVER if code in signs]
    beside = [code for code in _BESIDE if code in signs]
    for code in beside:
        _label, lon, lat, at = _BESIDE[code]
        chart.add_scattergeo(lon=[lon, _SEA], lat=[lat, at], mode="lines", line={"color": INK, "width": 1})
    spots = [_OVER[code][1:] for code in over]
    _write(chart, [f"{_OVER[code][0]} <b>{signs[code]}</b>" for code in over], spots, "middle center")
    chart.data[-1].textfont.color = [PAPER if code in dark else INK for code in over]
    spots = [(_SEA, _BESIDE[code][3]) for code in beside]
    _write(chart, [f"{_BESIDE[code][0]} <b>{signs[code]}</b>" for code in beside], spots, "middle right")
    chart.update_traces(hoverinfo="skip", showlegend=False, selector={"type": "scattergeo"})


def _write(chart: go.Figure, texts: Sequence[str], spots: Sequence[tuple[float, float]], anchor: str) -> None:
    chart.add_scattergeo(
        lon=[lon for lon, _ in spots],
        lat=[lat for _, lat in spots],
        text=texts,
        mode="text",
        textposition=anchor,
        textfont={"family": FONT, "size": 13, "color": INK},
    )
