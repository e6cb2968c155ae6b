"""Published lists that jump from one month to the next. Figures of 2015 are NHS England's (OGL v3)."""

from datetime import date

import pyarrow as pa
import pytest

from loaders.rtt_jumps import jumps
from loaders.submission import Reading


def lists(*rows: tuple[str, str, int], function: str = "110", part: str = "incomplete") -> pa.Table:
    """Published lists as (CCG, month, patients)."""
    text, whole, day = pa.string(), pa.int32(), pa.date32()
    schema = pa.schema({"ccg": text, "month": day, "total": whole, "part": text, "function": text})
    values = [(ccg, date.fromisoformat(f"{month}-01"), total, part, function) for ccg, month, total in rows]
    return pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in values], schema)


def test_the_known_artefacts_of_2015_and_no_others(rtt_workbooks: dict[str, Reading]) -> None:
    found = [
        warning.why for warning in jumps(pa.concat_tables(r.tables["rtt_published"] for r in rtt_workbooks.values()))
    ]
    assert found == [
        "00K Hartlepool and Stockton-on-Tees, trauma and orthopaedics, incomplete: "
        "2,848 in April 2015, +1,027 (+56%) on 1,821 in March 2015.",
        # January, when the list of South Tyneside fell, is not among these files
        "00N South Tyneside, all treatment functions, incomplete: "
        "9,098 in February 2015, -2,558 (-22%) on 11,656 in December 2014.",
        "00N South Tyneside, trauma and orthopaedics, incomplete: "
        "1,280 in February 2015, -586 (-31%) on 1,866 in December 2014.",
        "03D Hambleton, Richmondshire and Whitby, trauma and orthopaedics, incomplete: 1,058 in February 2015, "
        "-298 (-22%) on 1,356 in December 2014 and -267 (-20%) on 1,325 in March 2015.",
    ]


def test_a_fall_is_reported_against_whichever_month_is_known() -> None:
    found = jumps(lists(("03D", "2015-02", 1058), ("03D", "2015-03", 1325)))
    assert ["1,325 in March 2015, +267 (+25%) on 1,058 in February 2015" in warning.why for warning in found] == [True]


def test_a_month_that_returns_is_reported_once() -> None:
    spike = lists(("00K", "2015-03", 1821), ("00K", "2015-04", 2848), ("00K", "2015-05", 1868))
    assert [warning.level for warning in jumps(spike)] == ["warning"]
    assert "2,848 in April 2015" in jumps(spike)[0].why


@pytest.mark.parametrize(
    "ordinary",
    [
        lists(("00J", "2015-02", 1950), ("00J", "2015-03", 1659)),  # 18% of the smaller
        lists(("00M", "2015-02", 500), ("00M", "2015-03", 600)),  # a fifth exactly
        lists(("00M", "2015-02", 300), ("00M", "2015-03", 499)),  # too small to tell
        lists(("00M", "2014-12", 1000), ("00M", "2015-03", 2000)),  # three months apart
        lists(("00M", "2015-02", 1000), ("00M", "2015-03", 2000), part="admitted"),  # treated, not waiting
        lists(("00M", "2015-02", 1000), ("00M", "2015-03", 2000), function="100"),  # not shown
        lists(("10R", "2015-03", 2242), ("10R", "2015-04", 1202)),  # Portsmouth
        # Newcastle Gateshead takes over from three; one of them alone is not its list
        lists(("00F", "2015-03", 1590), ("00G", "2015-03", 1265), ("00H", "2015-03", 1065), ("13T", "2015-04", 4003)),
        lists(("00F", "2015-03", 1590), ("13T", "2015-04", 4003)),
        lists(),
    ],
)
def test_ordinary_months_pass(ordinary: pa.Table) -> None:
    assert jumps(ordinary) == []


def test_a_list_that_vanishes_has_jumped() -> None:
    assert "0 in March 2015, -600 (-100%) on 600" in jumps(lists(("00M", "2015-02", 600), ("00M", "2015-03", 0)))[0].why
