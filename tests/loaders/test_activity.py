"""Monthly Activity Returns: what is read of one, and every reason for which it is refused."""

from datetime import date

import pytest

from loaders import activity
from loaders.reading import Source
from tests.loaders.activity_return import FIGURES, HEADER, TITLE, count, england, full, row, sent
from tests.loaders.published import read, refusal, source, workbook

# ---- What is read


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
    assert count(reading, "00M", "other_referrals_made_ga") == 60


def test_invented_returns_say_so_and_need_not_be_all_of_england() -> None:
    reading = read(activity.KIND, sent([england(FIGURES), row("00M", region="SYNTHETIC")]))
    assert reading.synthetic
    assert list(reading.warnings) == []


# ---- What is refused


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
