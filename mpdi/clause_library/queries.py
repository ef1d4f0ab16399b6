"""Reading the library from the database."""

import json
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.clause_files import clause_version
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.reference_data import read_reference_data
from mpdi.clause_library.models import ClauseVersionRecord
from mpdi.clause_library.operations import with_dates
from mpdi.resources import folder


class LibraryCache:
    """Keeps the library in memory; asks the database only whether anything changed, and builds anew what did."""

    def __init__(self) -> None:
        self._stamp: tuple[object, int] | None = None
        self._library: ClauseLibrary | None = None

    def library(self, session: Session) -> ClauseLibrary:
        """Return the library as the database has it: one SQL statement where nothing changed."""
        stamp = session.execute(
            select(func.max(ClauseVersionRecord.changed_at), func.count(ClauseVersionRecord.id))
        ).one()
        if self._library is None or self._stamp != (stamp[0], stamp[1]):
            self._library = read_library(session)
            self._stamp = (stamp[0], stamp[1])
        return self._library


def read_library(session: Session) -> ClauseLibrary:
    """Build the library from every row."""
    versions = map(_version, session.scalars(select(ClauseVersionRecord)))
    return ClauseLibrary(versions, read_reference_data(folder("clauses")))


def _version(row: ClauseVersionRecord) -> ClauseVersion:
    register = json.dumps(row.register, sort_keys=True)
    return _built(row.text, register, f"{row.clause_id}/{row.version}.yaml", row.digest)


@lru_cache(maxsize=4096)
def _built(text: str, register: str, name: str, digest: str) -> ClauseVersion:
    """Build a version once in a process: the whole library takes seconds, and what it is made of never changes."""
    return clause_version(strict_yaml.parse(text, name), with_dates(json.loads(register)), name, digest)
