"""What a notice says of each lot, as rows of `NoticeLot`."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from mpdi.monitoring.values import Row, amount, code, cpv, currency, nuts, text, whole_number
from tender_parsers.notice import Lot, LotResult, Notice, in_language
from tender_parsers.received import Received, received_by_lot


@dataclass
class _Outcome:
    """Decisions on one lot."""

    statuses: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    sizes: list[str | None] = field(default_factory=list)

    def add(self, result: LotResult) -> None:
        if (status := code(result.status)) is not None:
            self.statuses.append(status)
        if (reason := code(result.reason)) is not None:
            self.reasons.append(reason)
        self.sizes += [code(winner.size) for winner in result.winners]


def lot_rows(notice: Notice) -> list[Row]:
    """The rows: number 0 for the whole, then lots, parts and groups, then lots that only a decision names."""
    outcomes = _outcomes(notice)
    received = {_of_lot(notice, key): counts for key, counts in received_by_lot(notice).items()}
    rows = [_row(0, notice.whole, notice, None, None)]
    described = (*notice.lots, *notice.parts, *notice.lot_groups)
    for number, lot in enumerate(described, start=1):
        key = lot.id if lot.kind == "lot" else None
        is_only = lot.kind == "lot" and len(notice.lots) == 1
        outcome = outcomes.pop(key, None) if key is not None or is_only else None
        counts = received.get(key) if key is not None or is_only else None
        rows.append(_row(number, lot, notice, outcome, counts))
    for number, (key, outcome) in enumerate(outcomes.items(), start=len(rows)):
        rows.append(_row(number, Lot(id=key), notice, outcome, received.get(key)))
    return rows


def _of_lot(notice: Notice, key: str | None) -> str | None:
    """The lot that a decision speaks of: of a notice with one lot it is that one, whatever the decision writes."""
    if len(notice.lots) == 1 and key not in {lot.id for lot in notice.lots}:
        return notice.lots[0].id
    return key


def _outcomes(notice: Notice) -> dict[str | None, _Outcome]:
    found: dict[str | None, _Outcome] = {}
    for result in notice.results:
        for lot in result.lots or (result.id,):
            found.setdefault(_of_lot(notice, lot), _Outcome()).add(result)
    return found


def _row(number: int, lot: Lot, notice: Notice, outcome: _Outcome | None, counts: Received | None) -> Row:
    strategic, framework, deadline = lot.strategic, lot.framework, lot.tender_deadline
    closes = deadline or lot.request_deadline
    return {
        "number": number,
        "kind": lot.kind,
        "lot": text(lot.id, 200),
        "title": text(in_language(lot.title, notice.language)),
        "nature": text(code(lot.nature), 40),
        "cpv": cpv(lot.cpv_main),
        "nuts": nuts(place.nuts for place in lot.places),
        "estimated_value": amount(lot.estimated_value),
        "estimated_currency": currency(lot.estimated_value),
        "aims": _codes(strategic.aims) if strategic else None,
        "environmental": _codes(strategic.environmental) if strategic else None,
        "social": _codes(strategic.social) if strategic else None,
        "innovation": _codes(strategic.innovation) if strategic else None,
        "gpp_criteria": _codes(strategic.gpp_criteria) if strategic else None,
        "accessibility": _codes(strategic.accessibility) if strategic else None,
        "reserved_participation": _codes(lot.reserved_participation),
        "reserved_execution": text(code(lot.reserved_execution), 40),
        "sme_suitable": lot.sme_suitable,
        "framework": text(code(framework.type), 40) if framework else None,
        "tender_deadline": deadline.day if deadline else None,
        "closes": closes.day if closes else None,
        "tenders": whole_number(counts.tenders) if counts else None,
        "tenders_of_smes": whole_number(counts.from_smes) if counts else None,
        "result_statuses": _codes(outcome.statuses) if outcome else None,
        "non_award_reasons": _codes(outcome.reasons) if outcome else None,
        "winner_sizes": _codes(outcome.sizes) if outcome else None,
    }


def _codes(codes: Iterable[str | None]) -> str | None:
    """JSON of the codes; `None` where there is none: not stated."""
    listed = list(codes)
    return json.dumps(listed) if listed else None
