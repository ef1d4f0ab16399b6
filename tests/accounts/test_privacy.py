"""What is held about a person: exported whole, erased everywhere, kept no longer than its period."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from people import PASSWORD_HASH, add_user
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts import audit, operations, privacy, session_operations
from mpdi.accounts.models import AuditEntry, SignInAttempt, SignInSession, SingleUseLink, User
from mpdi.accounts.personal_data import ACCOUNT_DATA
from mpdi.accounts.privacy import DataSubject, PersonalData
from mpdi.accounts.retention import Retention, RetentionSettingError
from mpdi.accounts.roles import Grant, Role
from mpdi.accounts.throttle_operations import count_attempt, sign_in_origin
from mpdi.database import Database
from mpdi.jobs.models import OutboxEvent
from mpdi.jobs.operations import mark_handled
from mpdi.specifications.models import SpecificationDraft
from mpdi.specifications.operations import begin_draft, claim_draft
from mpdi.specifications.personal_data import DRAFT_DATA

Wait = Callable[..., None]
EMAIL = "ann@example.brussels"
privacy.register(ACCOUNT_DATA, DRAFT_DATA)


@pytest.fixture
def diary() -> Iterator[dict[str, str]]:
    """A feature of the tests that keeps something by address, for people without account too."""
    held = {EMAIL: "a word", "visitor@example.brussels": "another"}

    def export(_session: Session, subject: DataSubject) -> Any:
        return {"word": held[subject.email_key]} if subject.email_key in held else {}

    def erase(_session: Session, subject: DataSubject) -> int:
        return 1 if held.pop(subject.email_key, None) else 0

    def retain(_session: Session, retention: Retention) -> Mapping[str, int]:
        return {"words": len(held) if retention.tickets < datetime.timedelta(days=1) else 0}

    privacy.register(PersonalData("diary", export, erase, retain))
    yield held
    del privacy.FEATURES["diary"]


def ann(session: Session) -> User:
    """An account with a little of everything."""
    user = add_user(session, Grant(Role.BUYER, "stib"), email=EMAIL, name="Ann Peeters", password_hash=PASSWORD_HASH)
    session_operations.start_session(session, user, "Firefox, Linux")
    operations.begin_password_reset(session, EMAIL, "https://p.example")
    draft, _token = begin_draft(session, {"object": "Nettoyage"})
    claim_draft(session, draft, user.id)
    return user


def test_everything_about_a_person_is_exported(database: Database, diary: dict[str, str]) -> None:
    with database.writing() as session:
        ann(session)
        add_user(session, email="bob@example.brussels", name="Bob")
    with database.reading() as session:
        data = privacy.collect(session, privacy.data_subject(session, " ANN@example.brussels"))
    assert set(data) == {"account", "drafts", "diary"}
    account = data["account"]
    assert (account["email"], account["name"]) == (EMAIL, "Ann Peeters")
    assert account["sessions"][0]["device"] == "Firefox, Linux"
    assert account["links"][0]["purpose"] == "new_password"
    assert {entry["action"] for entry in account["audit_log"]} == {"role_granted", "draft_claimed"}
    assert data["drafts"][0]["answers"] == {"object": "Nettoyage"}
    assert data["diary"] == {"word": "a word"}
    assert "Bob" not in str(data)
    assert "argon2" not in str(data)


def test_who_has_no_account_has_data_too(database: Database, diary: dict[str, str]) -> None:
    with database.writing() as session:
        subject = privacy.data_subject(session, "Visitor@example.brussels")
        assert privacy.collect(session, subject) == {"diary": {"word": "another"}}
        assert privacy.erase(session, "tests", subject)["diary"] == 1
    with database.reading() as session:
        assert privacy.collect(session, subject) == {}
        assert session.scalars(select(AuditEntry.reference)).all() == ["person:without_account"]
    assert EMAIL in diary, "nobody else is touched"


def test_a_person_is_erased_from_every_feature(database: Database, diary: dict[str, str]) -> None:
    with database.writing() as session:
        user_id = ann(session).id
    with database.writing() as session:
        mark_handled(session, session.scalars(select(OutboxEvent.id).where(OutboxEvent.name == "mail_wanted")).one())
    with database.writing() as session:
        counts = privacy.erase(session, "tests", privacy.data_subject(session, EMAIL))
    assert counts["diary"] == 1
    assert counts["drafts"] == 1
    with database.reading() as session:
        assert privacy.collect(session, DataSubject(EMAIL)) == {}
        for table in (SignInSession, SingleUseLink, OutboxEvent):
            assert session.scalar(select(func.count()).select_from(table)) == 0, table
        assert session.get_one(User, user_id).erased_at is not None
        assert session.scalars(select(SpecificationDraft)).one().owner_token_hash is None
        assert audit.verify(session).is_whole
    assert EMAIL not in diary


# Retention


def test_nothing_goes_before_its_time(database: Database, wait: Wait, diary: dict[str, str]) -> None:
    with database.writing() as session:
        ann(session)
        count_attempt(session, sign_in_origin("key", EMAIL, "192.0.2.1"))
    wait(minutes=59)
    with database.writing() as session:
        counts = privacy.carry_out(session, "mpdi_jobs", Retention())
    assert set(counts.values()) == {0}
    with database.reading() as session:
        assert "retention_carried_out" not in session.scalars(select(AuditEntry.action)).all()


def test_each_thing_goes_in_its_time_and_the_log_says_how_many(database: Database, wait: Wait) -> None:
    with database.writing() as session:
        ann(session)
        count_attempt(session, sign_in_origin("key", EMAIL, "192.0.2.1"))
    with database.writing() as session:
        mark_handled(session, session.scalars(select(OutboxEvent.id).where(OutboxEvent.name == "mail_wanted")).one())
    for delta, gone in (
        ({"hours": 1}, "attempts"), ({"days": 1, "hours": 1}, "mails"), ({"days": 13}, "sessions"),
        ({"days": 16}, "links"), ({"days": 370}, "drafts"),
    ):  # fmt: skip
        wait(**delta)
        with database.writing() as session:
            counts = privacy.carry_out(session, "mpdi_jobs", Retention())
        assert {name for name, count in counts.items() if count} == {gone}
        assert counts[gone] == 1
    with database.reading() as session:
        noted = select(AuditEntry.detail).where(AuditEntry.action == "retention_carried_out").order_by(AuditEntry.id)
        assert session.scalars(noted).first() == {"attempts": 1}
        for table in (SignInAttempt, SignInSession, SingleUseLink, SpecificationDraft, OutboxEvent):
            assert session.scalar(select(func.count()).select_from(table)) == 0, table
        assert session.scalar(select(func.count()).select_from(User)) == 1


def test_features_get_the_periods(database: Database, diary: dict[str, str]) -> None:
    with database.writing() as session:
        assert privacy.carry_out(session, "tests", Retention(tickets=datetime.timedelta(0)))["words"] == 2


def test_periods_are_settings() -> None:
    made = Retention.from_environment(
        {"MPDI_RETENTION_DRAFTS": "90d", "MPDI_RETENTION_TICKETS": "2y", "MPDI_RETENTION_ATTEMPTS": " 12h"}
    )
    assert made.drafts == datetime.timedelta(days=90)
    assert made.tickets == datetime.timedelta(days=730)
    assert made.attempts == datetime.timedelta(hours=12)
    assert made.links == Retention().links
    assert Retention.from_environment({"MPDI_RETENTION_DRAFTS": ""}) == Retention()


@pytest.mark.parametrize("text", ["400", "d", "-3d", "1.5d", "3 months", "999999999d"])
def test_a_period_that_cannot_be_read_is_a_message(text: str) -> None:
    with pytest.raises(RetentionSettingError, match="MPDI_RETENTION_LINKS"):
        Retention.from_environment({"MPDI_RETENTION_LINKS": text})


def test_every_period_is_documented(request: pytest.FixtureRequest) -> None:
    guide = (request.config.rootpath / "docs" / "operating.md").read_text(encoding="utf-8")
    for name in Retention.__dataclass_fields__:
        assert f"`MPDI_RETENTION_{name.upper()}`" in guide, name


def test_the_clock_of_the_tests_moves(wait: Wait) -> None:
    before = clock.now()
    wait(hours=2)
    assert clock.now() - before == datetime.timedelta(hours=2)
