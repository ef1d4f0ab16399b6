"""Write the notices of `examples/notices/` from `procedures.yaml`, and those that the demonstration of action plans adds.

`python examples/write_notices/write.py [FOLDER [FOLDER OF THE DEMONSTRATION]]`. Everything in them is fictitious. The same input
gives the same bytes; a test writes them again and compares.
"""

import datetime
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from lxml import etree

sys.path.insert(0, str(Path(__file__).resolve().parent))

from write_ted import TedNotice  # beside this file

HERE = Path(__file__).resolve().parent
NOTICES = HERE.parent / "notices"
MORE = HERE.parent / "demonstration" / "notices"
BRUSSELS = ZoneInfo("Europe/Brussels")
_UBL = "urn:oasis:names:specification:ubl:schema:xsd"
_EXTENSION = "http://data.europa.eu/p27/eforms-ubl-extension"
SPACES = {
    "cac": f"{_UBL}:CommonAggregateComponents-2",
    "cbc": f"{_UBL}:CommonBasicComponents-2",
    "ext": f"{_UBL}:CommonExtensionComponents-2",
    "efac": f"{_EXTENSION}-aggregate-components/1",
    "efbc": f"{_EXTENSION}-basic-components/1",
    "efext": f"{_EXTENSION}s/1",
}
LANGUAGES = {"fr": "FRA", "nl": "NLD"}
EXTENSION = "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension"
STRATEGIC = {
    "aims": "strategic-procurement",
    "env": "environmental-impact",
    "social": "social-objective",
    "inn": "innovative-acquisition",
    "gpp": "gpp-criteria",
    "access": "accessibility",
}
ROOTS = {
    "planning": ("PriorInformationNotice", "pin-only", "4"),
    "competition": ("ContractNotice", "cn-standard", "16"),
    "result": ("ContractAwardNotice", "can-standard", "29"),
    "dir-awa-pre": ("ContractAwardNotice", "veat", "25"),
}
Data = dict[str, Any]
Element = etree._Element


def add(parent: Element, path: str, text: object = None, **attributes: str) -> Element:
    """Add elements below one another, the last with a text; return the last."""
    for name in path.split("/"):
        prefix, _, local = name.partition(":")
        parent = etree.SubElement(parent, f"{{{SPACES[prefix]}}}{local}", attributes if path.endswith(name) else {})
    parent.text = None if text is None else str(text)
    return parent


def say(parent: Element, path: str, given: str | Data, language: str) -> None:
    """Add a text in each of its languages, that of the notice first."""
    said = given if isinstance(given, dict) else {language: given}
    for each in sorted(said, key=lambda code: code != language):
        add(parent, path, said[each], languageID=LANGUAGES[each])


def offset(value: datetime.date) -> str:
    """How far Brussels is from UTC on a day."""
    noon = datetime.datetime(value.year, value.month, value.day, 12, tzinfo=BRUSSELS)
    return noon.isoformat()[-6:]


def day(value: datetime.date) -> str:
    """A day as eForms writes it, with its offset."""
    return f"{value.isoformat()}{offset(value)}"


class Notice:
    """One notice of a procedure."""

    def __init__(self, source: Data, procedure: Data, number: int, kind: str, version: int = 1) -> None:
        self.source, self.procedure, self.number = source, procedure, number
        self.kind, self.version, self.language = kind, version, procedure["language"]
        self.authority = source["authorities"][procedure["buyer"]]
        winners = [lot["got"].get("winner") for lot in procedure["lots"] if "got" in lot] if self.is_result else []
        self.firms = list(dict.fromkeys(each for each in winners if each))
        name, self.type, self.subtype = ROOTS[kind]
        self.root = etree.Element(
            f"{{{_UBL}:{name}-2}}{name}",
            nsmap={None: f"{_UBL}:{name}-2", **SPACES},  # type: ignore[dict-item]
        )

    @property
    def is_result(self) -> bool:
        """Whether it tells what came of it."""
        return self.kind in ("result", "dir-awa-pre")

    @property
    def dispatched(self) -> datetime.date:
        """The day it is sent."""
        if self.version > 1:
            return self.procedure["changed"]["day"]
        return self.procedure[{"planning": "planned", "competition": "asked"}.get(self.kind, "answered")]

    @property
    def identifier(self) -> str:
        """A plainly fictitious identifier of its own."""
        return f"d3300000-{list(ROOTS).index(self.kind) + 1:04}-4000-8000-{self.number:012}"

    @property
    def name(self) -> str:
        """Name of its file."""
        return f"{self.dispatched}-{self.procedure['buyer']}-{self.number:02}-{self.kind}{'-change' * (self.version > 1)}.xml"

    def xml(self) -> bytes:
        """The whole notice."""
        self._extension()
        self._head()
        self._buyer()
        self._whole()
        for number, lot in enumerate(self.procedure["lots"], start=1):
            self._lot(number, lot)
        etree.indent(self.root)
        return etree.tostring(self.root, xml_declaration=True, encoding="UTF-8") + b"\n"

    def _extension(self) -> None:
        extension = add(self.root, EXTENSION)
        if self.version > 1:
            change = add(extension, "efac:Changes")
            add(change, "efbc:ChangedNoticeIdentifier", f"{self.identifier}-01")
            add(change, "efac:ChangeReason/cbc:ReasonCode", "update-add", listName="change-corig-justification")
        if self.is_result:
            self._result(add(extension, "efac:NoticeResult"))
        add(extension, "efac:NoticeSubType/cbc:SubTypeCode", self.subtype, listName="notice-subtype")
        organisations = add(extension, "efac:Organizations")
        self._organisation(organisations, "ORG-0001", self.authority, self.authority["number"])
        for number, firm in enumerate(self.firms, start=1001):
            self._organisation(organisations, f"ORG-{number}", self.source["firms"][firm], f"0000.00{number}")

    def _organisation(self, parent: Element, name: str, given: Data, number: str) -> None:
        company = add(parent, "efac:Organization/efac:Company")
        if "size" in given:
            add(company, "efbc:CompanySizeCode", given["size"], listName="economic-operator-size")
        add(company, "cac:PartyIdentification/cbc:ID", name, schemeName="organization")
        said = given["name"] if isinstance(given["name"], dict) else {self.language: given["name"]}
        for language in sorted(said, key=lambda code: code != self.language):
            add(company, "cac:PartyName/cbc:Name", said[language], languageID=LANGUAGES[language])
        address = add(company, "cac:PostalAddress")
        add(address, "cbc:CityName", "Valexemple")
        add(address, "cbc:PostalZone", "0000")
        add(address, "cbc:CountrySubentityCode", given.get("nuts", "BE100"), listName="nuts-lvl3")
        add(address, "cac:Country/cbc:IdentificationCode", "BEL", listName="country")
        add(company, "cac:PartyLegalEntity/cbc:CompanyID", number)

    def _head(self) -> None:
        root = self.root
        add(root, "cbc:UBLVersionID", "2.3")
        add(root, "cbc:CustomizationID", "eforms-sdk-1.13")
        add(root, "cbc:ID", self.identifier, schemeName="notice-id")
        add(root, "cbc:ContractFolderID", f"d3300000-0000-4000-8000-{self.number:012}")
        add(root, "cbc:IssueDate", day(self.dispatched))
        add(root, "cbc:IssueTime", f"10:00:00{offset(self.dispatched)}")
        add(root, "cbc:VersionID", f"{self.version:02}")
        add(root, "cbc:RegulatoryDomain", "32014L0024")
        add(root, "cbc:NoticeTypeCode", self.type, listName=self.kind)
        add(root, "cbc:NoticeLanguageCode", LANGUAGES[self.language], listName="language")
        if isinstance(self.procedure["title"], dict):
            other = next(code for code in LANGUAGES if code != self.language)
            add(root, "cac:AdditionalNoticeLanguage/cbc:ID", LANGUAGES[other])

    def _buyer(self) -> None:
        party = add(self.root, "cac:ContractingParty")
        legal_type, activity = self.authority["type"], self.authority["activity"]
        add(party, "cac:ContractingPartyType/cbc:PartyTypeCode", legal_type, listName="buyer-legal-type")
        add(party, "cac:ContractingActivity/cbc:ActivityTypeCode", activity, listName="authority-activity")
        add(party, "cac:Party/cac:PartyIdentification/cbc:ID", "ORG-0001", schemeName="organization")

    def _whole(self) -> None:
        given, terms = self.procedure, add(self.root, "cac:TenderingTerms")
        if limits := given.get("limits"):
            distribution = add(terms, "cac:LotDistribution")
            add(distribution, "cbc:MaximumLotsAwardedNumeric", limits["awarded"])
            add(distribution, "cbc:MaximumLotsSubmittedNumeric", limits["submitted"])
        process = add(self.root, "cac:TenderingProcess")
        add(process, "cbc:ProcedureCode", given.get("procedure", "open"), listName="procurement-procedure-type")
        project = add(self.root, "cac:ProcurementProject")
        add(project, "cbc:ID", f"DEMO-{self.number:02}", schemeName="InternalID")
        say(project, "cbc:Name", given["title"], self.language)
        say(project, "cbc:Description", given["text"], self.language)
        self._object(project, sum(lot["value"] for lot in given["lots"]))

    def _object(self, project: Element, value: int) -> None:
        """Nature, value, CPV and place: the same for the whole and each lot."""
        given = self.procedure
        nature = project.find("cbc:SMESuitableIndicator", SPACES)
        place = len(project) if nature is None else project.index(nature)
        code = add(project, "cbc:ProcurementTypeCode", given["nature"], listName="contract-nature")
        project.insert(place, code)
        amount = add(project, "cac:RequestedTenderTotal")
        add(amount, "cbc:EstimatedOverallContractAmount", value, currencyID="EUR")
        add(project, "cac:MainCommodityClassification/cbc:ItemClassificationCode", given["cpv"], listName="cpv")
        address = add(project, "cac:RealizedLocation/cac:Address")
        add(address, "cbc:CountrySubentityCode", given.get("place", "BE100"), listName="nuts-lvl3")
        add(address, "cac:Country/cbc:IdentificationCode", "BEL", listName="country")

    def _lot(self, number: int, lot: Data) -> None:
        is_part = self.kind == "planning"
        node = add(self.root, "cac:ProcurementProjectLot")
        name, scheme = (f"PAR-{number:04}", "Part") if is_part else (f"LOT-{number:04}", "Lot")
        add(node, "cbc:ID", name, schemeName=scheme)
        if not is_part:
            self._terms(add(node, "cac:TenderingTerms"), lot)
            self._process(add(node, "cac:TenderingProcess"), lot)
        project = add(node, "cac:ProcurementProject")
        say(project, "cbc:Name", lot["title"], self.language)
        say(project, "cbc:Description", lot["text"], self.language)
        if "sme" in lot and not is_part:
            add(project, "cbc:SMESuitableIndicator", str(lot["sme"]).lower())
        for key, name in STRATEGIC.items() if not is_part else ():
            for each in lot.get(key, ()):
                kind = add(project, "cac:ProcurementAdditionalType")
                add(kind, "cbc:ProcurementTypeCode", each, listName=name)
        self._object(project, lot["value"])
        if "months" in lot:
            add(project, "cac:PlannedPeriod/cbc:DurationMeasure", lot["months"], unitCode="MONTH")

    def _terms(self, terms: Element, lot: Data) -> None:
        if asked := lot.get("ask"):
            extension = add(terms, EXTENSION)
            for code, text in asked:
                criteria = add(extension, "efac:SelectionCriteria")
                add(criteria, "cbc:TendererRequirementTypeCode", code, listName="selection-criterion")
                say(criteria, "cbc:Description", text, self.language)
        award = add(terms, "cac:AwardingTerms/cac:AwardingCriterion") if "award" in lot else None
        for kind, weight, name in lot.get("award", ()):
            self._criterion(award, kind, weight, name)
        if "reserved" in lot:
            requirement = add(terms, "cac:TendererQualificationRequest/cac:SpecificTendererRequirement")
            add(requirement, "cbc:TendererRequirementTypeCode", lot["reserved"], listName="reserved-procurement")
        for text in lot.get("do", ()):
            condition = add(terms, "cac:ContractExecutionRequirement")
            add(condition, "cbc:ExecutionRequirementCode", "performance", listName="conditions")
            say(condition, "cbc:Description", text, self.language)
        if "pay" in lot:
            say(add(terms, "cac:PaymentTerms"), "cbc:Note", lot["pay"], self.language)

    def _criterion(self, award: Element, kind: str, weight: int, name: str) -> None:
        criterion = add(award, "cac:SubordinateAwardingCriterion")
        parameter = add(add(criterion, EXTENSION), "efac:AwardCriterionParameter")
        add(parameter, "efbc:ParameterCode", "per-exa", listName="number-weight")
        add(parameter, "efbc:ParameterNumeric", weight)
        add(criterion, "cbc:AwardingCriterionTypeCode", kind, listName="award-criterion-type")
        say(criterion, "cbc:Name", name, self.language)

    def _process(self, process: Element, lot: Data) -> None:
        if self.kind == "competition":
            change = self.procedure.get("changed", {}) if self.version > 1 else {}
            last = change.get("deadline") or self.procedure["deadline"]
            period = add(process, "cac:TenderSubmissionDeadlinePeriod")
            add(period, "cbc:EndDate", day(last))
            add(period, "cbc:EndTime", f"11:00:00{offset(last)}")
        system = add(process, "cac:ContractingSystem")
        code = lot.get("framework", "none")
        add(system, "cbc:ContractingSystemTypeCode", code, listName="framework-agreement")

    def _result(self, result: Element) -> None:
        awarded = [(n, lot["got"]) for n, lot in enumerate(self.procedure["lots"], 1) if "winner" in lot["got"]]
        if awarded:
            add(result, "cbc:TotalAmount", sum(got["value"] for _, got in awarded), currencyID="EUR")
        for number, lot in enumerate(self.procedure["lots"], start=1):
            self._lot_result(add(result, "efac:LotResult"), number, lot["got"])
        for number, got in awarded:
            tender = add(result, "efac:LotTender")
            add(tender, "cbc:ID", f"TEN-{number:04}", schemeName="tender")
            add(tender, "cac:LegalMonetaryTotal/cbc:PayableAmount", got["value"], currencyID="EUR")
            add(tender, "efac:TenderingParty/cbc:ID", f"TPA-{number:04}", schemeName="tendering-party")
            add(tender, "efac:TenderLot/cbc:ID", f"LOT-{number:04}", schemeName="Lot")
        for number, _got in awarded:
            contract = add(result, "efac:SettledContract")
            add(contract, "cbc:ID", f"CON-{number:04}", schemeName="contract")
            add(contract, "cbc:IssueDate", day(self.dispatched - datetime.timedelta(days=14)))
            add(contract, "efac:LotTender/cbc:ID", f"TEN-{number:04}", schemeName="tender")
        for number, got in awarded:
            party = add(result, "efac:TenderingParty")
            add(party, "cbc:ID", f"TPA-{number:04}", schemeName="tendering-party")
            firm = f"ORG-{1001 + self.firms.index(got['winner'])}"
            add(party, "efac:Tenderer/cbc:ID", firm, schemeName="organization")

    def _lot_result(self, node: Element, number: int, got: Data) -> None:
        add(node, "cbc:ID", f"RES-{number:04}", schemeName="result")
        is_awarded = "winner" in got
        add(node, "cbc:TenderResultCode", "selec-w" if is_awarded else "clos-nw", listName="winner-selection-status")
        if is_awarded:
            add(node, "efac:LotTender/cbc:ID", f"TEN-{number:04}", schemeName="tender")
        else:
            reason = add(node, "efac:DecisionReason")
            add(reason, "efbc:DecisionReasonCode", got["none"], listName="non-award-justification")
        for code, key in (("tenders", "tenders"), ("t-sme", "smes")):
            if key in got:
                counted = add(node, "efac:ReceivedSubmissionsStatistics")
                add(counted, "efbc:StatisticsCode", code, listName="received-submission-type")
                add(counted, "efbc:StatisticsNumeric", got[key])
        if is_awarded:
            add(node, "efac:SettledContract/cbc:ID", f"CON-{number:04}", schemeName="contract")
        add(node, "efac:TenderLot/cbc:ID", f"LOT-{number:04}", schemeName="Lot")


def notices(source: Data) -> Iterator[Notice | TedNotice]:
    """Every notice, procedure by procedure, in the order of their days."""
    for number, procedure in enumerate(source["procedures"], start=source.get("first", 1)):
        if procedure.get("ted"):
            yield TedNotice(source, procedure, number, "competition")
            yield TedNotice(source, procedure, number, "result")
            continue
        if "planned" in procedure:
            yield Notice(source, procedure, number, "planning")
        if "asked" in procedure:
            yield Notice(source, procedure, number, "competition")
        if "changed" in procedure:
            yield Notice(source, procedure, number, "competition", version=2)
        if "answered" in procedure:
            yield Notice(source, procedure, number, "dir-awa-pre" if procedure.get("direct") else "result")


def _read(name: str) -> Data:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def write(folder: Path) -> int:
    """Write those of `examples/notices/` into a folder; return how many."""
    return _write(_read("procedures.yaml"), folder)


def write_more(folder: Path) -> int:
    """Write those that the demonstration of action plans adds; authorities and firms are the same."""
    same = _read("procedures.yaml")
    return _write({"authorities": same["authorities"], "firms": same["firms"], **_read("demonstration.yaml")}, folder)


def _write(source: Data, folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for count, notice in enumerate(notices(source), start=1):  # noqa: B007 (counted)
        (folder / notice.name).write_bytes(notice.xml())
    return count


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else NOTICES)
    write_more(Path(sys.argv[2]) if len(sys.argv) > 2 else MORE)
