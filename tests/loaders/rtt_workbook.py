"""An RTT commissioner workbook as literal rows."""

from collections.abc import Mapping, Sequence

from loaders.reading import Source
from tests.loaders.published import pasted, source

TITLE = {
    "Title:": "Referral to Treatment (RTT) Waiting Times",
    "Summary:": "RTT waiting times for incomplete pathways.",
}
COMPLETED = {**TITLE, "Summary:": "RTT waiting times for completed admitted pathways."}
BANDS = [*(f">{week}-{week + 1}" for week in range(52)), "52 plus"]
HEADER = [
    *("Region Code", "CCG Code", "CCG Name", "Treatment Function Code", "Treatment Function"),
    *BANDS,
    *("Total number of incomplete pathways", "Total within 18 weeks", "% within 18 weeks"),
    *("Average (median) waiting time (in weeks)", "95th percentile waiting time (in weeks)"),
]
COMPLETED_HEADER = [
    *HEADER[:58],
    "Patients with unknown clock start date",
    "Total number of completed pathways (all)",
    "Total number of completed pathways (with a known clock start)",
    "Total (with a known clock start) within 18 weeks",
    *HEADER[60:],
]


def row(ccg: str, code: str, patients: Mapping[int, object], *printed: object) -> list[object]:
    """A row of the incomplete sheet; `printed` are the total, those within 18 weeks, and the two percentiles."""
    total, within, median, p95 = printed or (4, 3, "-", "-")
    return [
        "Y54",
        ccg,
        "NHS CCG",
        code,
        "-",
        *(patients.get(week, 0) for week in range(53)),
        total,
        within,
        "-",
        median,
        p95,
    ]


# Four people: two up to one week, one in week 18 (the last within 18 weeks), one past 52 weeks
WAITS = {0: 2, 17: 1, 52: 1}
ROWS = [row("00M", "IP110", WAITS), row("00M", "IP999", WAITS)]


def sent(rows: Sequence[Sequence[object]] = ROWS, header: Sequence[str] = HEADER, **title: str) -> Source:
    return source(pasted({**TITLE, **{f"{label}:": value for label, value in title.items()}}, header, rows))
