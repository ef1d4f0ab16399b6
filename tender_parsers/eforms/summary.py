"""What `python -m tender_parsers summary` says of an eForms notice: counts and values for comparison by programs."""

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal

from tender_parsers.notice import WITHHELD, Code, Lot, Money, Notice, Organisation, in_language
from tender_parsers.received import received_by_lot

Summary = dict[str, object]


def summary(notices: Iterable[Notice]) -> Summary:
    """The keys of an eForms file; it holds one notice."""
    notice = next(iter(notices))
    return {
        **_identity(notice),
        **_buyers(notice),
        **_object(notice),
        **_strategic(notice.lots),
        **_by_code(notice.lots),
        **_criteria(notice.lots),
        **_values(notice),
        **_results(notice),
    }


def _word(code: Code) -> str | None:
    return "unpublished" if code is WITHHELD else code


def _identity(notice: Notice) -> Summary:
    return {
        "version": notice.version,
        "publication_id": notice.publication_id,
        "notice_id": notice.notice_id,
        "notice_version": notice.notice_version,
        "procedure_id": notice.procedure_id,
        "root": notice.root,
        "subtype": _word(notice.subtype),
        "form_type": _word(notice.form_type),
        "notice_type": _word(notice.notice_type),
        "is_change_notice": notice.is_change_notice,
        "language": notice.language,
    }


def _buyers(notice: Notice) -> Summary:
    buyers = notice.buyers
    names = [" ".join((in_language(buyer.name, notice.language) or "").split()) or None for buyer in buyers]
    first = buyers[0] if buyers else Organisation()
    countries = dict.fromkeys(buyer.address.country for buyer in buyers if buyer.address and buyer.address.country)
    return {
        "n_buyers": sum(buyer.id is not None or bool(buyer.name) for buyer in buyers),
        "buyer_name": names[0] if names else None,
        "buyer_names": [name for name in names if name],
        "buyer_country": first.address.country if first.address else None,
        "buyer_countries": list(countries),
        "buyer_nuts": first.address.nuts if first.address else None,
        "buyer_legal_type": _word(next((buyer.legal_type for buyer in buyers if buyer.legal_type), None)),
    }


def _object(notice: Notice) -> Summary:
    return {
        "procedure_type": _word(notice.procedure_type),
        "contract_nature": _word(notice.whole.nature),
        "cpv_main": notice.whole.cpv_main,
        "n_lots": _count(notice.lots, bool),
        "n_parts": _count(notice.parts, bool),
        "n_lots_groups": _count(notice.lot_groups, bool),
        "lot_cpvs": list(dict.fromkeys(lot.cpv_main for lot in notice.lots if lot.cpv_main)),
    }


def _count(lots: Iterable[Lot], holds: Callable[[Lot], object]) -> int:
    """Distinct lots: an identifier that stands on two elements is one lot."""
    return len({lot.id or number for number, lot in enumerate(lots) if holds(lot)})


def _codes(name: str) -> Callable[[Lot], tuple[str, ...]]:
    return lambda lot: getattr(lot.strategic, name) if lot.strategic else ()


_AIMS, _GPP = _codes("aims"), _codes("gpp_criteria")


def _strategic(lots: tuple[Lot, ...]) -> Summary:
    def without(name: str, aim: str) -> int:
        detail = _codes(name)
        return _count(lots, lambda lot: detail(lot) and aim not in _AIMS(lot))

    return {
        "lots_bt06_stated": _count(lots, _AIMS),
        "lots_green": _count(lots, lambda lot: lot.is_green),
        "lots_social": _count(lots, lambda lot: lot.is_social),
        "lots_innovative": _count(lots, lambda lot: lot.is_innovative),
        "lots_strategic_any": _count(lots, lambda lot: set(_AIMS(lot)) - {"none"}),
        "lots_bt06_none": _count(lots, lambda lot: "none" in _AIMS(lot)),
        "lots_bt774_without_envimp": without("environmental", "env-imp"),
        "lots_bt775_without_socobj": without("social", "soc-obj"),
        "lots_bt776_without_innpur": without("innovation", "inn-pur"),
        "lots_bt06_none_contradicted": _count(lots, _contradicted),
        "lots_gpp_criteria": _count(lots, lambda lot: set(_GPP(lot)) & {"eu", "national", "other"}),
    }


def _contradicted(lot: Lot) -> bool:
    details = {each for name in ("environmental", "social", "innovation") for each in _codes(name)(lot)}
    return "none" in _AIMS(lot) and bool(details - {"other"} or set(_GPP(lot)) - {"none"})


def _tally(lots: Iterable[Lot], codes: Callable[[Lot], Iterable[str]]) -> dict[str, int]:
    pairs = {(code, lot.id or number) for number, lot in enumerate(lots) for code in codes(lot)}
    return dict(sorted(Counter(code for code, _ in pairs).items()))


def _by_code(lots: tuple[Lot, ...]) -> Summary:
    return {
        "bt774_lots_by_code": _tally(lots, _codes("environmental")),
        "bt775_lots_by_code": _tally(lots, _codes("social")),
        "bt776_lots_by_code": _tally(lots, _codes("innovation")),
        "bt805_lots_by_code": _tally(lots, _GPP),
        "bt754_lots_by_code": _tally(lots, _codes("accessibility")),
        "lots_sme_suitable": _count(lots, lambda lot: lot.sme_suitable is True),
        "lots_sme_not_suitable": _count(lots, lambda lot: lot.sme_suitable is False),
        "lots_reserved_by_code": _tally(lots, lambda lot: lot.reserved_participation),
        "lots_framework_by_code": _tally(lots, _framework),
    }


def _framework(lot: Lot) -> tuple[str, ...]:
    code = _word(lot.framework.type) if lot.framework else None
    return (code,) if code is not None else ()


def _criteria(lots: tuple[Lot, ...]) -> Summary:
    types = Counter(_word(criterion.type) or "no-type" for lot in lots for criterion in lot.award_criteria)
    return {
        "award_criteria_count": types.total(),
        "award_criteria_by_type": dict(sorted(types.items())),
        "lots_with_award_criteria": sum(bool(lot.award_criteria) for lot in lots),
    }


def _amount(money: Money | None) -> Decimal | None:
    return money.amount if money is not None and money.amount is not WITHHELD else None


def _currency(money: Money | None) -> str | None:
    return _word(money.currency) if money is not None else None


def _values(notice: Notice) -> Summary:
    estimated, awarded = notice.whole.estimated_value, notice.totals.awarded if notice.totals else None
    of_lots = [lot.estimated_value for lot in notice.lots if lot.estimated_value is not None]
    stated = [money for money in of_lots if money.amount is not WITHHELD]
    one_currency = len({money.currency for money in stated}) == 1
    return {
        "estimated_value": _amount(estimated),
        "estimated_currency": _currency(estimated),
        "estimated_value_lots_sum": sum((_amount(money) or 0 for money in stated), Decimal(0))
        if one_currency
        else None,
        "awarded_value": _amount(awarded),
        "awarded_currency": _currency(awarded),
    }


def _results(notice: Notice) -> Summary:
    statuses = Counter(_word(result.status) or "no-code" for result in notice.results)
    counts = received_by_lot(notice).values()
    received = [each.tenders for each in counts if each.tenders is not None]
    from_smes = [each.from_smes for each in counts if each.from_smes is not None]
    statistics = [each for result in notice.results for each in result.received]
    sizes = Counter(_word(winner.size) or "not-stated" for winner in notice.winners)
    return {
        "n_lot_results": len(notice.results),
        "lot_results_by_status": dict(sorted(statuses.items())),
        "received_tenders": sum(received) if received else None,
        "received_tenders_sme": sum(from_smes) if from_smes else None,
        "lots_with_received": len(received),
        "lots_with_received_sme": len(from_smes),
        "withheld_statistics": sum(each.code is WITHHELD or each.number is WITHHELD for each in statistics),
        "n_winners": len(notice.winners),
        "winner_sizes": dict(sorted(sizes.items())),
    }
