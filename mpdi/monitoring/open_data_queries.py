"""The rows of the open data, in portions: however many notices there are, a few hundred are in memory."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.monitoring.indicators import rates_of
from mpdi.monitoring.indicators.dimensions import SPLITS
from mpdi.monitoring.models import BuyerSpelling, IngestedFile, NoticeLot, NoticeObservation, NoticeRecord
from mpdi.monitoring.notice_keys import key_of
from mpdi.monitoring.open_data_release import Source, release_of
from mpdi.monitoring.open_data_values import Made
from mpdi.monitoring.report_queries import EVERYTHING, facts_of

_PORTION = 500
_WHOLE_PORTION = 50
"""Whole notices at once: one may be some megabytes."""
_COUNTED: tuple[ColumnElement[bool], ...] = (NoticeRecord.is_current.is_(True), NoticeRecord.duplicate_of_id.is_(None))


@dataclass(frozen=True)
class Edition:
    """What the open data holds at a moment."""

    notices: int
    read_at: datetime.datetime | None
    """When the last file was read."""


def edition(session: Session) -> Edition:
    """Return how many notices are counted, and when the last file was read."""
    notices = session.scalar(select(func.count()).select_from(NoticeRecord).where(*_COUNTED)) or 0
    read_at = session.scalar(select(func.max(IngestedFile.read_at)))
    return Edition(notices, clock.aware(read_at) if read_at else None)


def _portions(session: Session, query: Any, number: Any, size: int) -> Iterator[list[Any]]:
    """Rows whose last column is their number, in its order."""
    last = 0
    while rows := list(session.execute(query.where(number > last).order_by(number).limit(size))):
        last = rows[-1][-1]
        yield rows


def _notices(session: Session) -> Iterator[Any]:
    record = NoticeRecord
    query = (
        select(
            record.identity, record.procedure_key, record.format, record.publication_id, record.notice_id,
            record.notice_version, record.procedure_id, record.form_type, record.notice_type, record.legal_basis,
            record.language, record.day, record.country, record.buyer_name, record.buyer_number,
            record.buyer_legal_type, record.buyer_nuts, BuyerSpelling.authority_id, record.buyers,
            record.procedure_type, record.title, record.lots, record.awarded_value, record.awarded_currency,
            IngestedFile.digest, record.parser_version, record.rules_version, record.id,
        )
        .join(IngestedFile, IngestedFile.id == record.file_id)
        .outerjoin(BuyerSpelling, BuyerSpelling.key == record.buyer_key)
        .where(*_COUNTED)
    )  # fmt: skip
    for rows in _portions(session, query, record.id, _PORTION):
        labels = _labels(session, [row[-1] for row in rows])
        for row in rows:
            yield row, labels.get(row[-1], [])


def _labels(session: Session, numbers: list[int]) -> dict[int, list[str]]:
    query = (
        select(NoticeObservation.record_id, NoticeObservation.label)
        .where(NoticeObservation.record_id.in_(numbers))
        .distinct()
        .order_by(NoticeObservation.record_id, NoticeObservation.label)
    )
    found: dict[int, list[str]] = {}
    for number, label in session.execute(query):
        found.setdefault(number, []).append(label)
    return found


def _lots(session: Session) -> Iterator[Any]:
    lot = NoticeLot
    query = (
        select(
            NoticeRecord.identity, lot.number, lot.kind, lot.lot, lot.title, lot.nature, lot.cpv, lot.nuts,
            lot.estimated_value, lot.estimated_currency, lot.aims, lot.environmental, lot.social, lot.innovation,
            lot.gpp_criteria, lot.accessibility, lot.sme_suitable, lot.reserved_participation, lot.reserved_execution,
            lot.framework, lot.closes, lot.tenders, lot.tenders_of_smes, lot.result_statuses, lot.non_award_reasons,
            lot.winner_sizes, lot.id,
        )
        .join(NoticeRecord, NoticeRecord.id == lot.record_id)
        .where(*_COUNTED)
    )  # fmt: skip
    for rows in _portions(session, query, lot.id, _PORTION):
        yield from (row[:-1] for row in rows)


def _observations(session: Session) -> Iterator[Any]:
    seen = NoticeObservation
    query = (
        select(
            NoticeRecord.identity, seen.label, seen.lot, seen.element, seen.text_number, seen.begins, seen.ends,
            seen.language, seen.words, seen.rule, seen.id,
        )
        .join(NoticeRecord, NoticeRecord.id == seen.record_id)
        .where(*_COUNTED)
    )  # fmt: skip
    for rows in _portions(session, query, seen.id, _PORTION):
        yield from (row[:-1] for row in rows)


def _rates(session: Session) -> Iterator[Any]:
    """Every rate over everything counted, as `mpdi report uptake` gives them for a period."""
    yield from rates_of(facts_of(session, EVERYTHING), SPLITS)


ROWS: Mapping[str, Callable[[Session], Iterator[Any]]] = {
    "notices": _notices,
    "lots": _lots,
    "observations": _observations,
    "rates": _rates,
}
"""The rows of each table of `open_data_tables`."""


def releases(session: Session) -> Iterator[Made]:
    """Every counted notice as a release of OCDS."""
    query = (
        select(
            NoticeRecord.whole, NoticeRecord.identity, NoticeRecord.procedure_key, IngestedFile.read_at, NoticeRecord.id
        )
        .join(IngestedFile, IngestedFile.id == NoticeRecord.file_id)
        .where(*_COUNTED)
    )
    for rows in _portions(session, query, NoticeRecord.id, _WHOLE_PORTION):
        for whole, identity, procedure, read_at, _number in rows:
            yield release_of(whole, Source(key_of(identity), procedure, clock.aware(read_at)))
