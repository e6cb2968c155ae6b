"""What cannot be in a provider's referrals, and what can but is odd enough to be said."""

from collections.abc import Iterator
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from loaders.extract import Extract
from loaders.months import first_of_month, months_between
from loaders.rows import Rows

FOLLOWS = {
    "imaging": "imaging_requested",
    "core_therapy": "core_therapy_requested",
    "nerve_root_block": "nerve_root_block_requested",
    "cppp_started": "cppp_referred",
    "cppp_completed": "cppp_started",
    "surgical_opinion": "surgical_opinion_requested",
    "surgery": "surgery_listed",
    "pain_clinic": "pain_clinic_requested",
}
"""The date that each date comes after."""

LONGEST_WAIT = 730
"""Days: a longer wait is more often a wrong year than a wait. Judgement of this product."""

SILENT_DAYS = 93
"""Days from the first of the last month with a referral to the extract: beyond, a provider seems to have stopped."""

JUMP, JUMP_AT_LEAST = 2.5, 50
"""A month's referrals are odd when they change by this factor and by this many. Judgement of this product."""


def check_referrals(extract: Extract) -> None:
    """Note every impossible date and repeated referral as an error, and what is odd as warnings."""
    rows = extract.rows
    repeated = rows.repeated("provider", "referral_id")
    rows.refuse(repeated, "referral_id", "The provider has this referral further up already.", "Send one row for each.")
    _refuse_impossible_order(rows)
    _warn_of_missing_requests(rows)
    _warn_of_long_waits(rows)
    _warn_of_odd_ends(rows)
    if extract.extracted:
        _warn_of_odd_months(rows, extract.extracted)


def _happenings(rows: Rows) -> list[str]:
    """The date columns after `received`."""
    names = rows.values.column_names
    return names[names.index("received") + 1 : names.index("discharged") + 1]


def _refuse_impossible_order(rows: Rows) -> None:
    for column in _happenings(rows):
        before = pc.less(rows[column], rows["received"])
        rows.refuse(before, column, f"{column} is before received.", "Correct one of the two dates.")
    for column, asked in FOLLOWS.items():
        before = pc.less(rows[column], rows[asked])
        rows.refuse(before, column, f"{column} is before {asked}.", "Correct one of the two dates.")


def _warn_of_missing_requests(rows: Rows) -> None:
    for column, asked in FOLLOWS.items():
        unasked = pc.and_(pc.is_valid(rows[column]), pc.is_null(rows[asked]))
        why = f"{column} has a date and {asked} has none: it counts as reached, but its wait is not known."
        rows.warn(unasked, column, why, f"Send {asked} if it is recorded.")


def _warn_of_long_waits(rows: Rows) -> None:
    for column, asked in {"assessed": "received", **FOLLOWS}.items():
        days = pc.subtract(rows[column].cast(pa.int32()), rows[asked].cast(pa.int32()))
        why = f"More than two years from {asked} to {column}."
        rows.warn(pc.greater(days, LONGEST_WAIT), column, why, "Check the year.")


def _warn_of_odd_ends(rows: Rows) -> None:
    ended, outcome = pc.is_valid(rows["discharged"]), pc.is_valid(rows["outcome"])
    rows.warn(pc.and_not(ended, outcome), "discharged", "A referral that ended has no outcome.", "Send the outcome.")
    rows.warn(pc.and_not(outcome, ended), "outcome", "A referral with an outcome has not ended.", "Send discharged.")
    for column in _happenings(rows):
        after = pc.greater(rows[column], rows["discharged"])
        rows.warn(
            after, column, f"{column} is after discharged.", "Check both, or whether the referral was opened again."
        )


def _warn_of_odd_months(rows: Rows, extracted: date) -> None:
    monthly = pa.table({"provider": rows["provider"], "month": first_of_month(rows["received"])})
    counts = monthly.drop_null().group_by(["provider", "month"]).aggregate([([], "count_all")]).to_pylist()
    for provider in sorted({row["provider"] for row in counts}):
        received = {row["month"]: row["count_all"] for row in counts if row["provider"] == provider}
        for why, remedy in _odd_months(provider, received, extracted):
            rows.findings.warn(why, remedy, column=rows.stated_in or "received")


def _odd_months(provider: str, received: dict[date, int], extracted: date) -> Iterator[tuple[str, str]]:
    """What is odd in the referrals of one provider by month; months without any are not in `received`."""
    first, last = min(received), max(received)
    empty = [f"{month:%Y-%m}" for month in months_between(first, last) if month not in received]
    if empty:
        yield f"Nothing received for {provider} in {', '.join(empty)}.", "Check that the extract holds every month."
    if (extracted - last).days > SILENT_DAYS:
        why = f"The last referral of {provider} is of {last:%Y-%m}, long before the extract of {extracted}."
        yield why, "Check that the extract runs to its date."
    for month in months_between(first, last)[1:]:
        before = (month - timedelta(days=1)).replace(day=1)
        few, many = sorted((received.get(before, 0), received.get(month, 0)))
        if few and many - few >= JUMP_AT_LEAST and many > JUMP * few and not _unfinished(month, extracted):
            change = f"from {received[before]} in {before:%Y-%m} to {received[month]} in {month:%Y-%m}"
            yield f"Referrals of {provider} go {change}.", "Check that neither month is cut short or sent twice."


def _unfinished(month: date, extracted: date) -> bool:
    return (extracted + timedelta(days=1)).replace(day=1) == month
