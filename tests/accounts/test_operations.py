"""Accounts in the database, SQLite and PostgreSQL: inviting, accepting, new passwords, roles, deactivating."""

from collections.abc import Callable

import pytest
from people import PASSWORD, PASSWORD_HASH, add_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from mpdi.accounts import link_operations, operations, role_operations, session_operations
from mpdi.accounts.link_operations import DeadLinkError
from mpdi.accounts.links import LinkPurpose
from mpdi.accounts.models import RoleGrant, SingleUseLink, User
from mpdi.accounts.operations import UnknownUserError, UserExistsError
from mpdi.accounts.passwords import WeakPasswordError, is_right
from mpdi.accounts.role_operations import (
    KNOWN_ROUTES,
    ImpossibleGrantError,
    LastAdministratorError,
    NotYoursToGrantError,
)
from mpdi.accounts.roles import Action, Grant, Person, Role, may
from mpdi.accounts.words import ROUTES
from mpdi.database import Database
from mpdi.helpdesk.vocabulary import BODIES
from mpdi.jobs.models import OutboxEvent

PORTAL = "https://portal.example"
ADMINISTRATOR = Person(1_000, (Grant(Role.ADMINISTRATOR),))
COORDINATOR = Person(1_001, (Grant(Role.COORDINATOR),))
Wait = Callable[..., None]


def invited(session: Session, email: str = "new@example.brussels", *grants: Grant) -> str:
    """The token of an invitation."""
    return operations.invite(session, ADMINISTRATOR, email, grants, "nl", PORTAL).token


def mails(session: Session) -> list[dict[str, str]]:
    """The mails that were wanted."""
    return [event.payload for event in session.scalars(select(OutboxEvent).order_by(OutboxEvent.id))]


def test_the_invited_gets_a_mail_chooses_a_password_and_holds_the_role(database: Database) -> None:
    with database.writing() as session:
        token = invited(session, "New@Example.brussels", Grant(Role.BUYER, "commune-uccle"))
    with database.reading() as session:
        (mail,) = mails(session)
        assert mail["recipient"] == "New@Example.brussels"
        assert f"{PORTAL}/invitation/{token}" in mail["body"]
        assert mail["subject"] == "Uw uitnodiging voor het MPDI-portaal"
        assert operations.credentials_of(session, "new@example.brussels") is None, "no password, no sign-in"
        assert token not in str(session.scalars(select(SingleUseLink.token_hash)).all())
    with database.writing() as session:
        user = operations.accept_invitation(session, token, " Jan Smet ", "fr", PASSWORD)
    with database.reading() as session:
        found = operations.find_user(session, "NEW@example.brussels")
        assert found is not None
        assert (found.id, found.name, found.language) == (user.id, "Jan Smet", "fr")
        assert is_right(found.password_hash, PASSWORD)
        assert found.as_person().grants == (Grant(Role.BUYER, "commune-uccle"),)


def test_an_invitation_works_once(database: Database) -> None:
    with database.writing() as session:
        token = invited(session)
        operations.accept_invitation(session, token, "Jan", "fr", PASSWORD)
    with database.writing() as session, pytest.raises(DeadLinkError):
        operations.accept_invitation(session, token, "Other", "fr", PASSWORD)


def test_a_weak_password_leaves_the_invitation_unused(database: Database) -> None:
    with database.writing() as session:
        token = invited(session)
    with pytest.raises(WeakPasswordError), database.writing() as session:
        operations.accept_invitation(session, token, "Jan", "fr", "password1234")
    with database.writing() as session:
        operations.accept_invitation(session, token, "Jan", "fr", PASSWORD)


def test_an_invitation_lapses_after_seven_days(database: Database, wait: Wait) -> None:
    with database.writing() as session:
        token = invited(session)
    wait(days=6, hours=23)
    with database.reading() as session:
        assert link_operations.find_link(session, token, LinkPurpose.INVITATION).email == "new@example.brussels"
    wait(hours=1)
    with database.reading() as session, pytest.raises(DeadLinkError):
        link_operations.find_link(session, token, LinkPurpose.INVITATION)


def test_invited_again_the_newer_link_takes_the_place_of_the_older(database: Database) -> None:
    with database.writing() as session:
        older = invited(session, "new@example.brussels", Grant(Role.BUYER))
        newer = invited(session, "NEW@example.brussels", Grant(Role.FIRM))
    with database.writing() as session:
        with pytest.raises(DeadLinkError):
            operations.accept_invitation(session, older, "Jan", "fr", PASSWORD)
        user = operations.accept_invitation(session, newer, "Jan", "fr", PASSWORD)
        assert {item.role for item in user.roles} == {"buyer", "firm"}


def test_who_has_an_account_is_not_invited_again(database: Database) -> None:
    with database.writing() as session:
        add_user(session, email="ann@example.brussels", password_hash=PASSWORD_HASH)
        with pytest.raises(UserExistsError):
            invited(session, "Ann@example.brussels")
        with pytest.raises(UserExistsError):
            operations.create_user(session, "ANN@example.brussels")


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_a_coordinator_invites_no_coordinator_and_no_administrator(database: Database, role: Role) -> None:
    with database.writing() as session:
        operations.invite(session, COORDINATOR, "b@example.brussels", [Grant(Role.BUYER)], "fr", PORTAL)
        with pytest.raises(NotYoursToGrantError):
            operations.invite(session, COORDINATOR, "c@example.brussels", [Grant(role)], "fr", PORTAL)
        invited(session, "d@example.brussels", Grant(role))
        with pytest.raises(NotYoursToGrantError):
            operations.invite(session, COORDINATOR, "d@example.brussels", [], "fr", PORTAL)


@pytest.mark.parametrize(
    "grant",
    [
        Grant(Role.FIRM),
        Grant(Role.BUYER, "commune-uccle"),
        Grant(Role.FACILITATOR, route="food"),
        Grant(Role.FACILITATOR),
        Grant(Role.EXPERT),
        Grant(Role.LEGAL_REVIEWER),
    ],
)
def test_a_coordinator_invites_those_who_ask_and_those_who_answer(database: Database, grant: Grant) -> None:
    with database.writing() as session:
        made = operations.invite(session, COORDINATOR, "c@example.brussels", [grant], "fr", PORTAL)
        assert session.get_one(User, made.user_id).as_person().grants == (grant,)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.COORDINATOR, Role.ADMINISTRATOR)])
def test_nobody_below_the_coordinator_gives_a_role(database: Database, role: Role) -> None:
    person = Person(3, (Grant(role),))
    assert not may(person, Action.INVITE_USER)
    assert not may(person, Action.GRANT_ROLE)


def test_a_link_for_one_purpose_does_not_serve_another(database: Database) -> None:
    with database.writing() as session:
        token = invited(session)
    with database.writing() as session, pytest.raises(DeadLinkError):
        operations.finish_password_reset(session, token, PASSWORD)


def reset_token(session: Session, email: str) -> str | None:
    """The token of the last mail for a new password to an address."""
    operations.begin_password_reset(session, email, PORTAL)
    session.flush()
    bodies = [mail["body"] for mail in mails(session) if "/new-password/" in mail["body"]]
    return bodies[-1].split("/new-password/")[1].split()[0] if bodies else None


def test_a_new_password_by_link_once_and_every_session_ends(database: Database) -> None:
    with database.writing() as session:
        user = add_user(session, email="ann@example.brussels", password_hash=PASSWORD_HASH)
        cookie = session_operations.start_session(session, user, "Firefox")
        token = reset_token(session, "ANN@example.brussels")
    assert token
    with database.writing() as session:
        operations.finish_password_reset(session, token, "andere oude fiets in Jette")
    with database.reading() as session:
        found = operations.credentials_of(session, "ann@example.brussels")
        assert found is not None
        assert is_right(found.password_hash, "andere oude fiets in Jette")
        assert not is_right(found.password_hash, PASSWORD)
        assert session_operations.find_session(session, cookie) is None
    with database.writing() as session, pytest.raises(DeadLinkError):
        operations.finish_password_reset(session, token, "nog een andere fiets 7")


def test_a_link_for_a_new_password_lapses_after_an_hour(database: Database, wait: Wait) -> None:
    with database.writing() as session:
        add_user(session, email="ann@example.brussels", password_hash=PASSWORD_HASH)
        token = reset_token(session, "ann@example.brussels")
    wait(hours=1)
    assert token
    with database.writing() as session, pytest.raises(DeadLinkError):
        operations.finish_password_reset(session, token, "andere oude fiets in Jette")


def test_no_mail_goes_to_who_has_no_account_no_password_or_is_kept_out(database: Database) -> None:
    with database.writing() as session:
        add_user(session, email="invited@example.brussels")
        out = add_user(session, email="out@example.brussels", password_hash=PASSWORD_HASH)
        operations.deactivate(session, "tests", out)
        for email in ("nobody@example.brussels", "invited@example.brussels", "out@example.brussels", "", "no address"):
            assert reset_token(session, email) is None, email


def test_changing_the_password_ends_the_other_sessions_and_open_links(database: Database) -> None:
    with database.writing() as session:
        user = add_user(session, email="ann@example.brussels", password_hash=PASSWORD_HASH)
        here, there = (session_operations.start_session(session, user, "Firefox") for _ in range(2))
        token = reset_token(session, "ann@example.brussels")
        kept = session_operations.find_session(session, here)
        assert kept is not None
        operations.change_password(session, user, "andere oude fiets in Jette", kept.id)
        assert session_operations.find_session(session, here) is not None
        assert session_operations.find_session(session, there) is None
        assert token
        with pytest.raises(DeadLinkError):
            operations.finish_password_reset(session, token, PASSWORD)


# Roles


@pytest.mark.parametrize(
    "grant",
    [
        Grant(Role.VISITOR),
        Grant(Role.BUYER, "no-such-body"),
        Grant(Role.BUYER, route="food"),
        Grant(Role.EXPERT, route="mpd"),
        Grant(Role.FACILITATOR, route="elsewhere"),
    ],
)
def test_a_role_that_nobody_can_hold_is_refused(database: Database, grant: Grant) -> None:
    with database.writing() as session, pytest.raises(ImpossibleGrantError):
        role_operations.grant_role(session, ADMINISTRATOR, add_user(session), grant)


def test_a_role_is_held_once_in_each_body_and_taken_away_there_alone(database: Database) -> None:
    here, there = Grant(Role.BUYER, "commune-uccle"), Grant(Role.BUYER, "stib")
    with database.writing() as session:
        user = add_user(session, here)
        assert role_operations.grant_role(session, ADMINISTRATOR, user, there)
        assert not role_operations.grant_role(session, ADMINISTRATOR, user, here)
        assert role_operations.revoke_role(session, ADMINISTRATOR, user, here)
        assert not role_operations.revoke_role(session, ADMINISTRATOR, user, here)
        user_id = user.id
    with database.reading() as session:
        assert session.get_one(User, user_id).as_person().grants == (there,)
        assert len(session.scalars(select(RoleGrant)).all()) == 1


def test_the_last_administrator_stays(database: Database) -> None:
    grant = Grant(Role.ADMINISTRATOR)
    with database.writing() as session:
        first, second = add_user(session, grant), add_user(session, grant)
        operations.deactivate(session, "tests", second)
        for forbidden in (
            lambda: role_operations.revoke_role(session, "tests", first, grant),
            lambda: operations.deactivate(session, "tests", first),
            lambda: operations.erase(session, "tests", first),
        ):
            with pytest.raises(LastAdministratorError):
                forbidden()
        operations.activate(session, "tests", second)
        assert role_operations.revoke_role(session, "tests", first, grant)


def test_who_is_deactivated_is_out_at_once_and_comes_back(database: Database) -> None:
    with database.writing() as session:
        user = add_user(session, email="ann@example.brussels", password_hash=PASSWORD_HASH)
        cookie = session_operations.start_session(session, user, "Firefox")
        operations.deactivate(session, "tests", user)
        assert session_operations.find_session(session, cookie) is None
        assert operations.credentials_of(session, "ann@example.brussels") is None
        operations.activate(session, "tests", user)
        assert session_operations.find_session(session, cookie) is None, "the old session does not come back"
        assert operations.credentials_of(session, "ann@example.brussels") is not None


def test_the_erased_leaves_a_number_only_and_the_address_is_free_again(database: Database) -> None:
    with database.writing() as session:
        user = add_user(session, Grant(Role.EXPERT), email="ann@example.brussels", password_hash=PASSWORD_HASH)
        session_operations.start_session(session, user, "Firefox")
        operations.erase(session, "tests", user)
        user_id = user.id
    with database.writing() as session:
        left = session.get_one(User, user_id)
        assert (left.email, left.name, left.password_hash, left.is_active, left.roles) == ("", "", None, False, [])
        assert left.signed_in_at is None
        with pytest.raises(UnknownUserError):
            operations.get_user(session, user_id)
        assert operations.create_user(session, "ann@example.brussels").id != user_id
        other = add_user(session)
        operations.erase(session, "tests", other)


def test_the_routes_are_those_of_the_helpdesk() -> None:
    assert set(KNOWN_ROUTES) == set(ROUTES) == set(BODIES)
