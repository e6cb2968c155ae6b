from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import coding
from loaders.holdings import Arrival, drops, held_rows, holds_any, months_of, settle, settlement
from loaders.register import Holdings, Release, Snapshot, Submission
from loaders.submission import Reading
from loaders.warehouse import Drop
from tests.loaders.given import day

MAY, JUNE, JULY = "2015-05-01", "2015-06-01", "2015-07-01"


def arrival(name: str, drawn: str | None, **covers: Sequence[str]) -> Arrival:
    """A file that answers for these months of these slices."""
    months = {slice: [day(month) for month in months] for slice, months in covers.items()}
    return Arrival(name, f"{name}.csv", coding.KIND, Reading("coding", "", {}, months, day(drawn) if drawn else None))


def settled(*arrivals: Arrival, holdings: Holdings | None = None, drawn: Mapping[str, date] | None = None) -> Holdings:
    return settle(holdings or {}, drawn or {}, arrivals)


# ---- Which file a month comes from


def test_the_first_file_holds_its_months() -> None:
    assert settled(arrival("a", "2015-08-01", one=[MAY, JUNE])) == {"one": {MAY: "a", JUNE: "a"}}


def test_a_later_file_takes_the_months_it_answers_for_and_no_others() -> None:
    first, later = arrival("a", "2015-08-01", one=[MAY, JUNE]), arrival("b", "2015-09-01", one=[JUNE, JULY])
    assert settled(first, later) == {"one": {MAY: "a", JUNE: "b", JULY: "b"}}


def test_slices_are_apart() -> None:
    first, later = arrival("a", "2015-08-01", one=[MAY]), arrival("b", "2015-09-01", two=[MAY])
    assert settled(first, later) == {"one": {MAY: "a"}, "two": {MAY: "b"}}


@pytest.mark.parametrize(
    ("drawn", "holder"),
    [
        ("2015-08-01", "old"),  # a day earlier
        ("2015-08-02", "new"),  # the same day: the one that comes now
        ("2015-08-03", "new"),
        (None, "old"),  # no date loses to any
    ],
)
def test_what_stands_is_replaced_by_what_was_drawn_no_earlier(drawn: str | None, holder: str) -> None:
    new = arrival("new", drawn, one=[MAY])
    assert settled(new, holdings={"one": {MAY: "old"}}, drawn={"old": day("2015-08-02")}) == {"one": {MAY: holder}}


def test_without_dates_the_one_that_comes_last_counts() -> None:
    assert settled(arrival("a", None, one=[MAY]), arrival("b", None, one=[MAY])) == {"one": {MAY: "b"}}


def test_nothing_comes_of_nothing() -> None:
    assert settled() == {}
    assert settled(holdings={"one": {MAY: "a"}}) == {"one": {MAY: "a"}}


def test_what_stood_before_is_left_as_it_was() -> None:
    before: Holdings = {"one": {MAY: "old"}}
    settled(arrival("new", "2015-08-01", one=[MAY]), holdings=before)
    assert before == {"one": {MAY: "old"}}


# ---- Any order


@st.composite
def files(draw: st.DrawFn) -> list[Arrival]:
    """Files of two slices that overlap in any way, each drawn on a day of its own."""
    count = draw(st.integers(2, 5))
    days = draw(st.permutations(range(count)))
    months = st.lists(st.sampled_from([MAY, JUNE, JULY]), min_size=1, unique=True)
    covers = st.dictionaries(st.sampled_from(["one", "two"]), months, min_size=1)
    drawn = [str(date(2015, 8, 1) + timedelta(after)) for after in days]
    return [arrival(f"file{at}", drawn[at], **draw(covers)) for at in range(count)]


@given(files(), st.randoms())
def test_the_order_of_files_in_a_load_makes_no_difference(sent: list[Arrival], chance: Random) -> None:
    shuffled = chance.sample(sent, len(sent))
    assert settled(*shuffled) == settled(*sent)


@given(files(), st.randoms())
def test_nor_does_the_order_of_loads(sent: list[Arrival], chance: Random) -> None:
    drawn = {file.submission: file.reading.extracted for file in sent}
    one_by_one: Holdings = {}
    for file in chance.sample(sent, len(sent)):
        one_by_one = settle(one_by_one, drawn, [file])
    assert one_by_one == settled(*sent)


# ---- What a load changes


def standing(**holdings: Mapping[str, str]) -> Release:
    return Release(4, datetime(2015, 9, 2, tzinfo=UTC), {"practice_coding": Snapshot(1, 1)}, holdings)


def received(name: str, drawn: str, status: str = "loaded") -> Submission:
    return Submission(name, status, f"{name}.csv", extracted=day(drawn))


def test_arrivals_are_taken_late_or_unchanged() -> None:
    new, late, same = (
        arrival("new", "2015-09-01", one=[MAY]),
        arrival("late", "2015-07-01", one=[MAY]),
        arrival("old", "2015-08-01", one=[MAY]),
    )
    changes = settlement(standing(one={MAY: "old"}), [received("old", "2015-08-01")], [late, new, same])
    assert (changes.taken, changes.late, changes.unchanged) == ([new], [late], [same])
    assert changes.after == {"one": {MAY: "new"}}


def test_a_refused_file_has_no_date_to_hold_against_another() -> None:
    # refused in 2016, mended and loaded as of 2015
    record = [received("old", "2016-01-01", status="refused"), received("old", "2015-08-01")]
    changes = settlement(standing(one={MAY: "old"}), record, [arrival("new", "2015-09-01", one=[MAY])])
    assert changes.after == {"one": {MAY: "new"}}


def test_the_first_load_stands_on_nothing() -> None:
    changes = settlement(None, [], [arrival("new", None, one=[MAY])])
    assert (changes.base, changes.after) == (None, {"one": {MAY: "new"}})


def test_rows_of_lost_months_are_dropped_by_submission_and_slice() -> None:
    before = {"one": {MAY: "a", JUNE: "a", JULY: "b"}, "two": {MAY: "a"}}
    after = {"one": {MAY: "c", JUNE: "c", JULY: "b"}, "two": {MAY: "c"}, "three": {MAY: "c"}}
    assert drops(before, after) == [Drop("a", "one", [day(MAY), day(JUNE)]), Drop("a", "two", [day(MAY)])]
    assert drops(before, before) == []


def test_only_rows_of_the_months_that_a_file_holds_are_added() -> None:
    rows = pa.table(
        {
            "slice": ["one", "one", "two", "elsewhere"],
            "month": [day(MAY), day(JUNE), day(JUNE), day(MAY)],
            "n": [1, 2, 3, 4],
        }
    )
    file = arrival("a", "2015-08-01", one=[MAY, JUNE], two=[JUNE])
    after = {"one": {MAY: "a", JUNE: "b"}, "two": {JUNE: "a"}, "elsewhere": {MAY: "a"}}
    assert held_rows(rows, file, after)["n"].to_pylist() == [1, 3]


def test_a_file_holds_something_while_one_month_is_its_own() -> None:
    assert holds_any("a", {"one": {MAY: "b"}, "two": {MAY: "a"}})
    assert not holds_any("a", {"one": {MAY: "b"}, "two": {}})


def test_months_of_several_readings_stand_once_in_order() -> None:
    readings = [arrival("a", None, one=[JULY, MAY]).reading, arrival("b", None, one=[MAY], two=[JUNE]).reading]
    assert months_of(readings) == [day(MAY), day(JUNE), day(JULY)]
