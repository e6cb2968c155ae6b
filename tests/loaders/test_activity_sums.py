"""Returns that do not add up to England: by how much, and whose figure it may be."""

from collections.abc import Mapping
from datetime import date

import pyarrow as pa

from loaders import activity
from loaders.activity_sums import movers
from loaders.submission import Reading
from tests.loaders.activity_return import GP_REFERRALS, count, full
from tests.loaders.published import read, refusal, source


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


def test_a_slip_in_a_published_return_is_traced(activity_returns: dict[date, Reading]) -> None:
    listed = _wide(activity_returns[date(2015, 3, 1)], {("00M", "gp_referrals_made_ga"): 55_810})  # 5,581 in fact
    assert movers(listed, "gp_referrals_made_ga", 5_581 - 55_810)[0] == "00M"


def test_history_traces_smaller_slips(activity_returns: dict[date, Reading]) -> None:
    # 99C typed 3,906 non-elective admissions for 3,255: one figure a fifth too high among 212
    true = count(activity_returns[date(2015, 3, 1)], "99C", "non_elective_ga")
    listed = _wide(activity_returns[date(2015, 3, 1)], {("99C", "non_elective_ga"): round(true * 1.2)})
    history = activity_returns[date(2015, 2, 1)].tables["activity"]
    assert movers(listed, "non_elective_ga", true - round(true * 1.2), history)[0] == "99C"


def _wide(reading: Reading, changed: Mapping[tuple[str, str], int]) -> pa.Table:
    """Organisations x items of a return, with some figures changed."""
    figures: dict[str, dict[str, int]] = {}
    for r in reading.tables["activity"].to_pylist():
        figures.setdefault(r["ccg"], {})[r["item"]] = changed.get((r["ccg"], r["item"]), r["count"])
    del figures["England"]
    return pa.Table.from_pylist([{"ccg": ccg, **items} for ccg, items in figures.items()])
