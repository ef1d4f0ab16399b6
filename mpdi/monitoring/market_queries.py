"""Open notices: those whose last day to take part has not gone by, found and counted in few statements."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, Numeric, Select, String, and_, cast, func, or_, select, type_coerce
from sqlalchemy.orm import Session, aliased

from mpdi.accounts.authorities import fold
from mpdi.monitoring.market_query import MarketQuery
from mpdi.monitoring.models import NoticeLot, NoticeObservation, NoticeRecord

SMALL_LOT = Decimal(100_000)
"""Euro at or below which we call a lot small: an assumption of ours, no number of law."""
_CALL = "competition"
_Whole = aliased(NoticeLot, name="whole_row")
_MOST_BUYER_WORDS = 6


@dataclass(frozen=True)
class OpenPage:
    """A page of open notices, the one that closes first at the top, and how many there are in all."""

    records: Sequence[NoticeRecord]
    lots: dict[int, list[NoticeLot]]
    """By record, in the order of the notice; the whole first."""
    welcoming: dict[int, list[str]]
    """Words by which a notice welcomes small firms, by record."""
    total: int


def open_page(
    session: Session, asked: MarketQuery, cpv: Sequence[str], today: datetime.date, size: int, by_day: bool = False
) -> OpenPage:
    """Return a page of the open notices that fit; `cpv`: beginnings of codes, any of which will do.

    `by_day`: the newest first, as a feed wants them.
    """
    found = _open(asked, cpv, today)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    order = (
        (NoticeRecord.day.desc(), NoticeRecord.id.desc()) if by_day else (func.min(NoticeLot.closes), NoticeRecord.id)
    )
    page = found.order_by(*order).offset((asked.page - 1) * size).limit(size)
    numbers = list(session.scalars(page))
    by_number = {each.id: each for each in session.scalars(select(NoticeRecord).where(NoticeRecord.id.in_(numbers)))}
    return OpenPage(
        [by_number[number] for number in numbers], _lots(session, numbers), _welcoming(session, numbers), total
    )


def _open(asked: MarketQuery, cpv: Sequence[str], today: datetime.date) -> Select[int]:
    """The numbers of notices with an open lot that fits every filter."""
    last = today + datetime.timedelta(days=asked.left)
    query = (
        select(NoticeRecord.id)
        .join(NoticeLot, NoticeLot.record_id == NoticeRecord.id)
        .outerjoin(_Whole, and_(_Whole.record_id == NoticeRecord.id, _Whole.number == 0))
        .where(
            NoticeLot.closes >= last,
            NoticeRecord.is_current,
            NoticeRecord.duplicate_of_id.is_(None),
            NoticeRecord.form_type == _CALL,
        )
        .group_by(NoticeRecord.id, NoticeRecord.day)
    )
    return query.where(*_filters(asked, cpv))


def _filters(asked: MarketQuery, cpv: Sequence[str]) -> list[ColumnElement[bool]]:
    made: list[ColumnElement[bool]] = []
    if asked.cpv:
        code = func.coalesce(NoticeLot.cpv, _Whole.cpv, "")
        made.append(or_(*(code.startswith(prefix, autoescape=True) for prefix in cpv)) if cpv else code == "-")
    if asked.place:
        place = func.coalesce(NoticeLot.nuts, _Whole.nuts, NoticeRecord.buyer_nuts, "")
        made.append(place.startswith(asked.place, autoescape=True))
    if asked.nature:
        made.append(func.coalesce(NoticeLot.nature, _Whole.nature) == asked.nature)
    if words := fold(asked.buyer).split()[:_MOST_BUYER_WORDS]:
        made.append(_buyer(words))
    if asked.reason:
        made.append(_reason(asked.reason))
    return made


def _buyer(words: Sequence[str]) -> ColumnElement[bool]:
    """A buyer whose name has all words; in another language it is the same where it gives the same number."""
    other = aliased(NoticeRecord)
    same = select(other.buyer_number).where(
        other.buyer_number.is_not(None), *(other.buyer_key.contains(word, autoescape=True) for word in words)
    )
    named = and_(*(NoticeRecord.buyer_key.contains(word, autoescape=True) for word in words))
    return or_(named, NoticeRecord.buyer_number.in_(same))


def _reason(reason: str) -> ColumnElement[bool]:
    if reason == "suitable":
        return func.coalesce(NoticeLot.sme_suitable, _Whole.sme_suitable).is_(True)
    if reason == "reserved":
        return type_coerce(NoticeLot.reserved_participation, String).like('%"res-%')
    amount = cast(type_coerce(NoticeLot.estimated_value, String), Numeric(40, 4))
    return and_(NoticeLot.number > 0, NoticeLot.estimated_currency == "EUR", amount > 0, amount <= SMALL_LOT)


def _lots(session: Session, numbers: Sequence[int]) -> dict[int, list[NoticeLot]]:
    rows = select(NoticeLot).where(NoticeLot.record_id.in_(numbers)).order_by(NoticeLot.record_id, NoticeLot.number)
    found: dict[int, list[NoticeLot]] = {number: [] for number in numbers}
    for row in session.scalars(rows):
        found[row.record_id].append(row)
    return found


def _welcoming(session: Session, numbers: Sequence[int]) -> dict[int, list[str]]:
    query = (
        select(NoticeObservation.record_id, NoticeObservation.words)
        .where(NoticeObservation.record_id.in_(numbers), NoticeObservation.label == "sme")
        .order_by(NoticeObservation.id)
    )
    found: dict[int, list[str]] = {}
    for number, words in session.execute(query):
        found.setdefault(number, []).append(words)
    return found


def has_notices(session: Session) -> bool:
    """Whether any notice was ever taken in."""
    return session.scalar(select(NoticeRecord.id).limit(1)) is not None
