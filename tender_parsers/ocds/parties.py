"""Who is who in a release: `parties`, and the references to them that carry a name of their own."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tender_parsers.loose_values import Json, Sayings, record, records, several_words, truth, words
from tender_parsers.notice import Identifier, Organisation, Place, Text, Texts
from tender_parsers.ocds.codes import ACTIVITIES, ROLES

BUYER_NAME = "buyer/name"
"""Element of a name that stands with the buyer itself, not with its entry among the parties."""
_FIELDS_OF = {
    "identifier": ("identifiers",),
    "additionalIdentifiers": ("identifiers",),
    "address": ("address",),
    "details": ("size", "legal_type", "activity", "website", "is_listed"),
    "contactPoint": ("website",),
    "beneficialOwners": ("nationalities",),
}
"""Which fields a key of a reference speaks of, in the place of the party it points at."""
_NUTS = re.compile(r"[A-Z]{2}[A-Z0-9]{1,3}")


class Parties:
    """The organisations of one release by their identifiers."""

    def __init__(self, release: Json, said: Sayings) -> None:
        self._said = said
        self._given = list(records(release.get("parties")))
        self._by_id = {found: each for each in self._given if (found := words(each.get("id")))}
        self._all = [self._organisation(each, "parties") for each in self._given]
        self._known = {each.id: each for each in self._all}
        self._met = {(each.id, each.name) for each in self._all}
        self.buyers = tuple(self._buyers(release))

    def _buyers(self, release: Json) -> Iterable[Organisation]:
        """The buyer, then every party in that role; where there is neither, the procuring entity, as a party if need be."""
        met: set[str] = set()
        for reference in (record(release.get("buyer")), *records(release.get("buyers"))):
            if reference:
                yield self._once(reference, "buyer", met)
        in_role = self._in_role("buyer")
        for party in in_role:
            if words(party.get("id")) not in met:
                yield self._once(party, "parties", met)
        entity = record(record(release.get("tender")).get("procuringEntity"))
        if entity and not met and not in_role:
            yield self._once(entity, "tender/procuringEntity", met)
        elif not met and not in_role:
            for party in self._in_role("procuringEntity"):
                yield self._once(party, "parties", met)

    def _once(self, reference: Json, element: str, met: set[str]) -> Organisation:
        met.add(words(reference.get("id")) or "")
        return self.resolved(reference, element, "buyer" if element != "tender/procuringEntity" else "procuringEntity")

    @property
    def all(self) -> tuple[Organisation, ...]:
        """Every party, and those met so far that have no entry among the parties."""
        return tuple(self._all)

    def _in_role(self, role: str) -> list[Json]:
        return [each for each in self._given if role in several_words(each.get("roles"))]

    def resolved(self, reference: Json, element: str, role: str) -> Organisation:
        """The organisation that a reference (`{"id": …, "name": …}`) points at; what the reference says comes first."""
        identifier = words(reference.get("id")) or ""
        party = self._by_id.get(identifier, {})
        name = self._name(reference, element) or self._name(party, "parties")
        roles = several_words(reference.get("roles")) or (role,)
        found = self._organisation({**reference, "roles": list(roles)}, element, name)
        if party:
            # What is long in a party is read once, however many references point at it and add a word.
            known = self._known[identifier]
            said = {field: getattr(found, field) for key in _FIELDS_OF.keys() & reference for field in _FIELDS_OF[key]}
            return replace(known, **{**({} if known.roles else _of_roles(found)), **said, "name": name})
        if (found.id, found.name) not in self._met:
            self._met.add((found.id, found.name))
            self._all.append(found)
        return found

    def several(self, references: object, element: str, role: str) -> tuple[Organisation, ...]:
        """Those of an array of references."""
        return tuple(self.resolved(each, element, role) for each in records(references))

    def _name(self, party: Json, element: str) -> Texts:
        name = words(party.get("name"))
        return (Text(name, self._said.language, f"{element}/name"),) if name else ()

    def _organisation(self, party: Json, element: str, name: Texts | None = None) -> Organisation:
        details = record(party.get("details"))
        roles = several_words(party.get("roles"))
        legal_type, activity = _classified(details)
        return Organisation(
            id=words(party.get("id")),
            name=self._name(party, element) if name is None else name,
            identifiers=tuple(_identifiers(party)),
            address=_address(record(party.get("address")), f"{element}/address/region"),
            size=words(details.get("scale")),
            roles=tuple(ROLES.get(role, role) for role in roles),
            legal_type=legal_type,
            activity=activity,
            website=words(details.get("url")) or words(record(party.get("contactPoint")).get("url")),
            is_group_lead=True if "leadBuyer" in roles else None,
            is_central_purchasing_body=True if "centralPurchasingBody" in roles else None,
            is_listed=truth(details.get("listedOnRegulatedMarket")),
            nationalities=tuple(_nationalities(party)),
        )


def _of_roles(party: Organisation) -> dict[str, Any]:
    fields = ("roles", "is_group_lead", "is_central_purchasing_body")
    return {field: getattr(party, field) for field in fields}


def _identifiers(party: Json) -> Iterable[Identifier]:
    main = record(party.get("identifier"))
    for each in ([main] if main else []) + list(records(party.get("additionalIdentifiers"))):
        found = words(each.get("id"))
        if found:
            yield Identifier(found, words(each.get("scheme")))


def _address(address: Json, element: str) -> Place | None:
    if not address:
        return None
    region = words(address.get("region"))
    is_nuts = bool(region and _NUTS.fullmatch(region))
    return Place(
        country=words(address.get("country")) or words(address.get("countryName")),
        nuts=region if is_nuts else None,
        city=words(address.get("locality")),
        postal_code=words(address.get("postalCode")),
        street=words(address.get("streetAddress")),
        description=(Text(region, None, element),) if region and not is_nuts else (),
    )


def place_of(address: Json, element: str) -> Place | None:
    """A place of delivery: the same keys as an address, and a description."""
    place = _address(address, f"{element}/region")
    description = words(address.get("description"))
    if place is None or description is None:
        return place
    said = (*place.description, Text(description, None, f"{element}/description"))
    return Place(place.country, place.nuts, place.city, place.postal_code, place.street, said)


def _classified(details: Json) -> tuple[str | None, str | None]:
    by_scheme = {words(each.get("scheme")): words(each.get("id")) for each in records(details.get("classifications"))}
    activity = by_scheme.get("eu-main-activity") or ACTIVITIES.get(by_scheme.get("COFOG") or "")
    return by_scheme.get("eu-buyer-legal-type"), activity


def _nationalities(party: Json) -> Iterable[str]:
    for owner in records(party.get("beneficialOwners")):
        yield from several_words(owner.get("nationalities")) or several_words(owner.get("nationality"))
