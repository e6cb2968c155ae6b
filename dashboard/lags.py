"""How far each follower is behind the early implementers' curve: a grid of CCG by measure, with words in its cells."""

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.card import Card
from dashboard.identity import INK, PAPER, SHADES, TEMPLATE, TEXT_SIZE
from loaders.register import Release
from metrics.areas import ccgs
from metrics.comparison.lag import Lag
from metrics.measure import Measure

Lags = Mapping[Measure, Sequence[Lag]]

STEPS = (6, 12)
"""Months behind from which a cell is a shade darker."""

NAME_WIDTH = 13
"""Letters in a line of a measure's name, so that names stand upright on a projector."""

DARK = 3
"""Shades from this one on carry white letters."""

STANDS = {
    "lag": "behind or ahead of them",
    "below": "below where those started",
    "level": "level with them",
    "beyond": "beyond them",
}
"""How a follower stands to the early implementers, inside a sentence about both."""

ABOUT = """
- **Behind:** how many months longer a CCG has been live than the early implementers had been when they first stood
  where it stood in its last three months. Ahead where it came there sooner.
- **Level:** the 95% interval of the lag holds nought, so that none can be told from chance.
- **Below the start:** it has not come to where the early implementers started. **Beyond:** it stands beyond all that
  they reached.
- **Cannot be told:** fewer than four months are known, or the early implementers' curve does not go that way.
- The early curve is the mean of the two, smoothed to go one way only. Months that resemble their neighbours make the
  interval too narrow. A lag is a distance between curves, not an effect of anything.
"""


def told(lags: Lags) -> Lags:
    """The measures of which something can be told of at least one CCG."""
    return {measure: rows for measure, rows in lags.items() if any(row.answer != "cannot_be_told" for row in rows)}


def untold_words(lags: Lags) -> str:
    """Which measures nothing can be told of, in one sentence; blank where there is none."""
    names = [measure.name for measure, rows in lags.items() if rows and measure not in told(lags)]
    return f"No lag can be told for any CCG in: {'; '.join(names)}." if names else ""


def card(measure: Measure, lags: Lags, synthetic: bool, release: Release) -> Card:
    """The grid of measures that something can be told of; the headline is of the page's own where it is among them."""
    headline = (
        f"{measure.name} beside the early implementers at the same stage: {_headline(lags[measure])}"
        if measure in lags
        else f"{measure.name}: no lag can be told; how far behind followers are in other measures of adoption"
    )
    subtitle = "Months behind the early implementers' curve at the same stage: the darker, the further behind"
    return Card(
        key="lags",
        headline=headline,
        subtitle=subtitle,
        chart=heat_map(lags),
        alt=f"Grid of CCG by measure. {headline}. {subtitle}. The table beside it has every value with its interval.",
        table=lag_table(lags),
        about=ABOUT,
        stamp=words.source_line(synthetic, release, measure.how.table, measure.source),
        narrow=narrow_html(lags),
    )


def _headline(rows: Sequence[Lag]) -> str:
    """How many followers stand where: 'of 7 followers 4 are below where those started and 3 are level with them'."""
    answers = [row.answer for row in rows]
    counted = [
        f"{answers.count(answer)} {'is' if answers.count(answer) == 1 else 'are'} {said}"
        for answer, said in STANDS.items()
        if answer in answers
    ]
    untold = answers.count("cannot_be_told")
    everybody = "1 follower" if len(rows) == 1 else f"{len(rows)} followers"
    return f"of {everybody} {words.joined([*counted, *([f'{untold} cannot be told'] if untold else [])])}"


def heat_map(lags: Lags) -> go.Figure:
    """A cell for each CCG and measure: its answer in words on a shade that says how far behind."""
    codes = _codes(lags)
    cells = [[_lag(rows, code) for rows in lags.values()] for code in codes]
    shades = [[_shade(lag) for lag in row] for row in cells]
    chart = go.Figure(layout={"template": TEMPLATE, "height": 120 + 44 * len(codes)})
    names = [words.folded(measure.name, NAME_WIDTH) for measure in lags]
    chart.add_heatmap(
        x=names,
        y=[ccgs()[code].short_name for code in codes],
        z=shades,
        zmin=0,
        zmax=len(SHADES) - 1,
        colorscale=_steps(),
        showscale=False,
        xgap=3,
        ygap=3,
        customdata=[[lag_words(lag) if lag else "no value" for lag in row] for row in cells],
        hovertemplate="%{y}, %{x}: %{customdata}<extra></extra>",
    )
    chart.update_yaxes(showgrid=False)  # it would strike through the words of cells without a shade
    for y, row in enumerate(cells):
        for x, lag in enumerate(row):
            letters = {"color": PAPER if (shades[y][x] or 0) >= DARK else INK, "size": TEXT_SIZE - 1}
            chart.add_annotation(x=x, y=y, text=cell_words(lag), showarrow=False, font=letters)
    chart.update_xaxes(title_text="", side="top", tickangle=0, tickfont={"size": 13})
    chart.update_yaxes(title_text="", autorange="reversed")
    chart.update_layout(hovermode="closest")
    return chart


def narrow_html(lags: Lags) -> str:
    """The same as lists, measure by measure: what a phone shows in the place of the grid."""
    return "".join(_list(measure, rows) for measure, rows in lags.items())


def _list(measure: Measure, rows: Sequence[Lag]) -> str:
    items = "".join(f"<li>{escape(ccgs()[row.ccg].short_name)}: {cell_words(row)}</li>" for row in rows)
    return f'<p><strong>{escape(measure.name)}</strong></p><ul class="bars">{items}</ul>'


def _steps() -> list[tuple[float, str]]:
    """Plotly's way of saying one colour for each whole number."""
    size = len(SHADES)
    return [(at / size, shade) for number, shade in enumerate(SHADES) for at in (number, number + 1)]


def _codes(lags: Lags) -> Sequence[str]:
    known = {row.ccg for rows in lags.values() for row in rows}
    return [code for code in ccgs() if code in known]


def _lag(rows: Sequence[Lag], code: str) -> Lag | None:
    return next((row for row in rows if row.ccg == code), None)


def _shade(lag: Lag | None) -> int | None:
    """Number of the shade; None where nothing can be told."""
    if lag is None or lag.answer == "cannot_be_told":
        return None
    if lag.answer == "below":
        return len(SHADES) - 1
    if lag.answer != "lag" or (lag.months or 0) <= 0:
        return 0
    return 1 + sum((lag.months or 0) > step for step in STEPS)


def cell_words(lag: Lag | None) -> str:
    """A few letters for a cell."""
    if lag is None:
        return "no value"
    if lag.answer == "lag" and lag.months is not None:
        return f"{abs(lag.months):.0f} {'behind' if lag.months >= 0 else 'ahead'}"
    return {"level": "level", "beyond": "beyond", "below": "below start"}.get(lag.answer, "?")


def lag_table(lags: Lags) -> pd.DataFrame:
    """A row for each follower: months live, and how far behind it is in each measure."""
    return pd.DataFrame(
        [
            {
                "CCG": ccgs()[code].short_name,
                **{m.name: lag_words(lag) if (lag := _lag(rows, code)) else "no value" for m, rows in lags.items()},
            }
            for code in _codes(lags)
        ]
    )


def lag_words(lag: Lag) -> str:
    """'3.5 months behind after 12 months live (95% from 1.0 to 6.0)', or why it has no number."""
    if lag.answer != "lag" or lag.months is None:
        return lag.reason
    behind = f"{abs(lag.months):.1f} months {'behind' if lag.months >= 0 else 'ahead'} after {lag.live_for} months live"
    lower = "off the curve" if lag.lower is None else f"{lag.lower:.1f}"
    upper = "off the curve" if lag.upper is None else f"{lag.upper:.1f}"
    return f"{behind} (95% from {lower} to {upper})"
