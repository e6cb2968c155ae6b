"""The rollout workbook: the tables `milestone`, `workforce` and `note`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.contract import EARLIEST, FORMULA, Contract
from loaders.extract import checked_rows, header_row
from loaders.months import first_of_month, months_between
from loaders.problems import Findings, LoadRefused
from loaders.pseudonyms import refuse_identifiable
from loaders.reading import Source
from loaders.rollout_sheets import ABOUT, SHEETS
from loaders.rows import Rows
from loaders.sheet import Body, Sheet
from loaders.submission import Instructions, Kind, Reading
from loaders.tables import MILESTONE, NOTE, WORKFORCE
from loaders.values import as_dates

SLICE = "rollout"

AHEAD = 10
"""Years after the ledger that a plan may reach."""


@dataclass(frozen=True)
class _About:
    """What the first sheet says. `as_at` is None where it could not be read."""

    prepared_by: str
    as_at: date | None
    synthetic: bool


def recognise(source: Source) -> bool:
    """Whether the workbook has the sheets About and Milestones."""
    return bool(source.sheet("About") and source.sheet("Milestones"))


def read(source: Source, _instructions: Instructions) -> Reading:
    """A rollout workbook as a reading; LoadRefused with every problem on all its sheets."""
    findings = {name: Findings(source.name, name) for name in ("About", *(sheet.key for sheet in SHEETS))}
    bodies = {contract.key: _body(source, contract, findings[contract.key]) for contract in SHEETS}
    for name, body in bodies.items():
        refuse_identifiable(body, findings[name])
    _stop_if_refused(findings)  # before any value can be quoted
    about = _about(source.sheet("About"), findings["About"])
    rows = {contract.key: checked_rows(bodies[contract.key], contract, findings[contract.key]) for contract in SHEETS}
    _check(rows, about.as_at)
    _stop_if_refused(findings)
    assert about.as_at is not None  # a blank one was refused
    return Reading(
        kind=KIND.key,
        sender=about.prepared_by,
        tables=_tables(rows, about.as_at),
        covers={SLICE: _all_months(about.as_at)},
        extracted=about.as_at,
        synthetic=about.synthetic,
        warnings=[warning for found in findings.values() for warning in found.warnings],
    )


def _all_months(as_at: date) -> list[date]:
    """Every month a ledger may speak of.

    A later ledger has to replace all of an earlier one. A milestone whose plan moved stands in
    another month then, so the months of the rows alone would leave the old row standing.
    """
    return months_between(EARLIEST, _latest(as_at))


def _latest(as_at: date) -> date:
    return date(as_at.year + AHEAD, 12, 31)


def _stop_if_refused(findings: Mapping[str, Findings]) -> None:
    if any(found.errors for found in findings.values()):
        raise LoadRefused(problem for found in findings.values() for problem in found)


def _body(source: Source, contract: Contract, findings: Findings) -> Body:
    """The rows of a sheet; none, with an error noted, where the sheet is missing."""
    sheet = source.sheet(contract.key)
    if sheet is None or not sheet.head:
        findings.refuse("The sheet is missing or empty.", "Add it; a sheet may hold its header alone.")
        return Body(
            pa.table({name: pa.array([], pa.string()) for name in contract.names}), np.array([], dtype=np.int64)
        )
    return sheet.body(header_row(sheet, contract.names))


def _about(sheet: Sheet | None, findings: Findings) -> _About:
    said = {label: _beside(sheet, label) for label in ABOUT}
    for label in ("Prepared by", "As at"):
        if not said[label]:
            findings.refuse(f"'{label}' is missing: {ABOUT[label]}.", "Write it beside the label.", column=label)
    if re.match(FORMULA, said["Prepared by"]):
        why, value = "A value may not begin like a formula.", said["Prepared by"]
        findings.refuse(why, "Remove the first sign.", column="Prepared by", value=value)
    as_at = as_dates(pa.array([said["As at"]]))[0].as_py()
    if said["As at"] and not (as_at and EARLIEST <= as_at <= date.today()):
        why = f"This is not a day between {EARLIEST.year} and today."
        findings.refuse(why, "Write it like 2016-05-31.", column="As at", value=said["As at"])
        as_at = None
    status = said["Data status"].lower()
    if status not in ("", "real", "synthetic"):
        findings.refuse("Expected synthetic, real or nothing.", "Correct it.", column="Data status", value=status)
    return _About(said["Prepared by"], as_at, status == "synthetic")


def _beside(sheet: Sheet | None, label: str) -> str:
    rows = sheet.head if sheet else []
    beside = [row[1] for row in rows if len(row) > 1 and row[0].strip().rstrip(":").lower() == label.lower()]
    return beside[0].strip() if beside else ""


def _check(rows: Mapping[str, Rows], as_at: date | None) -> None:
    if not rows["Milestones"].values.num_rows:
        rows["Milestones"].findings.refuse("There is a header but not one row.", "Write the milestones below it.")
    _refuse_repeated(rows)
    _check_milestones(rows["Milestones"])
    if as_at:
        _check_days(rows, as_at)


def _refuse_repeated(rows: Mapping[str, Rows]) -> None:
    milestones = rows["Milestones"]
    milestones = milestones.with_column("practice", pc.fill_null(milestones["practice"], ""))
    remedy = "Keep one of the two rows."
    repeated = milestones.repeated("ccg", "practice", "component")
    milestones.refuse(repeated, "component", "This milestone stands further up already.", remedy)
    practices, workforce = rows["Practices"], rows["Workforce"]
    practices.refuse(practices.repeated("practice"), "practice", "The practice stands further up already.", remedy)
    repeated = workforce.repeated("ccg", "month")
    workforce.refuse(repeated, "month", "The CCG has this month further up already.", remedy)


def _check_milestones(milestones: Rows) -> None:
    done, actual = pc.equal(milestones["status"], "done"), pc.is_valid(milestones["actual"])
    milestones.refuse(pc.and_not(done, actual), "status", "A milestone that is done has no actual date.", "Add it.")
    open_still = pc.and_not(actual, done)
    milestones.warn(open_still, "actual", "There is an actual date, and the status is not done.", "Correct either.")
    unplanned = pc.and_(pc.is_null(milestones["planned"]), pc.is_valid(milestones["component"]))
    milestones.warn(unplanned, "planned", "There is no planned date: nobody can tell whether it is late.", "Add it.")


def _check_days(rows: Mapping[str, Rows], as_at: date) -> None:
    for sheet, column in (("Milestones", "actual"), ("Practices", "trained"), ("Practices", "live")):
        later = pc.greater(rows[sheet][column], as_at)
        rows[sheet].refuse(later, column, f"The ledger is of {as_at}: this had not happened.", "Correct the date.")
    for sheet, column in (
        ("Milestones", "planned"),
        ("Milestones", "forecast"),
        ("Workforce", "month"),
        ("Notes", "date"),
    ):
        distant = pc.greater(rows[sheet][column], _latest(as_at))
        rows[sheet].refuse(distant, column, f"This is more than {AHEAD} years ahead.", "Check the year.")
    milestones, workforce = rows["Milestones"], rows["Workforce"]
    over = pc.is_in(milestones["status"], value_set=pa.array(["done", "stopped"]))
    missed = pc.and_not(pc.less(milestones["forecast"], as_at), over)
    milestones.warn(missed, "forecast", "The forecast has passed and it is not done.", "Forecast again.")
    to_come = pc.greater(workforce["month"], as_at)
    workforce.warn(to_come, "in_post", "Nobody can be in post in a month to come.", "Leave the month out.")


def _tables(rows: Mapping[str, Rows], as_at: date) -> dict[str, pa.Table]:
    practices = [_practice_milestones(rows["Practices"], column) for column in ("trained", "live")]
    milestones = pa.concat_tables([rows["Milestones"].values, *practices], promote_options="default")
    first = pc.coalesce(milestones["planned"], milestones["actual"], milestones["forecast"], as_at)
    milestones = milestones.append_column("as_at", pa.repeat(pa.scalar(as_at), milestones.num_rows))
    notes, workforce = rows["Notes"].values, rows["Workforce"].values
    return {
        MILESTONE.name: _in_slice(milestones.append_column("month", first_of_month(first))),
        WORKFORCE.name: _in_slice(workforce),
        NOTE.name: _in_slice(notes.append_column("month", first_of_month(notes["date"]))),
    }


def _practice_milestones(practices: Rows, column: str) -> pa.Table:
    """Milestones of the practices; those without a date are known not to have happened by then."""
    happened = pc.is_valid(practices[column])
    status = pc.if_else(happened, "done", "not_started")
    component = pa.repeat(pa.scalar(f"practice_{column}"), len(status))
    names = ["ccg", "practice", "component", "actual", "status"]
    return pa.table([practices["ccg"], practices["practice"], component, practices[column], status], names)


def _in_slice(rows: pa.Table) -> pa.Table:
    return rows.append_column("slice", pa.repeat(pa.scalar(SLICE), rows.num_rows))


KIND = Kind("rollout", "the rollout workbook", recognise, read)
