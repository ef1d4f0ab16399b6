"""Reading logs: one statement for a log, one for its entries."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mpdi.follow_up.frozen import FrozenPlan, thaw
from mpdi.follow_up.models import FollowUpEntry, FollowUpLog
from mpdi.follow_up.operations import UnknownLogError, has_token
from mpdi.follow_up.state import Entry, mark_undone
from mpdi.follow_up.vocabulary import EntryKind


@dataclass(frozen=True)
class OpenLog:
    """A log as it stands, with everything noted in it, in order."""

    id: int
    contractor: str
    start: datetime.date | None
    data: Mapping[str, Any]
    last_number: int
    owner_id: int | None
    entries: tuple[Entry, ...]

    @cached_property
    def plan(self) -> FrozenPlan:
        """The frozen checks."""
        return thaw(self.data)


def open_log(session: Session, token: str) -> OpenLog:
    """Return the log of a link; `UnknownLogError` when there is none."""
    log = session.scalar(select(FollowUpLog).where(has_token(token)))
    if log is None:
        raise UnknownLogError("This link leads to no log.")
    rows = session.scalars(
        select(FollowUpEntry).where(FollowUpEntry.log_id == log.id).order_by(FollowUpEntry.number)
    ).all()
    entries = [Entry(row.number, row.check_key, EntryKind(row.kind), row.day, row.data, row.written_at) for row in rows]
    return OpenLog(
        log.id, log.contractor, log.start, log.plan, log.last_number, log.owner_id, tuple(mark_undone(entries))
    )


@dataclass(frozen=True)
class OwnedLog:
    """A log in the list of its owner."""

    id: int
    reference: str
    object: Mapping[str, str]
    contractor: str
    begun_at: datetime.datetime
    changed_at: datetime.datetime


def list_logs_of(session: Session, user_id: int) -> list[OwnedLog]:
    """Return the logs that a user owns, the last changed first."""
    query = (
        select(FollowUpLog)
        .where(FollowUpLog.owner_id == user_id)
        .order_by(FollowUpLog.changed_at.desc(), FollowUpLog.id)
    )
    return [
        OwnedLog(log.id, log.plan["reference"], log.plan["object"], log.contractor, log.created_at, log.changed_at)
        for log in session.scalars(query)
    ]
