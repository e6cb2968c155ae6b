"""One small return of every kind that is a table, and in every layout, that loads as it stands."""

from collections.abc import Sequence
from dataclasses import replace

from loaders import organisations
from tests.loaders import (
    activity_return,
    rtt_workbook,
    test_coding,
    test_list_sizes,
    test_organisations,
    test_outcomes,
    test_pathway_events,
    test_procedures,
    test_rollout,
    test_rtt_extract,
)
from tests.loaders.damaged import Return, of_csv
from tests.loaders.given import Row, csv_of, referral

# ---- What several have in common


def titled(name: str, content: bytes, columns: Return, sheet: str = "") -> Return:
    """A return with a title block above its header; as a workbook, with a second sheet."""
    rows = of_csv(content)
    header = next(at for at, row in enumerate(rows) if columns.ccg in row)
    return replace(
        columns, name=name, rows=rows, header=header, sheet=sheet, beside={"Notes": [["-"]]} if sheet else {}
    )


def extract(name: str, *rows: Row, columns: Return) -> Return:
    """An extract of the programme, synthetic throughout."""
    content = csv_of([{**row, "data_status": "synthetic"} for row in rows])
    return replace(columns, name=name, rows=of_csv(content), ccg="ccg", period="extracted", status="data_status")


def rtt_extract(header: Sequence[str], rows: Sequence[Row], above: str = "") -> Return:
    month = "Period Name" if "Period Name" in header else "Period"
    return Return(
        "full-extract.csv",
        of_csv(test_rtt_extract.sent(rows, header, above).content),
        header=above.count("\n"),
        key="Treatment Function Code",
        number=test_rtt_extract.BANDS[0],
        day=month,
        ccg="Commissioner Org Code",
        text="Commissioner Org Code",
        period=month,
        status="Commissioner Parent Name",
    )


def ods_list(name: str, like: dict[str, str], *codes: str, ccg: str) -> Return:
    """A list of the Organisation Data Service, which has no header; `ccg` is the column with the CCG's code."""
    return Return(
        f"2016_02_{name}.csv",
        [test_organisations.row(like, c1=code) for code in codes],
        header=None,
        columns=organisations.COLUMNS,
        key="code",
        day="open date",
        ccg=ccg,
        text="name",
        status="address line 1",
    )


NOTHING = Return("", [])
RTT = replace(NOTHING, key="Treatment Function Code", number=">0-1", ccg="CCG Code", text="CCG Code")
ACTIVITY = replace(
    NOTHING,
    key="Org Code",
    number=activity_return.GP_REFERRALS,
    ccg="Org Code",
    text="Org Code",
    status="Region Name",
)
TO_2017: Row = {"Year": "2015-16", "Period Name": "APRIL", "RTT Part Name": "Part_2"}
FROM_2021 = [
    {**test_rtt_extract.row("RTR", "00M", "Part_2", code, {0: 1, 53: 2}), "Period": "RTT-April-2021"}
    for code in ("C_110", "C_999")
]
LEDGER = Return(
    "rollout.xlsx",
    test_rollout.LEDGER["Milestones"],
    sheet="Milestones",
    beside={name: rows for name, rows in test_rollout.LEDGER.items() if name != "Milestones"},
    key="component",
    day="planned",
    ccg="ccg",
    text="owner",
)

# ---- The returns

RETURNS = {
    "rtt workbook": titled("rtt.xlsx", rtt_workbook.sent().content, RTT, "Commissioner"),
    "rtt extract to 2017": rtt_extract(
        test_rtt_extract.HEADER_TO_2017,
        [{**row, **TO_2017} for row in test_rtt_extract.ROWS],
        "18 Weeks RTT,Monthly extract\nRevised,June 2016\n",
    ),
    "rtt extract": rtt_extract(test_rtt_extract.HEADER, test_rtt_extract.ROWS),
    "rtt extract from 2021": rtt_extract(
        [*test_rtt_extract.HEADER[:13], *test_rtt_extract.BANDS, *test_rtt_extract.TOTALS], FROM_2021
    ),
    "activity workbook": titled("mar.xlsx", activity_return.full().content, ACTIVITY, "Commissioner"),
    "activity csv": titled("mar.csv", activity_return.full().content, ACTIVITY),
    "opioids": Return(
        "opioids.csv",
        of_csv(b"month,code,numerator,denominator,data_status\n2015-01-01,00K,2.5,1,\n2015-01-01,00M,3.5,2,\n"),
        key="code",
        number="numerator",
        day="month",
        ccg="code",
        text="code",
        status="data_status",
    ),
    "gabapentinoids": Return(
        "gabapentinoids.csv",
        of_csv(b"pct,month,drug,gaba_ddd,data_status\n00M,2015-01-01,gabapentin,2,\n00M,2015-01-01,pregabalin,3,\n"),
        key="pct",
        number="gaba_ddd",
        day="month",
        ccg="pct",
        text="drug",
        status="data_status",
    ),
    "list sizes": Return(
        test_list_sizes.NAME,
        of_csv(f"{test_list_sizes.HEADER}\n{test_list_sizes.line('A81001', '00K00', [3, 5])}\n".encode()),
        key="Practice Code",
        number="Male 0-4",
        ccg="PCO Code",
        text="Practice Code",
        status="Regional Office Name",
    ),
    "list sizes by ccg": Return(
        "by-ccg.csv",
        of_csv(f"{test_list_sizes.NHS_DIGITAL}\nP,01SEP2015,CCG,00M,E38000162,,FEMALE,0_4,10\n".encode()),
        key="ORG_CODE",
        number="NUMBER_OF_PATIENTS",
        day="EXTRACT_DATE",
        ccg="ORG_CODE",
        text="SEX",
        period="EXTRACT_DATE",
    ),
    "epraccur": ods_list("epraccur", test_organisations.NAMES, "A81001", "A81002", "A81003", ccg="commissioner"),
    "eccg": ods_list("eccg", test_organisations.CCG, "00F", "00G", "00H", ccg="code"),
    "pathway": extract(
        "pathway.csv",
        referral(),
        referral(referral_id="R2"),
        columns=replace(NOTHING, key="referral_id", day="received", text="referral_id"),
    ),
    "events": extract(
        "events.csv",
        test_pathway_events.RECEIVED,
        {**test_pathway_events.RECEIVED, "referral_id": "R2"},
        columns=replace(NOTHING, key="event", day="event_date", text="referral_id"),
    ),
    "outcomes": extract(
        "proms.csv",
        test_outcomes.FORM,
        test_outcomes.form(referral_id="R2"),
        columns=replace(NOTHING, key="time_point", number="score", day="completed", text="referral_id"),
    ),
    "coding": extract(
        "coding.csv",
        test_coding.MONTH,
        test_coding.month(month="2015-07"),
        columns=replace(NOTHING, key="month", number="gp_lumbar_mri", day="month", text="sender"),
    ),
    "procedures": extract(
        "spells.csv",
        test_procedures.SPELL,
        test_procedures.spell(spell_id="S2"),
        columns=replace(NOTHING, key="spell_id", number="cost", day="admitted", text="provider"),
    ),
    "rollout": LEDGER,
    "rollout workforce": replace(
        LEDGER,
        rows=test_rollout.LEDGER["Workforce"],
        sheet="Workforce",
        beside={name: rows for name, rows in test_rollout.LEDGER.items() if name != "Workforce"},
        key="month",
        number="planned",
        day="month",
        text="ccg",
    ),
}
