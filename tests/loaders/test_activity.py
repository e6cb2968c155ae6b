"""Reference values: NHS England, Monthly Activity Return by commissioner (OGL v3), read off single cells."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from loaders import activity
from loaders.activity_sums import ITEMS, movers
from loaders.problems import LoadRefused
from loaders.reading import Source
from loaders.submission import Reading
from tests.loaders.published import pasted, read, refusal, source, workbook

TITLE = {
    "Title:": "Monthly Hospital Activity",
    "Period:": "January 2015",
    "Published:": "13th March 2015",
    "Revised:": "-",
}
HEADER = ["Year", "Period", "Region Code", "Region Name", "Org Code", "Org Name", *ITEMS.values()]
GP_REFERRALS = "GP Referrals Made (G&A)"

# Made up so that ordinary and daycase admissions are the total, and items differ
FIGURES = (10, 40, 50, 2, 10, 12, 3, 45, 120, 100, 110, 90, 60, 130)


def row(code: str, figures: Sequence[object] = FIGURES, name: str = "", **more: str) -> list[object]:
    month = {"year": "2014-15", "month": "JANUARY", "region": "NORTH OF ENGLAND", **more}
    return [month["year"], month["month"], "Y54", month["region"], code, name or f"NHS {code} CCG", *figures]


def england(figures: Sequence[object]) -> list[object]:
    return ["2014-15", "JANUARY", "", "", "", "England", *figures]


def code(number: int) -> str:
    return f"{number // 10:02d}{'CDFGHJKLMN'[number % 10]}"


def full(changed: Mapping[str, Mapping[str, int]] | None = None, **title: str) -> Source:
    """A sheet of 120 organisations and England, the sum of them, in which some figures were changed afterwards."""
    # Organisation 0 is the smallest, 119 six times as large; all have the same proportions
    true = {code(n): {item: f * (n + 24) for item, f in zip(ITEMS, FIGURES, strict=True)} for n in range(120)}
    total = [sum(figures[item] for figures in true.values()) for item in ITEMS]
    printed = {owner: {**figures, **(changed or {}).get(owner, {})} for owner, figures in true.items()}
    rows = [row(owner, list(figures.values())) for owner, figures in printed.items()]
    return sent([england(total), *rows], **title)


def sent(rows: Sequence[Sequence[object]], header: Sequence[str] = HEADER, **title: str) -> Source:
    return source(pasted({**TITLE, **{f"{label}:": value for label, value in title.items()}}, header, rows))


def _count(reading: Reading, ccg: str, item: str) -> int:
    table = reading.tables["activity"]
    return table.filter(pc.and_(pc.equal(table["ccg"], ccg), pc.equal(table["item"], item)))["count"][0].as_py()


@pytest.fixture(scope="module")
def returns(real: Path) -> dict[date, Reading]:
    """The reading of every published return, by month."""
    readings = [read(activity.KIND, source(path)) for path in sorted((real / "mar").iterdir())]
    return {reading.covers["activity"][0]: reading for reading in readings}


# ---- Published returns ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("month", "south_tees", "nation"),
    [
        (date(2013, 11, 1), 4661, 976944),
        (date(2014, 12, 1), 4346, 931317),
        (date(2015, 1, 1), 4606, 1003520),
        (date(2015, 3, 1), 5581, 1130559),
        (date(2015, 4, 1), 4996, 1065069),
        (date(2015, 7, 1), 5640, 1166039),
        (date(2015, 12, 1), 4345, 998344),
        (date(2016, 3, 1), 5254, 1141224),
        (date(2016, 10, 1), 5077, 1109535),
        (date(2017, 4, 1), 4563, 961015),
        (date(2018, 3, 1), 5034, 1110073),
        (date(2019, 11, 1), 4954, 1064930),
    ],
)
def test_gp_referrals(returns: dict[date, Reading], month: date, south_tees: int, nation: int) -> None:
    assert _count(returns[month], "00M", "gp_referrals_made_ga") == south_tees
    assert _count(returns[month], "England", "gp_referrals_made_ga") == nation


def test_every_published_return_loads(returns: dict[date, Reading]) -> None:
    rows = {month: reading.tables["activity"].num_rows for month, reading in returns.items()}
    assert rows[date(2012, 7, 1)] == 14 * 153  # primary care trusts
    assert rows[date(2014, 6, 1)] == 14 * 213
    assert rows[date(2019, 6, 1)] == 14 * 193
    assert len(rows) == 89


def test_what_the_published_returns_are_warned_of(returns: dict[date, Reading]) -> None:
    warned = {f"{month:%Y-%m}": [w.why for w in r.warnings] for month, r in returns.items() if r.warnings}
    # A trust printed 4,459.1 admissions; five rows have a total that is not their sum; one sheet is a part
    assert sorted(warned) == ["2012-11", "2014-04", "2015-02", "2017-04", "2017-05", "2020-05"]
    assert warned["2017-04"] == ["04X: ordinary and daycase admissions together are 9 fewer than their total."]


def test_a_sheet_pasted_in_part_has_no_row_for_england(returns: dict[date, Reading]) -> None:
    part = returns[date(2020, 5, 1)]
    assert [w.why for w in part.warnings] == [
        "The sheet lists 34 organisations and its row for England adds up these alone."
    ]
    assert "England" not in part.tables["activity"]["ccg"].to_pylist()
    assert _count(part, "X24", "gp_referrals_made_ga") == 10523  # printed as ' <TAB>10,523 '
    assert _count(part, "07L", "elective_treatment_centres_ga") == 0  # printed as ' <TAB>-   '


def test_the_day_it_came_out(returns: dict[date, Reading]) -> None:
    assert returns[date(2015, 3, 1)].extracted == date(2015, 11, 13)  # revised
    assert returns[date(2019, 10, 1)].extracted == date(2019, 12, 13)  # Revised: -, so as published


def test_a_return_cut_short_is_refused(real: Path) -> None:
    content = (real / "mar" / "Mar_15.xls").read_bytes()
    for part in (0.1, 0.5, 0.99):
        with pytest.raises(LoadRefused, match="damaged"):
            activity.KIND.recognise(source(content[: int(len(content) * part)], "cut.xls"))


# ---- What is read --------------------------------------------------------------------------------------------------


def test_items_of_a_sheet_in_full() -> None:
    reading = read(activity.KIND, full())
    assert reading.tables["activity"].num_rows == 121 * 14
    assert reading.tables["activity"].to_pylist()[1] == {
        "ccg": "00C",
        "item": "elective_ordinary_ga",
        "count": 240,
        "month": date(2015, 1, 1),
        "slice": "activity",
    }
    assert (list(reading.warnings), reading.extracted) == ([], date(2015, 3, 13))


def test_the_title_block_is_right_about_the_month() -> None:
    reading = read(activity.KIND, full(Period="February 2016"))
    assert reading.covers == {"activity": [date(2016, 2, 1)]}
    said = [(w.column, w.row, w.why) for w in reading.warnings]
    assert said == [
        ("Year", 11, "The title block makes it 2015-16. 121 rows, the first of them 11, 12, 13, 14, 15."),
        ("Period", 11, "The title block makes it february. 121 rows, the first of them 11, 12, 13, 14, 15."),
    ]


def test_notes_and_blank_lines_below_are_no_rows() -> None:
    content = full().content + b",,,,,,,,,,,,,,,,,,,\r\n,,,\r\nNote: a trust did not submit,,,,,,,,,,,,,,,,,,,,,\r\n"
    assert read(activity.KIND, source(content)).tables["activity"].num_rows == 121 * 14


def test_headers_may_end_in_blanks() -> None:
    rows = [england(FIGURES), row("00M")]
    reading = read(activity.KIND, sent(rows, [f"{name} " for name in HEADER]))
    assert _count(reading, "00M", "other_referrals_made_ga") == 60


def test_invented_returns_say_so_and_need_not_be_all_of_england() -> None:
    reading = read(activity.KIND, sent([england(FIGURES), row("00M", region="SYNTHETIC")]))
    assert reading.synthetic
    assert list(reading.warnings) == []


# ---- What does not add up ------------------------------------------------------------------------------------------


def test_rows_left_out_are_one_warning() -> None:
    whole = full().content.decode().splitlines(keepends=True)
    reading = read(activity.KIND, source("".join(whole[:-20])))
    assert [w.why for w in reading.warnings] == [
        "The sheet lists 100 organisations, which do not add up to England: others were left out."
    ]
    assert "England" in reading.tables["activity"]["ccg"].to_pylist()  # its row is that of the whole sheet


def test_an_item_out_by_one_is_a_warning() -> None:
    reading = read(activity.KIND, full({"00M": {"gp_referrals_made_ga": 110 * 32 + 1}}))
    assert [(w.column, w.why) for w in reading.warnings] == [
        (GP_REFERRALS, "The organisations add up to 1 over England's figure.")
    ]


def test_an_item_out_by_more_says_by_how_much_and_whose() -> None:
    # 3,520 referrals typed as 35,200
    found = refusal(activity.KIND, full({"00M": {"gp_referrals_made_ga": 35_200}}))
    assert [problem[:2] for problem in found] == [(None, GP_REFERRALS)]
    assert "add up to 31,680 over England's figure" in found[0][2]
    assert "put right by that: 00M." in found[0][2]


def test_a_row_that_contradicts_itself_by_as_much_is_named_alone() -> None:
    found = refusal(activity.KIND, full({"00N": {"elective_daycase_ga": 40 * 33 - 7}}))
    assert "7 short of England's figure" in found[0][2]
    assert "put right by that: 00N." in found[0][2]


def test_a_slip_in_a_published_return_is_traced(returns: dict[date, Reading]) -> None:
    listed = _wide(returns[date(2015, 3, 1)], {("00M", "gp_referrals_made_ga"): 55_810})  # 5,581 in fact
    assert movers(listed, "gp_referrals_made_ga", 5_581 - 55_810)[0] == "00M"


def test_history_traces_smaller_slips(returns: dict[date, Reading]) -> None:
    # 99C typed 3,906 non-elective admissions for 3,255: one figure a fifth too high among 212
    true = _count(returns[date(2015, 3, 1)], "99C", "non_elective_ga")
    listed = _wide(returns[date(2015, 3, 1)], {("99C", "non_elective_ga"): round(true * 1.2)})
    history = returns[date(2015, 2, 1)].tables["activity"]
    assert movers(listed, "non_elective_ga", true - round(true * 1.2), history)[0] == "99C"


def _wide(reading: Reading, changed: Mapping[tuple[str, str], int]) -> pa.Table:
    """Organisations x items of a return, with some figures changed."""
    figures: dict[str, dict[str, int]] = {}
    for r in reading.tables["activity"].to_pylist():
        figures.setdefault(r["ccg"], {})[r["item"]] = changed.get((r["ccg"], r["item"]), r["count"])
    del figures["England"]
    return pa.Table.from_pylist([{"ccg": ccg, **items} for ccg, items in figures.items()])


# ---- What is refused -----------------------------------------------------------------------------------------------

NATION = england(FIGURES)


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (
            sent([NATION, row("00M", ["some", -1, *FIGURES[2:]])]),
            [(12, HEADER[6], "not a count"), (12, HEADER[7], "negative")],
        ),
        (sent([NATION, row("00M", ["", *FIGURES[1:]])]), [(12, HEADER[6], "needed")]),
        (sent([NATION, row("00M", ["1,23", *FIGURES[1:]])]), [(12, HEADER[6], "not a count")]),
        (sent([NATION, row("00M"), row("00M")]), [(13, "Org Code", "twice")]),
        (sent([NATION, row("South Tees")]), [(12, "Org Code", "commissioner")]),
        (sent([row("00M")]), [(None, "Org Name", "no row for England")]),
        (sent([]), [(None, "", "not one row")]),
        (sent([NATION, row("00M")], Period="1st quarter"), [(None, "Period:", "month")]),
        (sent([NATION, row("00M")], [n.replace("Other", "Further") for n in HEADER]), [(None, HEADER[18], "missing")]),
        (sent([NATION, row("00M")], Basis="Provider"), [(None, "", "no sheet 'Commissioner'")]),
        (source(sent([NATION, row("00M")]).content[:-30]), [(12, "", "columns")]),
        (
            sent([NATION, row("00M", region="SYNTHETIC"), row("00K", region="NORTH OF ENGLAND")]),
            [(None, "Region Name", "Synthetic and real")],
        ),
    ],
)
def test_a_faulty_return_is_refused(content: Source, problems: list[tuple[int | None, str, str]]) -> None:
    found = refusal(activity.KIND, content)
    assert [problem[:2] for problem in found] == [problem[:2] for problem in problems]
    for (_, _, why), (_, _, words) in zip(found, problems, strict=True):
        assert words in why


def test_the_provider_return_is_refused() -> None:
    content = workbook({"Provider": [["Title:", TITLE["Title:"]], HEADER], "Notes": [["Notes"]]})
    assert "no sheet 'Commissioner'" in refusal(activity.KIND, source(content, "provider.xlsx"))[0][2]
