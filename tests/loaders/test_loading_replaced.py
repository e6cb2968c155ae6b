"""Which file counts for a month that several answer for."""

from loaders.reading import open_bytes
from loaders.warehouse import Warehouse
from tests.loaders.given import csv_of
from tests.loaders.returns_made import JUNE, figures, load, month_counted, newest, rows_in, sent, states


def test_a_later_submission_replaces_the_months_it_answers_for(warehouse: Warehouse) -> None:
    load(warehouse, sent({"2015-06": 31, "2015-07": 28, "2015-08": 25}, drawn="2015-09-10"))
    load(warehouse, sent({"2015-07": 29, "2015-09": 26}, drawn="2015-10-10"))  # August is answered for, with no row
    assert figures(warehouse) == {"DS1": {"2015-06": 31, "2015-07": 29, "2015-09": 26}}
    assert states(warehouse) == [("sent.csv", "loaded"), ("sent.csv", "loaded")]


def test_what_was_received_is_replaced_as_well(warehouse: Warehouse) -> None:
    load(warehouse, sent({"2015-06": 31, "2015-07": 28}, drawn="2015-09-10"))
    second = sent({"2015-07": 29}, drawn="2015-10-10")
    load(warehouse, second)
    told = {f"{row['month']:%Y-%m}": row["submission"] for row in rows_in(warehouse, newest(warehouse), "received")}
    assert (len(told), told["2015-07"]) == (2, second.sha256[:12])
    assert len(rows_in(warehouse, newest(warehouse), "received")) == 2


def test_a_file_drawn_earlier_that_comes_late_is_not_taken(warehouse: Warehouse) -> None:
    load(warehouse, sent({"2015-06": 33}, drawn="2015-10-10"))
    outcome = load(warehouse, sent(JUNE, drawn="2015-09-10", name="late.csv"))
    assert (outcome.release, outcome.superseded) == (None, ["late.csv"])
    assert newest(warehouse).number == 1
    assert figures(warehouse) == {"DS1": {"2015-06": 33}}
    assert states(warehouse)[0] == ("late.csv", "superseded")
    assert "A file drawn later stands already" in warehouse.register.problems()[0][1].why


def test_a_late_file_gives_only_the_months_that_no_later_one_answers_for(warehouse: Warehouse) -> None:
    load(warehouse, sent({"2015-06": 33}, drawn="2015-10-10"))
    outcome = load(warehouse, sent({"2015-05": 30, "2015-06": 31}, drawn="2015-09-10"))
    assert figures(warehouse) == {"DS1": {"2015-05": 30, "2015-06": 33}}
    assert [submission.rows for submission in outcome.loaded] == [1]


def test_of_two_drawn_on_the_same_day_the_one_that_comes_last_counts(warehouse: Warehouse) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"), sent({"2015-06": 32}, drawn="2015-09-10"))
    assert figures(warehouse) == {"DS1": {"2015-06": 32}}
    load(warehouse, sent({"2015-06": 30}, drawn="2015-09-10"))
    assert figures(warehouse) == {"DS1": {"2015-06": 30}}


def test_what_was_replaced_can_come_back(warehouse: Warehouse) -> None:
    for episodes in (31, 32, 31):  # a correction on the same day, taken back
        load(warehouse, sent({"2015-06": episodes}, drawn="2015-09-10"))
    assert figures(warehouse) == {"DS1": JUNE}
    load(warehouse, sent({"2015-06": 40}, drawn="2015-10-10"))
    assert figures(warehouse) == {"DS1": {"2015-06": 40}}


def test_a_later_file_may_answer_with_no_row_at_all(warehouse: Warehouse) -> None:
    rows = [month_counted(month, 1, "2015-09-10", practice=practice) for month, practice in (
        ("2015-06", "A81001"), ("2015-08", "A81001"))]  # fmt: skip
    load(warehouse, open_bytes("sent.csv", csv_of(rows))[0])
    later = [month_counted(month, 2, "2015-10-10") for month in ("2015-05", "2015-09")]
    load(warehouse, open_bytes("sent.csv", csv_of(later))[0])
    assert figures(warehouse) == {"DS1": {"2015-05": 2, "2015-09": 2}}


def test_synthetic_and_real_rows_never_replace_each_other(warehouse: Warehouse) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    load(warehouse, sent({"2015-06": 99}, drawn="2015-10-10", status="synthetic"))
    both = {"DS1": JUNE, "synthetic coding DS1": {"2015-06": 99}}
    assert figures(warehouse) == both
    load(warehouse, sent({"2015-06": 32}, drawn="2015-11-10"))
    assert figures(warehouse) == {**both, "DS1": {"2015-06": 32}}
