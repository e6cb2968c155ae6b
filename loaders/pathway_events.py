"""Pathway events, one row each: the same two tables as from one row per referral."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.contract import Contract, Field
from loaders.extract import DATA_STATUS, EXTRACTED, read_extract, recognises
from loaders.pathway import ABOUT_THE_REFERRAL, EVENTS, OUTCOME, PROVIDER, REFERRAL_ID, referrals_read
from loaders.pathway import CONTRACT as PATHWAY
from loaders.reading import Source
from loaders.rows import Rows
from loaders.submission import Instructions, Kind, Reading

_EVENT_NAMES = tuple(event.name for event in EVENTS)
_SAID_ONCE = (*ABOUT_THE_REFERRAL, OUTCOME)
"""Columns about the referral as a whole: on the row of one event, blank or equal on the others."""

CONTRACT = Contract(
    "pathway_events",
    "Pathway events",
    "The same referrals with one row for each event, the first of them `received`.",
    ("referral_id", "event", "event_date"),
    (
        REFERRAL_ID,
        PROVIDER,
        *(replace(field, needed=False) for field in ABOUT_THE_REFERRAL),
        Field(
            "event",
            "text",
            "what happened: a date column of the pathway referrals",
            True,
            _EVENT_NAMES,
            example="received",
        ),
        Field("event_date", "date", "day it happened", True, example="2015-06-01"),
        OUTCOME,
        EXTRACTED,
        DATA_STATUS,
    ),
)


def read(source: Source, instructions: Instructions) -> Reading:
    """A file with one row per event as a reading; LoadRefused with every problem in it."""
    extract = read_extract(source, CONTRACT, instructions)
    return referrals_read(replace(extract, rows=referrals(extract.rows)), CONTRACT.key)


def referrals(events: Rows) -> Rows:
    """One row per referral from one row per event, in the columns of the pathway contract.

    A fault found in them later is shown on the row of the event it is about.
    """
    repeated = events.repeated("provider", "referral_id", "event")
    events.refuse(repeated, "event", "The referral has this event further up already.", "Send one row for each event.")
    referral, count = _numbered(events)
    at = {event: _first_row(pc.equal(events["event"], event), referral, count) for event in _EVENT_NAMES}
    values = {event: events["event_date"].take(pa.array(at[event], mask=at[event] < 0)) for event in _EVENT_NAMES}
    for field in PATHWAY.fields:
        if field.name not in values:
            values[field.name] = _said_once(events, field, referral, count)
    start = np.where(at["received"] < 0, _first_row(pa.array(referral >= 0), referral, count), at["received"])
    rows = Rows(
        pa.table({name: values[name] for name in PATHWAY.names}),
        events.numbers[start],
        events.findings,
        {event: events.numbers[np.where(rows < 0, start, rows)] for event, rows in at.items()},
        "event_date",
    )
    _refuse_what_is_missing(events, rows, referral)
    return rows


def _numbered(events: Rows) -> tuple[np.ndarray, int]:
    """The number of each event's referral, -1 where its pseudonym or provider is blank, and how many there are."""
    key = pc.binary_join_element_wise(events["provider"], events["referral_id"], "\x1f").dictionary_encode()
    return pc.fill_null(key.indices, -1).to_numpy(), len(key.dictionary)


def _first_row(wanted: pa.Array, referral: np.ndarray, count: int) -> np.ndarray:
    """For each referral, the index of its first row where `wanted` is true; -1 where there is none."""
    at = np.flatnonzero(pc.fill_null(wanted, False).to_numpy(zero_copy_only=False) & (referral >= 0))[::-1]
    first = np.full(count, -1)
    first[referral[at]] = at
    return first


def _said_once(events: Rows, field: Field, referral: np.ndarray, count: int) -> pa.Array:
    """The one value that each referral has in a column; another one further down is refused."""
    column = events[field.name]
    first = _first_row(pc.is_valid(column), referral, count)
    said = column.take(pa.array(first, mask=first < 0))
    known = said.take(pa.array(referral, mask=referral < 0))
    why = f"The referral has another {field.name} further up."
    events.refuse(pc.not_equal(column, known), field.name, why, "Send it once, on the row of the event received.")
    return said


def _refuse_what_is_missing(events: Rows, rows: Rows, referral: np.ndarray) -> None:
    """Refuse referrals without a needed value, unless the value is there and was refused itself."""
    for field in PATHWAY.fields:
        if field.needed:
            faulty = {"event", "event_date"} if field.name == "received" else {field.name}
            refused = [problem.row or 0 for problem in events.findings.errors if problem.column in faulty]
            told = np.isin(np.arange(rows.values.num_rows), referral[np.isin(events.numbers, refused)])
            missing = pc.and_not(pc.is_null(rows[field.name]), pa.array(told))
            why = f"The referral has no {field.name}."
            rows.refuse(missing, field.name, why, "Send it, on the row of the event received.")


KIND = Kind(CONTRACT.key, "pathway events (one row per event)", recognises(CONTRACT), read)
