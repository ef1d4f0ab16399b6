"""Granting and revoking roles. Somebody must always remain who can grant."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts import audit
from mpdi.accounts.authorities import register
from mpdi.accounts.locks import wait_for_turn
from mpdi.accounts.models import RoleGrant, User
from mpdi.accounts.roles import Action, Grant, Person, Role, may
from mpdi.exceptions import MpdiError
from mpdi.references import Reference, ReferenceKind

KNOWN_ROUTES = ("mpd", "mpi", "sme", "social", "anti_dumping", "food")
"""The routes of the helpdesk, which is above: a test holds them equal."""
EVERY_THEME = "all"
"""What is written for a facilitator who reads every question: it is chosen, and never what stands there by itself."""
WITHOUT_ADMINISTRATOR = frozenset({Role.FIRM, Role.BUYER, Role.FACILITATOR, Role.EXPERT, Role.LEGAL_REVIEWER})
"""Roles that an invitation may carry when who invites may not grant: those that reach nothing a coordinator does not."""


class LastAdministratorError(MpdiError):
    """The last active administrator was to lose the role, be deactivated or erased."""


class NotYoursToGrantError(MpdiError):
    """A role was to be given by somebody who may not give it."""


class ImpossibleGrantError(MpdiError):
    """A role that cannot be granted, or not so: the visitor's, a body that is not in the register, a route for others."""


def grant_role(session: Session, actor: Person | str, user: User, grant: Grant) -> bool:
    """Give a role; False where the user holds it already. `ImpossibleGrantError`."""
    check_grant(grant)
    if _held(user, grant) is not None:
        return False
    user.roles.append(
        RoleGrant(role=grant.role.value, authority_id=grant.authority_id, route=grant.route, granted_at=clock.now())
    )
    session.flush()
    audit.note(session, actor, "role_granted", _reference(user), _detail(grant))
    return True


def revoke_role(session: Session, actor: Person | str, user: User, grant: Grant) -> bool:
    """Take a role away; False where the user does not hold it. `LastAdministratorError`."""
    held = _held(user, grant)
    if held is None:
        return False
    if grant.role is Role.ADMINISTRATOR:
        require_another_administrator(session, user)
    user.roles.remove(held)
    session.flush()
    audit.note(session, actor, "role_revoked", _reference(user), _detail(grant))
    return True


def require_right_to_give(actor: Person | str, roles: Iterable[Role]) -> None:
    """Raise `NotYoursToGrantError` where a person may not give these roles; a command may give all."""
    if isinstance(actor, str) or may(actor, Action.GRANT_ROLE):
        return
    if not set(roles) <= WITHOUT_ADMINISTRATOR:
        raise NotYoursToGrantError("Only an administrator gives this role.")


def check_grant(grant: Grant) -> None:
    """Raise `ImpossibleGrantError` for a role that nobody can hold."""
    if grant.role is Role.VISITOR:
        raise ImpossibleGrantError("Everybody is a visitor: choose another role.")
    if grant.authority_id is not None and register().get(grant.authority_id) is None:
        raise ImpossibleGrantError(f"“{grant.authority_id}” is not in the register of contracting authorities.")
    if grant.route is not None and grant.role is not Role.FACILITATOR:
        raise ImpossibleGrantError("Only a facilitator holds the role for one route.")
    if grant.route is not None and grant.route not in KNOWN_ROUTES:
        raise ImpossibleGrantError(f"“{grant.route}” is no route: write one of {', '.join(KNOWN_ROUTES)}.")


def require_another_administrator(session: Session, user: User) -> None:
    """Raise `LastAdministratorError` where the user is the only active administrator."""
    if not any(item.role == Role.ADMINISTRATOR.value for item in user.roles) or not user.is_active:
        return
    wait_for_turn(session, "administrators")
    query = (
        select(func.count(func.distinct(User.id)))
        .join(RoleGrant)
        .where(RoleGrant.role == Role.ADMINISTRATOR.value, User.is_active, User.id != user.id)
    )
    if not session.scalar(query):
        raise LastAdministratorError("This is the only administrator. Give the role to somebody else first.")


def _held(user: User, grant: Grant) -> RoleGrant | None:
    wanted = (grant.role.value, grant.authority_id, grant.route)
    return next((item for item in user.roles if (item.role, item.authority_id, item.route) == wanted), None)


def _reference(user: User) -> Reference:
    return Reference(ReferenceKind.USER, str(user.id))


def _detail(grant: Grant) -> dict[str, str | None]:
    return {"role": grant.role.value, "authority": grant.authority_id, "route": grant.route}
