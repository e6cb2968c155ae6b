"""The Data page: what stands, what each CCG sent, what was expected in vain, and what was wrong."""

from datetime import date

from streamlit.testing.v1 import AppTest

from dashboard import receipts
from loaders.problems import Problem
from loaders.register import Submission
from tests.dashboard.page import html, opened


def test_it_counts_what_stands_and_shows_the_month_that_never_came(app: AppTest) -> None:
    app = opened(app, "data")
    assert app.subheader[0].value == "Release 1 rests on 29 submissions, all of them synthetic"
    # the demo's provider DP4 sent nothing for August 2016, and Northumberland has no other
    assert app.subheader[1].value == "Nothing arrived for 1 of 564 CCG months"
    assert "11 of 12 months, not Aug 2016" in html(app)


def test_it_says_from_whom_what_was_expected_did_not_come(app: AppTest) -> None:
    lines = [text.value for text in opened(app, "data").markdown]
    assert any("- Aug 2016, from DP4: Northumberland.\n- Mar 2018, from DP5: South Tyneside" in line for line in lines)


def test_every_table_that_comes_by_month_has_a_row_with_what_is_missing(app: AppTest) -> None:
    table = opened(app, "data").dataframe[0].value.set_index("Table")
    # May 2014 to March 2018 are 47 months of 12 CCGs; one came of nobody, two lack a main sender
    assert table.loc["Pathway referrals", "CCG months"] == 47 * 12 - 1
    assert table.loc["Pathway referrals", "Missing"] == "3"
    assert table.loc["Questionnaire scores", "Missing"] == "none due"
    assert list(table.loc["Practice coding", ["Data", "From", "To"]]) == ["synthetic", "May 2014", "Mar 2018"]
    assert "Dated notes" not in table.index


def test_a_table_chosen_in_the_address_is_shown(app: AppTest) -> None:
    app = opened(app, "data", fact="Practice coding")
    assert app.subheader[1].value == "Something arrived for every one of 564 CCG months"


def test_lists_that_come_by_quarter_are_not_said_to_be_incomplete(app: AppTest) -> None:
    # April 2014 to January 2018 are 16 quarters of 12 CCGs
    headline = opened(app, "data", fact="List sizes").subheader[1].value
    assert headline == "192 CCG months arrived; one is not expected every month"


def test_it_lists_submissions_with_their_kind_in_words(app: AppTest) -> None:
    submissions = opened(app, "data", data_view="Submissions").dataframe[0].value
    assert len(submissions) == 29
    assert set(submissions["Data"]) == {"synthetic"}
    assert "Pathway referrals (one row per referral)" in set(submissions["Kind"])


def test_it_says_what_is_wrong_and_what_to_do(app: AppTest) -> None:
    app = opened(app, "data", data_view="Problems")
    problems = app.dataframe[0].value
    assert len(problems) == 3
    assert problems["What is wrong"].str.contains("Nothing received for DP4 in 2016-08").sum() == 1
    assert (problems["What to do"] != "").all()
    assert app.subheader[1].value.startswith("3 warnings in ")


def test_refused_files_stand_before_all_others() -> None:
    files = [Submission("a", "loaded", "a.csv", "pathway"), Submission("b", "refused", "b.csv")]
    table = receipts.submission_table(files)
    assert list(table["File"]) == ["b.csv", "a.csv"]
    assert list(table["Kind"]) == ["not recognised", "Pathway referrals (one row per referral)"]


def test_errors_and_warnings_are_counted_apart() -> None:
    found = [("a", Problem("Wrong.", file="a.csv")), ("b", Problem("Odd.", file="b.csv", level="warning"))]
    assert receipts.problem_headline(found).startswith("1 error and 1 warning in 2 files: ")


def test_a_month_from_nobody_is_no_gap_of_one_ccg() -> None:
    january, february, march = (date(2016, month, 1) for month in (1, 2, 3))
    cell = receipts.months_cell([january, february, march], own={january}, every={january, february})
    assert "■□·" in cell
    assert "1 of 2 months, not Feb 2016" in cell
