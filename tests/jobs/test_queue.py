"""What happened is handled after the transaction that made it true, once, and tried again where a handler fails."""

import threading
import time
from dataclasses import replace

import pytest
from sqlalchemy import select

from mpdi.clause_library.core.search.combined import ClauseSearch
from mpdi.clause_library.handlers import SearchFollower
from mpdi.clause_library.operations import load_edition
from mpdi.clause_library.queries import LibraryCache
from mpdi.config import Settings
from mpdi.exceptions import MpdiError
from mpdi.jobs.events import EVENTS, ClausePublished, SpecificationWritten, event_from
from mpdi.jobs.models import OutboxEvent
from mpdi.jobs.operations import MAX_ATTEMPTS, mark_failed, mark_handled, record
from mpdi.jobs.queue import JobQueue

EVENT = ClausePublished("ENV-GEN-901", "1.0.0")


class Recorder:
    """A handler that notes what it was given, and fails as often as it is told."""

    def __init__(self, failures=0, error=None):
        self.seen, self.failures, self.error = [], failures, error or MpdiError("busy")

    def __call__(self, event):
        self.seen.append(event)
        if len(self.seen) <= self.failures:
            raise self.error


@pytest.fixture
def settings(tmp_path, database_url):
    home = tmp_path / "state"
    home.mkdir()
    return Settings(home, database_url, "secret")


@pytest.fixture
def queue(settings, database):
    return lambda *handlers: JobQueue(settings, database, {ClausePublished.name: handlers})


def happen(database, *events):
    with database.writing() as session:
        for event in events:
            record(session, event)


def rows(database):
    with database.reading() as session:
        return [
            (row.attempts, row.handled_at is not None, row.last_error)
            for row in session.scalars(select(OutboxEvent).order_by(OutboxEvent.id))
        ]


def test_an_event_is_handled_once(database, queue):
    handler = Recorder()
    happen(database, EVENT)
    assert queue(handler).run_pending() == 1
    assert queue(handler).run_pending() == 0
    assert handler.seen == [EVENT]
    assert rows(database) == [(0, True, None)]


class _CallerError(Exception):
    pass


def _change_mind(database):
    with database.writing() as session:
        record(session, EVENT)
        session.flush()
        raise _CallerError


def test_an_event_of_a_transaction_that_is_rolled_back_never_was(database, queue):
    handler = Recorder()
    with pytest.raises(_CallerError):
        _change_mind(database)
    assert queue(handler).run_pending() == 0
    assert handler.seen == []
    assert rows(database) == []


def test_an_event_is_not_handled_before_its_transaction_commits(database, queue):
    handler = Recorder()
    with database.writing() as session:
        record(session, EVENT)
        session.flush()
        with database.reading() as other:
            assert other.scalars(select(OutboxEvent)).all() == []
    assert queue(handler).run_pending() == 1


def test_events_are_handled_in_the_order_in_which_they_happened(database, queue):
    handler = Recorder()
    events = [ClausePublished(f"ENV-GEN-{number:03d}", "1.0.0") for number in range(20)]
    happen(database, *events)
    queue(handler).run_pending()
    assert handler.seen == events


@pytest.mark.parametrize(
    "error",
    [MpdiError("busy"), OSError("full"), ValueError("unforeseen"), KeyError("x")],
    ids=lambda error: type(error).__name__,
)
def test_a_failing_handler_is_tried_again_and_its_error_noted(database, queue, error):
    handler = Recorder(failures=2, error=error)
    happen(database, EVENT)
    made = queue(handler)
    assert made.run_pending() == 0
    assert rows(database) == [(1, False, f"{type(error).__name__}: {error}")]
    assert made.run_pending() == 0
    assert made.run_pending() == 1
    assert rows(database) == [(2, True, None)]
    assert len(handler.seen) == 3


@pytest.mark.parametrize("error", [MpdiError("busy"), ValueError("unforeseen")], ids=lambda error: type(error).__name__)
def test_a_handler_that_always_fails_is_given_up_and_keeps_nothing_else_waiting(database, queue, error):
    handler = Recorder(failures=10**6, error=error)
    happen(database, EVENT)
    made = queue(handler)
    for _ in range(MAX_ATTEMPTS + 3):
        made.run_pending()
    assert len(handler.seen) == MAX_ATTEMPTS
    assert rows(database)[0][:2] == (MAX_ATTEMPTS, False)
    handler.failures = 0
    happen(database, EVENT)
    assert made.run_pending() == 1


def test_all_handlers_of_an_event_are_called_and_one_without_handler_is_done(database, queue):
    one, other = Recorder(), Recorder()
    happen(database, EVENT, SpecificationWritten("7", ("ENV-GEN-901@1.0.0",)))
    assert queue(one, other).run_pending() == 2
    assert one.seen == other.seen == [EVENT]


def test_a_lost_queue_file_loses_nothing(database, settings, queue):
    handler = Recorder(failures=1)
    happen(database, EVENT)
    queue(handler).run_pending()
    for path in settings.home.glob("jobs.sqlite3*"):
        path.unlink()
    assert queue(handler).run_pending() == 1


def test_an_event_of_a_name_nobody_knows_is_given_up(database, queue):
    with database.writing() as session:
        record(session, EVENT)
        session.flush()
        session.scalars(select(OutboxEvent)).one().name = ClausePublished.name
        session.scalars(select(OutboxEvent)).one().payload = {"unknown": 1}
    made = queue(Recorder())
    for _ in range(MAX_ATTEMPTS + 1):
        made.run_pending()
    assert rows(database)[0][:2] == (MAX_ATTEMPTS, False)


def test_every_event_goes_through_the_outbox_unchanged():
    for event in (EVENT, SpecificationWritten("7", ("a", "b"))):
        assert event_from(event.name, event.payload()) == event
    assert all(EVENTS[name].name == name for name in EVENTS)


def test_a_failure_told_late_does_not_undo_what_another_queue_did(database):
    happen(database, EVENT)
    with database.writing() as session:
        identifier = session.scalars(select(OutboxEvent.id)).one()
        mark_handled(session, identifier)
    with database.writing() as session:
        mark_failed(session, identifier, "too late")
    assert rows(database) == [(0, True, None)]


def test_what_people_do_does_not_wait_behind_the_hundreds_of_versions_of_an_edition(database, queue):
    handler = Recorder()
    events = [ClausePublished("ENV-GEN-901", f"1.{number}.0") for number in range(1, 1_002)]
    happen(database, *events)
    assert queue(handler).run_pending() == len(events)
    assert handler.seen == events


# The one real use: the search index follows a published clause.


@pytest.fixture
def searching(database, settings):
    """A queue whose handler keeps a real index, and its search by words."""
    search = ClauseSearch(settings.index_folder, settings.cache_folder)
    follower = SearchFollower(database, LibraryCache(), search)
    return JobQueue(settings, database, {ClausePublished.name: (follower,)}), search


def found(search, words, language="fr"):
    return [hit.id for hit in search.words.search(words, language)]


def publish(database, library, *clauses):
    for data in clauses:
        library.add(data)
    with database.writing() as session:
        load_edition(session, library.folder)


def test_the_index_follows_a_published_clause(database, searching, sample_library, clause_data):
    queue, search = searching
    titled = clause_data("ENV-GEN-901", title={"fr": "Gobelets consignés", "nl": "Statiegeldbekers"})
    publish(database, sample_library, titled)
    assert queue.run_pending() == 1
    assert found(search, "gobelet") == ["ENV-GEN-901"]
    assert found(search, "statiegeldbekers", "nl") == ["ENV-GEN-901"]
    publish(
        database,
        sample_library,
        {**titled, "version": "1.1.0", "title": {"fr": "Vaisselle réutilisable", "nl": "Herbruikbaar servies"}},
        clause_data("ENV-GEN-902", title={"fr": "Fontaine", "nl": "Fontein"}),
    )
    assert queue.run_pending() == 2
    assert found(search, "vaisselle") == ["ENV-GEN-901"]
    assert found(search, "gobelets consignés") == []
    assert found(search, "fontaine") == ["ENV-GEN-902"]


def test_a_lost_index_is_built_anew_by_the_next_event(database, searching, settings, sample_library, clause_data):
    queue, _ = searching
    publish(database, sample_library, clause_data("ENV-GEN-901", title={"fr": "Gobelets", "nl": "Bekers"}))
    queue.run_pending()
    for path in sorted(settings.index_folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    publish(database, sample_library, clause_data("ENV-GEN-902", title={"fr": "Fontaine", "nl": "Fontein"}))
    assert queue.run_pending() == 1
    fresh = ClauseSearch(settings.index_folder, settings.cache_folder)
    assert found(fresh, "gobelets") == ["ENV-GEN-901"]
    assert found(fresh, "fontaine") == ["ENV-GEN-902"]


def test_two_queues_at_once_leave_one_sound_index(database, settings, sample_library, clause_data):
    names = [f"ENV-GEN-{number}" for number in range(901, 909)]
    publish(
        database,
        sample_library,
        *(clause_data(name, title={"fr": f"Objet {name[-3:]}", "nl": f"Ding {name[-3:]}"}) for name in names),
    )
    errors = []

    def work():
        try:
            search = ClauseSearch(settings.index_folder, settings.cache_folder)
            queue = JobQueue(
                replace(settings), database, {ClausePublished.name: (SearchFollower(database, LibraryCache(), search),)}
            )
            limit = time.monotonic() + 60
            while time.monotonic() < limit and not all(handled for _, handled, _ in rows(database)):
                queue.run_pending()
        except BaseException as error:
            errors.append(error)
            raise

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert errors == []
    assert all(handled for _, handled, _ in rows(database)), rows(database)
    search = ClauseSearch(settings.index_folder, settings.cache_folder)
    assert all(found(search, f"objet {name[-3:]}")[:1] == [name] for name in names)
    assert len(found(search, "objet")) == len(names), "each clause stands once"
