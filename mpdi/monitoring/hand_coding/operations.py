"""Draw a sample, note what a reader says, settle what differs."""

import datetime
import random
from collections.abc import Mapping, Sequence

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.exceptions import MpdiError
from mpdi.monitoring.bulk import lock_writing
from mpdi.monitoring.detection.model import Label
from mpdi.monitoring.hand_coding.models import CodingItem, CodingReading, CodingSample, Labels
from mpdi.monitoring.models import NoticeObservation, NoticeRecord

LARGEST = 1_000
LANGUAGES = ("fr", "nl", "en")
"""Those that detection reads."""
READERS = 2


class NothingToDrawError(MpdiError):
    """The period holds no notice that was taken in, in a language that detection reads."""


class AlreadyReadError(MpdiError):
    """Two others have read the notice, or this reader has."""


class IncompleteReadingError(MpdiError):
    """A label has no answer."""


def draw_sample(
    session: Session, name: str, begins: datetime.date, ends: datetime.date, size: int, seed: int
) -> CodingSample:
    """Draw so many notices, half of them by chance from those in which detection found something, half from the others.

    Where one half has too few, the other gives more. Raises `NothingToDrawError`.
    """
    found, others = _population(session, begins, ends)
    if not found and not others:
        raise NothingToDrawError("No notice of this period was taken in.")
    draw = random.Random(seed)  # noqa: S311 (anybody may draw the same again)
    wanted = min(size, LARGEST, len(found) + len(others))
    half = min(len(found), max(wanted - wanted // 2, wanted - len(others)))
    chosen = [(each, True) for each in draw.sample(found, half)]
    chosen += [(each, False) for each in draw.sample(others, wanted - half)]
    draw.shuffle(chosen)
    sample = CodingSample(
        name=name, begins=begins, ends=ends, seed=seed, detected=len(found), others=len(others), drawn_at=clock.now()
    )
    sample.items = [
        CodingItem(number=number, identity=identity, is_detected=is_detected, settled={})
        for number, (identity, is_detected) in enumerate(chosen, 1)
    ]
    session.add(sample)
    session.flush()
    return sample


def _population(session: Session, begins: datetime.date, ends: datetime.date) -> tuple[list[str], list[str]]:
    """Notices that count, with and without an observation, in an order that does not depend on when they came."""
    counted = (
        NoticeRecord.is_current,
        NoticeRecord.duplicate_of_id.is_(None),
        NoticeRecord.day.between(begins, ends),
        NoticeRecord.language.in_(LANGUAGES),
        NoticeRecord.rules_version != "",
    )
    observed = select(NoticeObservation.record_id)
    query = select(NoticeRecord.identity).where(*counted).order_by(NoticeRecord.identity)
    return (
        list(session.scalars(query.where(NoticeRecord.id.in_(observed)))),
        list(session.scalars(query.where(NoticeRecord.id.not_in(observed)))),
    )


def note_reading(session: Session, item_id: int, reader_id: int, labels: Mapping[str, bool | None]) -> CodingReading:
    """Note what a reader says; once. Raises `AlreadyReadError`, `IncompleteReadingError`."""
    if set(labels) != {label.value for label in Label}:
        raise IncompleteReadingError("Answer for each label: yes, no or doubt.")
    lock_writing(session)
    readings = session.scalars(select(CodingReading).where(CodingReading.item_id == item_id)).all()
    if len(readings) >= READERS or any(each.reader_id == reader_id for each in readings):
        raise AlreadyReadError("This notice has been read.")
    free = next(slot for slot in range(1, READERS + 1) if all(each.slot != slot for each in readings))
    made = CodingReading(item_id=item_id, slot=free, reader_id=reader_id, labels=dict(labels), read_at=clock.now())
    session.add(made)
    return made


def settle(item: CodingItem, decided: Mapping[str, bool]) -> None:
    """Decide labels on which the readers differ or doubt; what they agree on stays theirs."""
    open_labels = undecided(item.readings)
    item.settled = {**item.settled, **{label: value for label, value in decided.items() if label in open_labels}}


def undecided(readings: Sequence[CodingReading]) -> list[str]:
    """The labels on which two readings differ, or one doubts; none before both are there."""
    if len(readings) < READERS:
        return []
    first, second = (each.labels for each in readings[:READERS])
    return [
        each.value for each in Label if first.get(each.value) is None or first.get(each.value) != second.get(each.value)
    ]


def final(item: CodingItem) -> Labels:
    """What counts of a notice: what both readers say, else what was settled; `None`: not settled yet."""
    if len(item.readings) < READERS:
        return dict.fromkeys(label.value for label in Label)
    to_settle = undecided(item.readings)
    agreed = item.readings[0].labels
    return {
        each.value: item.settled.get(each.value) if each.value in to_settle else agreed[each.value] for each in Label
    }


def forget_reader(session: Session, reader_id: int) -> int:
    """Take a person out of what she read; return from how many."""
    result = session.execute(update(CodingReading).where(CodingReading.reader_id == reader_id).values(reader_id=None))
    assert isinstance(result, CursorResult)
    return result.rowcount
