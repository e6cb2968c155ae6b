"""What a load publishes: one release of all its files, and nothing where they were loaded before."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from loaders.loading import load_files, load_sources
from loaders.reading import open_bytes
from loaders.submission import Instructions
from loaders.warehouse import Warehouse
from tests.loaders.given import csv_of
from tests.loaders.returns_made import JUNE, counted, figures, load, month_counted, newest, rows_in, sent, states
from tests.loaders.test_list_sizes import HEADER, line

# ---- One release


def test_the_first_load_is_release_1(warehouse: Warehouse) -> None:
    outcome = load(warehouse, sent({"2015-06": 31, "2015-07": 28}, drawn="2015-09-10"))
    assert outcome.release == newest(warehouse)
    assert outcome.release.number == 1
    assert figures(warehouse) == {"DS1": {"2015-06": 31, "2015-07": 28}}
    (submission,) = outcome.loaded
    assert (submission.status, submission.kind, submission.sender) == ("loaded", "coding", "DS1")
    assert (submission.first_month, submission.last_month) == (date(2015, 6, 1), date(2015, 7, 1))
    assert (submission.rows, submission.synthetic) == (2, False)


def test_a_release_names_every_table_that_it_changes(warehouse: Warehouse) -> None:
    outcome = load(warehouse, sent({"2015-06": 31, "2015-07": 28}, drawn="2015-09-10"))
    assert outcome.release
    # two rows of practice coding, and one row of what was received for each of its months
    assert {name: snapshot.rows for name, snapshot in outcome.release.snapshots.items()} == {
        "practice_coding": 2,
        "received": 2,
    }


def test_files_of_one_load_are_one_release(warehouse: Warehouse) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"), sent({"2015-06": 7}, drawn="2015-09-10", sender="DS2"))
    assert newest(warehouse).number == 1
    assert figures(warehouse) == {"DS1": JUNE, "DS2": {"2015-06": 7}}


def test_an_earlier_release_still_reads_its_own_figures(warehouse: Warehouse) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    load(warehouse, sent({"2015-06": 33}, drawn="2015-10-10"))
    load(warehouse, sent({"2015-06": 5}, drawn="2015-10-10", sender="DS2"))
    assert [figures(warehouse, release) for release in warehouse.register.releases()] == [
        {"DS1": {"2015-06": 33}, "DS2": {"2015-06": 5}},
        {"DS1": {"2015-06": 33}},
        {"DS1": {"2015-06": 31}},
    ]


def test_rows_say_which_submission_they_came_with(warehouse: Warehouse) -> None:
    first, second = sent(JUNE, drawn="2015-09-10"), sent(JUNE, drawn="2015-09-10", sender="DS2", status="synthetic")
    load(warehouse, first, second)
    assert [(r["slice"], r["submission"], r["synthetic"]) for r in rows_in(warehouse, newest(warehouse))] == [
        ("coding DS1", first.sha256[:12], False),
        ("synthetic coding DS2", second.sha256[:12], True),
    ]


def test_what_was_received_is_told_by_table_sender_ccg_and_month(warehouse: Warehouse) -> None:
    rows = [
        month_counted("2015-06", 31, "2015-09-10"),
        month_counted("2015-06", 12, "2015-09-10", practice="A81002"),
        month_counted("2015-06", 9, "2015-09-10", practice="A82001", ccg="01H"),
        month_counted("2015-08", 4, "2015-09-10"),
    ]
    load(warehouse, open_bytes("sent.csv", csv_of(rows))[0])
    told = rows_in(warehouse, newest(warehouse), "received")
    assert sorted((r["fact"], r["sender"], r["ccg"], f"{r['month']:%Y-%m}", r["arrived"]) for r in told) == [
        ("practice_coding", "coding DS1", "00M", "2015-06", 2),
        ("practice_coding", "coding DS1", "00M", "2015-08", 1),  # nothing in July
        ("practice_coding", "coding DS1", "01H", "2015-06", 1),
    ]


# ---- The same file again


def test_the_same_file_twice_changes_nothing(warehouse: Warehouse) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    before = newest(warehouse)
    outcome = load(warehouse, sent(JUNE, drawn="2015-09-10", name="renamed.csv"))
    assert (outcome.release, outcome.loaded, outcome.unchanged) == (None, [], ["renamed.csv"])
    assert newest(warehouse) == before
    assert states(warehouse) == [("sent.csv", "loaded")]


def test_the_same_file_twice_in_one_load_is_read_once(warehouse: Warehouse) -> None:
    outcome = load(warehouse, sent(JUNE, drawn="2015-09-10"), sent(JUNE, drawn="2015-09-10", name="copy.csv"))
    assert outcome.unchanged == ["copy.csv"]
    assert figures(warehouse) == {"DS1": JUNE}


def test_a_file_beside_an_unchanged_one_is_published(warehouse: Warehouse) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    outcome = load(warehouse, sent(JUNE, drawn="2015-09-10"), sent(JUNE, drawn="2015-09-10", sender="DS2"))
    assert (outcome.unchanged, [submission.sender for submission in outcome.loaded]) == (["sent.csv"], ["DS2"])
    assert figures(warehouse) == {"DS1": JUNE, "DS2": JUNE}


def test_the_same_content_with_another_mapping_is_read_again(warehouse: Warehouse) -> None:
    rows = [{**month_counted("2015-06", 31, "2015-09-10"), "ccg": "South"}]
    wrong, right = ({"values": {"ccg": {"South": ccg}}} for ccg in ("00K", "00M"))
    for mapping in (wrong, right, right):
        load_sources([open_bytes("sent.csv", csv_of(rows))[0]], warehouse, Instructions(mapping=mapping))
    assert [release.number for release in warehouse.register.releases()] == [2, 1]
    assert [row["ccg"] for row in rows_in(warehouse, newest(warehouse))] == ["00M"]


def test_the_same_undated_content_may_stand_for_two_quarters(warehouse: Warehouse) -> None:
    text = f"{HEADER}\n{line('A81001', '00K00', [3])}\n".encode()
    spring, summer, again = (
        open_bytes(f"Patient_List_Size_2015_{months}.csv", text)[0] for months in ("04-06", "07-09", "04-06")
    )
    outcome = load(warehouse, spring, summer, again)
    assert outcome.unchanged == ["Patient_List_Size_2015_04-06.csv"]
    assert [row["month"] for row in rows_in(warehouse, newest(warehouse), "list_size")] == [
        date(2015, 4, 1),
        date(2015, 7, 1),
    ]


# ---- Folders


def test_a_folder_stands_for_its_files_but_not_for_hidden_ones(warehouse: Warehouse, tmp_path: Path) -> None:
    folder = tmp_path / "sent" / "2015"
    folder.mkdir(parents=True)
    (folder / "ds1.csv").write_bytes(counted(JUNE, drawn="2015-09-10"))
    (tmp_path / "sent" / "ds2.csv").write_bytes(counted(JUNE, drawn="2015-09-10", sender="DS2"))
    for name in (".DS_Store", "~$ds1.xlsx"):
        (folder / name).write_bytes(b"nothing to load")
    load_files([tmp_path / "sent"], warehouse)
    assert figures(warehouse) == {"DS1": JUNE, "DS2": JUNE}


def test_progress_is_told_of_files_and_tables(warehouse: Warehouse, tmp_path: Path) -> None:
    (tmp_path / "sent.csv").write_bytes(counted(JUNE, drawn="2015-09-10"))
    told = []

    def progress(items: Sequence, words: str) -> Iterable:
        told.append((words, len(items)))
        return items

    load_files([tmp_path / "sent.csv"], warehouse, progress=progress)
    assert told == [("Reading", 1), ("Writing", 3)]
