"""Submissions, problems and releases: the tables of the catalogue database that are not facts.

A release is one row here. It names a snapshot of every Iceberg table and says which submission
each month of each slice comes from, so that reading it takes one statement and is never torn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime

import sqlalchemy as sa

from loaders.problems import Problem

FORMAT = 1
"""Version of the warehouse's layout. A program opens its own and older ones."""

RECORDS = sa.MetaData()

_WAREHOUSE = sa.Table(
    "warehouse",
    RECORDS,
    sa.Column("format", sa.Integer, primary_key=True, comment="layout version that last wrote here"),
)
_RELEASE = sa.Table(
    "release",
    RECORDS,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False, comment="1, 2, 3 ... without gaps"),
    sa.Column("published", sa.DateTime, nullable=False, comment="moment of publication, UTC"),
    sa.Column("snapshots", sa.JSON, nullable=False, comment="table -> [snapshot id, rows]"),
    sa.Column("holdings", sa.JSON, nullable=False, comment="slice -> month -> submission"),
)
_SUBMISSION = sa.Table(
    "submission",
    RECORDS,
    sa.Column("number", sa.Integer, primary_key=True, comment="in order of arrival"),
    sa.Column("submission", sa.Text, nullable=False, comment="content hash, 12 characters"),
    sa.Column("release", sa.Integer, comment="release that it came with; null when refused"),
    sa.Column("status", sa.Text, nullable=False, comment="loaded, superseded or refused"),
    sa.Column("kind", sa.Text, comment="what was recognised; null when nothing was"),
    sa.Column("sender", sa.Text),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("arrived", sa.DateTime, nullable=False, comment="UTC"),
    sa.Column("extracted", sa.Date, comment="date the sender drew or revised it"),
    sa.Column("first_month", sa.Date),
    sa.Column("last_month", sa.Date),
    sa.Column("rows", sa.Integer, comment="rows of the warehouse that it gave"),
    sa.Column("synthetic", sa.Boolean),
    sa.Column("tables", sa.JSON, comment="names of the tables it gave rows to; null: any"),
)
_PROBLEM = sa.Table(
    "problem",
    RECORDS,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("submission", sa.Text, nullable=False, index=True),
    sa.Column("level", sa.Text, nullable=False),
    sa.Column("file", sa.Text),
    sa.Column("sheet", sa.Text),
    sa.Column("row", sa.Integer),
    sa.Column("column", sa.Text),
    sa.Column("value", sa.Text),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("remedy", sa.Text),
)

Holdings = Mapping[str, Mapping[str, str]]
"""slice -> month (ISO) -> the submission that the month comes from."""


class PublishedMeanwhile(Exception):
    """Another load published first; nothing of this one is lost, it only has to run again."""


class WarehouseTooNew(Exception):
    """The warehouse was written by a newer version of the program."""


@dataclass(frozen=True)
class Snapshot:
    """One state of one table: its Iceberg id and how many rows it holds."""

    id: int
    rows: int


@dataclass(frozen=True)
class Release:
    """A published release: a snapshot of every table, and what each month comes from.

    `extracted` is the newest day on which a sender drew what stands in a table, where any said so:
    of the real submissions, if the table holds any. It is filled when a release is read.
    """

    number: int
    published: datetime
    snapshots: Mapping[str, Snapshot]
    holdings: Holdings
    extracted: Mapping[str, date] = field(default_factory=dict, compare=False)

    @property
    def submissions(self) -> set[str]:
        """Submissions of which at least one month stands in this release."""
        return {submission for months in self.holdings.values() for submission in months.values()}


@dataclass(frozen=True)
class Submission:
    """A file received, and what became of it. Months and counts are None when it was refused."""

    submission: str
    status: str
    file: str
    kind: str | None = None
    sender: str | None = None
    extracted: date | None = None
    first_month: date | None = None
    last_month: date | None = None
    rows: int | None = None
    synthetic: bool | None = None
    tables: Sequence[str] | None = ()
    release: int | None = None
    arrived: datetime | None = None

    def gave_rows_to(self, table: str) -> bool:
        """Whether the table may hold rows of it; one recorded by a program that did not note this may be anywhere."""
        return self.tables is None or table in self.tables


class Register:
    """The records of one warehouse, over the engine of its catalogue."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def prepare(self) -> None:
        """Create what is missing; raise WarehouseTooNew, with nothing touched, when a newer program was here."""
        _WAREHOUSE.create(self._engine, checkfirst=True)
        with self._engine.begin() as connection:
            found = connection.scalar(sa.select(sa.func.max(_WAREHOUSE.c.format))) or 0
            if found > FORMAT:
                raise WarehouseTooNew(
                    f"This warehouse has layout {found}; this program knows layouts up to {FORMAT}. "
                    "Update the program (git pull, then make setup)."
                )
            if found < FORMAT:
                connection.execute(_WAREHOUSE.insert().values(format=FORMAT))
        RECORDS.create_all(self._engine)
        self._add_missing_columns()

    def _add_missing_columns(self) -> None:
        """An older program's tables lack newer columns: add them, empty."""
        inspector = sa.inspect(self._engine)
        for table in RECORDS.sorted_tables:
            found = {column["name"] for column in inspector.get_columns(table.name)}
            for column in table.columns:
                if column.name not in found:
                    quoted = self._engine.dialect.identifier_preparer.format_column(column)
                    kind = column.type.compile(self._engine.dialect)
                    with self._engine.begin() as connection:
                        connection.exec_driver_sql(f'ALTER TABLE "{table.name}" ADD COLUMN {quoted} {kind}')

    def releases(self) -> list[Release]:
        """Every release, the newest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(_RELEASE).order_by(_RELEASE.c.number.desc()))
            drawn = _drawn(connection)
            return [_release(row, drawn) for row in rows]

    def newest(self) -> int:
        """The number of the newest release; 0 when nothing was published."""
        with self._engine.connect() as connection:
            return connection.scalar(sa.select(sa.func.max(_RELEASE.c.number))) or 0

    def release(self, number: int | None = None) -> Release | None:
        """The release of this number, the newest when None; None when there is no such release."""
        query = sa.select(_RELEASE).order_by(_RELEASE.c.number.desc()).limit(1)
        if number is not None:
            query = query.where(_RELEASE.c.number == number)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
            return _release(row, _drawn(connection)) if row else None

    def publish(self, release: Release, submissions: Sequence[tuple[Submission, Sequence[Problem]]]) -> None:
        """Write a release with its submissions in one transaction; PublishedMeanwhile if the number is taken."""
        try:
            with self._engine.begin() as connection:
                connection.execute(
                    _RELEASE.insert().values(
                        number=release.number,
                        published=release.published.replace(tzinfo=None),
                        snapshots={name: [s.id, s.rows] for name, s in release.snapshots.items()},
                        holdings=release.holdings,
                    )
                )
                _write(connection, submissions, release.number)
        except sa.exc.IntegrityError as taken:
            raise PublishedMeanwhile(f"Release {release.number} was published meanwhile: run again.") from taken

    def note(self, submissions: Sequence[tuple[Submission, Sequence[Problem]]]) -> None:
        """Record files that changed nothing: refused ones, with their problems."""
        with self._engine.begin() as connection:
            _write(connection, submissions, None)

    def submissions(self) -> list[Submission]:
        """Every file received, the latest first."""
        columns = [column for column in _SUBMISSION.columns if column.name != "number"]
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(*columns).order_by(_SUBMISSION.c.number.desc()))
            return [Submission(**row._mapping) for row in rows]

    def problems(self, submission: str | None = None) -> list[tuple[str, Problem]]:
        """(submission, problem) of one or every file, the latest first."""
        columns = [column for column in _PROBLEM.columns if column.name != "number"]
        query = sa.select(*columns).order_by(_PROBLEM.c.number.desc())
        if submission:
            query = query.where(_PROBLEM.c.submission == submission)
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        told = [{name: value for name, value in row.items() if value is not None} for row in rows]
        return [(row.pop("submission"), Problem(**row)) for row in told]


def _release(row: sa.Row, drawn: Sequence[sa.Row]) -> Release:
    snapshots = {name: Snapshot(*pair) for name, pair in row.snapshots.items()}
    release = Release(row.number, row.published.replace(tzinfo=UTC), snapshots, row.holdings)
    standing = release.submissions
    return replace(release, extracted=_extracted([one for one in drawn if one.submission in standing]))


def _drawn(connection: sa.Connection) -> Sequence[sa.Row]:
    """Submission, day drawn, whether synthetic, and its tables, of those that say when they were drawn."""
    columns = [_SUBMISSION.c[name] for name in ("submission", "extracted", "synthetic", "tables")]
    return connection.execute(sa.select(*columns).where(_SUBMISSION.c.extracted.is_not(None))).all()


def _extracted(standing: Sequence[sa.Row]) -> Mapping[str, date]:
    newest: dict[str, tuple[bool, date]] = {}
    for one in standing:
        for table in one.tables or ():
            real_and_day = not one.synthetic, one.extracted
            newest[table] = max(newest.get(table, real_and_day), real_and_day)
    return {table: day for table, (_, day) in newest.items()}


def _write(
    connection: sa.Connection, submissions: Sequence[tuple[Submission, Sequence[Problem]]], release: int | None
) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    for submission, problems in submissions:
        connection.execute(_SUBMISSION.insert().values({**asdict(submission), "release": release, "arrived": now}))
        if problems:
            connection.execute(
                _PROBLEM.insert(), [{"submission": submission.submission, **asdict(problem)} for problem in problems]
            )
