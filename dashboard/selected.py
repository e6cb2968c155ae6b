"""What the sidebar has selected, in codes for metrics and in words for pages, slides and downloads."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Literal

from dashboard.words import joined, month_name
from metrics.areas import areas_of, ccgs, members_of, successors
from metrics.figure import Figure, within
from metrics.figures import known_by
from metrics.measure import Measure
from metrics.periods import Per
from metrics.selection import By, Selection

Control = Literal["places", "months", "presentation", "time", "geography"]

CONTROLS: dict[Control, str] = {
    "places": "CCGs",
    "months": "months",
    "presentation": "presentation",
    "time": "time axis",
    "geography": "geography",
}
"""What each control of the sidebar is called."""

PRESENTATIONS = {"low_back_pain": "Low back pain", "radicular_pain": "Radicular pain"}
CALENDAR, SINCE = "Calendar months", "Months since go-live"
AS_IT_WAS, AS_IT_IS = "CCGs as in 2015", "CCGs since April 2020"

FEW = 3
"""Places that are still named one by one."""


@dataclass(frozen=True)
class Place:
    """A choice of the sidebar: an arm, a wave, a CCG or one that came later, and the CCGs of 2015 that it holds."""

    name: str
    ccgs: tuple[str, ...]


@cache
def places() -> dict[str, Place]:
    """Arms, waves, CCGs of 2015 and what some of them became in April 2020, by code."""
    found: dict[str, Place] = {}
    groupings: tuple[By, ...] = ("arm", "wave", "ccg", "successor")
    for by in groupings:
        members = members_of(Selection(by=by))
        found |= {area.code: Place(area.name, tuple(members[area.code])) for area in areas_of(Selection(by=by))}
    del found["wave 0"]  # the early implementers once more
    return found


@dataclass(frozen=True)
class Selected:
    """A selection that holds on every page. Nothing selected is everything; months are firsts of months, both included.

    `codes` are keys of `places`; with `as_now` CCGs are put together to those of April 2020.
    """

    codes: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    presentation: str | None = None
    since_go_live: bool = False
    as_now: bool = False

    @property
    def ccgs(self) -> tuple[str, ...]:
        """The CCGs of 2015 that are selected; none where all are."""
        held = {code for place in self._places for code in place.ccgs}
        return tuple(code for code in ccgs() if code in held)

    @property
    def _places(self) -> Sequence[Place]:
        return [places()[code] for code in self.codes]

    def selection(self, by: By = "ccg", per: Per = "month", measure: Measure | None = None) -> Selection:
        """As metrics takes it, for every month; a measure that does not know the presentation is not narrowed by it.

        Months are cut afterwards (`within`), so that a quarter always holds its three.
        """
        asked: By = "successor" if self.as_now and by == "ccg" else by
        narrowed = self.presentation and (measure is None or "presentation" in known_by(measure))
        presentation = (self.presentation,) if narrowed and self.presentation else ()
        return Selection(by=asked, ccgs=self.ccgs, per=per, presentation=presentation)

    def everybody(self, measure: Measure) -> "Selected":
        """What of it a comparison takes heed of, which needs all CCGs as they were in 2015."""
        return self.only(["months", "presentation"]).known_by(measure)

    def known_by(self, measure: Measure) -> "Selected":
        """What of it a measure knows."""
        return self if "presentation" in known_by(measure) else replace(self, presentation=None)

    def everywhere(self, measure: Measure | None = None) -> Selection:
        """All CCGs as they were in 2015, in the months selected: a comparison needs everybody."""
        asked = self.only(["presentation"]).selection("ccg", measure=measure)
        return replace(asked, first=self.first, last=self.last)

    @property
    def merged(self) -> Sequence[str]:
        """The codes since April 2020 that are selected, or that every CCG is put together to."""
        if self.as_now and not self.codes:
            return list(successors())
        return [code for code in self.codes if code in successors()]

    def within(self, figures: Sequence[Figure], per: Per = "month") -> list[Figure]:
        """The figures of the periods in which any selected month lies."""
        return within(figures, self.first, self.last, per)

    def not_narrowed(self, measure: Measure) -> str:
        """A sentence where a measure does not know the presentation selected; blank otherwise."""
        if self.presentation and "presentation" not in known_by(measure):
            return f"{measure.name} is not known by presentation: it is shown for everybody."
        return ""

    def for_everybody(self, measures: Iterable[Measure]) -> str:
        """A sentence that names those that do not know the presentation selected; blank where there is none."""
        names = [measure.name for measure in measures if self.not_narrowed(measure)]
        return f"Not known by presentation, so shown for everybody: {', '.join(names)}." if names else ""

    def without_figures(self, measures: Iterable[Measure]) -> str:
        """A sentence that names measures of which nothing came, in the months selected; blank where there is none."""
        when = f", {self.months_words}" if self.first or self.last else " yet"
        names = [measure.name for measure in measures]
        return f"Nothing received{when}: {', '.join(names)}." if names else ""

    def only(self, applies: Collection[Control]) -> "Selected":
        """What of it a page heeds."""
        return Selected(
            codes=self.codes if "places" in applies else (),
            first=self.first if "months" in applies else None,
            last=self.last if "months" in applies else None,
            presentation=self.presentation if "presentation" in applies else None,
            since_go_live=self.since_go_live and "time" in applies,
            as_now=self.as_now and "geography" in applies,
        )

    def ignored(self, applies: Collection[Control]) -> Sequence[Control]:
        """The controls that are set and that a page does not heed."""
        return [name for name in CONTROLS if self.only([name]) != Selected() and name not in applies]

    @property
    def words(self) -> str:
        """What is selected, in one line."""
        return ", ".join([self._places_words(), self.months_words, *self._further()])

    @property
    def narrowing(self) -> str:
        """To what the figures are narrowed; blank where they are of everybody and every month."""
        places = [self._places_words()] if self.codes else []
        months = [self.months_words] if self.first or self.last else []
        return ", ".join([*places, *months, *replace(self, since_go_live=False)._further()])

    def beside(self, subtitle: str) -> str:
        """A subtitle that says to what its chart is narrowed."""
        return f"{subtitle.rstrip('.')}. Only: {self.narrowing}" if self.narrowing else subtitle

    def _further(self) -> Sequence[str]:
        parts = [PRESENTATIONS[self.presentation].lower()] if self.presentation else []
        parts += [SINCE.lower()] if self.since_go_live else []
        return [*parts, AS_IT_IS] if self.as_now else parts

    def _places_words(self) -> str:
        names = [place.name for place in self._places]
        if not names:
            return "all 12 CCGs"
        return joined(names) if len(names) <= FEW else f"{len(self.ccgs)} of the 12 CCGs"

    @property
    def months_words(self) -> str:
        """The months, in a few words."""
        first, last = (month_name(f"{month:%Y-%m}") if month else "" for month in (self.first, self.last))
        if first and last:
            return first if first == last else f"{first} to {last}"
        return f"from {first}" if first else f"to {last}" if last else "every month"

    @property
    def choices(self) -> Mapping[str, str | Sequence[str]]:
        """What the controls of the sidebar would write into an address; blank where nothing is selected."""
        return {
            "ccgs": [place.name for place in self._places],
            "from": month_name(f"{self.first:%Y-%m}") if self.first else "",
            "to": month_name(f"{self.last:%Y-%m}") if self.last else "",
            "presentation": PRESENTATIONS[self.presentation] if self.presentation else "",
            "time": SINCE if self.since_go_live else "",
            "geography": AS_IT_IS if self.as_now else "",
        }
