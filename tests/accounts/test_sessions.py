"""Sessions: how long they live, which are listed, how they end."""

from collections.abc import Callable

from people import add_user

from mpdi.accounts import session_operations as sessions
from mpdi.accounts.models import User
from mpdi.database import Database

Wait = Callable[..., None]


def alive(database: Database, token: str) -> bool:
    with database.reading() as session:
        return sessions.find_session(session, token) is not None


def begun(database: Database) -> tuple[int, str]:
    """A user and the token of a session."""
    with database.writing() as session:
        user = add_user(session)
        return user.id, sessions.start_session(session, user, "Firefox, Linux")


def seen(database: Database, token: str) -> None:
    with database.writing() as session:
        found = sessions.find_session(session, token)
        assert found is not None
        sessions.note_seen(session, found.id)


def test_a_session_ends_after_twelve_hours_unused(database: Database, wait: Wait) -> None:
    _user_id, token = begun(database)
    wait(hours=11, minutes=59)
    assert alive(database, token)
    seen(database, token)
    wait(hours=11, minutes=59)
    assert alive(database, token)
    wait(minutes=1)
    assert not alive(database, token)


def test_a_session_ends_after_fourteen_days_however_used(database: Database, wait: Wait) -> None:
    _user_id, token = begun(database)
    for _day in range(27):
        wait(hours=12, seconds=-1)
        seen(database, token)
    assert alive(database, token)
    wait(hours=12)
    assert not alive(database, token)


def test_a_visit_is_noted_when_the_last_one_was_minutes_ago(database: Database, wait: Wait) -> None:
    _user_id, token = begun(database)
    for minutes, noted in ((4, False), (1, True)):
        wait(minutes=minutes)
        with database.reading() as session:
            found = sessions.find_session(session, token)
            assert found is not None
            assert sessions.is_to_be_noted(found) is noted


def test_one_ends_ones_own_sessions_and_nobody_elses(database: Database) -> None:
    user_id, token = begun(database)
    other_id, other_token = begun(database)
    with database.writing() as session:
        (other,) = sessions.list_sessions(session, other_id)
        assert not sessions.end_session(session, user_id, other.id)
        (own,) = sessions.list_sessions(session, user_id)
        assert own.device == "Firefox, Linux"
        assert sessions.end_session(session, user_id, own.id)
    assert not alive(database, token)
    assert alive(database, other_token)


def test_all_others_end_and_this_one_stays(database: Database) -> None:
    user_id, first = begun(database)
    with database.writing() as session:
        here = sessions.start_session(session, session.get_one(User, user_id), "Chrome")
        found = sessions.find_session(session, here)
        assert found is not None
        assert sessions.end_sessions(session, user_id, keep=found.id) == 1
    assert not alive(database, first)
    assert alive(database, here)


def test_what_the_database_keeps_opens_nothing(database: Database) -> None:
    user_id, _token = begun(database)
    with database.reading() as session:
        (kept,) = sessions.list_sessions(session, user_id)
        assert sessions.find_session(session, kept.token_hash) is None
        assert sessions.find_session(session, "") is None
        assert sessions.find_session(session, "\udcff\x00") is None
