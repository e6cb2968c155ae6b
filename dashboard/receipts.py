"""What was received, as tables and sentences for the Data page."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

import pandas as pd

from dashboard.words import month_name
from loaders.kinds import KINDS
from loaders.problems import Problem
from loaders.register import Release, Submission
from metrics.areas import Ccg
from metrics.practice_names import without_codes
from metrics.receipt import MONTHLY, Gap
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

_KINDS = {kind.key: kind.words[0].upper() + kind.words[1:] for kind in KINDS}

Arrived = Mapping[str, set[date]]
"""CCG -> months for which its rows arrived."""


def headline(submissions: Sequence[Submission], release: Release) -> str:
    """How much stands in the release, and how much of it is invented."""
    held = release.submissions
    standing = [s for s in submissions if s.submission in held and s.status == "loaded"]
    synthetic = sum(bool(s.synthetic) for s in standing)
    refused = sum(s.status == "refused" for s in submissions)
    parts = [f"Release {release.number} rests on {len(standing)} submissions"]
    if synthetic:
        parts.append(f"{'all' if synthetic == len(standing) else synthetic} of them synthetic")
    if refused:
        parts.append(f"{refused} more were refused")
    return ", ".join(parts)


def submission_table(submissions: Sequence[Submission]) -> pd.DataFrame:
    """A row for each file received, the latest first; those refused before all others."""
    ordered = sorted(submissions, key=lambda submission: submission.status != "refused")
    return pd.DataFrame(
        {
            "Status": [s.status for s in ordered],
            "Kind": [_KINDS.get(s.kind or "", "not recognised") for s in ordered],
            "Sender": [s.sender or "" for s in ordered],
            "Data": [_provenance(s) for s in ordered],
            "Months": [_span(s) for s in ordered],
            "Rows": [s.rows or 0 for s in ordered],
            "Drawn": [_day(s.extracted) for s in ordered],
            "Arrived": [f"{s.arrived:%d %b %Y %H:%M}" if s.arrived else "" for s in ordered],
            "Release": [str(s.release or "") for s in ordered],
            "File": [s.file for s in ordered],
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


def problem_headline(problems: Sequence[tuple[str, Problem]]) -> str:
    """How many there are of each level, in how many files."""
    levels = Counter(problem.level for _, problem in problems)
    told = " and ".join(f"{levels[level]} {level}{'' if levels[level] == 1 else 's'}" for level in sorted(levels))
    files = len({problem.file for _, problem in problems})
    return f"{told} in {files} {'file' if files == 1 else 'files'}: an error stopped its load, a warning did not"


def problem_table(problems: Sequence[tuple[str, Problem]]) -> pd.DataFrame:
    """A row for each problem: errors stopped a load, warnings did not."""
    return pd.DataFrame(
        {
            "Level": [problem.level for _, problem in problems],
            "What is wrong": [without_codes(problem.why) for _, problem in problems],
            "What to do": [problem.remedy for _, problem in problems],
            "File": [problem.file for _, problem in problems],
            "Sheet": [problem.sheet for _, problem in problems],
            "Row": [str(problem.row or "") for _, problem in problems],
            "Column": [problem.column for _, problem in problems],
            "Value": [without_codes(problem.value) for _, problem in problems],
        }
    )


def completeness_headline(fact: str, arrived: Arrived) -> str:
    """For how many CCG months between the first and the last nothing came; how many came, where gaps are no fault."""
    came = sum(map(len, arrived.values()))
    if fact not in MONTHLY:
        return f"{came:,} CCG months arrived; one is not expected every month"
    every = len(_calendar(arrived)) * len(arrived)
    if came == every:
        return f"Something arrived for every one of {every:,} CCG months"
    return f"Nothing arrived for {every - came:,} of {every:,} CCG months"


def _calendar(arrived: Arrived) -> Sequence[date]:
    every = [month for held in arrived.values() for month in held]
    return months_between(min(every), max(every)) if every else []


def completeness_grid(fact: str, arrived: Arrived, names: Mapping[str, Ccg]) -> str:
    """An HTML table, a row for each CCG and a square for each month; text in each cell for those who hear it."""
    years = sorted({month.year for month in _calendar(arrived)})
    heads = "".join(f'<th scope="col">{year}</th>' for year in years)
    every = {month for held in arrived.values() for month in held}
    rows = "".join(_completeness_row(names[code], arrived.get(code, set()), every, years) for code in names)
    caption = f"{escape(FACT_NAMES[fact])}, January to December: ■ received, □ received from others, · from nobody"
    return (
        f'<div class="grid-room"><div class="grid-wrap" role="region" aria-label="{caption}" tabindex="0">'
        f'<table class="grid received"><caption><span>{caption}</span></caption>'
        f'<thead><tr><th scope="col">CCG</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div></div>'
    )


def _completeness_row(ccg: Ccg, held: set[date], every: set[date], years: Sequence[int]) -> str:
    cells = "".join(months_cell(months_between(date(y, 1, 1), date(y, 12, 1)), held, every) for y in years)
    return f'<tr><th scope="row">{escape(ccg.short_name)}</th>{cells}</tr>'


def months_cell(months: Sequence[date], own: set[date], every: set[date]) -> str:
    """A square for each month: received, received `every`where else, from nobody; which are lacking in words."""
    signs = "".join("■" if month in own else "□" if month in every else "·" for month in months)
    said = f'<span class="visually-hidden">{_said(months, own, every)}</span>'
    return f'<td><span aria-hidden="true">{signs}</span>{said}</td>'


def _said(months: Sequence[date], own: set[date], every: set[date]) -> str:
    wanted = [month for month in months if month in every]
    lacking = [f"{month:%b %Y}" for month in wanted if month not in own]
    said = f"{len(wanted) - len(lacking)} of {len(wanted)} months"
    return f"{said}, not {', '.join(lacking)}" if lacking else said


def completeness_table(facts: Mapping[str, Arrived], synthetic: frozenset[str], gaps: Sequence[Gap]) -> pd.DataFrame:
    """A row for each table: from when to when, of how many CCGs, and how many CCG months were expected in vain."""
    missing = {fact: {(g.ccg, month) for g in gaps if g.fact == fact for month in g.months} for fact in facts}
    months = {fact: sorted({month for held in arrived.values() for month in held}) for fact, arrived in facts.items()}
    return pd.DataFrame(
        {
            "Table": [FACT_NAMES[fact] for fact in facts],
            "Data": ["synthetic" if fact in synthetic else "real" for fact in facts],
            "From": [month_name(f"{months[fact][0]:%Y-%m}") for fact in facts],
            "To": [month_name(f"{months[fact][-1]:%Y-%m}") for fact in facts],
            "CCGs": [sum(bool(held) for held in arrived.values()) for arrived in facts.values()],
            "CCG months": [sum(map(len, arrived.values())) for arrived in facts.values()],
            "Missing": [f"{len(missing[fact])}" if fact in MONTHLY else "none due" for fact in facts],
        }
    )
