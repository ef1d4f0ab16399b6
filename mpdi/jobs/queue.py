"""The one job queue: Huey on a SQLite file beside the other state. The outbox in the database is the truth.

An event leaves the outbox only when its handlers are done, so that a lost queue file loses nothing: the next relay
hands the same events over again, and handlers are written to be repeated.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from huey import SqliteHuey
from huey.api import Task
from huey.signals import SIGNAL_ERROR
from sqlalchemy.exc import SQLAlchemyError

from mpdi.config import Settings
from mpdi.database import Database
from mpdi.exceptions import MpdiError
from mpdi.jobs import operations
from mpdi.jobs.events import DomainEvent, event_from

Handler = Callable[[DomainEvent], None]


class JobQueue:
    """Hands the outbox to handlers, one event a job, in order; a failed one is tried again at the next relay."""

    def __init__(self, settings: Settings, database: Database, handlers: Mapping[str, Sequence[Handler]]) -> None:
        self._database = database
        self._handlers = handlers
        self._huey = SqliteHuey("mpdi", filename=str(settings.home / "jobs.sqlite3"), results=False, immediate=False)
        self._task = self._huey.task(name="handle_event")(self._handle)
        self._huey.signal(SIGNAL_ERROR)(self._note_unforeseen)

    def run_pending(self) -> int:
        """Relay the outbox and run every job that waits; return how many events were handled."""
        self._relay()
        handled = 0
        while (task := self._huey.dequeue()) is not None:
            handled += bool(self._huey.execute(task))
        return handled

    def _relay(self) -> None:
        """Queue all that waits, page by page: a new edition publishes hundreds of versions, and nobody waits behind them."""
        queued = {task.args[0] for task in self._huey.pending()}
        last = 0
        while events := self._waiting(last):
            for event_id, name, payload in events:
                if event_id not in queued:
                    self._task(event_id, name, payload)
            last = events[-1][0]

    def _waiting(self, after: int) -> list[tuple[int, str, dict[str, Any]]]:
        with self._database.reading() as session:
            return [(event.id, event.name, event.payload) for event in operations.waiting(session, after)]

    def _handle(self, event_id: int, name: str, payload: dict[str, Any]) -> bool:
        try:
            for handler in self._handlers.get(name, ()):
                handler(event_from(name, payload))
        except (MpdiError, OSError, SQLAlchemyError) as error:
            self._note_failure(event_id, error)
            return False
        with self._database.writing() as session:
            operations.mark_handled(session, event_id)
        return True

    def _note_unforeseen(self, _signal: str, task: Task, error: Exception) -> None:
        """Count a failure that no handler foresaw (Huey logs its trace), else the event would be tried without end."""
        self._note_failure(task.args[0], error)

    def _note_failure(self, event_id: int, error: Exception) -> None:
        with self._database.writing() as session:
            operations.mark_failed(session, event_id, f"{type(error).__name__}: {error}")
