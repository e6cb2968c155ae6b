"""From a measure and a selection to figures: one for each area and month asked for."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from metrics import query
from metrics.areas import Area, areas_of, ccgs, places_of
from metrics.disclosure import NONE, Policy, disclose, policy_in_force
from metrics.engines import Engine
from metrics.evidence import Evidence, Nothing
from metrics.figure import Figure
from metrics.kinds import Milestones
from metrics.measure import Measure
from metrics.selection import Selection, months_between
from metrics.workings import Setting, without_rows, work_out

_NOT_RECEIVED = Nothing("not_received", "Nothing was received for this month.")


class NotSelectable(ValueError):
    """A selection that the data behind a measure cannot answer, said in a sentence."""


def figures(measure: Measure, selection: Selection, engine: Engine, policy: Policy | None = None) -> list[Figure]:
    """The measure for every selected area and month, by area and month; empty where nothing was received.

    Months run from the first to the last for which rows arrived, within the selection. A month for
    which a CCG sent nothing is `not_received`; an area of several CCGs has it when none of them did.
    Raises NotSelectable when the measure's rows do not hold what the selection narrows by.
    """
    _require_selectable(measure, selection)
    scope = _scope(measure, selection, engine)
    counts = _frame(engine, query.select_for(measure.how, scope))
    arrived = _arrived(measure, scope, engine, counts)
    months = _months(arrived, selection)
    if not months:
        return []
    setting = Setting(months, set(zip(arrived.ccg, arrived.month, strict=True)))
    evidence = work_out(measure.how, counts, setting)
    in_force = (policy or policy_in_force()) if measure.counts_people and not measure.published else NONE
    return [
        _figure(measure, area, month, found, in_force, engine.release.number, scope.synthetic)
        for area, ccg_codes in _areas(selection, counts, engine, scope)
        for month in months
        for found in [_evidence(measure, evidence.get((area.code, month)), ccg_codes, month, setting)]
    ]


def _require_selectable(measure: Measure, selection: Selection) -> None:
    columns = query.columns_of(measure.how)
    wanted = {
        "practice": bool(selection.practices) or selection.by == "practice",
        "presentation": bool(selection.presentation),
        "start_back": bool(selection.start_back),
    }
    for column, asked in wanted.items():
        if asked and column not in columns:
            what = column.replace("_", " ").replace("start back", "STarT Back risk")
            raise NotSelectable(f"{measure.name} is not known by {what}.")


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


def _frame(engine: Engine, select: query.Counting) -> pd.DataFrame:
    return engine.counts(select).to_pandas(date_as_object=True)


def _arrived(measure: Measure, scope: query.Scope, engine: Engine, counts: pd.DataFrame) -> pd.DataFrame:
    """(ccg, month) for which rows came. A ledger speaks for every month from its first date to its own."""
    if not isinstance(measure.how, Milestones):
        return _frame(engine, query.arrivals(measure.how.table, scope))
    if counts.empty:
        return pd.DataFrame({"ccg": [], "month": []})
    dates = [day for day in [*counts.planned, *counts.actual] if pd.notna(day)]
    months = months_between(min(dates, default=counts.as_at.max()), counts.as_at.max())
    return counts[["ccg"]].drop_duplicates().merge(pd.DataFrame({"month": list(months)}), how="cross")


def _months(arrived: pd.DataFrame, selection: Selection) -> Sequence[date]:
    if arrived.empty:
        return []
    first = max(arrived.month.min(), selection.first or date.min)
    last = min(arrived.month.max(), selection.last or date.max)
    return months_between(first, last) if first <= last else []


def _areas(
    selection: Selection, counts: pd.DataFrame, engine: Engine, scope: query.Scope
) -> list[tuple[Area, Sequence[str]]]:
    """Every area with the CCGs whose returns it rests on."""
    if selection.by != "practice":
        places = places_of(selection)
        return [(area, [ccg for _, ccg, at in places if at == area.code]) for area in areas_of(selection)]
    names = _frame(engine, query.practice_names(scope.synthetic)).drop_duplicates("practice").set_index("practice")
    seen = counts[["area", "ccg"]].drop_duplicates("area").sort_values("area")
    return [
        (Area(row.area, names.name.get(row.area, row.area), ccgs()[row.ccg].arm), [row.ccg])
        for row in seen.itertuples()
    ]


def _evidence(
    measure: Measure, found: Evidence | None, ccg_codes: Sequence[str], month: date, setting: Setting
) -> Evidence:
    if not any((ccg, month) in setting.arrived for ccg in ccg_codes):
        return _NOT_RECEIVED
    return found or without_rows(measure.how)


def _figure(
    measure: Measure, area: Area, month: date, found: Evidence, policy: Policy, release: int, synthetic: bool
) -> Figure:
    shown = disclose(found, policy, limits=measure.interval is not None)
    return Figure(
        measure.key,
        area.code,
        area.name,
        area.arm,
        f"{month:%Y-%m}",
        shown.numerator,
        shown.denominator,
        shown.value,
        shown.lower,
        shown.upper,
        measure.unit,
        shown.status,
        release,
        synthetic,
        shown.reason,
    )
