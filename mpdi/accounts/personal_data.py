"""What accounts hold about a person."""

import datetime
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts import link_operations, session_operations, throttle_operations
from mpdi.accounts.models import AuditEntry, SignInSession, SingleUseLink, User
from mpdi.accounts.privacy import DataSubject, PersonalData
from mpdi.accounts.retention import Retention
from mpdi.jobs import operations as jobs
from mpdi.jobs.events import MailWanted


def _export(session: Session, subject: DataSubject) -> dict[str, Any]:
    user = session.get(User, subject.user_id) if subject.user_id is not None else None
    if user is None:
        return {}
    return {
        "number": user.id,
        "email": user.email,
        "name": user.name,
        "language": user.language,
        "is_active": user.is_active,
        "is_told_of_tickets": user.is_told_of_tickets,
        "created_at": _iso(user.created_at),
        "signed_in_at": _iso(user.signed_in_at),
        "roles": [
            {"role": item.role, "authority": item.authority_id, "route": item.route, "since": _iso(item.granted_at)}
            for item in user.roles
        ],
        "sessions": _sessions(session, user.id),
        "links": _links(session, user.id),
        "audit_log": _audit_entries(session, user.id),
    }


def _sessions(session: Session, user_id: int) -> list[dict[str, Any]]:
    return [
        {"device": item.device, "method": item.method, "since": _iso(item.created_at), "seen_at": _iso(item.seen_at)}
        for item in session.scalars(select(SignInSession).where(SignInSession.user_id == user_id))
    ]


def _links(session: Session, user_id: int) -> list[dict[str, Any]]:
    return [
        {"purpose": link.purpose, "made_at": _iso(link.created_at), "used_at": _iso(link.used_at)}
        for link in session.scalars(select(SingleUseLink).where(SingleUseLink.user_id == user_id))
    ]


def _audit_entries(session: Session, user_id: int) -> list[dict[str, Any]]:
    name = f"user:{user_id}"
    query = select(AuditEntry).where((AuditEntry.actor == name) | (AuditEntry.reference == name))
    return [
        {"at": entry.occurred_at, "actor": entry.actor, "action": entry.action, "reference": entry.reference}
        for entry in session.scalars(query.order_by(AuditEntry.id))
    ]


def _iso(moment: datetime.datetime | None) -> str | None:
    return None if moment is None else clock.aware(moment).isoformat(timespec="seconds")


def _erase(session: Session, subject: DataSubject) -> int:
    """Forget the mails with links that still wait for nothing; the account itself is closed last, by `privacy.erase`."""
    if subject.user_id is None:
        return 0
    return jobs.delete_handled(session, MailWanted.name, about=f"user:{subject.user_id}")


def _retain(session: Session, retention: Retention) -> Mapping[str, int]:
    return {
        "attempts": throttle_operations.delete_old_attempts(session, retention.attempts),
        "sessions": session_operations.delete_ended_sessions(session, retention.sessions),
        "links": link_operations.delete_old_links(session, retention.links),
        "mails": jobs.delete_handled(session, MailWanted.name, before=clock.now() - retention.mails),
    }


ACCOUNT_DATA = PersonalData("account", _export, _erase, _retain)
