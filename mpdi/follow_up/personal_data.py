"""What follow-up logs hold about a person: the logs of the account. Who checked is noted by function, never by name."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.privacy import DataSubject, PersonalData
from mpdi.accounts.retention import Retention
from mpdi.follow_up import operations, queries


def _export(session: Session, subject: DataSubject) -> list[dict[str, Any]]:
    if subject.user_id is None:
        return []
    return [
        {
            "number": log.id,
            "reference": log.reference,
            "object": dict(log.object),
            "contractor": log.contractor,
            "begun_at": clock.aware(log.begun_at).isoformat(timespec="seconds"),
            "changed_at": clock.aware(log.changed_at).isoformat(timespec="seconds"),
        }
        for log in queries.list_logs_of(session, subject.user_id)
    ]


def _erase(session: Session, subject: DataSubject) -> int:
    return 0 if subject.user_id is None else operations.release_logs(session, subject.user_id)


def _retain(session: Session, retention: Retention) -> Mapping[str, int]:
    return {"follow_up_logs": operations.delete_lapsed(session, retention.follow_up)}


FOLLOW_UP_DATA = PersonalData("follow_up", _export, _erase, _retain)
