"""Guessing is slowed down: by address of mail and of network, for an hour, also when all guesses come at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from mpdi.accounts.models import SignInAttempt
from mpdi.accounts.throttle_operations import (
    SIGN_IN,
    Origin,
    TooManyAttemptsError,
    count_attempt,
    delete_old_attempts,
    forget_attempts,
    reset_origin,
    sign_in_origin,
)
from mpdi.database import Database

Wait = Callable[..., None]


def origin(email: str = "ann@example.brussels", address: str = "192.0.2.1") -> Origin:
    return sign_in_origin("key", email, address)


def tried(database: Database, made: Origin) -> bool:
    try:
        with database.writing() as session:
            count_attempt(session, made)
    except TooManyAttemptsError:
        return False
    return True


def test_ten_failures_for_one_address_wherever_from(database: Database, wait: Wait) -> None:
    assert all(tried(database, origin(address=f"192.0.2.{number}")) for number in range(SIGN_IN.for_email))
    assert not tried(database, origin(" ANN@example.brussels", "198.51.100.1"))
    assert tried(database, origin("bob@example.brussels"))
    wait(minutes=59)
    assert not tried(database, origin())
    wait(minutes=1)
    assert tried(database, origin())


def test_sixty_failures_from_one_place_whoever_for(database: Database) -> None:
    assert all(tried(database, origin(f"{number}@example.brussels")) for number in range(SIGN_IN.from_address))
    assert not tried(database, origin("other@example.brussels"))
    assert tried(database, origin("other@example.brussels", "198.51.100.1"))
    assert tried(database, reset_origin("key", "other@example.brussels", "192.0.2.1")), "asking for a link counts apart"


def test_who_comes_in_starts_anew(database: Database) -> None:
    for _ in range(SIGN_IN.for_email):
        tried(database, origin())
    with database.writing() as session:
        forget_attempts(session, origin(address="203.0.113.9"))
    assert tried(database, origin())


def test_many_at_once_count_as_many(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _number: tried(database, origin()), range(30)))
    assert sum(taken) == SIGN_IN.for_email


def test_only_hashes_are_kept_and_only_for_an_hour(database: Database, wait: Wait) -> None:
    tried(database, origin())
    with database.reading() as session:
        kept = session.scalars(select(SignInAttempt)).one()
        assert {len(kept.email_hash), len(kept.address_hash)} == {64}
        assert origin().email_hash != sign_in_origin("other key", "ann@example.brussels", "192.0.2.1").email_hash
    wait(hours=1)
    with database.writing() as session:
        assert delete_old_attempts(session) == 1


def test_a_new_password_is_asked_for_three_times_an_hour(database: Database) -> None:
    made = reset_origin("key", "ann@example.brussels", "192.0.2.1")
    assert [tried(database, made) for _ in range(4)] == [True, True, True, False]


@pytest.mark.parametrize("text", ["", "\x00", "é" * 5_000])
def test_any_text_can_be_tried(database: Database, text: str) -> None:
    assert tried(database, origin(text, text))
