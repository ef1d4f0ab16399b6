"""The migrations of tickets: installations of every age end with the same indexes, and going back loses nothing."""

from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy import text
from ticket_samples import ask

from mpdi.database import Database
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.vocabulary import Obstacle
from mpdi.migrations import alembic_config, upgrade

ADDED = {"ix_ticket_created", "ix_ticket_pressing"}
IN_PLACE = (
    "CREATE INDEX ix_ticket_created ON ticket (created_at, id)",
    "CREATE INDEX ix_ticket_pressing ON ticket ((first_answered_at IS NOT NULL), priority, answer_due, id)",
)


@pytest.fixture
def empty(database_url: str) -> Iterator[Database]:
    made = Database(database_url)
    yield made
    made.engine.dispose()


def indexes(database: Database) -> set[str]:
    is_sqlite = database.engine.dialect.name == "sqlite"
    column, table = ("name", "sqlite_master") if is_sqlite else ("indexname", "pg_indexes")
    with database.reading() as session:
        return set(session.scalars(text(f"SELECT {column} FROM {table}")))


def test_an_installation_of_the_first_release_gets_the_indexes_of_the_queue(empty: Database) -> None:
    config = alembic_config(empty.engine)
    command.upgrade(config, "0002")
    assert not ADDED & indexes(empty)
    command.upgrade(config, "head")
    assert indexes(empty) >= ADDED
    command.downgrade(config, "0006")
    assert not ADDED & indexes(empty)
    command.upgrade(config, "head")
    assert indexes(empty) >= ADDED


def test_an_installation_that_has_the_indexes_already_keeps_them_and_can_go_back(empty: Database) -> None:
    config = alembic_config(empty.engine)
    command.upgrade(config, "0002")
    with empty.writing() as session:
        for statement in IN_PLACE:
            session.execute(text(statement))
    command.upgrade(config, "head")
    assert indexes(empty) >= ADDED
    command.downgrade(config, "0002")
    assert not ADDED & indexes(empty)
    command.downgrade(config, "base")


def test_indexes_that_somebody_took_away_stop_no_way_back(empty: Database) -> None:
    upgrade(empty.engine)
    with empty.writing() as session:
        for name in ADDED:
            session.execute(text(f"DROP INDEX {name}"))
    command.downgrade(alembic_config(empty.engine), "0006")
    assert not ADDED & indexes(empty)


def test_going_back_keeps_guessed_obstacles_beside_those_that_were_stated(empty: Database) -> None:
    upgrade(empty.engine)
    guessed = (Obstacle.A1, Obstacle.A2)
    with empty.writing() as session:
        both = ask(session, guessed_obstacles=guessed, is_guessed=True)
        both.obstacles = [Obstacle.A2.value, Obstacle.E1.value]
        alone, none = ask(session, guessed_obstacles=guessed, is_guessed=True), ask(session)
        identifiers = [both.id, alone.id, none.id]
        assert alone.guesses["obstacles"] == [each.value for each in guessed]
    command.downgrade(alembic_config(empty.engine), "0005")
    with empty.reading() as session:
        rows = session.execute(text("SELECT id, obstacles FROM ticket").columns(Ticket.id, Ticket.obstacles)).all()
    kept = {row.id: row.obstacles for row in rows}
    assert [kept[each] for each in identifiers] == [
        [Obstacle.A2.value, Obstacle.E1.value, Obstacle.A1.value],
        [each.value for each in guessed],
        [],
    ]
    upgrade(empty.engine)
    with empty.reading() as session:
        again = session.get_one(Ticket, identifiers[1])
        assert (again.obstacles, again.guesses["obstacles"]) == ([], [each.value for each in guessed])
