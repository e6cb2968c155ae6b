"""From a measure and a selection to evidence: one piece for each area and period asked for, nothing hidden yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from metrics import query
from metrics.areas import Area, areas_of, known_ccgs, members_of, places_of
from metrics.counts import received, received_in_full, rows_of
from metrics.engines import Engine
from metrics.evidence import Evidence, Nothing
from metrics.kinds import Count, How, Milestones, Practices, Rate, WaitingList
from metrics.measure import Measure
from metrics.selection import Selection, months_between
from metrics.setting import Return, Setting, setting_of
from metrics.workings import without_rows, work_out

_NOT_RECEIVED = Nothing("not_received", "Nothing was received, or not from every main sender.")


@dataclass(frozen=True, slots=True)
class Worked:
    """What is known of one area and period, of these months of these CCGs; `note` says what it lacks."""

    area: Area
    period: date
    ccgs: Sequence[str]
    months: Sequence[date]
    evidence: Evidence
    note: str = ""


def worked_out(measure: Measure, selection: Selection, engine: Engine) -> Iterator[Worked]:
    """The evidence of every selected area and period, by area and period; none where nothing was received."""
    scope = _scope(measure, selection, engine)
    if not scope.places:
        return
    counts = _with_areas(rows_of(engine, scope, query.select_for, measure.how), selection)
    arrived = _arrived(measure, scope, engine, counts)
    setting = setting_of(measure.how, _months(arrived, selection), arrived, selection.per)
    evidence = work_out(measure.how, counts, setting) if setting.periods else {}
    for area, ccgs in _areas(selection, counts, engine, scope.synthetic):
        for period, months in setting.periods.items():
            if _enough(measure.how, setting, ccgs, period):
                found = evidence.get((area.code, period)) or without_rows(measure.how)
                yield Worked(area, period, ccgs, months, found, setting.note(ccgs, period))
            else:
                yield Worked(area, period, ccgs, months, _NOT_RECEIVED)


def _scope(measure: Measure, selection: Selection, engine: Engine) -> query.Scope:
    return query.Scope(
        places_of(selection),
        engine.is_synthetic(measure.how.table),
        selection.by == "practice",
        selection.practices,
        selection.first,
        selection.last,
        selection.presentation,
        selection.start_back,
    )


def _with_areas(counts: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """The counts with the area that each place counts for."""
    if selection.by == "practice":
        return counts.assign(area=counts.place)
    areas = {ccg: area for area, ccgs in members_of(selection).items() for ccg in ccgs}
    return counts.assign(area=counts.ccg.map(areas))


def _arrived(measure: Measure, scope: query.Scope, engine: Engine, counts: pd.DataFrame) -> set[Return]:
    """The CCGs and months for which rows came.

    A ledger speaks for every month from its first date to its own. A count is too low when one of a
    CCG's main senders is missing; a share or a median of those who came still stands. A list of people
    waiting is too short when the referrals of its last month are missing, so that both must have come.
    Opioids and gabapentinoids come in two returns that end in different months: one does not speak for the other.
    """
    match measure.how:
        case Milestones():
            return _ledger_months(counts)
        case WaitingList():
            return received_in_full(engine, scope, "waiting", "referral")
        case Rate(table="prescribing"):
            return received_in_full(engine, scope, "prescribing") & _with_events(counts)
        case Rate() | Count() | Practices():
            return received_in_full(engine, scope, measure.how.table)
    return received(engine, scope, measure.how.table)


def _with_events(counts: pd.DataFrame) -> set[Return]:
    events = counts[counts.part == "events"]
    return set(zip(events.ccg, events.month, strict=True))


def _ledger_months(ledger: pd.DataFrame) -> set[Return]:
    if ledger.empty:
        return set()
    as_at = ledger.as_at.max()
    first = min([as_at, *(day for day in [*ledger.planned, *ledger.actual] if pd.notna(day))])
    return {(ccg, month) for ccg in ledger.ccg.unique() for month in months_between(first, as_at)}


def _months(arrived: set[Return], selection: Selection) -> Sequence[date]:
    months = {month for _, month in arrived}
    first = max(min(months, default=date.max), selection.first or date.min)
    last = min(max(months, default=date.min), selection.last or date.max)
    return months_between(first, last)


def _areas(
    selection: Selection, counts: pd.DataFrame, engine: Engine, synthetic: bool
) -> Sequence[tuple[Area, Sequence[str]]]:
    """Every area with the CCGs whose returns it rests on."""
    if selection.by != "practice":
        members = members_of(selection)
        return [(area, members[area.code]) for area in areas_of(selection)]
    every_name = engine.counts(query.practice_names(synthetic)).to_pandas()
    names = every_name.drop_duplicates("practice").set_index("practice")["name"]
    seen = counts[["place", "ccg"]].drop_duplicates("place").sort_values("place")
    return [
        (Area(row.place, names.get(row.place, row.place), known_ccgs()[row.ccg].arm), [row.ccg])
        for row in seen.itertuples()
    ]


def _enough(how: How, setting: Setting, ccgs: Sequence[str], period: date) -> bool:
    """Whether what arrived can be told: a share stands on those who sent, a sum needs everybody."""
    if isinstance(how, Count | WaitingList):
        return all(pair in setting.arrived for pair in setting.expected(ccgs, period))
    return setting.received(ccgs, period)
