"""What specifications hold about a person: the drafts of the account."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.privacy import DataSubject, PersonalData
from mpdi.accounts.retention import Retention
from mpdi.specifications import operations, queries


def _export(session: Session, subject: DataSubject) -> list[dict[str, Any]]:
    if subject.user_id is None:
        return []
    return [
        {
            "number": draft.id,
            "begun_at": clock.aware(draft.begun_at).isoformat(timespec="seconds"),
            "changed_at": clock.aware(draft.changed_at).isoformat(timespec="seconds"),
            "answers": dict(draft.answers),
        }
        for draft in queries.list_drafts_of(session, subject.user_id)
    ]


def _erase(session: Session, subject: DataSubject) -> int:
    return 0 if subject.user_id is None else operations.release_drafts(session, subject.user_id)


def _retain(session: Session, retention: Retention) -> Mapping[str, int]:
    return {"drafts": operations.delete_lapsed(session, retention.drafts)}


DRAFT_DATA = PersonalData("drafts", _export, _erase, _retain)
