"""The SQL of one measure of each kind, as a reviewer reads it: tests/metrics/sql/<key>.sql.

After a change that is meant, write the files again and read the difference:

    REFRESH_SQL=1 python -m pytest tests/metrics/test_query.py
"""

import os
import re
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from metrics import query
from metrics.catalogue import load
from metrics.kinds import Count, How

GOLDEN = Path(__file__).parent / "sql"

SCOPE = query.Scope(
    places=(("00M", "00M"), ("13T", "13T"), ("00F", "13T")),  # one CCG, and one with a predecessor
    synthetic=False,
    first=date(2015, 5, 1),
    last=date(2015, 7, 1),
    presentation=("radicular_pain",),
)
"""Two CCGs, three months, one presentation, which only some tables know."""

SHOWN: dict[str, How] = {
    key: load()[key].how
    for key in (
        "start_back_recorded",  # proportion
        "referral_rate",  # rate
        "wait_core_therapy",  # wait
        "discharged_self_managing",  # conversion
        "rtt_orthopaedics_median",  # rtt
        "improved_beyond_mcid",  # change
        "practices_referring",  # practices
        "ccgs_live",  # milestones
        "waiting_for_assessment",  # waiting_list
    )
} | {"spells": Count(table="procedure", count="spells", where={"procedure_group": ("nerve_root_block",)})}
"""One of each kind; no measure of the catalogue is a plain count."""


BREAKS = re.compile(r" (?=(?:FROM|WHERE|GROUP BY|UNION ALL) )|(?<=UNION ALL) | (?=AND )|(?<=,) ")


def sql_of(how: How, scope: query.Scope = SCOPE) -> str:
    """The select as DuckDB gets it, with its values written in, a clause, column or condition a line."""
    dialect = sa.create_engine("duckdb:///:memory:").dialect
    compiled = str(query.select_for(how, scope).compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    return _lines(" ".join(compiled.split())) + "\n"


def _lines(sql: str) -> str:
    """SQL cut where no bracket is open; columns and conditions are set in."""
    cut, start = [], 0
    for at in BREAKS.finditer(sql):
        if sql.count("(", 0, at.start()) == sql.count(")", 0, at.start()):
            cut.append(sql[start : at.start()])
            start = at.end()
    lines = [*cut, sql[start:]]
    return "\n".join(line if re.match("SELECT|FROM|WHERE|GROUP|UNION", line) else f"    {line}" for line in lines)


def test_there_is_one_of_every_kind() -> None:
    assert len({how.kind for how in SHOWN.values()}) == len(SHOWN) == 10
    assert {how.kind for how in SHOWN.values()} == {m.kind for m in load().values()} | {"count"}
    assert {path.stem for path in GOLDEN.glob("*.sql")} == set(SHOWN)


@pytest.mark.parametrize("key", list(SHOWN))
def test_the_sql_of_each_kind(key: str) -> None:
    golden = GOLDEN / f"{key}.sql"
    found = sql_of(SHOWN[key])
    if os.environ.get("REFRESH_SQL"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8"), "read the difference; if it is meant, see the top of this file"


@pytest.mark.parametrize("key", list(load()))
def test_nothing_is_divided_or_averaged_before_counts_are_added(key: str) -> None:
    text = sql_of(load()[key].how).lower()
    assert not re.search(r" / |\bavg\(|\bmedian\(|percentile|quantile", text)
