"""What came of a stored notice, as `awards`, `bids` and `contracts` of OCDS. Pure."""

from collections.abc import Iterator, Sequence

from mpdi.monitoring import open_data_codes as codes
from mpdi.monitoring.open_data_parties import Parties
from mpdi.monitoring.open_data_values import Json, Made, Words, code, date_time, kept, money, number

_PENDING = "pending"


def named_results(whole: Json) -> list[tuple[str, Json]]:
    """Decisions with an identifier each: their own, where it is one, else one of ours."""
    made: list[tuple[str, Json]] = []
    used: set[str] = set()
    for place, each in enumerate(whole.get("results") or (), start=1):
        name = code(each.get("id")) or f"award-{place}"
        name = name if name not in used else f"{name}-{place}"
        used.add(name)
        made.append((name, each))
    return made


def awards(whole: Json, parties: Parties) -> list[Made]:
    """One for each decision."""
    values = {tender.get("id"): tender.get("value") for tender in whole.get("tenders") or ()}
    decided = _decided(whole)
    return [_award(name, each, values, decided, parties) for name, each in named_results(whole)]


def _award(name: str, given: Json, values: Json, decided: Json, parties: Parties) -> Made:
    status = codes.STATUSES.get(code(given.get("status")) or "", _PENDING)
    tenders = list(given.get("tenders") or ())
    stated = [each for each in (values.get(tender) for tender in tenders) if each]
    days = [decided[each] for each in given.get("contracts") or () if each in decided]
    return kept(
        {
            "id": name,
            "status": status,
            "statusDetails": codes.REASONS.get(code(given.get("reason")) or ""),
            "date": date_time(min(days)) if days else None,
            "value": money(given.get("value") or (stated[0] if len(stated) == 1 else None)),
            "suppliers": parties.references(given.get("winners") or (), "supplier") if status == "active" else [],
            "relatedLots": list(given.get("lots") or ()),
            "relatedBids": tenders,
        }
    )


def _decided(whole: Json) -> dict[str, str]:
    """The day of the decision, or of the contract, by contract."""
    found = {}
    for each in whole.get("contracts") or ():
        day = each.get("decided") or each.get("concluded")
        if each.get("id") and isinstance(day, str):
            found[each["id"]] = day
    return found


def bids(whole: Json, parties: Parties, words: Words) -> Made:
    """Tenders received, counted by lot, and those that are told of one by one."""
    details = [_bid(each, place, parties, words) for place, each in enumerate(whole.get("tenders") or (), start=1)]
    counted = [
        {"id": str(place), **each} for place, each in enumerate(_statistics(whole.get("results") or ()), start=1)
    ]
    return kept({"statistics": counted, "details": details})


def _statistics(results: Sequence[Json]) -> Iterator[Made]:
    for result in results:
        lots = list(result.get("lots") or ())
        for each in result.get("received") or ():
            kind, value = code(each.get("code")), number(each.get("number"))
            if kind and value is not None:
                yield kept({"measure": codes.MEASURES.get(kind, kind), "value": value, "relatedLots": lots})
        for key, measure in (("lowest", "lowestValidBidValue"), ("highest", "highestValidBidValue")):
            stated = money(result.get(key))
            if stated:
                value, currency = stated["amount"], stated.get("currency")
                yield kept({"measure": measure, "value": value, "currency": currency, "relatedLots": lots})


def _bid(given: Json, place: int, parties: Parties, words: Words) -> Made:
    terms = given.get("subcontracting") or {}
    applies = {"yes": True, "no": False}.get(code(terms.get("applies")) or "")
    said = {
        "value": money(terms.get("value")),
        "minimumPercentage": number(terms.get("percent")),
        "description": words.one(terms.get("description")),
    }
    return kept(
        {
            "id": code(given.get("id")) or f"bid-{place}",
            "value": money(given.get("value")),
            "rank": given.get("rank"),
            "variant": given.get("variant"),
            "tenderers": parties.references(given.get("tenderers") or (), "tenderer"),
            "relatedLots": [given["lot"]] if code(given.get("lot")) else [],
            "hasSubcontracting": applies,
            "subcontracting": kept(said),
        }
    )


def contracts(whole: Json, words: Words) -> list[Made]:
    """Each with its award; one without any is told by the award alone."""
    results = named_results(whole)
    made = []
    for place, each in enumerate(whole.get("contracts") or (), start=1):
        name = code(each.get("id")) or f"contract-{place}"
        award = _award_of(each, results)
        if award is None:
            continue
        contract = {
            "id": name,
            "awardID": award,
            "title": words.one(each.get("title")),
            "dateSigned": date_time(each.get("concluded")),
            "value": money(each.get("value")),
            "relatedBids": list(each.get("tenders") or ()),
        }
        made.append(kept(contract))
    return made


def _award_of(contract: Json, results: Sequence[tuple[str, Json]]) -> str | None:
    own, lots = contract.get("id"), set(contract.get("lots") or ())
    for name, result in results:
        if own and own in (result.get("contracts") or ()):
            return name
    for name, result in results:
        if lots & set(result.get("lots") or ()):
            return name
    return results[0][0] if len(results) == 1 else None
