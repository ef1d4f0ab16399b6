"""Reading people and the audit log, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from mpdi.accounts.models import AuditEntry, RoleGrant, User
from mpdi.accounts.roles import Role

PAGE = 50


@dataclass(frozen=True)
class PeoplePage:
    """Some of the people, and how many there are."""

    people: Sequence[User]
    total: int


@dataclass(frozen=True)
class AuditPage:
    """Some entries of the audit log, the newest first, and how many there are."""

    entries: Sequence[AuditEntry]
    total: int


def list_people(session: Session, words: str = "", role: Role | None = None, page: int = 1) -> PeoplePage:
    """Return the people whose name or address holds the words, and who hold the role; by name."""
    where = _people_where(words, role)
    total = session.scalar(select(func.count()).select_from(User).where(*where)) or 0
    query = select(User).where(*where).order_by(func.lower(User.name), User.id)
    return PeoplePage(session.scalars(query.limit(PAGE).offset((page - 1) * PAGE)).all(), total)


def everybody(session: Session) -> Sequence[User]:
    """Return everybody with an account, by number."""
    return session.scalars(select(User).where(User.erased_at.is_(None)).order_by(User.id)).all()


def _people_where(words: str, role: Role | None) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [User.erased_at.is_(None)]
    if text := words.strip():
        where.append(or_(User.name.icontains(text, autoescape=True), User.email_key.icontains(text, autoescape=True)))
    if role is not None:
        where.append(User.id.in_(select(RoleGrant.user_id).where(RoleGrant.role == role.value)))
    return where


def people_with_role(session: Session, role: Role, route: str | None = None) -> Sequence[User]:
    """Return the active people who hold a role, everywhere or for a route; by name."""
    held = select(RoleGrant.user_id).where(RoleGrant.role == role.value)
    if route is not None:
        held = held.where(or_(RoleGrant.route.is_(None), RoleGrant.route == route))
    return session.scalars(select(User).where(User.id.in_(held), User.is_active).order_by(User.name, User.id)).all()


def list_audit(session: Session, reference: str = "", page: int = 1) -> AuditPage:
    """Return entries of the audit log, of one record or of all."""
    where = [AuditEntry.reference == reference] if reference else []
    total = session.scalar(select(func.count()).select_from(AuditEntry).where(*where)) or 0
    query = select(AuditEntry).where(*where).order_by(AuditEntry.id.desc())
    return AuditPage(session.scalars(query.limit(PAGE).offset((page - 1) * PAGE)).all(), total)
