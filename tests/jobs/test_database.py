"""The database: its tables come from the migrations, and sessions that write wait for each other instead of failing."""

import subprocess
import sys

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from mpdi.clause_library import models as clause_models
from mpdi.database import Base, Database, DatabaseNotReadyError
from mpdi.jobs import models as job_models
from mpdi.migrations import alembic_config, upgrade
from mpdi.specifications import models as specification_models

TABLES = {clause_models.ClauseVersionRecord, job_models.OutboxEvent, specification_models.SpecificationDraft, specification_models.SpecificationRevision}


@pytest.fixture
def empty(database_url):
    made = Database(database_url)
    yield made
    made.engine.dispose()


def difference(database):
    with database.engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata)


def tables(database):
    return set(inspect(database.engine).get_table_names())


def test_the_migrations_make_exactly_the_tables_of_the_models(empty):
    upgrade(empty.engine)
    assert difference(empty) == []
    assert tables(empty) == {model.__tablename__ for model in TABLES} | {"alembic_version"}
    upgrade(empty.engine)
    assert difference(empty) == []


def test_every_migration_can_be_taken_back(empty):
    upgrade(empty.engine)
    command.downgrade(alembic_config(empty.engine), "base")
    assert tables(empty) <= {"alembic_version"}
    upgrade(empty.engine)
    assert difference(empty) == []


def test_before_the_tables_are_there_a_message_says_what_to_do(empty):
    with pytest.raises(DatabaseNotReadyError, match="mpdi init"):
        empty.require_tables()
    upgrade(empty.engine)
    empty.require_tables()


def test_what_a_reading_session_writes_is_not_kept(database):
    with database.reading() as session:
        session.execute(text("CREATE TABLE kept (n INTEGER)"))
    assert "kept" not in tables(database)


@pytest.mark.parametrize("pragma, value", [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 1), ("busy_timeout", 30000)])
def test_sqlite_is_set_up_for_many_at_once(tmp_path, pragma, value):
    database = Database(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    with database.reading() as session:
        assert session.execute(text(f"PRAGMA {pragma}")).scalar() == value
    database.engine.dispose()


READ_THEN_WRITE = """
import sys
from sqlalchemy import text
from mpdi.database import Database
database = Database(sys.argv[1])
for _ in range(int(sys.argv[2])):
    with database.writing() as session:
        n = session.execute(text("SELECT n FROM counter")).scalar_one()
        session.execute(text("UPDATE counter SET n = :n"), {"n": n + 1})
"""


def test_four_processes_that_read_and_then_write_lose_nothing(tmp_path):
    url, rounds, processes = f"sqlite:///{tmp_path / 'a.sqlite3'}", 60, 4
    database = Database(url)
    with database.writing() as session:
        session.execute(text("CREATE TABLE counter (n INTEGER)"))
        session.execute(text("INSERT INTO counter VALUES (0)"))
    running = [subprocess.Popen([sys.executable, "-c", READ_THEN_WRITE, url, str(rounds)], stderr=subprocess.PIPE, text=True) for _ in range(processes)]
    ended = [(process.communicate(timeout=120)[1], process.returncode) for process in running]
    assert ended == [("", 0)] * processes
    with database.reading() as session:
        assert session.execute(text("SELECT n FROM counter")).scalar_one() == rounds * processes
    database.engine.dispose()
