"""Slowing guessing down: failures are counted by e-mail address and by network address, for an hour, as hashes.

A try is counted before the password is looked at and forgotten when it was right, so that a hundred tries at once
count as a hundred.
"""

import datetime
from dataclasses import dataclass

from sqlalchemy import ColumnElement, CursorResult, delete, func, select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.emails import email_key
from mpdi.accounts.locks import wait_for_turn
from mpdi.accounts.models import SignInAttempt
from mpdi.accounts.tokens import keyed_hash
from mpdi.exceptions import MpdiError

KEPT = datetime.timedelta(hours=1)


class TooManyAttemptsError(MpdiError):
    """Too many failures for this e-mail address or from this network address within the hour."""


@dataclass(frozen=True)
class Limits:
    """How many failures within the hour."""

    for_email: int
    from_address: int


SIGN_IN = Limits(for_email=10, from_address=60)
RESET = Limits(for_email=3, from_address=30)


@dataclass(frozen=True)
class Origin:
    """Where a try comes from and whom it is about, as hashes; the limits it falls under."""

    email_hash: str
    address_hash: str
    limits: Limits


def sign_in_origin(key: str, email: str, address: str) -> Origin:
    """Return the origin of a try to sign in."""
    return _origin(key, "sign_in", email, address, SIGN_IN)


def reset_origin(key: str, email: str, address: str) -> Origin:
    """Return the origin of a wish for a new password."""
    return _origin(key, "reset", email, address, RESET)


def _origin(key: str, kind: str, email: str, address: str, limits: Limits) -> Origin:
    return Origin(
        keyed_hash(key, f"{kind}:email", email_key(email)), keyed_hash(key, f"{kind}:address", address), limits
    )


def count_attempt(session: Session, origin: Origin) -> None:
    """Count a try as failed until it is forgotten; `TooManyAttemptsError`, uncounted, where the hour is full."""
    wait_for_turn(session, "sign_in_attempts")
    since = clock.now() - KEPT
    by_email = _number(session, SignInAttempt.email_hash == origin.email_hash, since)
    by_address = _number(session, SignInAttempt.address_hash == origin.address_hash, since)
    if by_email >= origin.limits.for_email or by_address >= origin.limits.from_address:
        raise TooManyAttemptsError("Too many attempts. Wait an hour, or ask for a new password.")
    session.add(SignInAttempt(email_hash=origin.email_hash, address_hash=origin.address_hash, attempted_at=clock.now()))
    session.flush()


def _number(session: Session, where: ColumnElement[bool], since: datetime.datetime) -> int:
    query = select(func.count()).select_from(SignInAttempt).where(where, SignInAttempt.attempted_at > since)
    return session.scalar(query) or 0


def forget_attempts(session: Session, origin: Origin) -> None:
    """Forget the failures for an e-mail address: its owner has come in."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.email_hash == origin.email_hash))


def delete_old_attempts(session: Session, kept: datetime.timedelta = KEPT) -> int:
    """Delete failures older than the time they are kept; return how many."""
    result = session.execute(delete(SignInAttempt).where(SignInAttempt.attempted_at <= clock.now() - kept))
    assert isinstance(result, CursorResult)
    return result.rowcount
