"""`efac:NoticeResult`: decisions by lot, tenders, contracts, and who won."""

from collections.abc import Iterable

from tender_parsers.eforms.conversion import UNPUBLISHED, date_of, indicator_of, integer_of, number_of
from tender_parsers.eforms.leaves import code, codes, converted, identifier, listed, money, texts
from tender_parsers.eforms.parties import Directory
from tender_parsers.eforms.privacy import PRIVACY
from tender_parsers.eforms.table import (
    Context,
    Element,
    Part,
    Spec,
    Take,
    Values,
    clark,
    compiled,
    frozen,
    into,
    record,
    walk,
)
from tender_parsers.exceptions import TooLarge
from tender_parsers.notice import (
    WITHHELD,
    Contract,
    LotResult,
    Statistic,
    Subcontracting,
    Tender,
    ValueTotals,
)

_TENDER_LOT = clark("efac:TenderLot")


def _of_lot(key: str, spec: Spec) -> Part:
    """A record whose texts belong to the lot that it names, which stands behind them: it is looked for first."""

    def at(path: str) -> Take:
        read = walk(compiled(spec, path))

        def take(element: Element, values: Values, context: Context) -> None:
            own: Values = {}
            lot = next(element.iter(_TENDER_LOT), None)
            if lot is not None and len(lot):
                context.lot = (lot[0].text or "").strip() or None
            read(element, own, context)
            context.lot = None
            values.setdefault(key, []).append(own)

        return take

    return at


def _statistics(key: str) -> Part:
    def build(own: Values, parent: Values, _context: Context) -> None:
        value = own.get("code", "")
        stated = WITHHELD if value == UNPUBLISHED else value or None
        parent.setdefault(key, []).append(Statistic(stated, own.get("number"), own.get("list") or None))

    return record(
        build,
        {
            "efbc:StatisticsCode": listed("list"),
            "efbc:StatisticsNumeric": converted("number", number_of),
            "efac:FieldsPrivacy": PRIVACY,
        },
    )


_VEHICLES: Spec = {
    "cbc:ID": None,
    "efbc:ApplicableLegalBasis": None,
    "efac:StrategicProcurementInformation": {
        "efbc:ProcurementCategoryCode": codes("clean_vehicles_contract_types"),
        "efac:ProcurementDetails": {
            "efbc:AssetCategoryCode": codes("vehicle_categories"),
            "efac:StrategicProcurementStatistics": _statistics("vehicles"),
        },
    },
}
_SUBCONTRACTING: Spec = {
    "efbc:ValueKnownIndicator": None,
    "efbc:PercentageKnownIndicator": None,
    "efbc:TermCode": into("subcontracting", code("applies")),
    "efbc:TermAmount": into("subcontracting", money("value")),
    "efbc:TermPercent": into("subcontracting", converted("percent", number_of)),
    "efbc:TermDescription": into("subcontracting", texts("description", "BT-554")),
    "efac:FieldsPrivacy": PRIVACY,
}
_LOT_RESULT: Spec = {
    "cbc:ID": identifier("id"),
    "cbc:TenderResultCode": code("status"),
    "efac:DecisionReason": {"efbc:DecisionReasonCode": code("reason"), "efac:FieldsPrivacy": PRIVACY},
    "efac:ReceivedSubmissionsStatistics": _statistics("received"),
    "efac:AppealRequestsStatistics": _statistics("complaints"),
    "efac:StrategicProcurement": _VEHICLES,
    "efac:StrategicProcurementStatistics": _statistics("vehicles"),
    "cbc:LowerTenderAmount": money("lowest"),
    "cbc:HigherTenderAmount": money("highest"),
    "efac:FrameworkAgreementValues": {
        "cbc:MaximumValueAmount": money("framework_maximum"),
        "efbc:ReestimatedValueAmount": money("framework_reestimated"),
        "cbc:EstimatedMaximumValueAmount": money("framework_reestimated"),  # SDK 1.0
        "efac:FieldsPrivacy": PRIVACY,
    },
    "efac:LotTender": {
        "cbc:ID": codes("tenders"),
        "cac:LegalMonetaryTotal": None,  # repeated by the tender itself
        "efac:SubcontractingTerm": {
            "efbc:TermDescription": texts(None, "BT-554"),
            "efbc:TermCode": None,
            "efbc:TermAmount": None,
            "efbc:ValueKnownIndicator": None,
            "efbc:PercentageKnownIndicator": None,
        },
    },
    "efac:SettledContract": {"cbc:ID": codes("contracts")},
    "efac:TenderLot": {"cbc:ID": codes("lots")},
    "cac:FinancingParty": None,
    "cac:PayerParty": None,
    "efac:FieldsPrivacy": PRIVACY,
}
_LOT_TENDER: Spec = {
    "efbc:TenderRankedIndicator": None,
    "cbc:ID": identifier("id"),
    "cbc:RankCode": converted("rank", integer_of),
    "efbc:TenderVariantIndicator": converted("variant", indicator_of),
    "cac:LegalMonetaryTotal": {"cbc:PayableAmount": money("value")},
    "efac:TenderReference": {"cbc:ID": identifier("reference")},
    "efac:TenderLot": {"cbc:ID": identifier("lot")},
    "efac:TenderingParty": {"cbc:ID": identifier("party")},
    "efac:SubcontractingTerm": _SUBCONTRACTING,
    "efac:Origin": {"efbc:AreaCode": codes("origins"), "efac:FieldsPrivacy": PRIVACY},
    "efbc:ForeignSubsidiesMeasuresCode": code("foreign_subsidies_measure"),
    "efac:ConcessionRevenue": {"efbc:ValueDescription": texts(None, "BT-163")},
    "efac:ContractTerm": {"efbc:TermCode": None, "efbc:TermIndicator": None, "efbc:TermDescription": texts(None)},
    "efac:AggregatedAmounts": {"efbc:PaidAmountDescription": texts(None, "BT-779")},
    "efac:FieldsPrivacy": PRIVACY,
}
_CONTRACT: Spec = {
    "cbc:ID": identifier("id"),
    "cbc:IssueDate": converted("concluded", date_of),
    "cbc:AwardDate": converted("decided", date_of),
    "cbc:Title": texts("title", "BT-721"),
    "cbc:URI": identifier("url"),
    "efbc:ContractFrameworkIndicator": converted("is_framework", indicator_of),
    "efac:ContractReference": {"cbc:ID": identifier("reference")},
    "efac:LotTender": {"cbc:ID": codes("tenders")},
    "efac:Funding": {
        "cbc:FundingProgramCode": codes("eu_programmes"),
        "efbc:FundingProgramCode": codes("eu_programmes"),
        "cbc:FundingProgram": codes("eu_programmes"),
        "cbc:Description": texts(None, "BT-6110"),
    },
    "cac:SignatoryParty": None,
    "cac:NoticeDocumentReference": None,
}
_PARTY: Spec = {
    "cbc:ID": identifier("id"),
    "cbc:Name": None,
    "efac:Tenderer": {"efbc:GroupLeadIndicator": None, "cbc:ID": codes("tenderers")},
    "efac:SubContractor": {"cbc:ID": codes("subcontractors"), "efac:MainContractor": None},
}


def _plain(key: str, spec: Spec) -> Part:
    return record(lambda own, parent, _: parent.setdefault(key, []).append(own), spec)


RESULT: Spec = {
    "cbc:TotalAmount": into("totals", money("awarded")),
    "efbc:OverallMaximumFrameworkContractsAmount": into("totals", money("framework_maximum")),
    "cbc:EstimatedOverallFrameworkContractsAmount": into("totals", money("framework_maximum")),  # SDK 1.0
    "efbc:OverallApproximateFrameworkContractsAmount": into("totals", money("framework_reestimated")),
    "efac:LotResult": _of_lot("lot_results", _LOT_RESULT),
    "efac:LotTender": _of_lot("lot_tenders", _LOT_TENDER),
    "efac:SettledContract": _plain("settled", _CONTRACT),
    "efac:TenderingParty": _plain("tendering", _PARTY),
    "efac:GroupFramework": None,
    "efac:FieldsPrivacy": PRIVACY,
}


_MOST_LINKS = 500_000
"""Real notices have some thousands."""


class Outcome:
    """The parts of a result, linked to one another by their identifiers."""

    def __init__(self, values: Values, directory: Directory, name: str) -> None:
        self._name, self._links = name, 0
        self._results: list[Values] = values.pop("lot_results", [])
        self._tenders: list[Values] = values.pop("lot_tenders", [])
        self._contracts: list[Values] = values.pop("settled", [])
        self._parties: dict[str, Values] = {each.get("id", ""): each for each in values.pop("tendering", [])}
        self._party_of = {each.get("id", ""): self._parties.get(each.get("party", ""), {}) for each in self._tenders}
        self._directory = directory
        self._winning = [each for own in self._contracts for each in own.get("tenders", ())]
        self._remember_roles()

    def _remember_roles(self) -> None:
        for party in self._parties.values():
            for each in party.get("tenderers", ()):
                self._directory.role(each, "tenderer")
            for each in party.get("subcontractors", ()):
                self._directory.role(each, "subcontractor")
        for each in self._tenderers(self._winning):
            self._directory.role(each, "winner")

    def _tenderers(self, tenders: Iterable[str]) -> list[str]:
        found: list[str] = []
        for tender in tenders:
            more = self._party_of.get(tender, {}).get("tenderers", ())
            self._count(1 + len(more))
            found += more
        return found

    def _count(self, links: int) -> None:
        """Identifiers that point at one another multiply: a small file could ask for millions of parties."""
        self._links += links
        if self._links > _MOST_LINKS:
            raise TooLarge(self._name, f"more than {_MOST_LINKS} links between results, contracts, tenders and parties")

    def into(self, values: Values) -> None:
        """Put decisions, tenders, contracts and winners where a `Notice` has them; roles must be settled."""
        contracts = {own.get("id", ""): own for own in self._contracts}
        lot_of = {own.get("id", ""): own["lot"] for own in self._tenders if "lot" in own}
        values["results"] = tuple(self._result(own, contracts) for own in self._results)
        values["tenders"] = tuple(self._tender(own) for own in self._tenders)
        values["contracts"] = tuple(_contract(own, lot_of) for own in self._contracts)
        values["winners"] = self._directory.get(self._tenderers(self._winning))
        totals = values.pop("totals", None)
        values["totals"] = ValueTotals(**totals) if totals else None

    def _result(self, own: Values, contracts: dict[str, Values]) -> LotResult:
        tenders: list[str] = []
        for one in own.get("contracts", ()):
            more = contracts.get(one, {}).get("tenders", ())
            self._count(1 + len(more))
            tenders += more
        mine = own.get("tenders", tenders)
        chosen = set(tenders).intersection(mine)
        own["winners"] = self._directory.get(self._tenderers(each for each in tenders if each in chosen))
        return LotResult(**frozen(own))

    def _tender(self, own: Values) -> Tender:
        party = self._parties.get(own.pop("party", ""), {})
        self._count(len(party.get("tenderers", ())) + len(party.get("subcontractors", ())))
        own["tenderers"] = self._directory.get(party.get("tenderers", ()))
        own["subcontractors"] = self._directory.get(party.get("subcontractors", ()))
        if "subcontracting" in own:
            own["subcontracting"] = Subcontracting(**frozen(own["subcontracting"]))
        return Tender(**frozen(own))


def _contract(own: Values, lot_of: dict[str, str]) -> Contract:
    own["lots"] = tuple(dict.fromkeys(lot_of[each] for each in own.get("tenders", ()) if each in lot_of))
    return Contract(**frozen(own))
