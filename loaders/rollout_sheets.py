"""The contracts of the sheets of the rollout workbook."""

from dataclasses import replace

from loaders.contract import Contract, Field
from loaders.pathway import ABOUT_THE_REFERRAL

ABOUT = {
    "Prepared by": "team that keeps the ledger, not a person's name",
    "As at": "day the ledger was drawn up",
    "Data status": "synthetic for an invented ledger; blank or real otherwise",
}
"""Labels of the sheet About; the value stands in the next column."""

_CCG = next(field for field in ABOUT_THE_REFERRAL if field.name == "ccg")
_PRACTICE = Field("practice", "code", "general practice (ODS code)", True, example="A81001")

MILESTONES = Contract(
    "Milestones",
    "Milestones",
    "One row for each CCG and component of the rollout (or practice and component).",
    ("ccg", "component", "status"),
    (
        _CCG,
        replace(_PRACTICE, needed=False, about="general practice, where the milestone is one practice's", example=""),
        Field(
            "component",
            "text",
            "what is to be in place; go_live is the day a practitioner saw the first patient",
            True,
            (
                "go_live",
                "contract_signed",
                "ttps_appointed",
                "gp_template_live",
                "imaging_route",
                "core_therapy_slots",
                "nerve_root_block_slots",
                "cppp_running",
            ),
            example="go_live",
        ),
        Field("planned", "date", "date in the plan", example="2015-12-01"),
        Field("forecast", "date", "date now expected", example="2016-01-11"),
        Field("actual", "date", "date it happened; blank until then", example="2016-01-11"),
        Field(
            "status", "text", "where it stands", True, ("not_started", "in_progress", "done", "stopped"), example="done"
        ),
        Field("owner", "text", "role that answers for it, not a person's name", example="CCG programme lead"),
        Field("evidence", "text", "what shows that it happened", example="first clinic list"),
    ),
)
PRACTICES = Contract(
    "Practices",
    "Practices",
    "One row for each practice, blank dates until it is so.",
    ("practice", "trained", "live"),
    (
        _PRACTICE,
        _CCG,
        Field("trained", "date", "day the practice was trained", example="2015-11-10"),
        Field("live", "date", "day it could first refer to Triage and Treat", example="2016-01-11"),
    ),
)
WORKFORCE = Contract(
    "Workforce",
    "Workforce",
    "One row for each CCG and month: Triage and Treat Practitioners in whole-time equivalents.",
    ("ccg", "month", "in_post"),
    (
        _CCG,
        Field("month", "month", "month counted at its end", True, example="2016-05"),
        Field("planned", "number", "whole-time equivalents planned", True, lowest=0, example="3"),
        Field("in_post", "number", "whole-time equivalents in post", True, lowest=0, example="2.6"),
        Field("trained", "number", "whole-time equivalents trained", lowest=0, example="2"),
    ),
)
NOTES = Contract(
    "Notes",
    "Notes",
    "One row for each dated note, shown on charts.",
    ("date", "text"),
    (
        Field("date", "date", "day the note is about", True, example="2016-11-30"),
        replace(_CCG, needed=False, about="CCG it is about; blank for the whole region", example=""),
        Field("text", "text", "what happened, in a sentence", True, example="NICE NG59 is published."),
        Field("source", "text", "who says so", example="NICE"),
    ),
)
SHEETS = (MILESTONES, PRACTICES, WORKFORCE, NOTES)
