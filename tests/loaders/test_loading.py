from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from loaders import coding, loading
from loaders.loading import Outcome, load_files, load_sources
from loaders.problems import LoadRefused, Problem
from loaders.reading import open_bytes
from loaders.register import PublishedMeanwhile, Register, Release
from loaders.submission import Across, Instructions
from loaders.warehouse import Warehouse
from tests.loaders.given import csv_of
from tests.loaders.returns_made import counted, figures, load, month_counted, newest, rows_in, sent
from tests.loaders.test_list_sizes import HEADER, line

JUNE = {"2015-06": 31}


def states(warehouse: Warehouse) -> list[tuple[str, str]]:
    """File and status of every submission, the latest first."""
    return [(submission.file, submission.status) for submission in warehouse.register.submissions()]


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


def test_a_file_that_another_load_publishes_meanwhile_is_not_added_again(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = sent(JUNE, drawn="2015-09-10")
    _publish_first(monkeypatch, lambda: load(warehouse, same))
    outcome = load(warehouse, same)
    assert (outcome.release, outcome.unchanged) == (None, ["sent.csv"])
    assert figures(warehouse) == {"DS1": JUNE}


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


# ---- Which file counts


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


# ---- Refusals


def test_one_refused_file_keeps_all_from_being_published(warehouse: Warehouse) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    before = newest(warehouse)
    good = sent({"2015-07": 28}, drawn="2015-10-10", name="good.csv")
    bad = sent({"2015-07": "many", "2015-08": -1}, drawn="2015-10-10", sender="DS2", name="bad.csv")
    stray = open_bytes("stray.csv", b"a,b\n1,2\n")[0]
    with pytest.raises(LoadRefused) as refused:
        load(warehouse, good, bad, stray)
    told = [(problem.file, problem.row, problem.column, problem.value) for problem in refused.value.problems]
    assert told == [("bad.csv", 2, "episodes", "many"), ("bad.csv", 3, "episodes", "-1"), ("stray.csv", None, "", "")]
    assert newest(warehouse) == before
    assert states(warehouse) == [("stray.csv", "refused"), ("bad.csv", "refused"), ("sent.csv", "loaded")]
    kept = [problem for submission, problem in warehouse.register.problems()]
    assert sorted(map(str, kept)) == sorted(map(str, refused.value.problems))
    assert [p.value for _, p in warehouse.register.problems(bad.sha256[:12])] == ["-1", "many"]


def test_a_refused_file_says_its_kind_where_that_is_known(warehouse: Warehouse) -> None:
    with pytest.raises(LoadRefused):
        load(warehouse, sent({"2015-07": "many"}, drawn="2015-10-10"), open_bytes("stray.csv", b"a,b\n1,2\n")[0])
    assert [(s.file, s.kind, s.release) for s in warehouse.register.submissions()] == [
        ("stray.csv", None, None),
        ("sent.csv", "coding", None),
    ]


def test_what_cannot_even_be_opened_is_refused_with_the_rest(warehouse: Warehouse, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    (tmp_path / "bad.csv").write_bytes(counted({"2015-07": "many"}, drawn="2015-10-10"))
    paths = [tmp_path / name for name in ("empty.csv", "folder", "gone.csv", "bad.csv")]
    with pytest.raises(LoadRefused) as refused:
        load_files(paths, warehouse)
    assert [problem.why for problem in refused.value.problems] == [
        "The file is empty.",
        "There is no file in this folder.",
        "There is no such file.",
        "This is not a whole number.",
    ]
    assert len(warehouse.register.problems()) == 4


def test_a_refused_file_may_be_sent_again_once_mended(warehouse: Warehouse) -> None:
    with pytest.raises(LoadRefused):
        load(warehouse, sent({"2015-06": "many"}, drawn="2015-09-10"))
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    assert figures(warehouse) == {"DS1": JUNE}


def test_warnings_are_recorded_with_the_release(warehouse: Warehouse) -> None:
    outcome = load(warehouse, sent({"2015-09": 31}, drawn="2015-09-10"))  # the month was not over
    ((submission, recorded),) = warehouse.register.problems()
    assert [recorded] == outcome.warnings
    assert (submission, recorded.level, recorded.file) == (outcome.loaded[0].submission, "warning", "sent.csv")


# ---- A dry run


def test_a_dry_run_writes_nothing(warehouse: Warehouse) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    before, files = newest(warehouse), _files(warehouse)
    later, same = sent({"2015-09": 31}, drawn="2015-09-12"), sent(JUNE, drawn="2015-09-10", name="same.csv")
    late = sent({"2015-06": 1}, drawn="2015-08-01", name="late.csv")
    outcome = load_sources([later, same, late], warehouse, dry_run=True)
    assert (outcome.release, outcome.unchanged, outcome.superseded) == (None, ["same.csv"], ["late.csv"])
    assert ["not over" in warning.why for warning in outcome.warnings] == [True]
    with pytest.raises(LoadRefused):
        load_sources([sent({"2015-07": "many"}, drawn="2015-10-10")], warehouse, dry_run=True)
    assert (newest(warehouse), _files(warehouse)) == (before, files)
    assert states(warehouse) == [("sent.csv", "loaded")]
    assert warehouse.register.problems() == []


def _files(warehouse: Warehouse) -> set[Path]:
    return {path for path in Path(warehouse.location).rglob("*") if path.name != "catalogue.db-wal"}


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


# ---- Other loads


def test_a_load_that_is_overtaken_starts_over_and_loses_nothing(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sent({"2015-07": 28}, drawn="2015-10-10")
    _publish_first(monkeypatch, lambda: load(warehouse, other))
    outcome = load(warehouse, sent({"2015-06": 31, "2015-07": 27}, drawn="2015-09-10"))
    assert outcome.release
    assert outcome.release.number == 2
    assert figures(warehouse) == {"DS1": {"2015-06": 31, "2015-07": 28}}


def test_a_load_that_is_always_overtaken_gives_up_and_changes_nothing(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(warehouse, sent(JUNE, drawn="2015-09-10"))
    tries = []

    def taken(_register: Register, release: Release, _submissions: object) -> None:
        tries.append(release.number)
        raise PublishedMeanwhile(f"Release {release.number} was published meanwhile: run again.")

    monkeypatch.setattr(Register, "publish", taken)
    with pytest.raises(PublishedMeanwhile, match="Release 2 was published meanwhile: run again"):
        load(warehouse, sent({"2015-06": 32}, drawn="2015-10-10"))
    assert tries == [2] * loading.ATTEMPTS
    assert figures(warehouse) == {"DS1": JUNE}


def _publish_first(monkeypatch: pytest.MonkeyPatch, other: Callable[[], object]) -> None:
    """Let another load publish just before this one does."""
    publish = Register.publish

    def overtaken(*args: Any) -> None:
        monkeypatch.setattr(Register, "publish", publish)
        other()
        publish(*args)

    monkeypatch.setattr(Register, "publish", overtaken)


# ---- Checks across files


def test_what_files_say_together_is_warned_of_once(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    def falls(rows: pa.Table) -> list[Problem]:
        counts = [row["episodes"] for row in sorted(rows.to_pylist(), key=lambda row: row["month"])]
        return [Problem(f"{a} fell to {b}.", level="warning") for a, b in pairwise(counts) if b < a]

    kind = replace(coding.KIND, across=Across("practice_coding", ("month", "episodes"), falls))
    monkeypatch.setattr(loading, "recognise", lambda source, key: kind)
    first = load(warehouse, sent(JUNE, drawn="2015-09-10"))
    second = load(warehouse, sent({"2015-07": 28}, drawn="2015-09-10"))
    third = load(warehouse, sent({"2015-08": 12}, drawn="2015-09-10"))
    assert [[problem.why for problem in outcome.warnings] for outcome in (first, second, third)] == [
        [],
        ["31 fell to 28."],
        ["28 fell to 12."],  # what was said with the second is not said again
    ]


# ---- The published files


@pytest.fixture(scope="module")
def everything(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Warehouse, Outcome]]:
    """All published files in one load, into an empty warehouse."""
    warehouse = Warehouse(str(tmp_path_factory.mktemp("warehouse")))
    yield warehouse, load_files([real], warehouse)
    warehouse.close()


@pytest.mark.slow
def test_one_load_takes_every_published_file_and_again_changes_nothing(
    real: Path, everything: tuple[Warehouse, Outcome]
) -> None:
    warehouse, outcome = everything
    files = [path for path in real.rglob("*") if path.is_file()]
    assert outcome.release
    assert outcome.release.number == 1
    assert (len(outcome.loaded), outcome.unchanged, outcome.superseded) == (len(files), [], [])
    assert {submission.synthetic for submission in outcome.loaded} == {False}
    again = load_files([real], warehouse)
    assert (again.release, len(again.unchanged)) == (None, len(files))
    assert newest(warehouse).number == 1


@pytest.mark.slow
def test_published_lists_that_jump_are_warned_of_and_no_others(everything: tuple[Warehouse, Outcome]) -> None:
    # NHS England, RTT incomplete pathways by commissioner, December 2014 to April 2015. 00K and 03D read off the
    # printed cells; 00N is a known artefact as well
    _, outcome = everything
    jumps = {problem.why[:3]: problem.why for problem in outcome.warnings if problem.file == "rtt incomplete"}
    assert set(jumps) == {"00K", "00N", "03D"}
    assert (
        "trauma and orthopaedics, incomplete: 2,848 in April 2015, +1,027 (+56%) on 1,821 in March 2015" in jumps["00K"]
    )
    assert "1,058 in February 2015" in jumps["03D"]
    assert "-267 (-20%) on 1,325 in March 2015" in jumps["03D"]
