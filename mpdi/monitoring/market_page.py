"""Open notices made ready for whoever looks for work: page, feed and calendar show the same. Pure."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mpdi.monitoring.models import NoticeLot, NoticeRecord
from mpdi.monitoring.notice_keys import key_of
from mpdi.monitoring.notice_reading import Amount, Party, Said, read_head
from mpdi.monitoring.openness import LotFact, Openness, openness

Json = Mapping[str, Any]
_SEARCHED = frozenset({"fr", "nl", "en"})


@dataclass(frozen=True)
class OpenNotice:
    """One open notice: what is bought, by whom, until when, and what that means for a small firm."""

    key: str
    """Which notice it is, in its address."""
    title: Said | None
    buyers: Sequence[Party]
    closes: datetime.date
    at: datetime.datetime | None
    """The moment within that day, where the notice tells it."""
    is_request: bool
    """Whether it is the last day of requests to participate, not of tenders."""
    value: Amount | None
    nature: str | None
    cpv: str | None
    places: Sequence[str]
    lots: int
    day: datetime.date | None
    openness: Openness


def open_notice(
    record: NoticeRecord,
    rows: Sequence[NoticeLot],
    welcoming: Sequence[str],
    today: datetime.date,
    language: str,
    small: Decimal,
) -> OpenNotice:
    """Make an open notice of a record, its lots and the words that welcome small firms."""
    whole: Json = record.whole
    head = read_head(whole, language)
    is_searched = bool(record.rules_version) and record.language in _SEARCHED
    closes = min((row.closes for row in rows if row.closes is not None and row.closes >= today), default=today)
    at, is_request = _moment(whole, closes)
    codes = [row.cpv for row in rows if row.cpv]
    return OpenNotice(
        key=key_of(record.identity),
        title=head.title,
        buyers=head.buyers,
        closes=closes,
        at=at,
        is_request=is_request,
        value=head.value,
        nature=next((row.nature for row in rows if row.nature), None),
        cpv=codes[0] if codes else None,
        places=list(dict.fromkeys(row.nuts for row in rows if row.nuts)) or _of_buyer(record),
        lots=sum(row.kind == "lot" for row in rows),
        day=record.day,
        openness=openness(whole, _facts(rows), welcoming, is_searched, small),
    )


def _of_buyer(record: NoticeRecord) -> list[str]:
    return [record.buyer_nuts] if record.buyer_nuts else []


def _facts(rows: Sequence[NoticeLot]) -> list[LotFact]:
    """Lots as they are compared; what only the whole states counts for a single lot."""
    lots = [row for row in rows if row.kind == "lot"]
    whole = next((row for row in rows if row.kind == "whole"), None)
    if not lots:
        lots = [whole] if whole else []
    made = []
    for row in lots:
        own = row if row.estimated_value or len(lots) > 1 or whole is None else whole
        suitable = row.sme_suitable if row.sme_suitable is not None or whole is None else whole.sme_suitable
        made.append(
            LotFact(
                row.lot or "",
                own.estimated_value or None,
                own.estimated_currency,
                suitable,
                tuple(row.reserved_participation or ()),
            )
        )
    return made


def _moment(whole: Json, day: datetime.date) -> tuple[datetime.datetime | None, bool]:
    """The moment of that day, and whether it is one of requests."""
    parts = [whole.get("whole") or {}, *(whole.get("lots") or ()), *(whole.get("parts") or ())]
    for key, is_request in (("tender_deadline", False), ("request_deadline", True)):
        for part in parts:
            stated = part.get(key) or {}
            if stated.get("day") == day.isoformat():
                at = stated.get("at")
                return (datetime.datetime.fromisoformat(at) if at else None), is_request
    return None, False
