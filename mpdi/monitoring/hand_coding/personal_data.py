"""What hand coding holds about a person: which notices she read, and what she said of them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.privacy import DataSubject, PersonalData
from mpdi.accounts.retention import Retention
from mpdi.monitoring.hand_coding import operations, queries


def _export(session: Session, subject: DataSubject) -> list[dict[str, Any]]:
    if subject.user_id is None:
        return []
    return [
        {
            "sample": name,
            "number": number,
            "labels": dict(reading.labels),
            "read_at": clock.aware(reading.read_at).isoformat(timespec="seconds"),
        }
        for name, number, reading in queries.readings_of(session, subject.user_id)
    ]


def _erase(session: Session, subject: DataSubject) -> int:
    return 0 if subject.user_id is None else operations.forget_reader(session, subject.user_id)


def _retain(_session: Session, _retention: Retention) -> Mapping[str, int]:
    return {}


HAND_CODING_DATA = PersonalData("hand_coding", _export, _erase, _retain)
