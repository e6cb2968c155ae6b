"""RTT commissioner workbooks: what is read of one, and every reason for which it is refused."""

from datetime import date

import pytest

from loaders import rtt
from loaders.problems import LoadRefused
from loaders.reading import Source
from tests.loaders.published import pasted, read, refusal, source, workbook
from tests.loaders.rtt_workbook import COMPLETED, COMPLETED_HEADER, HEADER, ROWS, TITLE, WAITS, row, sent

# ---- What is read


def test_waits_and_what_is_printed() -> None:
    reading = read(rtt.KIND, sent())
    waits = [(w["function"], w["week"], w["patients"]) for w in reading.tables["rtt_wait"].to_pylist()]
    assert waits == [("110", 0, 2), ("110", 17, 1), ("110", 52, 1), ("999", 0, 2), ("999", 17, 1), ("999", 52, 1)]
    published = reading.tables["rtt_published"].to_pylist()[0]
    assert published == {
        "part": "incomplete",
        "ccg": "00M",
        "function": "110",
        "total": 4,
        "within_18_weeks": 3,
        "unknown_start": 0,
        "median_weeks": None,  # printed as '-'
        "p95_weeks": None,
        "open_band": 52,
        "median_rule": None,  # no median, no rule
        "month": date(2015, 3, 1),
        "slice": "rtt incomplete",
    }
    assert reading.covers == {"rtt incomplete": [date(2015, 3, 1)]}
    assert reading.extracted == date(2015, 7, 9)


def test_a_row_without_patients_is_kept_beside_the_bands() -> None:
    reading = read(rtt.KIND, sent([row("X24", "IP110", {}, 0, 0, "-", "-"), row("X24", "IP999", {}, 0, 0, "-", "-")]))
    assert reading.tables["rtt_wait"].num_rows == 0
    assert reading.tables["rtt_published"]["ccg"].to_pylist() == ["X24", "X24"]


def test_completed_pathways_have_unknown_clock_starts() -> None:
    weeks = [2, *[0] * 16, 1, *[0] * 34, 1]
    rows = [["Y54", "00M", "NHS CCG", f"AP{code}", "-", *weeks, 5, 9, 4, 3, "-", "-", "-"] for code in ("110", "999")]
    published = read(rtt.KIND, source(pasted(COMPLETED, COMPLETED_HEADER, rows))).tables["rtt_published"].to_pylist()[0]
    assert (published["part"], published["total"], published["unknown_start"]) == ("admitted", 4, 5)


def test_a_later_workbook_may_follow_the_other_rule() -> None:
    # Rows of 50 people, 25 in each of two bands: N/2 is the end of the first, (N+1)/2 lies in the second
    weeks = {3: 25, 4: 25}
    later = read(rtt.KIND, sent([row("00M", code, weeks, 50, 50, 4.0, "-") for code in ("IP110", "IP999")]))
    assert later.tables["rtt_published"]["median_rule"].to_pylist() == ["n", "n"]
    earlier = read(rtt.KIND, sent([row("00M", code, weeks, 50, 50, 4.02, "-") for code in ("IP110", "IP999")]))
    assert earlier.tables["rtt_published"]["median_rule"].to_pylist() == ["n+1", "n+1"]


def test_prefixes_are_taken_off_and_commissioners_kept_as_published() -> None:
    rows = [row("NONC", "C_110", WAITS), row("NONC", "X01", {}, 0, 0, "-", "-"), row("NONC", "IP999", WAITS)]
    published = read(rtt.KIND, sent(rows)).tables["rtt_published"]
    assert published["function"].to_pylist() == ["110", "X01", "999"]
    assert set(published["ccg"].to_pylist()) == {"NONC"}


def test_a_total_out_by_one_is_a_warning() -> None:
    reading = read(rtt.KIND, sent([row("00M", "IP110", WAITS, 5, 3, "-", "-"), row("00M", "IP999", WAITS)]))
    assert [(warning.row, warning.column) for warning in reading.warnings] == [(11, HEADER[58])]
    assert reading.tables["rtt_published"]["total"].to_pylist() == [5, 4]  # as published


def test_invented_returns_say_so() -> None:
    assert read(rtt.KIND, sent(Source="SYNTHETIC, not a return")).synthetic


# ---- What is refused


TWO_PROBLEMS = [row("00M", "IP110", {0: "many", 17: -1}, 0, 0, "-", "-"), row("00M", "IP999", {}, 0, 0, "-", "-")]


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (sent(TWO_PROBLEMS), [(11, ">0-1", "not a count"), (11, ">17-18", "negative")]),
        (sent([*ROWS, ROWS[0]]), [(13, "Treatment Function Code", "twice"), (None, "", "add up to 8, row 999 says 4")]),
        (
            sent([row("South Tees", "IP110", WAITS), *ROWS]),
            [(11, "CCG Code", "commissioner"), (None, "", "no row of all")],
        ),
        (
            sent([row("00M", "IP1100", {}, 0, 0, "-", "-"), *ROWS]),
            [(11, "Treatment Function Code", "treatment function")],
        ),
        (sent([row("00M", "AP110", WAITS), ROWS[1]]), [(11, "Treatment Function Code", "another part")]),
        (
            sent([row("00M", "IP110", WAITS, 9, 1, "-", "-"), ROWS[1]]),
            [(11, HEADER[58], "to 4,"), (11, HEADER[59], "to 3,")],
        ),
        (sent([row("00M", "IP110", {0: 1, 17: 2, 52: 1}), ROWS[1]]), [(None, "", "week band 0: 1 against 2")]),
        (sent([ROWS[0]]), [(None, "", "no row of all treatment functions (999)")]),
        (sent([row("00M", code, WAITS, 4, 3, 9.5, "-") for code in ("IP110", "IP999")]), [(None, "", "do not follow")]),
        (sent([row("00M", "IP110", WAITS, 4, 3, "long", "-"), ROWS[1]]), [(11, HEADER[61], "not a number")]),
        (sent([]), [(None, "", "not one row")]),
        (sent(Period="Q4"), [(None, "Period:", "month")]),
        (sent(Summary="Adjusted admitted pathways"), [(None, "Summary:", "not adjusted")]),
        (sent(header=[name.replace("Total within", "Within") for name in HEADER]), [(None, HEADER[59], "missing")]),
        (sent(header=[name.replace(">30-31", "30-31") for name in HEADER]), [(None, ">30-31", "missing")]),
        (sent(Basis="Provider"), [(None, "", "no sheet 'Commissioner'")]),
    ],
)
def test_every_problem_is_said_at_once(content: Source, problems: list[tuple[int | None, str, str]]) -> None:
    found = refusal(rtt.KIND, content)
    assert [problem[:2] for problem in found] == [problem[:2] for problem in problems]
    for (_, _, why), (_, _, words) in zip(found, problems, strict=True):
        assert words in why


def test_a_renamed_column_is_recognised_by_what_is_near() -> None:
    header = [name.replace("Total within 18 weeks", "Total within 18 wks") for name in HEADER]
    with pytest.raises(LoadRefused, match="Is it 'Total within 18 wks'"):
        read(rtt.KIND, sent(header=header))


def test_a_provider_workbook_is_no_commissioner_workbook() -> None:
    content = workbook({"Provider": [["Title:", TITLE["Title:"]], ["Basis:", "Provider"]], "Notes": [["Notes"]]})
    assert refusal(rtt.KIND, source(content, "provider.xlsx")) == [
        (None, "", "There is no sheet 'Commissioner' with a header.")
    ]


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "<html><table><tr><td>Referral to Treatment</td></tr></table>"])
def test_other_files_are_left_to_others(content: str) -> None:
    assert not rtt.KIND.recognise(source(content))
