"""What the list behind a figure shows of its notices: their addresses, titles, and the words that prove a theme."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mpdi.monitoring.lot_facts import AnyRow
from mpdi.monitoring.models import NoticeObservation, NoticeRecord


@dataclass(frozen=True)
class Behind:
    """The notices of some numbers."""

    records: Mapping[int, AnyRow]
    """`id`, `identity`, `title`, `language`, `buyer_name`, `day`, `format`."""
    words: Mapping[int, AnyRow]
    """The first proving words of each: `words`, `language`."""


def behind(session: Session, numbers: Collection[int], labels: Sequence[str]) -> Behind:
    """Read them; `labels`: of the words that are wanted, none for none."""
    read = select(
        NoticeRecord.id,
        NoticeRecord.identity,
        NoticeRecord.title,
        NoticeRecord.language,
        NoticeRecord.buyer_name,
        NoticeRecord.day,
        NoticeRecord.format,
    ).where(NoticeRecord.id.in_(numbers))
    records: dict[int, AnyRow] = {row.id: row for row in session.execute(read)}
    if not labels:
        return Behind(records, {})
    first = (
        select(func.min(NoticeObservation.id))
        .where(NoticeObservation.record_id.in_(numbers), NoticeObservation.label.in_(labels))
        .group_by(NoticeObservation.record_id)
    )
    said = select(NoticeObservation.record_id, NoticeObservation.words, NoticeObservation.language).where(
        NoticeObservation.id.in_(first)
    )
    told: dict[int, AnyRow] = {row.record_id: row for row in session.execute(said)}
    return Behind(records, told)
