"""Organisations of a stored notice as `parties` of OCDS, and the references to them. Pure."""

from collections.abc import Iterable

from mpdi.monitoring.open_data_codes import ROLES
from mpdi.monitoring.open_data_values import Json, Made, Words, code, kept


class Parties:
    """Every party once, with all its roles. A natural person has neither name nor number here."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._by_id: dict[str, Made] = {}
        self._unnamed: dict[str, str] = {}

    def references(self, given: Iterable[Json], role: str) -> list[Made]:
        """References to organisations, which then are among the parties in this role."""
        found: dict[str, Made] = {}
        for each in given:
            reference = self.reference(each, role)
            found.setdefault(reference["id"], reference)
        return list(found.values())

    def reference(self, given: Json, role: str | None) -> Made:
        """The reference to one organisation."""
        identifier = self._identifier(given)
        party = self._by_id.setdefault(identifier, self._party(identifier, given))
        for each in ([role] if role else []) + [ROLES.get(own, own) for own in given.get("roles") or ()]:
            if each not in party["roles"]:
                party["roles"].append(each)
        return kept({"id": identifier, "name": party.get("name")})

    def all(self) -> list[Made]:
        """The parties; a role is required of each."""
        return [party if party["roles"] else {**party, "roles": ["interestedParty"]} for party in self._by_id.values()]

    def _identifier(self, given: Json) -> str:
        stated = code(given.get("id"))
        if stated:
            return stated
        name = self._words.one(given.get("name")) or ""
        return self._unnamed.setdefault(name, f"party-{len(self._unnamed) + 1}")

    def _party(self, identifier: str, given: Json) -> Made:
        is_person = bool(given.get("is_natural_person"))
        numbers = [] if is_person else [self._number(each) for each in given.get("identifiers") or ()]
        made = {
            "id": identifier,
            "name": None if is_person else self._words.one(given.get("name")),
            "identifier": numbers[0] if numbers else None,
            "additionalIdentifiers": numbers[1:],
            "address": _address(given.get("address") or {}),
            "details": _details(given),
        }
        return {**kept(made), "roles": []}

    @staticmethod
    def _number(given: Json) -> Made:
        return kept({"id": given.get("id"), "scheme": code(given.get("scheme"))})


def _address(given: Json) -> Made:
    """No street: a small firm may be somebody's home."""
    return kept(
        {
            "locality": code(given.get("city")),
            "region": code(given.get("nuts")),
            "country": code(given.get("country")),
        }
    )


def _details(given: Json) -> Made:
    classified = [
        {"scheme": scheme, "id": stated}
        for scheme, key in (("eu-buyer-legal-type", "legal_type"), ("eu-main-activity", "activity"))
        if (stated := code(given.get(key)))
    ]
    return kept({"scale": code(given.get("size")), "classifications": classified})
