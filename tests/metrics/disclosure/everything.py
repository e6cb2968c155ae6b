"""All that `metrics` returns, over small worlds in which most counts are small."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from random import Random

import numpy as np

from loaders.waiting import waiting_lists
from metrics import query
from metrics.adoption import milestones, practice_states, reach, uptake
from metrics.adoption.reach import Item
from metrics.catalogue import load
from metrics.comparison.alignment import aligned
from metrics.comparison.compare import compare
from metrics.comparison.lag import lags
from metrics.control_chart import control_charts
from metrics.conversion import curves, maturity
from metrics.disclosure import Policy
from metrics.engines import Engine
from metrics.figure import Figure
from metrics.figures import figures
from metrics.funnel import funnel_of
from metrics.ledger import ledger
from metrics.live import rollout
from metrics.measure import Conversion, Measure, Rate
from metrics.pathway_flow import flow
from metrics.queues import queues
from metrics.selection import Selection
from metrics.still_waiting import still_waiting
from tests.metrics.generated import MONTHS, made
from tests.metrics.warehouses import Row, as_table, hold

PEOPLE = {key: measure for key, measure in load().items() if measure.counts_people and not measure.published}


def world(place: Path, seed: int, referrals: int = 150) -> Engine:
    """A world at random, with the lists that follow from its referrals."""
    rows = dict(made(Random(seed), referrals))
    return hold(place, {**rows, "waiting": lists(list(rows["referral"]))})


def lists(referrals: list[Row]) -> list[Row]:
    """What the loader makes of the referrals of each extract."""
    found: list[Row] = []
    for extracted in {row["extracted"] for row in referrals}:
        own = [row for row in referrals if row["extracted"] == extracted]
        found += waiting_lists(as_table("referral", own), extracted).to_pylist()
    return found


def selection(random: Random) -> Selection:
    """An area, months, periods and patients, at random."""
    return Selection(
        by=random.choice(["region", "arm", "wave", "ccg"]),
        ccgs=random.choice([(), (), ("00M", "03D", "00C")]),
        first=random.choice([None, MONTHS[2]]),
        last=random.choice([None, MONTHS[5]]),
        presentation=random.choice([(), (), ("radicular_pain",)]),
        per=random.choice(["month", "quarter", "year"]),
    )


def everything(engine: Engine, random: Random, policy: Policy) -> Iterator[object]:
    """The results of every method, each for a selection at random."""
    for measure in PEOPLE.values():
        yield from _of_measure(measure, engine, random, policy)
    for method in (flow, queues, reach, still_waiting):
        yield from method(engine, selection(random), policy)
    yield from practice_states(engine, Selection(by=random.choice(["region", "ccg"])), policy)
    yield from uptake(engine, Selection(by="region"))
    yield from milestones(engine, Selection())
    yield ledger(engine)
    yield compare(PEOPLE["wait_assessment"], engine, "early")


def _of_measure(measure: Measure, engine: Engine, random: Random, policy: Policy) -> Iterator[object]:
    chosen = selection(random)
    if "presentation" not in query.columns_of(measure.how):
        chosen = Selection(chosen.by, first=chosen.first, last=chosen.last, per=chosen.per)
    found = figures(measure, chosen, engine, policy)
    yield from found
    yield from control_charts(measure, chosen, engine, policy)
    yield from lags(aligned(figures(measure, Selection(), engine, policy), rollout(engine, False)), measure.better)
    if isinstance(measure.how, Conversion):
        yield from maturity(engine, measure, chosen, policy)
        yield from curves(engine, measure, chosen, policy)
    one_period = [figure for figure in found if figure.period == found[0].period]
    if measure.interval in ("Wilson", "Byar") and any(f.status == "ok" and f.denominator for f in one_period):
        yield funnel_of(measure, one_period)


def numbers(result: object, path: str = "") -> Iterator[tuple[str, float]]:
    """Every number of a result, and where it stands: the names of the fields it is reached by."""
    if isinstance(result, Item) and result.key == "components_in_place":
        return  # parts of the rollout are no people
    if is_dataclass(result) and not isinstance(result, type):
        for field in fields(result):
            yield from numbers(getattr(result, field.name), f"{path}.{_named(result, field.name)}")
    elif isinstance(result, Mapping):
        for value in result.values():
            yield from numbers(value, path)
    elif isinstance(result, (list, tuple, np.ndarray)):
        for value in result:
            yield from numbers(value, path)
    elif isinstance(result, (int, float, np.number)) and not isinstance(result, bool):
        yield path, float(result)


def _named(result: object, field: str) -> str:
    """What a figure of a rate is out of is a published list, and no count of people."""
    rate = isinstance(result, Figure) and isinstance(PEOPLE[result.measure].how, Rate)
    return "list_size" if rate and field == "denominator" else field


def sentences(result: object) -> Iterator[str]:
    """Every text of a result."""
    for part in parts(result):
        texts = [getattr(part, field.name) for field in fields(part)]  # type: ignore[arg-type]
        yield from (text for text in [*texts, getattr(part, "sentence", "")] if isinstance(text, str))


def parts(result: object) -> Iterator[object]:
    """A result and everything in it that has fields."""
    if is_dataclass(result) and not isinstance(result, type):
        yield result
        for field in fields(result):
            yield from parts(getattr(result, field.name))
    elif isinstance(result, (list, tuple)):
        for value in result:
            yield from parts(value)
