from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from loaders import register
from loaders.problems import Problem
from loaders.register import PublishedMeanwhile, Register, Release, Snapshot, Submission, WarehouseTooNew

NOON = datetime(2015, 9, 10, 12, 30, tzinfo=UTC)
LOADED = Submission(
    "0123456789ab",
    "loaded",
    "sent.csv",
    "coding",
    "DS1",
    date(2015, 9, 10),
    date(2015, 6, 1),
    date(2015, 7, 1),
    2,
    False,
    ["practice_coding", "received"],
)
REFUSED = Submission("unread", "refused", "empty.csv")
FAULT = Problem("This is not a whole number.", "Correct it.", "error", "bad.csv", "Sheet1", 3, "episodes", "many")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'catalogue.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def records(engine: sa.Engine) -> Register:
    records = Register(engine)
    records.prepare()
    return records


def release(number: int, **snapshots: Snapshot) -> Release:
    return Release(number, NOON, snapshots, {"coding DS1": {"2015-06-01": "0123456789ab"}})


# ---- Releases


def test_nothing_is_published_at_first(records: Register) -> None:
    assert (records.release(), records.releases(), records.submissions(), records.problems()) == (None, [], [], [])
    assert records.newest() == 0


def test_a_release_comes_back_as_it_was_published(records: Register) -> None:
    first = release(1, practice_coding=Snapshot(8710008569129462630, 2))  # as large as Iceberg's numbers are
    records.publish(first, [(LOADED, [])])
    assert records.release() == first
    assert first.submissions == {"0123456789ab"}


def test_a_release_knows_when_what_stands_in_it_was_drawn(records: Register) -> None:
    later = replace(LOADED, submission="later", extracted=date(2015, 10, 1))
    superseded = replace(LOADED, submission="gone", extracted=date(2015, 12, 1))  # no month of it stands
    undated = replace(LOADED, submission="undated", extracted=None, tables=["list_size"])
    standing = {"coding DS1": {"2015-06-01": LOADED.submission, "2015-07-01": "later", "2015-08-01": "undated"}}
    records.publish(Release(1, NOON, {}, standing), [(LOADED, []), (later, []), (superseded, []), (undated, [])])
    found = records.release()
    assert found is not None
    assert found.extracted["practice_coding"] == date(2015, 10, 1)
    assert "list_size" not in found.extracted
    assert records.releases()[0].extracted == found.extracted


def test_invented_submissions_do_not_date_a_table_that_holds_real_ones(records: Register) -> None:
    invented = replace(LOADED, submission="invented", synthetic=True, extracted=date(2018, 3, 31))
    standing = {"coding DS1": {"2015-06-01": LOADED.submission}, "invented": {"2015-06-01": "invented"}}
    records.publish(Release(1, NOON, {}, standing), [(LOADED, []), (invented, [])])
    found = records.release()
    assert found is not None
    assert found.extracted["practice_coding"] == date(2015, 9, 10)


def test_readers_take_the_newest_release_or_an_earlier_one(records: Register) -> None:
    first, second = release(1, practice_coding=Snapshot(1, 2)), release(2, practice_coding=Snapshot(2, 3))
    records.publish(first, [])
    records.publish(second, [])
    assert (records.release(), records.release(1), records.release(3)) == (second, first, None)
    assert records.releases() == [second, first]
    assert records.newest() == 2


def test_a_number_is_given_once_and_the_loser_leaves_no_trace(records: Register) -> None:
    records.publish(release(1, practice_coding=Snapshot(1, 2)), [(LOADED, [])])
    with pytest.raises(PublishedMeanwhile, match="Release 1 was published meanwhile: run again"):
        records.publish(release(1, practice_coding=Snapshot(2, 9)), [(LOADED, [FAULT])])
    assert records.releases() == [release(1, practice_coding=Snapshot(1, 2))]
    assert len(records.submissions()) == 1
    assert records.problems() == []


def test_a_release_whose_records_cannot_be_written_is_not_published(records: Register) -> None:
    with pytest.raises(sa.exc.StatementError):
        records.publish(release(1), [(LOADED, [Problem("A fault.", value=object())])])  # type: ignore[arg-type]
    assert records.release() is None
    assert records.submissions() == []


# ---- Submissions and problems


def test_submissions_come_back_the_latest_first(records: Register) -> None:
    records.publish(release(1), [(LOADED, [])])
    records.note([(REFUSED, [FAULT])])
    refused, loaded = records.submissions()
    assert (refused.file, refused.status, refused.release, refused.rows) == ("empty.csv", "refused", None, None)
    assert (loaded.release, loaded.tables, loaded.extracted) == (1, ["practice_coding", "received"], date(2015, 9, 10))
    assert loaded.arrived


def test_problems_come_back_as_they_were_found(records: Register) -> None:
    warning = Problem("The list jumped.", level="warning")  # of no row, sheet or value
    records.note([(REFUSED, [FAULT]), (LOADED, [warning])])
    assert records.problems() == [("0123456789ab", warning), ("unread", FAULT)]
    assert records.problems("unread") == [("unread", FAULT)]
    assert records.problems("another") == []


# ---- Older and newer programs


def test_preparing_again_changes_nothing(records: Register) -> None:
    records.publish(release(1), [(LOADED, [FAULT])])
    records.prepare()
    assert len(records.releases()) == len(records.submissions()) == len(records.problems()) == 1


def test_columns_that_an_older_program_did_not_know_are_added(engine: sa.Engine, records: Register) -> None:
    records.publish(release(1), [(LOADED, [FAULT])])
    with engine.begin() as connection:
        connection.exec_driver_sql("alter table submission drop column tables")
        connection.exec_driver_sql("alter table problem drop column remedy")
    records.prepare()
    (submission,) = records.submissions()
    assert submission.tables is None
    assert submission.gave_rows_to("practice_coding")  # it may have, so a later load looks there
    assert records.problems()[0][1].remedy == ""
    records.publish(release(2), [(LOADED, [FAULT])])
    assert records.submissions()[0].tables == ["practice_coding", "received"]
    assert not records.submissions()[0].gave_rows_to("referral")


def test_tables_that_an_older_program_did_not_know_are_made(engine: sa.Engine, records: Register) -> None:
    records.publish(release(1), [])
    with engine.begin() as connection:
        connection.exec_driver_sql("drop table problem")
    records.prepare()
    assert records.problems() == []
    assert records.release() == release(1)


def test_a_newer_layout_is_refused_with_what_to_run_and_left_alone(engine: sa.Engine, records: Register) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("insert into warehouse values (2)")
        connection.exec_driver_sql("drop table problem")
    with pytest.raises(WarehouseTooNew, match="has layout 2; this program knows layouts up to 1") as newer:
        records.prepare()
    assert "git pull, then make setup" in str(newer.value)
    assert "problem" not in sa.inspect(engine).get_table_names()


def test_a_newer_program_marks_an_older_warehouse_as_its_own(
    engine: sa.Engine, records: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        newer.setattr(register, "FORMAT", 2)
        Register(engine).prepare()
    with pytest.raises(WarehouseTooNew):
        records.prepare()
