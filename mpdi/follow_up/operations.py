"""What one can do with a follow-up log: begin, note, take back, claim, delete, let old ones lapse."""

import datetime
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts import ownership_operations
from mpdi.accounts.tokens import token_hash
from mpdi.exceptions import MpdiError
from mpdi.follow_up.models import FollowUpEntry, FollowUpLog
from mpdi.follow_up.state import Entry
from mpdi.follow_up.vocabulary import EntryKind

MOST_ENTRIES = 5_000
"""Entries that one log holds; a contract of four years has some hundreds."""


class UnknownLogError(MpdiError):
    """No log has this link, or it has lapsed."""


class LogChangedElsewhereError(MpdiError):
    """What the page shows was changed in another window since it was opened."""


class NothingToTakeBackError(MpdiError):
    """Nothing that was noted about this check is left to take back."""


class LogFullError(MpdiError):
    """The log holds as many entries as a log may."""


class LogClaimedByAnotherError(MpdiError):
    """The log has an owner already, who is somebody else."""


@dataclass(frozen=True)
class NewEntry:
    """What is to be noted: about which check (empty: the contract), what, on which day, in which words."""

    check_key: str
    kind: EntryKind
    day: datetime.date
    data: Mapping[str, Any] = field(default_factory=dict)


def has_token(token: str) -> ColumnElement[bool]:
    """Return the condition that a log is the one of a link: that it began with, or its owner's own."""
    kept = token_hash(token)
    return or_(FollowUpLog.token_hash == kept, FollowUpLog.owner_token_hash == kept)


def begin_log(
    session: Session, plan: Mapping[str, Any], start: datetime.date | None, contractor: str = ""
) -> tuple[FollowUpLog, str]:
    """Begin a log of frozen checks; return it with the token of its link, which is shown to nobody else."""
    token, moment = secrets.token_urlsafe(24), clock.now()
    log = FollowUpLog(
        token_hash=token_hash(token),
        last_number=0,
        contractor=contractor,
        start=start,
        plan=dict(plan),
        created_at=moment,
        changed_at=moment,
    )
    session.add(log)
    session.flush()
    return log, token


def find_log(session: Session, token: str) -> FollowUpLog:
    """Return the log of a link; `UnknownLogError` when there is none."""
    log = session.scalar(select(FollowUpLog).where(has_token(token)))
    if log is None:
        raise UnknownLogError("This link leads to no log. Check that it is whole; a log untouched for long is deleted.")
    return log


def note(session: Session, log: FollowUpLog, expected: int, entries: Iterable[NewEntry]) -> None:
    """Add entries made from a page that showed the log up to entry `expected`.

    `LogChangedElsewhereError` where something was noted since about one of the same checks; what two people note about
    different checks at the same time is kept both.
    """
    added = list(entries)
    locked = _locked(session, log, expected, {each.check_key for each in added})
    if locked.last_number + len(added) > MOST_ENTRIES:
        raise LogFullError(f"A log holds {MOST_ENTRIES} entries. Download it, then begin another.")
    for each in added:
        _add(session, locked, each)
    session.flush()


def _locked(session: Session, log: FollowUpLog, expected: int, keys: set[str]) -> FollowUpLog:
    locked = session.get_one(FollowUpLog, log.id, with_for_update=True, populate_existing=True)
    newer = select(FollowUpEntry.id).where(
        FollowUpEntry.log_id == log.id, FollowUpEntry.number > expected, FollowUpEntry.check_key.in_(keys)
    )
    if session.scalar(newer.limit(1)) is not None:
        raise LogChangedElsewhereError(
            "Something was noted about this in another window. Yours is not saved yet: compare, then save again."
        )
    return locked


def _add(session: Session, log: FollowUpLog, entry: NewEntry) -> None:
    log.last_number += 1
    log.changed_at = clock.now()
    session.add(
        FollowUpEntry(
            log_id=log.id,
            number=log.last_number,
            check_key=entry.check_key,
            kind=str(entry.kind),
            day=entry.day,
            data=dict(entry.data),
            written_at=clock.now(),
        )
    )


def take_back(session: Session, log: FollowUpLog, expected: int, check_key: str) -> None:
    """Take back the last thing noted about a check; the entry stays readable. `NothingToTakeBackError` when none is left."""
    locked = _locked(session, log, expected, {check_key})
    query = (
        select(FollowUpEntry)
        .where(FollowUpEntry.log_id == log.id, FollowUpEntry.check_key == check_key)
        .order_by(FollowUpEntry.number.desc())
    )
    entries = session.scalars(query).all()
    undone = {entry.data.get("number") for entry in entries if entry.kind == EntryKind.UNDO}
    for entry in entries:
        if entry.kind != EntryKind.UNDO and entry.number not in undone:
            _add(session, locked, NewEntry(check_key, EntryKind.UNDO, clock.today(), {"number": entry.number}))
            session.flush()
            return
    raise NothingToTakeBackError("There is nothing to take back.")


def count_for(session: Session, log: FollowUpLog, expected: int, look: Entry, day: datetime.date) -> None:
    """Count a look for another day than the one it was noted for: it is taken back, and noted anew with the same words.

    `LogChangedElsewhereError` where something was noted about the check since; `LogFullError`.
    """
    data = {**look.data, "due": day.isoformat(), "instead_of": look.data["due"]}
    undone = NewEntry(look.check_key, EntryKind.UNDO, clock.today(), {"number": look.number})
    note(session, log, expected, [undone, NewEntry(look.check_key, look.kind, look.day, data)])


def change_facts(
    session: Session, log: FollowUpLog, expected: int, contractor: str, start: datetime.date | None
) -> None:
    """Change contractor and start. The history says that they changed and holds no name of the contractor."""
    data = {"start": start.isoformat() if start else None, "contractor": bool(contractor)}
    note(session, log, expected, [NewEntry("", EntryKind.FACTS, clock.today(), data)])
    log.contractor, log.start = contractor, start
    session.flush()


def claim_log(session: Session, log: FollowUpLog, user_id: int) -> None:
    """Make a user the owner of a log begun without account; `LogClaimedByAnotherError`. Its link goes on working."""
    if not ownership_operations.claim(session, log, user_id, "follow_up_claimed", f"follow_up:{log.id}"):
        raise LogClaimedByAnotherError("This log belongs to another account already.")


def owner_token(session: Session, log: FollowUpLog, key: str) -> str:
    """Return the token of the owner's own link: always the same for one log, owner and key of the portal."""
    return ownership_operations.owner_token(session, log, key, "follow_up")


def release_logs(session: Session, user_id: int) -> int:
    """Leave a user's logs without owner, each under the link it began with; return how many."""
    return ownership_operations.release(session, FollowUpLog, user_id)


def delete_log(session: Session, log: FollowUpLog) -> None:
    """Delete a log and everything noted in it."""
    session.delete(log)


def delete_lapsed(session: Session, kept: datetime.timedelta) -> int:
    """Delete the logs untouched for so long; return how many."""
    lapsed = session.scalars(select(FollowUpLog).where(FollowUpLog.changed_at < clock.now() - kept)).all()
    for log in lapsed:
        session.delete(log)
    return len(lapsed)
