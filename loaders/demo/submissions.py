"""Pathway submissions: one file a provider, in the forms that providers really send."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.demo import faults
from loaders.demo.files import labels, with_header, write_csv, write_parquet, write_workbook
from loaders.demo.pathway import EVENTS
from loaders.demo.places import PROVIDERS
from loaders.demo.programme import AGE_BANDS, DURATIONS, OUTCOMES, PRESENTATIONS, RISKS, SEXES
from loaders.demo.world import World

ROUTES = ("earlier_route", "triage_and_treat")

WORKBOOK, PARQUET, AS_EVENTS = "DP4", "DP3", "DP6"
"""The providers that send something other than a CSV with one row for each referral."""

PREDECESSORS = ("00F", "00G", "00H")
"""Of 13T, until 31 March 2015: used in one file, as some providers went on using codes of the time."""

ATTRIBUTES = ("practice", "ccg", "route", "presentation", "pain_duration", "start_back", "age_band", "sex")


def pathway_rows(world: World) -> pa.Table:
    """Every referral that reaches a submission as a row of the pathway contract, faults included."""
    world = world.with_only(faults.held(world.referrals))
    referrals, dates, programme, rng = world.referrals, world.dates, world.programme, world.stream(6)
    count = len(referrals.number)
    recorded = rng.random(count) < np.array(programme.risk_recorded)[referrals.triaged.astype(int)]
    recorded &= ~faults.unrecorded(referrals)
    lasted = rng.random(count) < programme.duration_recorded
    wrong, early = faults.mistyped(referrals, dates), faults.ended_early(referrals, dates)
    received = np.where(wrong, faults.mistyped_year(referrals.received), referrals.received)
    dates = {**dates, "discharged": dates["discharged"] - early.astype("timedelta64[D]")}
    columns = {
        "referral_id": pseudonyms(referrals.number),
        "provider": labels(PROVIDERS, referrals.provider),
        "practice": labels(world.practices.code, referrals.practice),
        "ccg": _ccg_codes(world),
        "route": labels(ROUTES, referrals.triaged),
        "presentation": labels(PRESENTATIONS, referrals.presentation),
        "pain_duration": labels(DURATIONS, referrals.duration, lasted),
        "start_back": labels(RISKS, referrals.risk, recorded),
        "age_band": labels(AGE_BANDS, referrals.age),
        "sex": labels(SEXES, referrals.sex),
        "received": pa.array(received),
        **{event: pa.array(dates[event]) for event in EVENTS},
        "outcome": labels(OUTCOMES, world.outcome, ~np.isnat(dates["discharged"])),
        "extracted": pa.array(faults.drawn(referrals)),
        "data_status": pa.repeat("synthetic", count),
    }
    return pa.table(columns)


def pseudonyms(number: np.ndarray) -> pa.Array:
    """Made-up identifiers: letters and five figures, which cannot be taken for an NHS number."""
    return pc.binary_join_element_wise("SYN", pc.utf8_lpad(pa.array(number).cast(pa.string()), 5, "0"), "-")


def _ccg_codes(world: World) -> pa.Array:
    """The CCG of the practice; in one provider's file by the codes of the time."""
    referrals, codes = world.referrals, world.ccg_codes
    index = referrals.ccg.copy()
    old = (referrals.ccg == codes.index("13T")) & (referrals.received < np.datetime64("2015-04-01"))
    old &= referrals.provider == PROVIDERS.index(PARQUET)
    index[old] = len(codes) + referrals.practice[old] % len(PREDECESSORS)
    return labels((*codes, *PREDECESSORS), index)


def write_pathway(folder: Path, rows: pa.Table) -> list[Path]:
    """One file a provider."""
    return [_write(folder, rows.filter(pc.equal(rows["provider"], provider)), provider) for provider in PROVIDERS]


def _write(folder: Path, rows: pa.Table, provider: str) -> Path:
    if provider == PARQUET:
        return write_parquet(folder / f"pathway_{provider}.parquet", rows)
    if provider == WORKBOOK:
        return write_workbook(folder / f"pathway_{provider}.xlsx", {"Pathway": with_header(rows)})
    if provider == AS_EVENTS:
        return write_csv(folder / f"pathway_events_{provider}.csv", as_events(rows))
    return write_csv(folder / f"pathway_{provider}.csv", rows)


def as_events(rows: pa.Table) -> pa.Table:
    """The same referrals with a row for each event: who it is stands on the first, how it ended on the last."""
    parts = [_event(rows, at, event) for at, event in enumerate(("received", *EVENTS))]
    events = pa.concat_tables(parts).sort_by([("referral_id", "ascending"), ("at", "ascending")])
    return events.drop_columns(["at"])


def _event(rows: pa.Table, at: int, event: str) -> pa.Table:
    happened = rows.filter(pc.is_valid(rows[event]))
    nothing = pa.nulls(happened.num_rows, pa.string())
    return pa.table(
        {
            "referral_id": happened["referral_id"],
            "provider": happened["provider"],
            **{name: happened[name] if event == "received" else nothing for name in ATTRIBUTES},
            "event": pa.repeat(event, happened.num_rows),
            "event_date": happened[event],
            "outcome": happened["outcome"] if event == "discharged" else nothing,
            "extracted": happened["extracted"],
            "data_status": happened["data_status"],
            "at": pa.repeat(at, happened.num_rows),
        }
    )
