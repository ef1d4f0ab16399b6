"""`efac:Organizations` and `cac:ContractingParty`: the parties, who they are and what they do."""

from collections.abc import Iterable
from dataclasses import replace

from tender_parsers.eforms.conversion import UNPUBLISHED, indicator_of
from tender_parsers.eforms.leaves import code, codes, converted, identifier, listed
from tender_parsers.eforms.project import ADDRESS
from tender_parsers.eforms.table import Context, Element, Spec, Take, Values, add, frozen, record
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
    for point in own.pop("touch_points", ()):
        parent.setdefault("touch_points", {})[point] = own.get("id")
    parent.setdefault("organisations", []).append(own)


def _owner(own: Values, parent: Values, _context: Context) -> None:
    if "id" in own:
        parent.setdefault("owners", {})[own["id"]] = own.get("nationalities", ())


COMPANY: Spec = {
    "cac:PartyIdentification": {"cbc:ID": identifier("id")},
    "cac:PartyName": {"cbc:Name": _names},
    "cac:PartyLegalEntity": {"cbc:CompanyID": _company_id, "cac:ShareholderParty": None},
    "cac:PostalAddress": record(_address, ADDRESS),
    "efbc:CompanySizeCode": code("size"),
    "cbc:WebsiteURI": identifier("website"),
    "cbc:EndpointID": None,
    "cac:Contact": None,
}
ORGANISATIONS: Spec = {
    "efac:Organization": record(
        _organisation,
        {
            "efac:Company": COMPANY,
            "efac:TouchPoint": {
                "cbc:WebsiteURI": None,
                "cbc:EndpointID": None,
                "cac:PartyIdentification": {"cbc:ID": codes("touch_points")},
                "cac:PartyName": None,
                "cac:PostalAddress": None,
                "cac:Contact": None,
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
                {"cac:Party": {"cac:PartyIdentification": {"cbc:ID": codes("ids")}}, "cbc:ServiceTypeCode": None},
            ),
            "cac:Contact": None,
            "cac:Person": None,
        },
        "cbc:BuyerProfileURI": None,
    },
)


class Directory:
    """Finds a party by its technical identifier, a touch point's included, and remembers what it does."""

    def __init__(self, values: Values) -> None:
        self._points: dict[str, str] = values.pop("touch_points", {})
        self._owners: dict[str, list[str]] = values.pop("owners", {})
        self._facts: dict[str | None, Values] = {}
        for own in values.pop("organisations", ()):
            self._facts.setdefault(own.get("id"), own)
        self._made: dict[str | None, Organisation] = {}
        self._unknown: dict[str, Organisation] = {}

    def id_of(self, identifier: str) -> str:
        """The organisation's own identifier."""
        return self._points.get(identifier, identifier)

    def role(self, identifier: str | None, role: str) -> None:
        """Remember what a party does."""
        own = self._facts.get(self._points.get(identifier or "", identifier))
        if own is not None:
            add(own, "roles", role)

    def add_facts(self, identifier: str | None, facts: Values) -> None:
        """What stands of a buyer beside its organisation; where it stands twice as a buyer, the first facts hold."""
        own = self._facts.setdefault(identifier, {"id": identifier})
        for key, value in facts.items():
            own.setdefault(key, value)

    def settle(self) -> None:
        """Make every party once all that is told of them is known."""
        for each, own in self._facts.items():
            owners = own.pop("owners", ())
            countries = [code for owner in owners for code in self._owners.get(owner, ())]
            if countries:
                own["nationalities"] = tuple(dict.fromkeys(countries))
            self._made[each] = Organisation(**frozen(own))

    def buyer(self, identifier: str | None, facts: Values) -> Organisation:
        """The organisation as the buyer it is in one place of the notice; parties must be settled."""
        own = self._made[identifier]
        differs = any(getattr(own, key) != value for key, value in facts.items())
        return replace(own, **facts) if differs else own

    def get(self, identifiers: Iterable[str]) -> tuple[Organisation, ...]:
        """The parties of these identifiers, each once, in order; one that is described nowhere has its identifier only."""
        distinct = dict.fromkeys(self._points.get(each, each) for each in identifiers)
        return tuple(self._made.get(each) or self._nameless(each) for each in distinct)

    def _nameless(self, identifier: str) -> Organisation:
        if identifier not in self._unknown:
            self._unknown[identifier] = Organisation(id=identifier)
        return self._unknown[identifier]

    def all(self) -> tuple[Organisation, ...]:
        """Every party, in the order of the notice."""
        return tuple(self._made.values())
