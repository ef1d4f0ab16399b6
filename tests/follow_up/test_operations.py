"""Logs in SQLite and PostgreSQL: links, two windows, taking back, owners, what goes in time."""

import datetime

import pytest

from mpdi import clock
from mpdi.accounts.models import User
from mpdi.accounts.privacy import DataSubject
from mpdi.accounts.retention import Retention
from mpdi.follow_up import operations, queries
from mpdi.follow_up.models import FollowUpEntry, FollowUpLog
from mpdi.follow_up.operations import (
    LogChangedElsewhereError,
    LogClaimedByAnotherError,
    NewEntry,
    NothingToTakeBackError,
    UnknownLogError,
)
from mpdi.follow_up.personal_data import FOLLOW_UP_DATA
from mpdi.follow_up.vocabulary import EntryKind

DAY = datetime.date(2027, 3, 1)
ONE, OTHER = "ENV-CLEAN-001:execution:1", "ENV-CLEAN-002:execution:1"
PLAN = {"reference": "EX-1", "object": {"fr": "Un", "nl": "Een"}, "authority": {"fr": "", "nl": ""}, "months": 12, "checks": []}  # fmt: skip


@pytest.fixture
def token(database):
    with database.writing() as session:
        return operations.begin_log(session, PLAN, DAY, "Fictive")[1]


def note(database, token, expected, *entries):
    with database.writing() as session:
        operations.note(session, operations.find_log(session, token), expected, entries)


def read(database, token):
    with database.reading() as session:
        return queries.open_log(session, token)


def add_user(database, email):
    with database.writing() as session:
        user = User(email=email, email_key=email, name="", language="fr", created_at=clock.now())
        session.add(user)
        session.flush()
        return user.id


def test_the_database_knows_a_hash_and_not_the_link(database, token):
    with database.reading() as session:
        assert token not in str(vars(session.query(FollowUpLog).one()))
        with pytest.raises(UnknownLogError):
            operations.find_log(session, token + "x")


def test_two_windows_on_one_check_are_told_and_on_two_checks_are_both_kept(database, token):
    note(database, token, 0, NewEntry(ONE, EntryKind.DONE, DAY))
    note(database, token, 0, NewEntry(OTHER, EntryKind.DONE, DAY))
    with pytest.raises(LogChangedElsewhereError):
        note(
            database,
            token,
            0,
            NewEntry(ONE, EntryKind.REMARK, DAY),
            NewEntry("NEW-GEN-001:execution:1", EntryKind.DONE, DAY),
        )
    assert [(each.number, each.check_key) for each in read(database, token).entries] == [(1, ONE), (2, OTHER)]


def test_taking_back_goes_from_the_last_to_the_first_and_keeps_every_entry(database, token):
    for number, kind in enumerate((EntryKind.DONE, EntryKind.SHORTCOMING)):
        note(database, token, number, NewEntry(ONE, kind, DAY))
    note(database, token, 2, NewEntry(OTHER, EntryKind.DONE, DAY))
    for expected in (3, 4):
        with database.writing() as session:
            operations.take_back(session, operations.find_log(session, token), expected, ONE)
    entries = read(database, token).entries
    assert [each.is_undone for each in entries] == [True, True, False, False, False]
    assert [each.data["number"] for each in entries if each.kind is EntryKind.UNDO] == [2, 1]
    with database.writing() as session, pytest.raises(NothingToTakeBackError):
        operations.take_back(session, operations.find_log(session, token), 5, ONE)


def test_a_stale_page_takes_nothing_back(database, token):
    note(database, token, 0, NewEntry(ONE, EntryKind.DONE, DAY))
    note(database, token, 1, NewEntry(ONE, EntryKind.REMARK, DAY))
    with pytest.raises(LogChangedElsewhereError), database.writing() as session:
        operations.take_back(session, operations.find_log(session, token), 1, ONE)


def test_an_owner_has_a_link_of_ones_own_and_loses_it_when_forgotten(database, token):
    mine, other = add_user(database, "a@example.org"), add_user(database, "b@example.org")
    with database.writing() as session:
        log = operations.find_log(session, token)
        operations.claim_log(session, log, mine)
        own = operations.owner_token(session, log, "key")
        with pytest.raises(LogClaimedByAnotherError):
            operations.claim_log(session, log, other)
    subject = DataSubject("a@example.org", mine)
    with database.writing() as session:
        assert operations.find_log(session, own).id == operations.find_log(session, token).id
        assert [each["contractor"] for each in FOLLOW_UP_DATA.export(session, subject)] == ["Fictive"]
        assert FOLLOW_UP_DATA.export(session, DataSubject("b@example.org", other)) == []
        assert FOLLOW_UP_DATA.erase(session, subject) == 1
    with database.reading() as session:
        with pytest.raises(UnknownLogError):
            operations.find_log(session, own)
        assert operations.find_log(session, token).owner_id is None


@pytest.mark.parametrize(("days", "left"), [(729, 1), (731, 0)])
def test_a_log_untouched_for_two_years_is_deleted_with_its_entries(database, token, days, left, monkeypatch):
    note(database, token, 0, NewEntry(ONE, EntryKind.DONE, DAY))
    later = clock.now() + datetime.timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: later)
    with database.writing() as session:
        assert FOLLOW_UP_DATA.retain(session, Retention()) == {"follow_up_logs": 1 - left}
    with database.reading() as session:
        assert session.query(FollowUpEntry).count() == left
