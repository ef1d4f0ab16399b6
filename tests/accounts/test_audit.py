"""The audit log: a chain that shows what was changed in it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from people import add_user
from sqlalchemy import delete, insert, select, update

from mpdi.accounts import audit, operations
from mpdi.accounts.audit import FIRST_HASH, AuditDetailError
from mpdi.accounts.models import AuditEntry
from mpdi.accounts.roles import VISITOR, Grant, Person, Role
from mpdi.database import Database
from mpdi.references import Reference, ReferenceKind

TICKET = Reference(ReferenceKind.TICKET, "12")


@pytest.fixture
def log(database: Database) -> Database:
    """A log of five entries."""
    for number in range(5):
        with database.writing() as session:
            audit.note(session, Person(3), "ticket_rerouted", TICKET, {"route": "food", "number": number})
    return database


def report(database: Database, known: str | None = None) -> audit.AuditReport:
    with database.reading() as session:
        return audit.verify(session, known)


def test_an_empty_log_is_whole(database: Database) -> None:
    assert report(database) == audit.AuditReport(0, FIRST_HASH)
    assert report(database).is_whole


def test_entries_say_who_did_what_to_what(log: Database) -> None:
    with log.reading() as session:
        entries = session.execute(select(*AuditEntry.__table__.columns).order_by(AuditEntry.id)).all()
    assert [(each.actor, each.action, each.reference) for each in entries] == [
        ("user:3", "ticket_rerouted", "ticket:12")
    ] * 5
    assert [each.detail["number"] for each in entries] == list(range(5))
    assert entries[0].previous_hash == FIRST_HASH
    assert [each.previous_hash for each in entries[1:]] == [each.entry_hash for each in entries[:-1]]
    assert report(log).entries == 5
    assert report(log).is_whole


@pytest.mark.parametrize(
    ("change", "first"),
    [
        (update(AuditEntry).where(AuditEntry.id == 3).values(actor="user:4"), 3),
        (update(AuditEntry).where(AuditEntry.id == 3).values(action="ticket_closed"), 3),
        (update(AuditEntry).where(AuditEntry.id == 3).values(reference="ticket:13"), 3),
        (update(AuditEntry).where(AuditEntry.id == 3).values(occurred_at="2026-01-01T00:00:00+00:00"), 3),
        (update(AuditEntry).where(AuditEntry.id == 3).values(detail={"route": "mpd", "number": 2}), 3),
        (delete(AuditEntry).where(AuditEntry.id == 3), 4),
        (delete(AuditEntry).where(AuditEntry.id == 1), 2),
        (
            insert(AuditEntry).values(
                id=6, occurred_at="x", actor="a", action="b", reference="c", detail={}, previous_hash=FIRST_HASH,
                entry_hash="d",
            ),
            6,
        ),
    ],
)  # fmt: skip
def test_tampering_is_found_at_its_first_entry(log: Database, change: object, first: int) -> None:
    with log.writing() as session:
        session.execute(change)  # type: ignore[call-overload]
    found = report(log)
    assert not found.is_whole
    assert found.broken_entry == first


def test_an_entry_written_anew_with_its_hash_betrays_itself_by_the_next(log: Database) -> None:
    with log.writing() as session:
        entry = session.get_one(AuditEntry, 3)
        entry.actor = "user:4"
        values = {key: getattr(entry, key) for key in ("occurred_at", "actor", "action", "reference", "detail")}
        entry.entry_hash = audit.entry_hash(entry.previous_hash, values)
    assert report(log).broken_entry == 4


def test_entries_taken_off_the_end_are_missed_by_who_kept_the_last_hash(log: Database) -> None:
    kept = report(log).last_hash
    with log.writing() as session:
        audit.note(session, VISITOR, "more", TICKET)
    assert report(log, kept).is_whole
    with log.writing() as session:
        session.execute(delete(AuditEntry).where(AuditEntry.id >= 5))
    assert report(log).is_whole
    assert not report(log, kept).is_whole


def test_what_is_rolled_back_is_not_noted(log: Database) -> None:
    with log.writing() as session:
        audit.note(session, VISITOR, "never", TICKET)
        session.rollback()
    with log.reading() as session:
        audit.note(session, VISITOR, "never", TICKET)
    assert report(log).entries == 5


def test_writers_side_by_side_make_one_chain(database: Database) -> None:
    def write(number: int) -> None:
        with database.writing() as session:
            for step in range(3):
                audit.note(session, Person(number), "step", TICKET, {"step": step})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(20)))
    assert report(database).entries == 60
    assert report(database).is_whole


@pytest.mark.parametrize(
    "value", ["Jan Smet", "jan@example.brussels", "a text of words", {"a": 1}, ["Jan Smet"], 1.5, "x" * 121]
)
def test_a_detail_that_could_name_somebody_is_refused(database: Database, value: object) -> None:
    with database.writing() as session, pytest.raises(AuditDetailError):
        audit.note(session, VISITOR, "ticket_changed", TICKET, {"what": value})


@pytest.mark.parametrize("value", ["food", "ENV-CLEAN-001@1.2.0+local.1", "user:3", 12, True, None, ["mpd", "food"]])
def test_identifiers_are_taken(database: Database, value: object) -> None:
    with database.writing() as session:
        audit.note(session, "mpdi_init", "changed", TICKET, {"what": value})
    assert report(database).is_whole


def test_a_person_erased_leaves_the_chain_whole(database: Database) -> None:
    with database.writing() as session:
        user = add_user(session, Grant(Role.EXPERT), email="ann@example.brussels", name="Ann Peeters")
        operations.erase(session, "tests", user)
    with database.reading() as session:
        entries = session.execute(select(*AuditEntry.__table__.columns).order_by(AuditEntry.id)).all()
    assert [each.action for each in entries] == ["role_granted", "user_erased"]
    kept = "".join(str((each.actor, each.reference, each.detail)) for each in entries)
    assert "Ann" not in kept
    assert "Peeters" not in kept
    assert "example" not in kept
    assert report(database).is_whole
