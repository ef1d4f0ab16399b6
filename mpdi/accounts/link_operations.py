"""Single-use links: made, found while they work, used."""

import datetime

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.links import LIFETIME, LinkPurpose
from mpdi.accounts.models import SingleUseLink, User
from mpdi.accounts.tokens import new_token, token_hash
from mpdi.exceptions import MpdiError


class DeadLinkError(MpdiError):
    """A link that never was, was used, has lapsed, or was replaced by a newer one."""


def make_link(session: Session, user: User, purpose: LinkPurpose) -> str:
    """Make a link for a user; earlier ones for the same purpose stop working. Return its token."""
    token, moment = new_token(), clock.now()
    unused = SingleUseLink.user_id == user.id, SingleUseLink.used_at.is_(None)
    session.execute(delete(SingleUseLink).where(*unused, SingleUseLink.purpose == purpose.value))
    session.add(
        SingleUseLink(
            purpose=purpose.value,
            token_hash=token.hash,
            user_id=user.id,
            created_at=moment,
            expires_at=moment + LIFETIME[purpose],
        )
    )
    session.flush()
    return token.text


def find_link(session: Session, token: str, purpose: LinkPurpose) -> User:
    """Return the user of a link that still works; `DeadLinkError` else."""
    return _living(session, token, purpose)[1]


def use_link(session: Session, token: str, purpose: LinkPurpose) -> User:
    """Use a link up and return its user; of two at once only one succeeds."""
    link, user = _living(session, token, purpose)
    link.used_at = clock.now()
    session.flush()
    return user


def _living(session: Session, token: str, purpose: LinkPurpose) -> tuple[SingleUseLink, User]:
    query = select(SingleUseLink).where(
        SingleUseLink.token_hash == token_hash(token), SingleUseLink.purpose == purpose.value
    )
    link = session.scalar(query.with_for_update())
    if link is None or link.used_at is not None or clock.now() >= clock.aware(link.expires_at):
        raise DeadLinkError("This link does not work any more. Ask for a new one.")
    user = session.get_one(User, link.user_id)
    if not user.is_active:
        raise DeadLinkError("This link does not work any more. Ask for a new one.")
    return link, user


def delete_links(session: Session, user_id: int) -> None:
    """Delete every link of a user."""
    session.execute(delete(SingleUseLink).where(SingleUseLink.user_id == user_id))


def delete_old_links(session: Session, kept: datetime.timedelta) -> int:
    """Delete the links made longer ago than they are kept; return how many."""
    result = session.execute(delete(SingleUseLink).where(SingleUseLink.created_at <= clock.now() - kept))
    assert isinstance(result, CursorResult)
    return result.rowcount
