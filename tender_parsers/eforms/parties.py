"""`efac:Organizations` and `cac:ContractingParty`: the parties, who they are and what they do."""

from collections.abc import Iterable
from dataclasses import replace

from tender_parsers.eforms.project import ADDRESS
from tender_parsers.eforms.table import (
    UNPUBLISHED,
    Context,
    Element,
    Spec,
    Take,
    Values,
    add,
    code,
    codes,
    converted,
    frozen,
    identifier,
    indicator_of,
    listed,
    record,
    skip,
)
from tender_parsers.notice import WITHHELD, Identifier, Organisation, Place, Text


def _names(path: str) -> Take:
    """Names are no free text: a buyer called after the environment declares nothing."""

    def take(element: Element, values: Values, _context: Context) -> None:
        value = (element.text or "").strip()
        if value:
            values.setdefault("name", []).append(Text(value, element.get("languageID"), path, "BT-500"))

    return take


def _company_id(_path: str) -> Take:
    def take(element: Element, values: Values, _context: Context) -> None:
        value = (element.text or "").strip()
        if value:
            values.setdefault("identifiers", []).append(Identifier(value, element.get("schemeID")))

    return take


def _address(own: Values, parent: Values, _context: Context) -> None:
    parent.setdefault("address", Place(**frozen(own)))


def _organisation(own: Values, parent: Values, _context: Context) -> None:
    points = own.pop("touch_points", ())
    owners = own.pop("owners", ())
    made = Organisation(**frozen(own))
    parent.setdefault("organisations", []).append(made)
    if owners:
        parent.setdefault("owned", {})[made.id] = owners
    for point in points:
        parent.setdefault("touch_points", {})[point] = made.id


def _owner(own: Values, parent: Values, _context: Context) -> None:
    if "id" in own:
        parent.setdefault("owners", {})[own["id"]] = own.get("nationalities", ())


COMPANY: Spec = {
    "cac:PartyIdentification": {"cbc:ID": identifier("id")},
    "cac:PartyName": {"cbc:Name": _names},
    "cac:PartyLegalEntity": {"cbc:CompanyID": _company_id, "cac:ShareholderParty": skip},
    "cac:PostalAddress": record(_address, ADDRESS),
    "efbc:CompanySizeCode": code("size"),
    "cbc:WebsiteURI": identifier("website"),
    "cbc:EndpointID": skip,
    "cac:Contact": skip,
}
ORGANISATIONS: Spec = {
    "efac:Organization": record(
        _organisation,
        {
            "efac:Company": COMPANY,
            "efac:TouchPoint": {
                "cac:PartyIdentification": {"cbc:ID": codes("touch_points")},
                "cac:PartyName": skip,
                "cac:PostalAddress": skip,
                "cac:Contact": skip,
            },
            "efac:UltimateBeneficialOwner": {"cbc:ID": codes("owners")},
            "efbc:GroupLeadIndicator": converted("is_group_lead", indicator_of),
            "efbc:AwardingCPBIndicator": converted("is_central_purchasing_body", indicator_of),
            "efbc:AcquiringCPBIndicator": converted("is_central_purchasing_body", indicator_of),
            "efbc:ListedOnRegulatedMarketIndicator": converted("is_listed", indicator_of),
            "efbc:NaturalPersonIndicator": converted("is_natural_person", indicator_of),
        },
    ),
    "efac:UltimateBeneficialOwner": record(
        _owner, {"cbc:ID": identifier("id"), "efac:Nationality": {"cbc:NationalityID": codes("nationalities")}}
    ),
}


def _type(own: Values, parent: Values, _context: Context) -> None:
    key = "contracting_type" if own.get("list") == "buyer-contracting-type" else "legal_type"
    value = own.get("code")
    if value:
        parent.setdefault(key, WITHHELD if value == UNPUBLISHED else value)


def _provider(own: Values, parent: Values, _context: Context) -> None:
    for each in own.get("ids", ()):
        add(parent, "providers", each)


def _buyer(own: Values, parent: Values, _context: Context) -> None:
    parent.setdefault("buyers", []).append(own)


BUYER = record(
    _buyer,
    {
        "cac:ContractingPartyType": record(_type, {"cbc:PartyTypeCode": listed("list")}),
        "cac:ContractingActivity": {"cbc:ActivityTypeCode": code("activity")},
        "cac:Party": {
            "cac:PartyIdentification": {"cbc:ID": identifier("id", empty="")},
            "cac:PartyName": {"cbc:Name": _names},
            "cac:PartyLegalEntity": {"cbc:CompanyID": _company_id},
            "cac:PostalAddress": record(_address, ADDRESS),
            "cac:ServiceProviderParty": record(
                _provider,
                {"cac:Party": {"cac:PartyIdentification": {"cbc:ID": codes("ids")}}, "cbc:ServiceTypeCode": skip},
            ),
            "cac:Contact": skip,
            "cac:Person": skip,
        },
        "cbc:BuyerProfileURI": skip,
    },
)


class Directory:
    """Finds a party by its technical identifier, a touch point's included, and remembers what it does."""

    def __init__(self, values: Values) -> None:
        self._points: dict[str, str] = values.pop("touch_points", {})
        owners, owned = values.pop("owners", {}), values.pop("owned", {})
        self._found: dict[str | None, Organisation] = {}
        for each in values.pop("organisations", ()):
            own = owned.get(each.id, ())
            countries = tuple(dict.fromkeys(code for owner in own for code in owners.get(owner, ())))
            self._found.setdefault(each.id, replace(each, nationalities=countries) if countries else each)
        self._roles: dict[str | None, list[str]] = {}

    def id_of(self, identifier: str) -> str:
        """The organisation's own identifier."""
        return self._points.get(identifier, identifier)

    def role(self, identifier: str | None, role: str) -> None:
        """Remember what a party does."""
        roles = self._roles.setdefault(self._points.get(identifier or "", identifier), [])
        if role not in roles:
            roles.append(role)

    def add_facts(self, identifier: str | None, facts: Values) -> None:
        """What stands of a buyer beside its organisation; where it stands twice as a buyer, the first facts hold."""
        own = self._found.get(identifier, Organisation(id=identifier))
        new = {key: value for key, value in facts.items() if not getattr(own, key)}
        self._found[identifier] = replace(own, **new) if new else own

    def buyer(self, identifier: str | None, facts: Values) -> Organisation:
        """The organisation as the buyer it is in one place of the notice; roles must be settled."""
        own = self._found[identifier]
        differs = any(getattr(own, key) != value for key, value in facts.items())
        return replace(own, **facts) if differs else own

    def settle(self) -> None:
        """Give every party its roles; to be called before parties are taken out."""
        for each, roles in self._roles.items():
            own = self._found.get(each)
            if own is not None:
                self._found[each] = replace(own, roles=tuple(roles))

    def get(self, identifiers: Iterable[str]) -> tuple[Organisation, ...]:
        """The parties of these identifiers, each once, in order; one that is described nowhere has its identifier only."""
        distinct = dict.fromkeys(self.id_of(each) for each in identifiers)
        return tuple(self._found.get(each) or Organisation(id=each) for each in distinct)

    def all(self) -> tuple[Organisation, ...]:
        """Every party, in the order of the notice."""
        return tuple(self._found.values())
