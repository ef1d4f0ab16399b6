"""Sessions: one for each browser in which somebody is signed in. They end after 12 hours idle or 14 days."""

import datetime
from collections.abc import Sequence

from sqlalchemy import CursorResult, Delete, delete, select
from sqlalchemy.orm import Session, joinedload

from mpdi import clock
from mpdi.accounts.models import SignInSession, User
from mpdi.accounts.tokens import new_token, token_hash

IDLE = datetime.timedelta(hours=12)
LONGEST = datetime.timedelta(days=14)
SEEN_STEP = datetime.timedelta(minutes=5)
"""How much later a visit must be to be noted: not every page writes."""


def start_session(session: Session, user: User, device: str, method: str = "password") -> str:
    """Begin a session of a user; return the token for the cookie, which is new each time."""
    token, moment = new_token(), clock.now()
    user.signed_in_at = moment
    session.add(
        SignInSession(
            token_hash=token.hash,
            user_id=user.id,
            device=device[:120],
            method=method,
            created_at=moment,
            seen_at=moment,
            expires_at=moment + LONGEST,
        )
    )
    session.flush()
    return token.text


def find_session(session: Session, token: str) -> SignInSession | None:
    """Return the living session of a cookie; None where it has ended or its user may not sign in any more."""
    with_roles = joinedload(SignInSession.user).joinedload(User.roles)  # one statement, for every page asks for it
    wanted = select(SignInSession).where(SignInSession.token_hash == token_hash(token)).options(with_roles)
    found = session.scalars(wanted).unique().one_or_none()
    return found if found is not None and found.user.is_active and is_alive(found) else None


def is_alive(item: SignInSession) -> bool:
    """Whether a session has not run out."""
    moment = clock.now()
    return moment < clock.aware(item.expires_at) and moment < clock.aware(item.seen_at) + IDLE


def is_to_be_noted(item: SignInSession) -> bool:
    """Whether the last visit noted is so long ago that this one should be."""
    return clock.now() - clock.aware(item.seen_at) >= SEEN_STEP


def note_seen(session: Session, session_id: int) -> None:
    """Note that a session is in use."""
    if (found := session.get(SignInSession, session_id)) is not None:
        found.seen_at = clock.now()


def list_sessions(session: Session, user_id: int) -> Sequence[SignInSession]:
    """Return the living sessions of a user, the last used first."""
    query = select(SignInSession).where(SignInSession.user_id == user_id).order_by(SignInSession.seen_at.desc())
    return [item for item in session.scalars(query) if is_alive(item)]


def end_session(session: Session, user_id: int, session_id: int) -> bool:
    """End one session of a user; False where that user has no such session."""
    return (
        _count(session, delete(SignInSession).where(SignInSession.id == session_id, SignInSession.user_id == user_id))
        > 0
    )


def end_token(session: Session, token: str) -> None:
    """End the session of a cookie, if it has one."""
    session.execute(delete(SignInSession).where(SignInSession.token_hash == token_hash(token)))


def end_sessions(session: Session, user_id: int, keep: int | None = None) -> int:
    """End all sessions of a user, but the one to keep; return how many."""
    query = delete(SignInSession).where(SignInSession.user_id == user_id)
    return _count(session, query if keep is None else query.where(SignInSession.id != keep))


def delete_ended_sessions(session: Session, kept: datetime.timedelta = LONGEST) -> int:
    """Delete the sessions that have run out or were last used longer ago than they are kept; return how many."""
    moment = clock.now()
    ended = (SignInSession.expires_at <= moment) | (SignInSession.seen_at <= moment - min(kept, LONGEST))
    return _count(session, delete(SignInSession).where(ended))


def _count(session: Session, query: Delete) -> int:
    result = session.execute(query)
    assert isinstance(result, CursorResult)
    return result.rowcount
