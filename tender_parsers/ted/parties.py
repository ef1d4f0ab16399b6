# An action is called with the form, the draft and the element, whether it needs all three or not.
# ruff: noqa: ARG001
"""Addresses of buyers, winners and review bodies. Names of persons, numbers and mail addresses stay where they are."""

from tender_parsers.notice import Identifier, Organisation, Place
from tender_parsers.ted.codes import ACTIVITIES, BUYER_TYPES
from tender_parsers.ted.form import Action, Actions, Draft, Form, constant_into, plain
from tender_parsers.ted.values import Element, local_name, squashed

_WRAPPERS = frozenset(
    ["ORGANISATION", "CONTACT_DATA", "CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME", "CA_CE_CONCESSIONAIRE_PROFILE"]
)
_ADDRESS = {"TOWN": "city", "POSTAL_CODE": "postal_code", "ADDRESS": "street"}


def read_party(form: Form, element: Element) -> Draft:
    """Fields of an `Organisation` from an address, of any version."""
    draft: Draft = {"place": {}}
    outer = form.path
    form.path = f"{outer}/{local_name(element)}"
    _read_into(form, draft, element)
    form.path = outer
    place: Draft = draft.pop("place")
    if place:
        draft["address"] = Place(**place)
    return draft


def _read_into(form: Form, draft: Draft, element: Element) -> None:
    for child in element:
        name = local_name(child)
        if name == "OFFICIALNAME":
            draft["name"] = form.naming(child)
        elif name == "NATIONALID":
            number = plain(child)
            if number:
                draft["identifiers"] = (Identifier(number),)
        elif name in _ADDRESS:
            draft["place"][_ADDRESS[name]] = plain(child)
        elif name == "COUNTRY":
            draft["place"]["country"] = squashed(child.get("VALUE")) or None
        elif name == "NUTS":
            draft["place"].setdefault("nuts", squashed(child.get("CODE")) or None)
        elif name in ("URL", "URL_GENERAL"):
            draft["website"] = plain(child)
        elif name == "ORGANISATION" and not len(child):
            draft["name"] = form.naming(child)  # R2.0.7: the name stands in it directly
        elif name in _WRAPPERS:
            _read_into(form, draft, child)


def party_as(*roles: str) -> Action:
    """An action that takes an address up among the parties of the notice."""

    def action(form: Form, draft: Draft, element: Element) -> None:
        form.organisations.append(Organisation(**read_party(form, element), roles=roles))

    return action


def _buyer(form: Form, draft: Draft, element: Element) -> None:
    draft.setdefault("buyers", []).append(read_party(form, element))


def _type(form: Form, draft: Draft, element: Element) -> None:
    value = squashed(element.get("VALUE"))
    if value:
        draft.setdefault("legal_type", BUYER_TYPES.get(value, value))


def _activity(form: Form, draft: Draft, element: Element) -> None:
    value = squashed(element.get("VALUE"))
    if value:
        draft.setdefault("activity", ACTIVITIES.get(value, value))


def _other(field: str) -> Action:
    def action(form: Form, draft: Draft, element: Element) -> None:
        draft.setdefault(field, "OTHER")
        form.collect(element)

    return action


CONTRACTING_BODY: Actions = {
    "ADDRESS_CONTRACTING_BODY": _buyer,
    "ADDRESS_CONTRACTING_BODY_ADDITIONAL": _buyer,
    "ADDRESS_FURTHER_INFO": party_as("further_information"),
    "ADDRESS_PARTICIPATION": party_as("participation"),
    "CENTRAL_PURCHASING": constant_into("is_central_purchasing_body", True),
    "CA_TYPE": _type,
    "CA_TYPE_OTHER": _other("legal_type"),
    "CA_ACTIVITY": _activity,
    "CA_ACTIVITY_OTHER": _other("activity"),
    "CE_ACTIVITY": _activity,
    "CE_ACTIVITY_OTHER": _other("activity"),
}


def finish_buyers(body: Draft) -> list[Organisation]:
    """The buyers of a contracting body; what is said of its type and activity is said of the first."""
    drafts: list[Draft] = body.pop("buyers", [])
    if drafts:
        drafts[0].update(body)
    return [Organisation(**draft, roles=("buyer",)) for draft in drafts]


def key_of(party: Organisation) -> tuple[object, ...]:
    """What makes two entries one organisation: TED gives parties no identifier of their own."""
    name = party.name[0].value.casefold() if party.name else None
    return name, party.identifiers, party.address and party.address.postal_code, party.roles


def distinct(parties: list[Organisation]) -> tuple[Organisation, ...]:
    """Each organisation once, in the order met."""
    found: dict[tuple[object, ...], Organisation] = {}
    for party in parties:
        found.setdefault(key_of(party), party)
    return tuple(found.values())
