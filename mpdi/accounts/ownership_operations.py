"""What was begun under a link without account becomes somebody's: claimed, found again by the owner's own link, let go.

Each kind of record (a draft, a log, a plan) has an error of its own for what another account owns; who calls raises it.
"""

from typing import Protocol, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from mpdi.accounts import audit
from mpdi.accounts.roles import Person
from mpdi.accounts.tokens import derived_token, token_hash


class Owned(Protocol):
    """A record that may have an owner, and a link of the owner's own beside the one it began with."""

    id: int
    owner_id: int | None
    owner_token_hash: str | None


Record = TypeVar("Record", bound=Owned)


def claim(session: Session, record: Owned, user_id: int, action: str, about: object) -> bool:
    """Make a user the owner, noted in the audit log; return False where it belongs to another account already."""
    locked: Owned = session.get_one(type(record), record.id, with_for_update=True, populate_existing=True)
    if locked.owner_id not in (None, user_id):
        return False
    if locked.owner_id is None:
        locked.owner_id = user_id
        audit.note(session, Person(user_id), action, str(about))
    return True


def owner_token(session: Session, record: Owned, key: str, kind: str) -> str:
    """Return the token of the owner's own link: always the same for one record, owner and key of the portal."""
    token = derived_token(key, f"{kind}:{record.id}:{record.owner_id}")
    record.owner_token_hash = token_hash(token)
    session.flush()
    return token


def release(session: Session, model: type[Record], user_id: int) -> int:
    """Leave a user's records without owner, each under the link it began with; return how many."""
    found = session.scalars(select(model).filter_by(owner_id=user_id)).all()
    for record in found:
        record.owner_id, record.owner_token_hash = None, None
    return len(found)
