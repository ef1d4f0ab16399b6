"""One notice with everything that is kept of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mpdi.exceptions import MpdiError
from mpdi.monitoring.models import IngestedFile, NoticeLot, NoticeObservation, NoticeRecord
from mpdi.monitoring.notice_keys import identities_of

MOST_OBSERVATIONS = 300
"""Shown of one notice: a text may repeat a word without end."""
MOST_RELATED = 50
_LARGEST = 2**31 - 1


class UnknownNoticeError(MpdiError):
    """There is no notice of this number."""


@dataclass(frozen=True)
class KeptNotice:
    """A notice, the file it was read from, its lots, what its words say, the other notices of its procedure."""

    record: NoticeRecord
    file: IngestedFile
    lots: Sequence[NoticeLot]
    observations: Sequence[NoticeObservation]
    """In the order of the texts; no more than `MOST_OBSERVATIONS`, and one more where there are more."""
    related: Sequence[Any]
    """`id`, `identity`, `day`, `form_type`, `format`, `notice_version`, `is_current`, `duplicate_of_id`, `title`; in order of days."""

    @property
    def lot_rows(self) -> Mapping[str | None, NoticeLot]:
        """Lots by their identifier."""
        return {lot.lot: lot for lot in self.lots if lot.kind != "whole"}


def identity_of_number(session: Session, number: int) -> str:
    """Return which notice has this number now: numbers change when files are read again. Raise `UnknownNoticeError`."""
    in_reach = 0 < number <= _LARGEST
    found = session.scalar(select(NoticeRecord.identity).where(NoticeRecord.id == number)) if in_reach else None
    if found is None:
        raise UnknownNoticeError("There is no such notice.")
    return found


def kept_notice(session: Session, key: str) -> KeptNotice:
    """Return a notice by its key; raise `UnknownNoticeError`."""
    query = select(NoticeRecord, IngestedFile).join(IngestedFile, IngestedFile.id == NoticeRecord.file_id)
    first, last = identities_of(key)
    found = session.execute(query.where(NoticeRecord.identity >= first, NoticeRecord.identity < last)).first()
    if found is None:
        raise UnknownNoticeError("There is no such notice.")
    record, file = found
    number = record.id
    lots = select(NoticeLot).where(NoticeLot.record_id == number).order_by(NoticeLot.number)
    observations = (
        select(NoticeObservation)
        .where(NoticeObservation.record_id == number)
        .order_by(NoticeObservation.text_number, NoticeObservation.begins, NoticeObservation.id)
        .limit(MOST_OBSERVATIONS + 1)
    )
    return KeptNotice(
        record, file, session.scalars(lots).all(), session.scalars(observations).all(), _related(session, record)
    )


def _related(session: Session, record: NoticeRecord) -> Sequence[Any]:
    ties = [NoticeRecord.procedure_key == record.procedure_key, NoticeRecord.duplicate_of_id == record.id]
    if record.duplicate_of_id is not None:
        ties.append(NoticeRecord.id == record.duplicate_of_id)
    query = (
        select(
            NoticeRecord.id,
            NoticeRecord.identity,
            NoticeRecord.day,
            NoticeRecord.form_type,
            NoticeRecord.format,
            NoticeRecord.notice_version,
            NoticeRecord.is_current,
            NoticeRecord.duplicate_of_id,
            NoticeRecord.title,
            NoticeRecord.language,
        )
        .where(or_(*ties), NoticeRecord.id != record.id)
        .order_by(NoticeRecord.day, NoticeRecord.id)
        .limit(MOST_RELATED)
    )
    return session.execute(query).all()
