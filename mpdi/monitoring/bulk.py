"""Many rows at once: by COPY into PostgreSQL, by one prepared statement into SQLite."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Table, bindparam, func, select, text
from sqlalchemy.orm import Session

from mpdi.database import Base

_WRITING = 7_305_114
"""Of the lock that ingestions of one PostgreSQL database share: a number of our own."""


_AT_ONCE = 500
"""Values in one question: SQLite takes no more than some thousands."""

MANY = "many"
"""Name of the values of a question that is made once and asked for each portion."""

Value = TypeVar("Value")


def table_of(mapped: type[Base]) -> Table:
    """The table of a class: rows without objects."""
    table = mapped.__table__
    assert isinstance(table, Table), "every class of ours has one table"
    return table


def among_many(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a column holds one of the values that are given as `MANY` when the question is asked.

    To build the question anew, and its key in SQLAlchemy's cache, takes longer than SQLite takes to answer.
    """
    return column.in_(bindparam(MANY, expanding=True))


def portions(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """Values in portions that one question may hold."""
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


def is_postgresql(session: Session) -> bool:
    """Whether the database is PostgreSQL."""
    return session.get_bind().dialect.name == "postgresql"


def lock_writing(session: Session) -> None:
    """Let one ingestion write at a time, until the transaction ends; a writing session of SQLite is alone already."""
    if is_postgresql(session):
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITING})


def reserve(session: Session, table: Table, count: int) -> list[int]:
    """Identifiers for so many new rows. The write lock must be held."""
    if is_postgresql(session):
        taken = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
        return list(session.scalars(taken, {"name": table.name, "count": count}))
    last = session.scalar(select(func.max(table.c.id))) or 0
    return list(range(last + 1, last + 1 + count))


def insert_rows(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same keys, each value as the column stores it."""
    if not rows:
        return
    columns = list(rows[0])
    listed = ", ".join(f'"{name}"' for name in columns)
    if not is_postgresql(session):
        _insert_plainly(session, table, columns, rows)
        return
    connection = session.connection().connection.driver_connection
    assert connection is not None, "a session that executes has a connection"
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({listed}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([row[name] for name in columns])


def _insert_plainly(session: Session, table: Table, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows as tuples: what SQLAlchemy would do with each dictionary again is done once a column."""
    connection = session.connection()
    types = (table.c[name].type.dialect_impl(connection.dialect) for name in columns)
    stored = [each.bind_processor(connection.dialect) for each in types]
    by_column = (
        [row[name] for row in rows] if process is None else [process(row[name]) for row in rows]
        for name, process in zip(columns, stored, strict=True)
    )
    listed = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join("?" * len(columns))
    statement = f'INSERT INTO "{table.name}" ({listed}) VALUES ({places})'  # noqa: S608 (names of our own tables)
    connection.exec_driver_sql(statement, list(zip(*by_column, strict=True)))
