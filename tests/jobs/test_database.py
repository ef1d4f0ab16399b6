"""The database: its tables come from the migrations, and sessions that write wait for each other instead of failing."""

import json
import subprocess
import sys

import pytest
from alembic import command
from sqlalchemy import inspect, text

from mpdi.database import Database, DatabaseNotReadyError
from mpdi.migrations import alembic_config, upgrade

COMPARE = """
import json, sys
import mpdi.cli
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from mpdi.database import Base, Database
database = Database(sys.argv[1])
with database.engine.connect() as connection:
    other = "postgresql" if connection.dialect.name == "sqlite" else "sqlite"

    def ours(item, name, kind, is_reflected, _compared):
        is_of_the_other = kind == "index" and not is_reflected and item._ddl_if and item._ddl_if.dialect == other
        return not (kind == "table" and name.startswith("ticket_words_fts")) and not is_of_the_other

    options = {"compare_type": True, "include_object": ours}
    found = compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)
    tables = [each for each in sorted(inspect(connection).get_table_names()) if ours(None, each, "table", True, None)]
    print(json.dumps([list(map(str, found)), tables, sorted(Base.metadata.tables)]))
"""
"""In a process of its own: models of features not built yet, which other tests may have loaded, do not count.

The full-text index of SQLite keeps tables of its own, which no model describes.
"""


@pytest.fixture
def empty(database_url):
    made = Database(database_url)
    yield made
    made.engine.dispose()


def compared(database):
    """What differs between the database and the models of the program; its tables; those of the models."""
    url = database.engine.url.render_as_string(hide_password=False)
    result = subprocess.run([sys.executable, "-c", COMPARE, url], capture_output=True, text=True, check=True)
    return json.loads(result.stdout)


def tables(database):
    found = inspect(database.engine).get_table_names()
    return {name for name in found if not name.startswith("ticket_words_fts")}


def test_the_migrations_make_exactly_the_tables_of_the_models(empty):
    upgrade(empty.engine)
    different, made, models = compared(empty)
    assert different == []
    assert set(made) == {*models, "alembic_version"}
    assert {"clause_version", "outbox_event", "specification_draft", "specification_revision"} <= set(made)
    upgrade(empty.engine)
    assert tables(empty) == set(made)


def test_every_migration_can_be_taken_back(empty):
    upgrade(empty.engine)
    made = tables(empty)
    command.downgrade(alembic_config(empty.engine), "base")
    assert tables(empty) <= {"alembic_version"}
    upgrade(empty.engine)
    assert tables(empty) == made
    assert compared(empty)[0] == []


def test_before_the_tables_are_there_a_message_says_what_to_do(empty):
    with pytest.raises(DatabaseNotReadyError, match="mpdi init"):
        empty.require_tables()
    upgrade(empty.engine)
    empty.require_tables()


def test_what_a_reading_session_writes_is_not_kept(database):
    with database.reading() as session:
        session.execute(text("CREATE TABLE kept (n INTEGER)"))
    assert "kept" not in tables(database)


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 1), ("busy_timeout", 30000)]
)
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
    running = [
        subprocess.Popen([sys.executable, "-c", READ_THEN_WRITE, url, str(rounds)], stderr=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    ended = [(process.communicate(timeout=120)[1], process.returncode) for process in running]
    assert ended == [("", 0)] * processes
    with database.reading() as session:
        assert session.execute(text("SELECT n FROM counter")).scalar_one() == rounds * processes
    database.engine.dispose()
