"""What was received, as tables and sentences for the Data page."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from itertools import groupby

import pandas as pd

from dashboard.words import month_name
from loaders.problems import Problem
from loaders.register import Release, Submission
from metrics.areas import Ccg
from metrics.selection import months_between

FACT_NAMES = {
    "referral": "Pathway referrals",
    "waiting": "Waiting lists at month end",
    "outcome_score": "Questionnaire scores",
    "practice_coding": "Practice coding",
    "procedure": "Hospital procedures",
    "milestone": "Rollout milestones",
    "workforce": "Practitioners in post",
    "rtt_wait": "Referral to treatment waits",
    "rtt_published": "Referral to treatment, printed figures",
    "activity": "Monthly Activity Return",
    "prescribing": "Prescribing",
    "list_size": "List sizes",
    "practice": "General practices",
    "ccg": "Commissioning groups",
    "boundary": "Boundaries",
    "note": "Dated notes",
}

Arrived = Mapping[str, set[date]]
"""CCG -> months for which its rows arrived."""


def headline(submissions: Sequence[Submission], release: Release) -> str:
    """How much stands in the release, and how much of it is invented."""
    standing = [s for s in submissions if s.submission in release.submissions and s.status == "loaded"]
    synthetic = sum(bool(s.synthetic) for s in standing)
    refused = sum(s.status == "refused" for s in submissions)
    parts = [f"Release {release.number} rests on {len(standing)} submissions"]
    if synthetic:
        parts.append(f"{synthetic} of them synthetic")
    if refused:
        parts.append(f"{refused} more were refused")
    return ", ".join(parts)


def submission_table(submissions: Sequence[Submission]) -> pd.DataFrame:
    """A row for each file received, the latest first."""
    return pd.DataFrame(
        {
            "File": [s.file for s in submissions],
            "Data": [_provenance(s) for s in submissions],
            "Kind": [(s.kind or "not recognised").replace("_", " ") for s in submissions],
            "Sender": [s.sender or "" for s in submissions],
            "Status": [s.status for s in submissions],
            "Months": [_span(s) for s in submissions],
            "Drawn": [_day(s.extracted) for s in submissions],
            "Arrived": [f"{s.arrived:%d %b %Y %H:%M}" if s.arrived else "" for s in submissions],
            "Rows": [s.rows or 0 for s in submissions],
            "Release": [str(s.release or "") for s in submissions],
        }
    )


def _provenance(submission: Submission) -> str:
    """Whether the rows are invented; blank for a file that was never read."""
    return {True: "synthetic", False: "real", None: ""}[submission.synthetic]


def _span(submission: Submission) -> str:
    if submission.first_month is None or submission.last_month is None:
        return ""
    first, last = (month_name(f"{month:%Y-%m}") for month in (submission.first_month, submission.last_month))
    return first if first == last else f"{first} to {last}"


def _day(day: date | None) -> str:
    return f"{day:%d %b %Y}" if day else ""


def release_table(releases: Sequence[Release]) -> pd.DataFrame:
    """A row for each release, the newest first."""
    return pd.DataFrame(
        {
            "Release": [release.number for release in releases],
            "Published (UTC)": [f"{release.published:%d %b %Y %H:%M}" for release in releases],
            "Submissions": [len(release.submissions) for release in releases],
            "Rows": [sum(s.rows for s in release.snapshots.values()) for release in releases],
        }
    )


def problem_table(problems: Sequence[tuple[str, Problem]]) -> pd.DataFrame:
    """A row for each problem: errors stopped a load, warnings did not."""
    return pd.DataFrame(
        {
            "Level": [problem.level for _, problem in problems],
            "What is wrong": [problem.why for _, problem in problems],
            "What to do": [problem.remedy for _, problem in problems],
            "File": [problem.file for _, problem in problems],
            "Sheet": [problem.sheet for _, problem in problems],
            "Row": [str(problem.row or "") for _, problem in problems],
            "Column": [problem.column for _, problem in problems],
            "Value": [problem.value for _, problem in problems],
        }
    )


def completeness_headline(arrived: Arrived) -> str:
    """How many CCG months are missing between the first and the last."""
    months = _calendar(arrived)
    missing = sum(month not in held for held in arrived.values() for month in months)
    every = len(months) * len(arrived)
    if not missing:
        return f"All {every:,} CCG months have arrived"
    return f"{missing:,} of {every:,} CCG months have not arrived"


def _calendar(arrived: Arrived) -> Sequence[date]:
    every = [month for held in arrived.values() for month in held]
    return months_between(min(every), max(every)) if every else []


def completeness_grid(fact: str, arrived: Arrived, names: Mapping[str, Ccg]) -> str:
    """An HTML table, a row for each CCG and a column for each month; text in each cell for those who hear it."""
    months = _calendar(arrived)
    years = "".join(_year_head(year, list(members)) for year, members in groupby(months, key=lambda month: month.year))
    initials = "".join(f'<th scope="col"><abbr title="{m:%B %Y}">{m:%b}</abbr></th>' for m in months)
    rows = "".join(_completeness_row(names[code], arrived.get(code, set()), months) for code in names)
    caption = f"{escape(FACT_NAMES[fact])}: months received for each CCG (■ received, □ not)"
    return (
        f'<div class="grid-wrap" role="region" aria-label="{caption}" tabindex="0"><table class="grid months">'
        f'<caption><span>{caption}</span></caption><thead><tr><th rowspan="2" scope="col">CCG</th>{years}</tr>'
        f"<tr>{initials}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _year_head(year: int, months: Sequence[date]) -> str:
    return f'<th scope="colgroup" colspan="{len(months)}">{year}</th>'


def _completeness_row(ccg: Ccg, held: set[date], months: Sequence[date]) -> str:
    cells = "".join(_cell(month in held, month) for month in months)
    return f'<tr><th scope="row">{escape(ccg.name)}</th>{cells}</tr>'


def _cell(received: bool, month: date) -> str:
    mark, word = ("■", "received") if received else ("□", "not received")
    return f'<td><span aria-hidden="true">{mark}</span><span class="visually-hidden">{word} {month:%b %Y}</span></td>'
