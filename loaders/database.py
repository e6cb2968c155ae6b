"""A table or view of a database as a source, read like a file."""

import difflib
from datetime import date, datetime
from urllib.parse import quote, quote_plus

import pyarrow as pa
from sqlalchemy import URL, Connection, MetaData, Table, create_engine, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, NoSuchTableError, SQLAlchemyError

from loaders.problems import LoadRefused, refuse
from loaders.reading import Source, from_table


def read_view(url: str, view: str) -> Source:
    """The rows of a table or view, named as `view` or `schema.view`, in the order of their values.

    Raises LoadRefused when the address cannot be understood, its driver is missing, the database
    does not answer, or it has no such view. No message holds a password.
    """
    address = _address(url, view)
    place = _place(address, view)
    try:
        engine = create_engine(address)
        with engine.connect() as connection:
            rows = _rows(connection, view)
        engine.dispose()
    except LoadRefused:
        raise
    except (NoSuchModuleError, ModuleNotFoundError):
        why = f"The driver for '{address.drivername}' is not installed."
        raise refuse(place, why, "Install it, or name another in the address: dialect+driver://...") from None
    except (SQLAlchemyError, OSError, TypeError, ValueError) as wrong:
        why = f"The database did not answer: {_without_secrets(wrong, address)}."
        raise refuse(place, why, "Check the address, the account and its rights.") from None
    # The order in which a database gives rows may change; the identity of a submission should not.
    return from_table(place, rows.sort_by([(name, "ascending") for name in rows.column_names]))


def _address(url: str, view: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        remedy = "Write it as dialect+driver://user:password@host/database, with %40 for @ and so on."
        raise refuse(view, "The database address cannot be understood.", remedy) from None


def _place(address: URL, view: str) -> str:
    """What messages call the source: never the whole address, whose options may hold secrets too."""
    where = "/".join(part for part in (address.host, address.database) if part)
    return f"{view} of {address.get_backend_name()} {where}".strip()


def _rows(connection: Connection, view: str) -> pa.Table:
    schema, _, name = view.rpartition(".")
    try:
        table = Table(name, MetaData(), schema=schema or None, autoload_with=connection)
    except NoSuchTableError:
        raise refuse(view, "The database has no such table or view.", _nearest(connection, schema, name)) from None
    found = connection.execute(select(table))
    names, rows = list(found.keys()), found.all()
    columns = zip(*rows, strict=True) if rows else ([] for _ in names)
    return pa.table(
        {name: pa.array(map(_text, column), pa.string()) for name, column in zip(names, columns, strict=True)}
    )


def _nearest(connection: Connection, schema: str, name: str) -> str:
    inspector = inspect(connection)
    known = [*inspector.get_view_names(schema or None), *inspector.get_table_names(schema or None)]
    near = difflib.get_close_matches(name, known, 3, 0.6) or sorted(known)[:3]
    return f"Is it {' or '.join(near)}?" if near else "Name the schema too, as schema.view."


def _text(value: object) -> str:
    """A value as a file would hold it; of a moment only the day, since waits are in whole days."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _without_secrets(wrong: Exception, address: URL) -> str:
    """The first line of what the driver says, without the password or any option of the address."""
    said = str(getattr(wrong, "orig", None) or wrong).strip().split("\n")[0].rstrip(".")
    options = [value for values in address.normalized_query.values() for value in values]
    for secret in filter(None, [str(address.password or ""), *options]):
        for spelling in (secret, quote(secret), quote_plus(secret)):
            said = said.replace(spelling, "***")
    return said
