"""What `python -m tender_parsers summary` says of a TED notice: counts of what its `Notice` holds."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from tender_parsers.notice import Lot, Money, Notice, in_language

_BY_TYPE = {"quality": "AC_QUALITY", "cost": "AC_COST", "price": "AC_PRICE"}
Plain = dict[str, object]


def summary(notices: Iterable[Notice]) -> Plain:
    """Keys of the only notice of a file. What the format has no field for is `None`, never 0."""
    notice = next(iter(notices))
    shared = _identity(notice)
    return {**shared, **(_older(notice) if _is_older(notice) else _newer(notice))}


def _is_older(notice: Notice) -> bool:
    return (notice.version or "").startswith(("R2.0.7", "R2.0.8"))


def _identity(notice: Notice) -> Plain:
    buyer = notice.buyers[0] if notice.buyers else None
    return {
        "version": notice.version,
        "root": notice.root,
        "doc_id": notice.document_id,
        "publication_id": notice.publication_id,
        "form": notice.form,
        "form_number": notice.form_number,
        "language": notice.language,
        "buyer_country": notice.country,
        "lots_green": None,
        "lots_social": None,
        "lots_innovative": None,
        "lots_sme_suitable": None,
        "cpv_main": notice.whole.cpv_main,
        "buyer_name": in_language(buyer.name, notice.language) if buyer else None,
    }


def _older(notice: Notice) -> Plain:
    """Before R2.0.9 these keys count elements that the structure does not have, lots and tenders apart."""
    return {
        "n_lots": len({lot.internal_id or lot.id for lot in notice.lots}) or None,
        "received_tenders": _received(notice, "tenders"),
        "received_tenders_sme": None,
        "winner_sizes": None,
        "estimated_value": None,
        "estimated_currency": None,
        "award_criteria_count": None,
        "n_award_contracts": 0,
    }


def _newer(notice: Notice) -> Plain:
    lots = (*notice.lots, *notice.parts)
    types = Counter(_BY_TYPE[kind] for lot in lots for kind in _types(lot))
    awards = () if notice.form_type == "result" and notice.notice_type == "can-desg" else notice.results
    winners = [winner for award in awards for winner in award.winners]
    totals = notice.totals
    whole = notice.whole
    return {
        "n_buyers": len(notice.buyers),
        "n_lots": len(lots),
        "lot_division": notice.lot_limits.divided if notice.lot_limits else None,
        **_amount("estimated", whole.estimated_value),
        **_amount("awarded", totals.awarded if totals else None),
        "award_criteria_by_type": dict(types),
        "award_criteria_count": types.total(),
        "lots_with_award_criteria": sum(any(_types(lot)) for lot in lots),
        "lots_ac_procurement_doc": sum(lot.award_criteria_in_documents is True for lot in lots),
        "n_award_contracts": len(awards),
        "n_awarded": sum(award.status == "selec-w" for award in awards),
        "n_not_awarded": sum(award.status == "clos-nw" for award in awards),
        "received_tenders": _received(notice, "tenders"),
        "received_tenders_sme": _received(notice, "t-sme"),
        "n_winner_entries": len(winners),
        "winner_sizes": dict(Counter(str(winner.size or "not-stated") for winner in winners)),
        "reserved_sheltered": "res-ws" in whole.reserved_participation or whole.reserved_execution == "yes",
        "innovation_partnership": notice.procedure_type_stated == "PT_INNOVATION_PARTNERSHIP",
        "framework": whole.framework is not None and whole.framework.type == "fa",
    }


def _types(lot: Lot) -> list[str]:
    return [criterion.type for criterion in lot.award_criteria if isinstance(criterion.type, str)]


def _amount(name: str, money: Money | None) -> Plain:
    stated = money if money and isinstance(money.amount, Decimal) else None
    return {
        f"{name}_value": stated.amount if stated else None,
        f"{name}_currency": stated.currency if stated else None,
    }


def _received(notice: Notice, code: str) -> int | None:
    """The sum over the awards; `None` where none states it. What is withheld is never counted."""
    counts = [
        statistic.number
        for award in notice.results
        for statistic in award.received
        if statistic.code == code and isinstance(statistic.number, Decimal)
    ]
    return int(sum(counts)) if counts else None
