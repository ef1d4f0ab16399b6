"""Facts of notices from the database: procedures in portions, four statements a portion, memory that stays flat."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from mpdi.accounts.authorities import register
from mpdi.monitoring.indicators.model import LotFacts, NoticeFacts, Stage
from mpdi.monitoring.lot_facts import AnyRow, Told, facts_of_lot
from mpdi.monitoring.models import BuyerSpelling, NoticeLot, NoticeObservation, NoticeRecord

_PORTION = 200
"""Procedures read at once."""
_NAMED = 5_000
"""Numbers in one statement; SQLite takes 32,766."""
COUNTED = and_(NoticeRecord.is_current, NoticeRecord.duplicate_of_id.is_(None))
"""Neither replaced by a later notice nor told by another format."""
_CALLS = frozenset({"competition"})
_RESULTS = frozenset({"result", "dir-awa-pre"})
_OTHERS = frozenset({"planning", "consultation", "bri", "completion", "cont-modif"})
"""Form types of notices that neither ask for tenders nor say what came of them."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted: a period, both days in it, and whose notices; both `None`: everybody's."""

    first: datetime.date
    last: datetime.date
    authority: str | None = None
    """Identifier in the register."""
    level: str | None = None
    category: str | None = None
    """Market category: of a procedure only the lots in it are counted."""
    buyers: tuple[str, ...] = ()
    """Normal forms of the names of one buyer that is not in the register."""

    def holds(self, notice: NoticeFacts) -> bool:
        """Whether a notice is counted."""
        if notice.day is None or not self.first <= notice.day <= self.last:
            return False
        if self.authority is not None:
            return notice.authority == self.authority
        if self.buyers:
            return notice.buyer in self.buyers
        return self.level is None or notice.level == self.level

    def narrow(self, notice: NoticeFacts) -> NoticeFacts | None:
        """What is counted of a notice; `None`: nothing."""
        if not self.holds(notice):
            return None
        if self.category is None:
            return notice
        lots = tuple(lot for lot in notice.lots if lot.category == self.category)
        return replace(notice, lots=lots) if lots else None


EVERYTHING = Scope(datetime.date.min, datetime.date.max)
"""Every notice that has a day."""


def facts_of(session: Session, scope: Scope) -> Iterator[NoticeFacts]:
    """The facts of every procedure with a notice in scope, a stage at a time, in the order of the keys of procedures."""
    authorities = _authorities(session)
    after = ""
    while keys := list(session.scalars(_procedures(scope, after, authorities))):
        after = keys[-1]
        for notices in _procedures_of(session, keys, authorities):
            yield from (kept for notice in notices if (kept := scope.narrow(notice)) is not None)


def _authorities(session: Session) -> dict[str, str]:
    """Authority by the normal form of a name."""
    found = select(BuyerSpelling.key, BuyerSpelling.authority_id).where(BuyerSpelling.authority_id.is_not(None))
    return {key: authority for key, authority in session.execute(found) if authority is not None}


def _procedures(scope: Scope, after: str, authorities: Mapping[str, str]) -> Select[str]:
    found = (
        select(NoticeRecord.procedure_key)
        .where(COUNTED, NoticeRecord.day.between(scope.first, scope.last), NoticeRecord.procedure_key > after)
        .group_by(NoticeRecord.procedure_key)
        .order_by(NoticeRecord.procedure_key)
        .limit(_PORTION)
    )
    if scope.buyers:
        return found.where(NoticeRecord.buyer_key.in_(scope.buyers))
    if scope.authority is None and scope.level is None:
        return found
    wanted = [key for key, authority in authorities.items() if _is_wanted(authority, scope)]
    return found.where(NoticeRecord.buyer_key.in_(wanted))


def _is_wanted(authority: str, scope: Scope) -> bool:
    if scope.authority is not None:
        return authority == scope.authority
    known = register().get(authority)
    return known is not None and known.level == scope.level


_COLUMNS = (
    NoticeRecord.id,
    NoticeRecord.procedure_key,
    NoticeRecord.day,
    NoticeRecord.format,
    NoticeRecord.form_type,
    NoticeRecord.country,
    NoticeRecord.buyer_key,
    NoticeRecord.buyer_name,
    NoticeRecord.buyer_nuts,
    NoticeRecord.procedure_type,
    NoticeRecord.results,
    NoticeRecord.lots,
    NoticeRecord.is_central,
    NoticeRecord.is_searched,
)


def _procedures_of(
    session: Session, keys: Sequence[str], authorities: Mapping[str, str]
) -> Iterator[list[NoticeFacts]]:
    records = session.execute(
        select(*_COLUMNS)
        .where(COUNTED, NoticeRecord.procedure_key.in_(keys))
        .order_by(NoticeRecord.procedure_key, NoticeRecord.day, NoticeRecord.id)
    ).all()
    numbers = [record.id for record in records]
    lots = _lots(session, numbers)
    said = _said(session, numbers)
    for _, own in groupby(records, key=lambda record: record.procedure_key):
        read = [_read(record, lots.get(record.id, []), said.get(record.id, {}), authorities) for record in own]
        yield _stages([each for one in read for each in one])


_LOT_COLUMNS = (
    NoticeLot.record_id,
    NoticeLot.number,
    NoticeLot.kind,
    NoticeLot.lot,
    NoticeLot.title,
    NoticeLot.nature,
    NoticeLot.cpv,
    NoticeLot.nuts,
    NoticeLot.estimated_value,
    NoticeLot.estimated_currency,
    NoticeLot.aims,
    NoticeLot.environmental,
    NoticeLot.social,
    NoticeLot.innovation,
    NoticeLot.gpp_criteria,
    NoticeLot.accessibility,
    NoticeLot.sme_suitable,
    NoticeLot.framework,
    NoticeLot.tenders,
    NoticeLot.tenders_of_smes,
    NoticeLot.result_statuses,
    NoticeLot.non_award_reasons,
    NoticeLot.winner_sizes,
    NoticeLot.awarded_value,
    NoticeLot.awarded_currency,
    NoticeLot.price_weight,
    NoticeLot.price_only,
    NoticeLot.turnover,
    NoticeLot.turnover_asked,
    NoticeLot.payment_stated,
    NoticeLot.advance_stated,
)


def _lots(session: Session, numbers: Sequence[int]) -> dict[int, list[AnyRow]]:
    found: dict[int, list[AnyRow]] = {}
    asked = select(*_LOT_COLUMNS).order_by(NoticeLot.record_id, NoticeLot.number)
    for some in batched(numbers):
        for row in session.execute(asked.where(NoticeLot.record_id.in_(some))):
            found.setdefault(row.record_id, []).append(row)
    return found


def batched(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield the numbers, as many at once as a statement may name."""
    for first in range(0, len(numbers), _NAMED):
        yield numbers[first : first + _NAMED]


def _said(session: Session, numbers: Sequence[int]) -> dict[int, dict[str | None, set[str]]]:
    found: dict[int, dict[str | None, set[str]]] = {}
    asked = select(NoticeObservation.record_id, NoticeObservation.lot, NoticeObservation.label).distinct()
    for some in batched(numbers):
        for record, lot, label in session.execute(asked.where(NoticeObservation.record_id.in_(some))):
            found.setdefault(record, {}).setdefault(lot, set()).add(label)
    return found


def stages_of(form_type: str | None, results: int, lots: int) -> tuple[Stage, ...]:
    """What a notice is: a call, a result, both (a release of OCDS that tells of everything), or neither."""
    if form_type in _OTHERS:
        return ()
    is_result = form_type in _RESULTS or results > 0
    is_call = form_type in _CALLS or (form_type not in _RESULTS and lots > 0 and not is_result)
    return (*((Stage.CALL,) if is_call else ()), *((Stage.RESULT,) if is_result else ()))


def _read(
    record: AnyRow, lots: Sequence[AnyRow], said: Mapping[str | None, set[str]], authorities: Mapping[str, str]
) -> list[NoticeFacts]:
    """The facts of one notice, once a stage that it is of."""
    stages = stages_of(record.form_type, record.results, record.lots)
    if not stages:
        return []
    authority = authorities.get(record.buyer_key) if record.buyer_key else None
    known = register().get(authority) if authority else None
    facts = NoticeFacts(
        procedure=record.procedure_key,
        stage=stages[0],
        is_uptake=False,
        records=(record.id,),
        day=record.day,
        buyer=authority or record.buyer_key,
        authority=authority,
        authority_name=known.name_in("fr") if known else record.buyer_name,
        level=known.level if known else None,
        country=record.country,
        procedure_type=record.procedure_type,
        format=record.format,
        is_central=record.is_central,
        lots=_lot_facts(record, lots, said),
    )
    return [replace(facts, stage=stage) for stage in stages]


def _lot_facts(record: AnyRow, rows: Sequence[AnyRow], said: Mapping[str | None, set[str]]) -> tuple[LotFacts, ...]:
    whole = next((row for row in rows if row.kind == "whole"), None)
    lots = [row for row in rows if row.kind == "lot"] or [row for row in rows if row.kind == "whole"]
    told = Told(record, said, len(lots) == 1)
    return tuple(facts_of_lot(row, whole, told) for row in lots)


def _stages(notices: Sequence[NoticeFacts]) -> list[NoticeFacts]:
    """The notices of one procedure, those of each stage as one."""
    calls = [notice for notice in notices if notice.stage is Stage.CALL]
    results = [notice for notice in notices if notice.stage is Stage.RESULT]
    told = [_together(calls, is_uptake=True)] if calls else []
    return told + ([_together(results, is_uptake=not calls)] if results else [])


def _together(notices: Sequence[NoticeFacts], is_uptake: bool) -> NoticeFacts:
    """The notices of one stage as one: of the first its day, of the last its names, each lot by the last that tells it."""
    lots: dict[object, LotFacts] = {}
    for notice in notices:
        for place, lot in enumerate(notice.lots):
            lots[lot.id if lot.id is not None else (notice.records, place)] = lot
    days = [notice.day for notice in notices if notice.day is not None]
    return replace(
        notices[-1],
        is_uptake=is_uptake,
        records=tuple(number for notice in notices for number in notice.records),
        day=min(days, default=None),
        lots=tuple(lots.values()),
    )
