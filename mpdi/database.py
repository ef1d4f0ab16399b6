"""Engine, sessions and the base of all mapped classes: SQLite (WAL) or PostgreSQL (psycopg 3)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, MetaData, create_engine, event, inspect
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from mpdi.exceptions import MpdiError


class DatabaseNotReadyError(MpdiError):
    """The database has no tables, or those of another release."""


class Base(DeclarativeBase):
    """Base of every mapped class; constraints are named, so that migrations can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Database:
    """The database of one installation. Reading sessions share; writing sessions take the write lock at once."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads; nothing it does is kept."""
        with self._sessions() as session:
            yield session
            session.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that writes: commits at the end, rolls back on any error.

        On SQLite it begins with `BEGIN IMMEDIATE`: a deferred begin that reads and then writes fails under load
        whatever the busy timeout.
        """
        with self._sessions() as session:
            session.connection(execution_options={"mpdi_writes": True})
            with _committing(session):
                yield session

    def empty_log(self) -> None:
        """Take what was written into the file of the database and cut off the log, where what was deleted still stands.

        Waits for those who read, at most as long as the busy timeout; what is left is cut off by the next time. Nothing
        is done on PostgreSQL, which keeps its log for recovery.
        """
        if self.engine.dialect.name == "sqlite":
            connection = self.engine.raw_connection()
            try:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()

    def require_tables(self) -> None:
        """Raise `DatabaseNotReadyError` where `mpdi init` has not been run."""
        if not inspect(self.engine).has_table("clause_version"):
            raise DatabaseNotReadyError("The database is not set up yet. Run: mpdi init")


@contextmanager
def _committing(session: Session) -> Iterator[None]:
    try:
        yield
    except BaseException:
        session.rollback()
        raise
    session.commit()


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": 30})
    event.listen(engine, "connect", _on_sqlite_connect)
    event.listen(engine, "begin", _on_sqlite_begin)
    return engine


_PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "busy_timeout=30000")


def _on_sqlite_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    # What is deleted is overwritten: who is forgotten leaves no words behind in free pages.
    for pragma in (*_PRAGMAS, "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_sqlite_begin(connection: Any) -> None:
    writes = connection.get_execution_options().get("mpdi_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
