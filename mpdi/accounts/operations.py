"""What one can do with accounts: invite, accept, ask for and set a new password, change, deactivate, erase."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts import audit, passwords
from mpdi.accounts.emails import cleaned, email_key
from mpdi.accounts.link_operations import delete_links, make_link, use_link
from mpdi.accounts.links import LinkPurpose
from mpdi.accounts.mails import mail
from mpdi.accounts.models import User
from mpdi.accounts.role_operations import grant_role, require_another_administrator, require_right_to_give
from mpdi.accounts.roles import Grant, Person, Role
from mpdi.accounts.session_operations import end_sessions
from mpdi.exceptions import MpdiError
from mpdi.jobs.operations import record
from mpdi.references import Reference, ReferenceKind


class UserExistsError(MpdiError):
    """Somebody with this address has an account already."""


class UnknownUserError(MpdiError):
    """There is no such account, or it was erased."""


class WrongPasswordError(MpdiError):
    """The current password, asked for before a change, is not right."""


@dataclass(frozen=True)
class Credentials:
    """What a sign-in by password compares with."""

    user_id: int
    password_hash: str


@dataclass(frozen=True)
class Invitation:
    """An invitation made: who is invited and the token of the link."""

    user_id: int
    token: str


def user_reference(user_id: int) -> Reference:
    """Return how other records and the audit log point at a user."""
    return Reference(ReferenceKind.USER, str(user_id))


def find_user(session: Session, email: str) -> User | None:
    """Return the user with an address, written in any way."""
    return session.scalar(select(User).where(User.email_key == email_key(email), User.erased_at.is_(None)))


def get_user(session: Session, user_id: int) -> User:
    """Return a user by number; `UnknownUserError` where there is none or it was erased."""
    user = session.get(User, user_id)
    if user is None or user.erased_at is not None:
        raise UnknownUserError("There is no such account.")
    return user


def credentials_of(session: Session, email: str) -> Credentials | None:
    """Return what a password is compared with; None where nobody may sign in with this address."""
    user = find_user(session, email)
    if user is None or not user.is_active or user.password_hash is None:
        return None
    return Credentials(user.id, user.password_hash)


def create_user(session: Session, email: str, name: str = "", language: str = "fr") -> User:
    """Make an account without password or role; `UserExistsError` where the address has one."""
    address = cleaned(email)
    if find_user(session, address) is not None:
        raise UserExistsError("There is already an account with this e-mail address.")
    user = User(
        email=address, email_key=email_key(address), name=name.strip()[:120], language=language, created_at=clock.now()
    )
    session.add(user)
    session.flush()
    return user


def invite(
    session: Session, actor: Person | str, email: str, grants: Sequence[Grant], language: str, portal: str
) -> Invitation:
    """Invite somebody by mail, with roles. Invited again before accepting, the newer link replaces the older.

    `UserExistsError`; `NotYoursToGrantError`, for roles that the invited was promised by others too.
    """
    user = find_user(session, email)
    if user is not None and (user.password_hash is not None or not user.is_active):
        raise UserExistsError("There is already an account with this e-mail address.")
    if user is None:
        user = create_user(session, email, language=language)
    user.language = language
    promised = [Role(item.role) for item in user.roles]
    require_right_to_give(actor, [*promised, *(grant.role for grant in grants)])
    for grant in grants:
        grant_role(session, actor, user, grant)
    token = make_link(session, user, LinkPurpose.INVITATION)
    audit.note(session, actor, "user_invited", user_reference(user.id))
    _send(session, user, LinkPurpose.INVITATION, token, portal)
    return Invitation(user.id, token)


def accept_invitation(session: Session, token: str, name: str, language: str, password: str) -> User:
    """Use an invitation: the invited gives name, language and password. `DeadLinkError`, `WeakPasswordError`."""
    user = use_link(session, token, LinkPurpose.INVITATION)
    user.name, user.language = name.strip()[:120], language
    user.password_hash = passwords.accepted_hash(password, (user.email, user.name))
    audit.note(session, user.as_person(), "invitation_accepted", user_reference(user.id))
    return user


def begin_password_reset(session: Session, email: str, portal: str) -> None:
    """Send a link for a new password where an account has this address; the caller is told nothing."""
    user = find_user(session, email)
    if user is None or not user.is_active or user.password_hash is None:
        return
    _send(session, user, LinkPurpose.NEW_PASSWORD, make_link(session, user, LinkPurpose.NEW_PASSWORD), portal)


def finish_password_reset(session: Session, token: str, password: str) -> User:
    """Use a link for a new password: every session ends. `DeadLinkError`, `WeakPasswordError`."""
    user = use_link(session, token, LinkPurpose.NEW_PASSWORD)
    user.password_hash = passwords.accepted_hash(password, (user.email, user.name))
    end_sessions(session, user.id)
    audit.note(session, user.as_person(), "password_reset", user_reference(user.id))
    return user


def change_password(session: Session, user: User, password: str, kept_session: int) -> None:
    """Change the password; every other session ends, and links not yet used stop working."""
    user.password_hash = passwords.accepted_hash(password, (user.email, user.name))
    end_sessions(session, user.id, keep=kept_session)
    delete_links(session, user.id)
    audit.note(session, user.as_person(), "password_changed", user_reference(user.id))


def renew_hash(session: Session, user_id: int, new_hash: str) -> None:
    """Keep the same password hashed with today's parameters."""
    get_user(session, user_id).password_hash = new_hash


def change_profile(session: Session, user: User, name: str, language: str) -> None:
    """Change name and language."""
    user.name, user.language = name.strip()[:120], language
    audit.note(session, user.as_person(), "profile_changed", user_reference(user.id))


def choose_ticket_mails(session: Session, user: User, wants: bool) -> None:
    """Choose whether one gets a mail on what happens to tickets that one works on."""
    user.is_told_of_tickets = wants
    audit.note(session, user.as_person(), "ticket_mails_chosen", user_reference(user.id), {"wants": wants})


def deactivate(session: Session, actor: Person | str, user: User) -> None:
    """Keep somebody out: sessions and links end at once. `LastAdministratorError` for the last one."""
    require_another_administrator(session, user)
    user.is_active = False
    end_sessions(session, user.id)
    delete_links(session, user.id)
    audit.note(session, actor, "user_deactivated", user_reference(user.id))


def activate(session: Session, actor: Person | str, user: User) -> None:
    """Let somebody in again."""
    user.is_active = True
    audit.note(session, actor, "user_activated", user_reference(user.id))


def erase(session: Session, actor: Person | str, user: User) -> None:
    """Forget who a user was; the number stays, so that what it points at stays true. `LastAdministratorError`."""
    require_another_administrator(session, user)
    forget(session, user)
    audit.note(session, actor, "user_erased", user_reference(user.id))


def forget(session: Session, user: User) -> None:
    """Empty an account of whoever it was, its roles, sessions and links included; the number stays."""
    end_sessions(session, user.id)
    delete_links(session, user.id)
    user.roles.clear()
    user.email, user.email_key, user.name = "", f"erased:{user.id}", ""
    user.password_hash, user.signed_in_at, user.is_active = None, None, False
    user.erased_at = clock.now()
    session.flush()


def _send(session: Session, user: User, purpose: LinkPurpose, token: str, portal: str) -> None:
    record(session, mail(purpose, user.email, user.language, token, portal, str(user_reference(user.id))))
