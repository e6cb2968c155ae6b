"""Every damage to a return, and what is said of it.

A damage that cannot happen to a kind stands in `not_for`, with the reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tests.loaders import damaged
from tests.loaders.damaged import Spoil, cell
from tests.loaders.returns_of_every_kind import RETURNS

Place = tuple[str, str]
"""Which row is named, if any, and which column: of what sort it is, or its name."""

WHOLE: Place = ("", "")
FIRST, LAST, ADDED = "first", "last", "added"

WORKBOOKS = ("rtt workbook", "activity workbook", "rollout", "rollout workforce")
TEXTS = tuple(kind for kind in RETURNS if kind not in WORKBOOKS)
EXTRACTS = ("pathway", "events", "outcomes", "coding", "procedures")
HEADERLESS = ("epraccur", "eccg")
TITLED = ("rtt workbook", "activity workbook", "activity csv")
RTT_EXTRACTS = ("rtt extract to 2017", "rtt extract", "rtt extract from 2021")
PRESCRIBING = ("opioids", "gabapentinoids")
ROLLOUT = ("rollout", "rollout workforce")
WITHOUT_NUMBERS = (*HEADERLESS, "pathway", "events", "rollout")
UNKNOWN = "The content is none of the kinds known."


@dataclass(frozen=True)
class Damage:
    """What is done to a return and what is said of it. `otherwise` is what is said of some kinds instead."""

    spoil: Spoil
    why: str
    at: Place = WHOLE
    value: str = ""
    otherwise: Mapping[str, str | tuple[Place, str]] = field(default_factory=dict)
    not_for: Mapping[str, str] = field(default_factory=dict)

    def said(self, kind: str) -> tuple[Place, str]:
        told = self.otherwise.get(kind, self.why)
        return (self.at, told) if isinstance(told, str) else told


def each(kinds: Iterable[str], said: object) -> dict:
    return dict.fromkeys(kinds, said)


DAMAGE = {
    # To the file
    "empty": Damage(damaged.empty, "The file is empty."),
    "with a password": Damage(damaged.protected, "The workbook is protected by a password."),
    "a letter": Damage(damaged.a_letter, UNKNOWN),
    "too large": Damage(damaged.too_large, "The file is larger than 1 MB."),
    "cut short": Damage(
        damaged.cut_short,
        "columns; the header has",
        (LAST, ""),
        otherwise=each(WORKBOOKS, (WHOLE, "The file is cut short or damaged")),
    ),
    "in UTF-16": Damage(
        damaged.utf_16,
        "neither a workbook, Parquet nor CSV text in UTF-8",
        not_for=each(WORKBOOKS, "a workbook says itself how its text is written"),
    ),
    "in Windows-1252": Damage(
        damaged.windows_1252,
        "holds a byte (0xe9) that is not UTF-8",
        not_for=each(WORKBOOKS, "a workbook says itself how its text is written"),
    ),
    "with semicolons": Damage(
        damaged.semicolons,
        "The columns are not separated by commas.",
        not_for=each(WORKBOOKS, "cells of a workbook are not separated by signs"),
    ),
    # To the sheet
    "another sheet": Damage(
        damaged.other_sheet,
        "There is no sheet 'Commissioner'",
        otherwise={"rollout": UNKNOWN, "rollout workforce": "The sheet is missing or empty."},
        not_for=each(TEXTS, "a CSV is one sheet"),
    ),
    "a header alone": Damage(
        damaged.header_alone,
        "There is a header but not one row.",
        otherwise=each(HEADERLESS, "The file is empty."),
        not_for={"rollout workforce": "nobody may be in post yet"},
    ),
    "a column missing": Damage(
        damaged.column_missing,
        "The column is missing",
        ("", "ccg"),
        otherwise={**each(HEADERLESS, (WHOLE, UNKNOWN)), "events": ((FIRST, "ccg"), "The referral has no ccg.")},
    ),
    "a column renamed": Damage(
        damaged.column_renamed,
        "The column is missing",
        ("", "ccg"),
        otherwise={"events": ((FIRST, "ccg"), "The referral has no ccg.")},
        not_for=each(HEADERLESS, "it has no header"),
    ),
    "an uneven row": Damage(
        damaged.ragged,
        "columns; the header has",
        (ADDED, ""),
        not_for=each(WORKBOOKS, "cells of a workbook stand in a grid"),
    ),
    "a row twice": Damage(
        damaged.repeated,
        "twice",
        (ADDED, "key"),
        otherwise={**each(EXTRACTS, "further up already"), **each(ROLLOUT, "further up already")},
    ),
    "a cell far off": Damage(
        damaged.cell_far_off,
        "reaches down to cell XFD4",
        not_for=each(TEXTS, "a CSV ends with its rows"),
    ),
    "NHS numbers": Damage(
        damaged.nhs_numbers,
        "The column looks like an NHS number",
        ("", "tally"),
        otherwise=each(HEADERLESS, (WHOLE, UNKNOWN)),
        not_for=each(
            [kind for kind in RETURNS if kind not in (*EXTRACTS, *ROLLOUT, *HEADERLESS)],
            "published returns are about no person; columns beyond the published ones are not read",
        ),
    ),
    # To a cell
    "text for a number": Damage(
        cell("number", "many"),
        "This is not a count.",
        (LAST, "number"),
        "many",
        otherwise={
            **each((*PRESCRIBING, "outcomes", "procedures", "rollout workforce"), "This is not a number."),
            "coding": "This is not a whole number.",
        },
        not_for=each(WITHOUT_NUMBERS, "it holds no numbers"),
    ),
    "a negative number": Damage(
        cell("number", "-1"),
        "A count cannot be negative.",
        (LAST, "number"),
        "-1",
        otherwise={
            **each((*PRESCRIBING, "coding", "procedures", "rollout workforce"), "The value is below 0."),
            "outcomes": "ODI runs from 0 to 100.",
        },
        not_for=each(WITHOUT_NUMBERS, "it holds no numbers"),
    ),
    "a number too large": Damage(
        cell("number", "99999999999"),
        "This is not a count.",
        (LAST, "number"),
        "99999999999",
        otherwise={"coding": "This is not a whole number.", "outcomes": "ODI runs from 0 to 100."},
        not_for={
            **each(WITHOUT_NUMBERS, "it holds no numbers"),
            **each((*PRESCRIBING, "procedures"), "amounts and costs have no upper bound"),
            "rollout workforce": "nobody says how many may be planned",
        },
    ),
    "a day that does not exist": Damage(
        damaged.no_such_day,
        "This is not a date such as",
        (LAST, "day"),
        otherwise={
            **each((*PRESCRIBING, "coding", "rollout workforce"), "This is not a month such as 2016-05."),
            **each(RTT_EXTRACTS, "This is not a month."),
            **each(TITLED, (("", "Period:"), "does not say a month such as April 2015")),
            "list sizes": (WHOLE, "The file holds no date, and its name no month"),
            "list sizes by ccg": "Not one day throughout",
        },
    ),
    "an unknown CCG": Damage(
        cell("ccg", "HARTLEPOOL"),
        "This is none of the 12 CCGs of the programme.",
        (LAST, "ccg"),
        "HARTLEPOOL",
        otherwise={
            **each(
                (*TITLED, *RTT_EXTRACTS, "epraccur"),
                "This is not the code of a commissioner",
            ),
            **each((*PRESCRIBING, "list sizes by ccg", "eccg"), "This is not the code of a CCG"),
            "list sizes": "This is not a CCG's code and two more characters",
        },
    ),
    "a formula": Damage(
        cell("text", '=HYPERLINK("x";"y")'),
        "A value may not begin like a formula.",
        (LAST, "text"),
        '=HYPERLINK("x";"y")',
        otherwise={
            **each(TITLED, "This is not the code of a commissioner"),
            **each(RTT_EXTRACTS, "This is not the code of a"),
            "list sizes": "This is not the code of a practice",
            "list sizes by ccg": "This is not MALE, FEMALE or ALL",
        },
    ),
    "two periods": Damage(
        damaged.two_periods,
        "One file holds one value here; this one holds 2",
        (ADDED, "period"),
        otherwise={
            **each(
                RTT_EXTRACTS,
                (("", "period"), "The file mixes 2 months"),
            ),
            "list sizes by ccg": "Not one day throughout",
        },
        not_for={
            **each(TITLED, "its title block says the period, once"),
            **each(PRESCRIBING, "it holds many months"),
            **each(("list sizes", *HEADERLESS), "its name says the period, once"),
            **each(ROLLOUT, "its first sheet says the day, once"),
        },
    ),
    "synthetic and real rows": Damage(
        damaged.partly_synthetic,
        "Synthetic and real rows stand in one file.",
        ("", "status"),
        otherwise=each(EXTRACTS, ((ADDED, "status"), "One file holds one value here; this one holds 2")),
        not_for={
            "rtt workbook": "its title block says it for all rows",
            "list sizes by ccg": "it has no mark for invented rows",
            **each(ROLLOUT, "its first sheet says it for all rows"),
        },
    ),
}
