"""What came of it: awards, bids and their statistics, contracts, amendments."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

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
from tender_parsers.notice import Change, Contract, LotResult, Money, Organisation, Statistic, Subcontracting, Tender
from tender_parsers.ocds import codes
from tender_parsers.ocds.lots import money
from tender_parsers.ocds.parties import Parties

TENDERERS = "tenderers"
"""Code of `tender.numberOfTenderers`: firms, not tenders; no code of eForms counts them."""
_LOWEST, _HIGHEST = "lowestValidBidValue", "highestValidBidValue"


def is_award(result: LotResult) -> bool:
    """Whether a result stems from an award, and not from statistics alone."""
    said = result.id or result.status_stated or result.value or result.winners or result.tenders
    return bool(said) or not (result.received or result.lowest or result.highest)


def results_of(release: Json, parties: Parties, said: Sayings) -> tuple[LotResult, ...]:
    """One for each award, and one for each lot that has statistics and no award."""
    counted = _statistics(release)
    results: list[LotResult] = []
    for award in records(release.get("awards")):
        result = _award(award, parties, said)
        # Of several awards of one lot the first takes its statistics: they are of the lot, not of each award.
        for lot in result.lots or ((None,) if not results else ()):
            if lot in counted:
                result = _with(result, counted.pop(lot))
        results.append(result)
    alone = (_with(LotResult(lots=(lot,) if lot else ()), counted[lot]) for lot in counted)
    return (*results, *alone)


def _award(award: Json, parties: Parties, said: Sayings) -> LotResult:
    lots = several_words(award.get("relatedLots")) or several_words(award.get("relatedLot"))
    status, name = words(award.get("status")), words(award.get("id"))
    lot = lots[0] if len(lots) == 1 else None
    for key in ("title", "description", "rationale"):
        said.text(award.get(key), f"awards/{key}", lot)
    labels = (words(award.get("statusDetails")) or "").lower().rstrip(".")
    classified = [
        (words(each.get("scheme")), words(each.get("id")))
        for item in records(award.get("items"))
        for each in records(item.get("additionalClassifications"))
    ]
    return LotResult(
        id=name,
        lots=lots,
        status=codes.STATUSES.get(status or ""),
        status_stated=status,
        reason=codes.REASONS.get(labels),
        value=money(award.get("value"), said, "awards/value", lot),
        clean_vehicles_contract_types=tuple(
            code for scheme, code in classified if scheme == "eu-cvd-contract-type" and code
        ),
        vehicle_categories=tuple(code for scheme, code in classified if scheme == "eu-vehicle-category" and code),
        tenders=several_words(award.get("relatedBids")),
        winners=parties.several(award.get("suppliers"), "awards/suppliers", "supplier")
        if status not in _NO_WINNER
        else (),
    )


_NO_WINNER = ("unsuccessful", "cancelled")


def _statistics(release: Json) -> dict[str | None, list[Json]]:
    by_lot: dict[str | None, list[Json]] = {}
    for each in records(record(release.get("bids")).get("statistics")):
        for lot in several_words(each.get("relatedLots")) or (words(each.get("relatedLot")),):
            by_lot.setdefault(lot, []).append(each)
    tenderers = record(release.get("tender")).get("numberOfTenderers")
    if number(tenderers) is not None:
        by_lot.setdefault(None, []).append({"measure": TENDERERS, "value": tenderers})
    return by_lot


def _with(result: LotResult, statistics: list[Json]) -> LotResult:
    received = []
    for each in statistics:
        measure, value = words(each.get("measure")) or "", number(each.get("value"))
        if value is None:
            continue
        if measure == _LOWEST:
            result = replace(result, lowest=Money(value, words(each.get("currency"))))
        elif measure == _HIGHEST:
            result = replace(result, highest=Money(value, words(each.get("currency"))))
        else:
            received.append(Statistic(codes.MEASURES.get(measure, measure), value, measure))
    return replace(result, received=(*result.received, *received))


def tenders_of(release: Json, parties: Parties, said: Sayings) -> Iterator[Tender]:
    """The tenders received, one by one where the release tells of them."""
    for bid in records(record(release.get("bids")).get("details")):
        lots = several_words(bid.get("relatedLots")) or several_words(bid.get("relatedLot"))
        lot = lots[0] if lots else None
        yield Tender(
            id=words(bid.get("id")),
            reference=next((words(each.get("id")) for each in records(bid.get("identifiers"))), None),
            lot=lot,
            value=money(bid.get("value"), said, "bids/details/value", lot),
            rank=whole_number(bid.get("rank")),
            variant=truth(bid.get("variant")),
            subcontracting=_subcontracting(bid, lot, said),
            tenderers=parties.several(bid.get("tenderers"), "bids/details/tenderers", "tenderer"),
            subcontractors=parties.several(
                [each.get("subcontractor") for each in records(record(bid.get("subcontracting")).get("subcontracts"))],
                "bids/details/subcontracting/subcontracts/subcontractor",
                "subcontractor",
            ),
        )


def _subcontracting(bid: Json, lot: str | None, said: Sayings) -> Subcontracting | None:
    applies, terms = truth(bid.get("hasSubcontracting")), record(bid.get("subcontracting"))
    if applies is None and not terms:
        return None
    at = "bids/details/subcontracting"
    return Subcontracting(
        applies=None if applies is None else "yes" if applies else "no",
        value=money(terms.get("value"), said, f"{at}/value", lot),
        percent=number(terms.get("minimumPercentage")),
        description=said.text(terms.get("description"), f"{at}/description", lot, "BT-554"),
    )


def contracts_of(release: Json, said: Sayings) -> Iterator[Contract]:
    """The contracts, with the lots of the award they belong to."""
    lots = {
        words(award.get("id")): several_words(award.get("relatedLots")) or several_words(award.get("relatedLot"))
        for award in records(release.get("awards"))
    }
    decided = {words(award.get("id")): day(award.get("date")) for award in records(release.get("awards"))}
    for contract in records(release.get("contracts")):
        award = words(contract.get("awardID"))
        said.text(contract.get("description"), "contracts/description")
        yield Contract(
            id=words(contract.get("id")),
            reference=next((words(each.get("id")) for each in records(contract.get("identifiers"))), None),
            title=said.text(contract.get("title"), "contracts/title", None, "BT-721"),
            concluded=day(contract.get("dateSigned")),
            decided=decided.get(award),
            value=money(contract.get("value"), said, "contracts/value"),
            tenders=several_words(contract.get("relatedBids")),
            lots=lots.get(award, ()),
        )


def changes_of(release: Json, said: Sayings) -> Iterator[Change]:
    """Amendments of the tender (a change of the notice) and of contracts."""
    tender = record(release.get("tender"))
    for each in (*records(tender.get("amendments")), *records(tender.get("amendment"))):
        yield _change("notice", words(each.get("amendsReleaseID")), each, "tender/amendments", said)
    for contract in records(release.get("contracts")):
        for each in (*records(contract.get("amendments")), *records(contract.get("amendment"))):
            yield _change("contract", words(contract.get("id")), each, "contracts/amendments", said)


def _change(of: str, changed: str | None, amendment: Json, at: str, said: Sayings) -> Change:
    reasons = records(amendment.get("rationaleClassifications"))
    return Change(
        of=of,
        changed=changed,
        reason=next((words(each.get("id")) for each in reasons), None),
        reason_description=said.text(amendment.get("rationale"), f"{at}/rationale"),
        sections=several_words(amendment.get("relatedLots")),
        description=said.text(amendment.get("description"), f"{at}/description"),
        on=moment(amendment.get("date")),
    )


def winners_of(results: Iterable[LotResult]) -> tuple[Organisation, ...]:
    """Distinct suppliers of the awards, by identifier, else by name."""
    found: dict[object, Organisation] = {}
    for result in results:
        for winner in result.winners:
            key = winner.id or tuple(text.value for text in winner.name)
            found.setdefault(key, winner)
    return tuple(found.values())
