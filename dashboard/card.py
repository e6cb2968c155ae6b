"""A chart with all that belongs to it: finding, subtitle, chart, table, definition and source."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pandas as pd
import plotly.graph_objects as go

from loaders.register import Release
from metrics.dated_notes import Note

PAGES = ("compare", "conversion", "measure", "outcomes", "rollout", "waiting")
"""Pages that have cards, by their addresses."""


@dataclass(frozen=True)
class Card:
    """One finding. `key` names its controls; `about` is Markdown; `table` is text, as readers see it.

    `notes` are the dated notes of its months, which its chart marks where it has an axis of time. `data` makes the
    same as the table for a machine, numbers as numbers, when somebody asks for it: None where the table is all there
    is. `panels` is what the screen and pictures show where the chart is too full: the same in a panel for each area.
    `narrow` is HTML that phones show in the place of a chart too wide for them.
    """

    key: str
    headline: str
    subtitle: str
    chart: go.Figure
    alt: str
    table: pd.DataFrame
    about: str
    stamp: str
    data: Callable[[], pd.DataFrame] | None = None
    notes: Sequence[Note] = ()
    panels: go.Figure | None = None
    narrow: str = ""

    @property
    def drawn(self) -> go.Figure:
        """What the screen and pictures show."""
        return self.panels or self.chart

    def figures(self) -> pd.DataFrame:
        """What its downloads hold: exactly what is shown."""
        return self.table if self.data is None else self.data()


@dataclass(frozen=True)
class Handout:
    """A page as it stands. `cards` grows while the page is drawn; `link` restores the view, blank where unknown."""

    title: str
    release: Release
    link: str
    cards: list[Card] = field(default_factory=list)
