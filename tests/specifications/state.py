"""State folders as an installation has them."""

from pathlib import Path

from sqlalchemy import select

from mpdi.clause_library.models import ClauseVersionRecord
from mpdi.clause_library.operations import load_edition
from mpdi.database import Database


def _database(home: Path) -> Database:
    return Database(f"sqlite:///{home / 'mpdi.sqlite3'}")


def publish_all(home: Path) -> None:
    """Set every clause of a state folder to published: the edition is still being read."""
    database = _database(home)
    with database.writing() as session:
        for row in session.scalars(select(ClauseVersionRecord)):
            row.status = "published"
            row.register = {**row.register, "status": "published"}
    database.engine.dispose()


def withdraw(home: Path, place: str) -> None:
    """Set the clauses of one category, such as `FOOD`, back to draft."""
    database = _database(home)
    with database.writing() as session:
        for row in session.scalars(select(ClauseVersionRecord)):
            if f"-{place}-" in row.clause_id:
                row.status = "draft"
                row.register = {**row.register, "status": "draft"}
    database.engine.dispose()


def load(home: Path, clauses_folder: Path) -> None:
    """Load clauses of a test's own into a state folder."""
    database = _database(home)
    with database.writing() as session:
        load_edition(session, clauses_folder)
    database.engine.dispose()
