"""What the release schema of OCDS 1.1 asks, as far as our releases can break it: written from the standard, not copied."""

import re
from collections.abc import Iterator
from typing import Any

TAGS = {
    "planning", "planningUpdate", "tender", "tenderAmendment", "tenderUpdate", "tenderCancellation", "award",
    "awardUpdate", "awardCancellation", "contract", "contractUpdate", "contractAmendment", "implementation",
    "implementationUpdate", "contractTermination", "compiled",
}  # fmt: skip
METHODS = {"open", "selective", "limited", "direct"}
CATEGORIES = {"goods", "works", "services"}
AWARD_STATUSES = {"pending", "active", "cancelled", "unsuccessful"}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_DATES = {"date", "startDate", "endDate", "dateSigned", "datePublished", "expressionOfInterestDeadline", "publishedDate"}


def faults(release: dict[str, Any]) -> list[str]:
    """Everything that breaks a rule, in words."""
    return list(_faults(release))


def _faults(release: dict[str, Any]) -> Iterator[str]:
    for key in ("ocid", "id", "date", "tag", "initiationType"):
        if not release.get(key):
            yield f"{key} is required"
    if set(release["tag"]) - TAGS:
        yield f"tag: {release['tag']}"
    if "#" in release["id"] or not isinstance(release["id"], str):
        yield "id is no text"
    tender = release.get("tender", {})
    if not tender.get("id"):
        yield "tender/id is required"
    if tender.get("procurementMethod", "open") not in METHODS:
        yield "procurementMethod"
    yield from _values("", release)
    yield from _references(release)
    for name in ("parties", "awards", "contracts"):
        yield from _identified(name, release.get(name, []))
    yield from _identified("lots", tender.get("lots", []))
    yield from _identified("items", tender.get("items", []))
    yield from _identified("bids", release.get("bids", {}).get("details", []))
    yield from _identified("statistics", release.get("bids", {}).get("statistics", []))


def _identified(name: str, things: list[dict[str, Any]]) -> Iterator[str]:
    identifiers = [each.get("id") for each in things]
    if not all(isinstance(each, str) and each for each in identifiers):
        yield f"{name}: an entry without id"
    if len(set(identifiers)) != len(identifiers):
        yield f"{name}: the same id twice"


def _values(path: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            here = f"{path}/{key}"
            if key in _DATES and not _MOMENT.fullmatch(each):
                yield f"{here}: {each} is no date-time"
            if key == "amount" and not isinstance(each, int | float):
                yield f"{here} is no number"
            if key == "currency" and not re.fullmatch("[A-Z]{3}", each):
                yield f"{here}: {each}"
            if key == "mainProcurementCategory" and each not in CATEGORIES:
                yield f"{here}: {each}"
            if each in (None, "", [], {}):
                yield f"{here} is empty"
            yield from _values(here, each)
    elif isinstance(value, list):
        for each in value:
            yield from _values(path, each)


def _references(release: dict[str, Any]) -> Iterator[str]:
    parties = {each["id"]: each for each in release.get("parties", [])}
    awards = {each["id"] for each in release.get("awards", [])}
    asked = [("buyer", "buyer", each) for each in [release.get("buyer")] if each]
    asked += [("supplier", "awards", each) for award in release.get("awards", []) for each in award.get("suppliers", [])]
    details = release.get("bids", {}).get("details", [])
    asked += [("tenderer", "bids", each) for bid in details for each in bid.get("tenderers", [])]
    for role, where, reference in asked:
        if role not in parties.get(reference["id"], {}).get("roles", ()):
            yield f"{where}: {reference['id']} is no party in the role of {role}"
    for award in release.get("awards", []):
        if award["status"] not in AWARD_STATUSES:
            yield f"awards/status: {award['status']}"
    for contract in release.get("contracts", []):
        if contract.get("awardID") not in awards:
            yield f"contracts: {contract['id']} has no award"
    for party in release.get("parties", []):
        if not party.get("roles"):
            yield f"parties: {party['id']} has no role"
