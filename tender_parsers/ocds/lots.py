"""What is bought, of the tender as a whole and of each lot: the same keys on both levels."""

from collections.abc import Iterable
from typing import Any

from tender_parsers.loose_values import (
    Json,
    Sayings,
    day,
    moment,
    number,
    record,
    records,
    several_words,
    truth,
    whole_number,
    words,
)
from tender_parsers.notice import Duration, Framework, LegalInstruments, Lot, LotLimits, Money, Place, Strategic, Texts
from tender_parsers.ocds import codes
from tender_parsers.ocds.criteria import award_criteria, selection_criteria
from tender_parsers.ocds.parties import place_of

_SUSTAINABILITY = frozenset({"hasSustainability", "sustainability", "hasAccessibilityCriteria"})


def money(value: Any, said: Sayings, element: str, lot: str | None = None) -> Money | None:
    """An amount with its currency; a remark where the amount is no number."""
    given = record(value)
    if given.get("amount") is None:
        return None
    amount = number(given["amount"])
    if amount is None:
        said.remark(f"{element}/amount", given["amount"], "no number", lot)
        return None
    return Money(amount, words(given.get("currency")))


def duration(period: Json) -> Duration | None:
    """A period by its days and dates."""
    days = number(period.get("durationInDays"))
    start, end = day(period.get("startDate")), day(period.get("endDate"))
    if days is None and start is None and end is None:
        return None
    return Duration(days, "DAY" if days is not None else None, start, end)


class Items:
    """`tender.items` by the lot they belong to, the whole being `None`: CPV codes and places."""

    def __init__(self, tender: Json) -> None:
        self._by_lot: dict[str | None, list[Json]] = {}
        for item in records(tender.get("items")):
            for lot in several_words(item.get("relatedLots")) or (words(item.get("relatedLot")),):
                self._by_lot.setdefault(lot, []).append(item)

    def cpv(self, lot: str | None) -> tuple[str | None, tuple[str, ...]]:
        """Main and additional CPV codes, as published."""
        main: list[str] = []
        more: list[str] = []
        for item in self._by_lot.get(lot, ()):
            main += _cpv_codes([record(item.get("classification"))])
            more += _cpv_codes(records(item.get("additionalClassifications")))
        distinct = dict.fromkeys((*main[1:], *more))
        return (main[0] if main else None), tuple(distinct)

    def places(self, lot: str | None, element: str) -> Iterable[Place]:
        """Where the items are delivered."""
        for item in self._by_lot.get(lot, ()):
            for address in (*records(item.get("deliveryAddresses")), *records(item.get("deliveryLocations"))):
                place = place_of(address, f"{element}/deliveryAddresses")
                if place is not None:
                    yield place


def _cpv_codes(classifications: Iterable[Json]) -> list[str]:
    return [
        code for each in classifications if words(each.get("scheme")) == "CPV" and (code := cpv_code(each.get("id")))
    ]


def cpv_code(value: Any) -> str | None:
    """A code as published; one written as a number (`45233130.0`) without its fraction."""
    exact = number(value) if not isinstance(value, str) else None
    return words(int(exact)) if exact is not None and exact == exact.to_integral_value() else words(value)


def whole_of(tender: Json, items: Items, said: Sayings) -> Lot:
    """What is said once for the procedure."""
    return _described(tender, "whole", None, "tender", items, said)


def lots_of(tender: Json, items: Items, said: Sayings) -> Iterable[Lot]:
    """Each lot of the tender."""
    for lot in records(tender.get("lots")):
        yield _described(lot, "lot", words(lot.get("id")), "tender/lots", items, said)


def groups_of(tender: Json, said: Sayings) -> Iterable[Lot]:
    """Groups of lots, with the greatest value they may have together."""
    for group in records(tender.get("lotGroups")):
        name = words(group.get("id"))
        value = money(group.get("maximumValue"), said, "tender/lotGroups/maximumValue", name)
        yield Lot("group", name, estimated_value=value)


def _described(node: Json, kind: str, lot: str | None, at: str, items: Items, said: Sayings) -> Lot:
    main, more = items.cpv(lot)
    if kind == "whole" and main is None:
        main = next(iter(_cpv_codes([record(node.get("classification"))])), None)
    terms, stage = record(node.get("contractTerms")), record(node.get("secondStage"))
    techniques, submission = record(node.get("techniques")), record(node.get("submissionTerms"))
    criteria, order, formula = award_criteria(node, at, lot, said)
    return Lot(
        kind=kind,
        id=lot,
        internal_id=_internal_id(node) if kind == "lot" else None,
        title=_text(node, "title", at, lot, "BT-21", said),
        description=_text(node, "description", at, lot, "BT-24", said),
        nature=_nature(node.get("mainProcurementCategory")),
        additional_natures=tuple(
            filter(None, map(_nature, several_words(node.get("additionalProcurementCategories"))))
        ),
        cpv_main=main,
        cpv_additional=more,
        places=(*items.places(lot, at), *_places(node, at)),
        estimated_value=money(node.get("value"), said, f"{at}/value", lot),
        duration=duration(record(node.get("contractPeriod"))),
        renewals=whole_number(record(node.get("renewal")).get("maximumRenewals")),
        renewal_description=_text(node, "renewal/description", at, lot, "BT-57", said),
        options_description=_text(node, "options/description", at, lot, "BT-54", said),
        framework=_framework(techniques, f"{at}/techniques", lot, said),
        strategic=_strategic(node, at, lot, said),
        sme_suitable=truth(record(node.get("suitability")).get("sme")),
        reserved_participation=_reserved(node),
        reserved_execution=_yes_no(terms.get("reservedExecution")),
        instruments=_instruments(node),
        selection_criteria=selection_criteria(node, at, lot, said),
        award_criteria=criteria,
        award_criteria_order=order,
        award_criteria_formula=formula,
        performance_conditions=_text(node, "contractTerms/performanceTerms", at, lot, "BT-70", said),
        variants=_policy(submission.get("variantPolicy")),
        electronic_submission=_policy(submission.get("electronicSubmissionPolicy")),
        electronic_catalogue=_policy(submission.get("electronicCatalogPolicy")),
        electronic_auction=truth(techniques.get("hasElectronicAuction")),
        electronic_invoicing=_policy(terms.get("electronicInvoicingPolicy")),
        submission_languages=several_words(submission.get("languages")),
        candidates_minimum=whole_number(stage.get("minimumCandidates")),
        candidates_maximum=whole_number(stage.get("maximumCandidates")),
        tender_deadline=moment(record(node.get("tenderPeriod")).get("endDate")),
        request_deadline=moment(node.get("expressionOfInterestDeadline")),
        question_deadline=moment(record(node.get("enquiryPeriod")).get("endDate")),
    )


def _text(node: Json, path: str, at: str, lot: str | None, field: str, said: Sayings) -> Texts:
    """The text at a path of one or two keys."""
    outer, _, inner = path.rpartition("/")
    holder = record(node.get(outer)) if outer else node
    return said.text(holder.get(inner), f"{at}/{path}", lot, field)


def _places(node: Json, at: str) -> Iterable[Place]:
    for each in records(node.get("deliveryAddresses")):
        place = place_of(each, f"{at}/deliveryAddresses")
        if place is not None:
            yield place


def _nature(value: Any) -> str | None:
    said = words(value)
    return codes.NATURES.get(said, said) if said else None


def _policy(value: Any) -> str | None:
    said = words(value)
    return codes.POLICIES.get(said, said) if said else None


def _yes_no(value: Any) -> str | None:
    said = truth(value)
    return None if said is None else "yes" if said else "no"


def _internal_id(lot: Json) -> str | None:
    return next((words(each.get("id")) for each in records(lot.get("identifiers"))), None)


def _reserved(node: Json) -> tuple[str, ...]:
    stated = several_words(record(node.get("otherRequirements")).get("reservedParticipation"))
    return tuple(codes.RESERVED.get(each, each) for each in stated)


def _framework(techniques: Json, at: str, lot: str | None, said: Sayings) -> Framework | None:
    is_framework, is_dynamic = (
        truth(techniques.get("hasFrameworkAgreement")),
        techniques.get("hasDynamicPurchasingSystem"),
    )
    if is_framework is None and truth(is_dynamic) is None:
        return None
    agreement = record(techniques.get("frameworkAgreement"))
    system = words(record(techniques.get("dynamicPurchasingSystem")).get("type")) or ""
    method = codes.FRAMEWORKS.get(words(agreement.get("method")) or "", "fa")
    dynamic = codes.DYNAMIC_PURCHASING.get(system, "dps") if truth(is_dynamic) else None
    return Framework(
        type=method if is_framework else None if is_framework is None else "none",
        dynamic_purchasing=dynamic if truth(is_dynamic) is not False else "none",
        maximum_participants=whole_number(agreement.get("maximumParticipants")),
        maximum_value=money(agreement.get("value"), said, f"{at}/frameworkAgreement/value", lot),
        duration_justification=said.text(
            agreement.get("periodRationale"), f"{at}/frameworkAgreement/periodRationale", lot, "BT-109"
        ),
        buyer_categories=said.text(
            agreement.get("buyerCategories"), f"{at}/frameworkAgreement/buyerCategories", lot, "BT-111"
        ),
    )


def _strategic(node: Json, at: str, lot: str | None, said: Sayings) -> Strategic | None:
    if not _SUSTAINABILITY & node.keys():
        return None
    stated, given = truth(node.get("hasSustainability")), list(records(node.get("sustainability")))
    accessible, why_not = _accessibility(node), words(node.get("noAccessibilityCriteriaRationale"))
    if stated is None and not given and not accessible:
        return None
    goals = tuple(goal for each in given if (goal := words(each.get("goal"))))
    strategies = tuple(dict.fromkeys(way for each in given for way in several_words(each.get("strategies"))))
    return Strategic(
        aims=_aims(goals) or (("none",) if stated is False else ()),
        environmental=_details(goals, codes.ENVIRONMENTAL),
        social=_details(goals, codes.SOCIAL),
        innovation=_details(goals, codes.INNOVATION),
        gpp_criteria=tuple(codes.GPP_CRITERIA[way] for way in strategies if way in codes.GPP_CRITERIA),
        accessibility=accessible,
        description=tuple(
            text
            for each in given
            for text in said.text(each.get("description"), f"{at}/sustainability/description", lot, "BT-777")
        ),
        accessibility_justification=(
            said.text(why_not, f"{at}/noAccessibilityCriteriaRationale", lot, "BT-755")
            if accessible == ("n-inc-just",)
            else ()
        ),
        goals=goals,
        strategies=tuple(way for way in strategies if way not in codes.GPP_CRITERIA),
    )


def _aims(goals: tuple[str, ...]) -> tuple[str, ...]:
    found = {
        "env-imp": any(goal.startswith("environmental") for goal in goals),
        "soc-obj": any(goal.startswith("social") for goal in goals),
        "inn-pur": any(goal in codes.INNOVATION for goal in goals),
    }
    return tuple(aim for aim, stated in found.items() if stated)


def _details(goals: tuple[str, ...], known: dict[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(known[goal] for goal in goals if known.get(goal)))


def _accessibility(node: Json) -> tuple[str, ...]:
    """BT-754 as far as a yes or no and a reason tell it; `not-inc` where no reason tells which of the two noes."""
    included = truth(node.get("hasAccessibilityCriteria"))
    if included is None:
        return ()
    if included:
        return ("inc",)
    reason = words(node.get("noAccessibilityCriteriaRationale"))
    if reason is None:
        return ("not-inc",)
    return ("n-inc",) if reason.lower().rstrip(".") == codes.NOT_FOR_PERSONS else ("n-inc-just",)


def _instruments(node: Json) -> LegalInstruments | None:
    covered = several_words(node.get("coveredBy"))
    kinds = tuple(
        found
        for each in records(node.get("additionalClassifications"))
        if words(each.get("scheme")) == "eu-cvd-contract-type" and (found := words(each.get("id")))
    )
    if not kinds and not {"EU-CVD", "EU-FSR"} & set(covered):
        return None
    return LegalInstruments(
        clean_vehicles=True if "EU-CVD" in covered else None,
        clean_vehicles_contract_types=kinds,
        foreign_subsidies=True if "EU-FSR" in covered else None,
    )


def limits_of(tender: Json) -> LotLimits | None:
    """`tender.lotDetails`."""
    details = record(tender.get("lotDetails"))
    submitted = whole_number(details.get("maximumLotsBidPerSupplier"))
    awarded = whole_number(details.get("maximumLotsAwardedPerSupplier"))
    groups = tuple(
        (words(each.get("id")) or "", several_words(each.get("relatedLots")))
        for each in records(tender.get("lotGroups"))
    )
    if submitted is None and awarded is None and not groups:
        return None
    return LotLimits(max_submitted=submitted, max_awarded=awarded, groups=groups)
