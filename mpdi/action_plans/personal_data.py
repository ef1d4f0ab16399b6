"""What plans hold about a person: that the account owns them. What stands in a plan is of functions, not of people."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.privacy import DataSubject, PersonalData
from mpdi.accounts.retention import Retention
from mpdi.action_plans import operations, queries
from mpdi.action_plans.upload_shelf import UploadShelf


def _export(session: Session, subject: DataSubject) -> list[dict[str, Any]]:
    if subject.user_id is None:
        return []
    return [
        {
            "number": plan.id,
            "authority": plan.authority_name,
            "begun_at": clock.aware(plan.created_at).isoformat(timespec="seconds"),
            "changed_at": clock.aware(plan.changed_at).isoformat(timespec="seconds"),
            "versions": plan.versions,
        }
        for plan in queries.plans_of(session, subject.user_id)
    ]


def _erase(session: Session, subject: DataSubject) -> int:
    return 0 if subject.user_id is None else operations.release_plans(session, subject.user_id)


def _retain(session: Session, retention: Retention) -> Mapping[str, int]:
    return {"plans": operations.delete_lapsed(session, retention.drafts, retention.plans)}


PLAN_DATA = PersonalData("plans", _export, _erase, _retain)


def upload_data(home: Path) -> PersonalData:
    """Return what becomes of spreadsheets that wait to be taken over: who sent one is not known, and none waits long."""

    def retain(_session: Session, _retention: Retention) -> Mapping[str, int]:
        return {"spreadsheets_waiting": UploadShelf(home).sweep()}

    return PersonalData("spreadsheets", lambda _session, _subject: [], lambda _session, _subject: 0, retain)
