from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from loaders.database import read_view
from loaders.pathway import KIND
from loaders.problems import LoadRefused, Problem
from loaders.submission import Instructions


@pytest.fixture
def address(tmp_path: Path) -> str:
    """A provider's database: a table of referrals, and a view of them in the columns of the contract."""
    url = f"sqlite:///{tmp_path / 'ttp.db'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("create table ref (id integer, recd date, seen timestamp, risk text, share float)"))
        connection.execute(
            text(
                "insert into ref values"
                " (2, '2015-06-02', null, null, 3.0),"
                " (1, '2015-06-01', '2015-06-15 09:30:00.000000', 'low', 0.5)"
            )
        )
        connection.execute(
            text(
                "create view referrals as select id as referral_id, 'DP1' as provider, 'A81001' as practice,"
                " '00M' as ccg, 'triage_and_treat' as route, 'low_back_pain' as presentation, risk as start_back,"
                " recd as received, seen as assessed, '2015-07-31' as extracted from ref"
            )
        )
        connection.execute(text("create view nobody as select * from referrals where 0"))
    engine.dispose()
    return url


def refusal(url: str, view: str) -> Problem:
    with pytest.raises(LoadRefused) as refused:
        read_view(url, view)
    (problem,) = refused.value.problems
    return problem


def test_a_view_loads_like_a_file(address: str) -> None:
    source = read_view(address, "referrals")
    assert KIND.recognise(source)
    rows = KIND.read(source, Instructions()).tables["referral"].to_pylist()
    assert [(row["referral_id"], row["days_to_assessed"], row["start_back"]) for row in rows] == [
        ("1", 14, "low"),  # the time of day is dropped
        ("2", None, None),
    ]


def test_the_same_rows_are_the_same_submission_in_any_order(address: str) -> None:
    before = read_view(address, "ref")
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text("create temporary table kept as select * from ref where id = 2"))
        connection.execute(text("delete from ref where id = 2"))
        connection.execute(text("insert into ref select * from kept"))  # behind the other now
    engine.dispose()
    assert read_view(address, "main.ref").sha256 == before.sha256


def test_values_are_text_as_in_a_file(address: str) -> None:
    assert read_view(address, "ref").sheets[0].head[1:] == [
        ["1", "2015-06-01", "2015-06-15", "low", "0.5"],
        ["2", "2015-06-02", "", "", "3"],
    ]


def test_a_view_without_rows_is_refused_like_an_empty_file(address: str) -> None:
    with pytest.raises(LoadRefused, match="not one row"):
        KIND.read(read_view(address, "nobody"), Instructions())


def test_an_unknown_view_is_refused_with_the_nearest(address: str) -> None:
    problem = refusal(address, "referals")
    assert problem.why == "The database has no such table or view."
    assert problem.remedy == "Is it referrals?"


def test_a_view_is_a_name_and_never_a_query(address: str) -> None:
    assert "no such table or view" in refusal(address, "referrals; drop table ref").why
    assert read_view(address, "ref").sheets[0].head


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("not an address", "cannot be understood"),
        ("postgresql+psycopg://me:s3cret@host:port/ttp", "cannot be understood"),
        ("oracle+nothing://me:s3cret@host/ttp", "driver for 'oracle+nothing' is not installed"),
        ("mysql+pymysql://me:s3cret@host/ttp", "driver for 'mysql+pymysql' is not installed"),
        ("postgresql+psycopg://me:s3cret@127.0.0.1:1/ttp?sslpassword=s3cret2", "did not answer"),
        ("sqlite:////no/such/folder/s3cret.d/../x.db?timeout=s3cret", "did not answer"),
    ],
)
def test_a_database_that_cannot_be_read_is_said_without_secrets(url: str, why: str) -> None:
    problem = refusal(url, "dbo.referrals")
    assert why in problem.why
    assert problem.remedy
    assert "me:s3cret" not in str(problem)
    assert "=s3cret" not in str(problem)


def test_a_password_that_the_driver_repeats_is_taken_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_given: object) -> None:
        raise OSError("cannot log in as me with p@ss word or p%40ss%20word\nor at all")

    monkeypatch.setattr("sqlalchemy.engine.Engine.connect", connect)
    problem = refusal("postgresql+psycopg://me:p%40ss%20word@host/ttp", "referrals")
    assert problem.why == "The database did not answer: cannot log in as me with *** or ***."
