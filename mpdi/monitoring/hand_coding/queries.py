"""Samples and how far they are read; the notices of a sample; what detection says of them."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from mpdi.monitoring.hand_coding.models import CodingItem, CodingReading, CodingSample
from mpdi.monitoring.hand_coding.operations import READERS
from mpdi.monitoring.models import NoticeObservation, NoticeRecord


def samples(session: Session) -> Sequence[tuple[CodingSample, int, int]]:
    """Each sample with the number of its notices and of readings, the latest first."""
    items = select(func.count()).where(CodingItem.sample_id == CodingSample.id).scalar_subquery()
    read = (
        select(func.count(CodingReading.id))
        .join(CodingItem, CodingItem.id == CodingReading.item_id)
        .where(CodingItem.sample_id == CodingSample.id)
        .scalar_subquery()
    )
    query = select(CodingSample, items, read).order_by(CodingSample.id.desc())
    return [(sample, count, readings) for sample, count, readings in session.execute(query)]


def whole_sample(session: Session, identifier: int) -> CodingSample | None:
    """A sample with its notices and all that was said of them."""
    query = select(CodingSample).where(CodingSample.id == identifier)
    return session.scalar(query.options(selectinload(CodingSample.items).selectinload(CodingItem.readings)))


def next_to_read(session: Session, sample_id: int, reader_id: int) -> int | None:
    """Number of the next notice for a reader: not read by her, nor by two others; those begun by another first."""
    mine = select(CodingReading.item_id).where(CodingReading.reader_id == reader_id)
    count = select(func.count()).where(CodingReading.item_id == CodingItem.id).scalar_subquery()
    query = (
        select(CodingItem.number)
        .where(CodingItem.sample_id == sample_id, CodingItem.id.not_in(mine), count < READERS)
        .order_by(count.desc(), CodingItem.number)
        .limit(1)
    )
    return session.scalar(query)


def item_of(session: Session, sample_id: int, number: int) -> CodingItem | None:
    """A notice of a sample, with what was said of it."""
    query = select(CodingItem).where(CodingItem.sample_id == sample_id, CodingItem.number == number)
    return session.scalar(query.options(selectinload(CodingItem.readings)))


def record_of(session: Session, identity: str) -> NoticeRecord | None:
    """The notice itself; None where it is no longer there."""
    return session.scalar(select(NoticeRecord).where(NoticeRecord.identity == identity))


def detected(session: Session, sample_id: int) -> dict[str, set[str]]:
    """By identity of the notice the labels that detection finds today; nothing for one that is no longer there."""
    query = (
        select(NoticeRecord.identity, NoticeObservation.label)
        .join(CodingItem, CodingItem.identity == NoticeRecord.identity)
        .outerjoin(NoticeObservation, NoticeObservation.record_id == NoticeRecord.id)
        .where(CodingItem.sample_id == sample_id)
    )
    found: dict[str, set[str]] = defaultdict(set)
    for identity, label in session.execute(query):
        found[identity].update((label,) if label else ())
    return dict(found)


def readings_of(session: Session, reader_id: int) -> Sequence[tuple[str, int, CodingReading]]:
    """What a person read: name of the sample, number of the notice, the reading."""
    query = (
        select(CodingSample.name, CodingItem.number, CodingReading)
        .join(CodingItem, CodingItem.sample_id == CodingSample.id)
        .join(CodingReading, CodingReading.item_id == CodingItem.id)
        .where(CodingReading.reader_id == reader_id)
        .order_by(CodingReading.id)
    )
    return [(name, number, reading) for name, number, reading in session.execute(query)]
