"""Fictitious notices written in a few lines of YAML, as eForms: what a fixture of an indicator holds."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import yaml

FOLDER = Path(__file__).parent / "indicators"
_SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
        "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
        "ext": "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2",
        "efac": "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1",
        "efbc": "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1",
        "efext": "http://data.europa.eu/p27/eforms-ubl-extensions/1",
    }.items()
)
_DECLARED = {
    "aims": "strategic-procurement",
    "environmental": "environmental-impact",
    "gpp": "gpp-criteria",
    "social": "social-objective",
    "innovation": "innovative-acquisition",
    "accessibility": "accessibility",
}
_LANGUAGES = {"fr": "FRA", "nl": "NLD", "en": "ENG", "de": "DEU"}


def read_fixture(name: str) -> Mapping[str, Any]:
    """A fixture: `notices` and what is `expected` of them."""
    found: Mapping[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def write_notices(notices: Sequence[Mapping[str, Any]], folder: Path) -> Path:
    """Write each notice as a file of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, notice in enumerate(notices, start=1):
        (folder / f"{number:04}.xml").write_text(as_eforms(notice, number), encoding="utf-8")
    return folder


def as_eforms(notice: Mapping[str, Any], number: int) -> str:
    """A notice as XML; `procedure` joins it to others, `result: true` makes it say what came of its lots."""
    is_result = notice.get("result", False)
    root = "ContractAwardNotice" if is_result else "ContractNotice"
    kind = ("result", "can-standard") if is_result else ("competition", "cn-standard")
    language = _LANGUAGES[notice.get("language", "fr")]
    lots = list(notice["lots"])
    parts = "".join(_lot(lot, f"LOT-{place:04}", language) for place, lot in enumerate(lots, start=1))
    space = f'xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"'
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><{root} {space} {_SPACES}>"
        f"{_extension(_organisations(notice, lots) + (_result(lots) if is_result else ''))}"
        f"<cbc:CustomizationID>eforms-sdk-1.13</cbc:CustomizationID>"
        f'<cbc:ID schemeName="notice-id">22222222-0000-4000-8000-{number:012}</cbc:ID>'
        f"<cbc:ContractFolderID>11111111-0000-4000-8000-{notice.get('procedure', number):012}</cbc:ContractFolderID>"
        f"<cbc:IssueDate>{notice.get('day', '2026-02-03')}</cbc:IssueDate><cbc:VersionID>01</cbc:VersionID>"
        f'<cbc:NoticeTypeCode listName="{kind[0]}">{kind[1]}</cbc:NoticeTypeCode>'
        f"<cbc:NoticeLanguageCode>{language}</cbc:NoticeLanguageCode>"
        f"<cac:ContractingParty><cac:Party>{_ref('PartyIdentification', 'organization', 'ORG-0001')}</cac:Party>"
        "</cac:ContractingParty><cac:TenderingProcess><cbc:ProcedureCode>open</cbc:ProcedureCode></cac:TenderingProcess>"
        f"<cac:ProcurementProject>{_text('Name', notice.get('title', 'Marché fictif'), language)}"
        f"</cac:ProcurementProject>{parts}</{root}>"
    )


def _extension(inner: str) -> str:
    if not inner:
        return ""
    return (
        "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>"
        f"{inner}</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
    )


def _text(element: str, words: str, language: str) -> str:
    return f'<cbc:{element} languageID="{language}">{escape(words)}</cbc:{element}>'


def _ref(element: str, scheme: str, name: str, space: str = "cac") -> str:
    return f'<{space}:{element}><cbc:ID schemeName="{scheme}">{name}</cbc:ID></{space}:{element}>'


def _organisations(notice: Mapping[str, Any], lots: Sequence[Mapping[str, Any]]) -> str:
    central = "<efbc:AwardingCPBIndicator>true</efbc:AwardingCPBIndicator>" if notice.get("central") else ""
    buyer = _company("ORG-0001", notice.get("buyer", "Commune fictive d’Exemple"), None, central)
    winners = [_company(f"ORG-{name}", f"Entreprise fictive {name}", size) for _, name, size in _winners(lots)]
    return f"<efac:Organizations>{buyer}{''.join(winners)}</efac:Organizations>"


def _company(name: str, words: str, size: str | None, central: str = "") -> str:
    code = f'<efbc:CompanySizeCode listName="economic-operator-size">{size}</efbc:CompanySizeCode>' if size else ""
    return (
        f"<efac:Organization>{central}<efac:Company>{code}{_ref('PartyIdentification', 'organization', name)}"
        f"<cac:PartyName>{_text('Name', words, 'FRA')}</cac:PartyName><cac:PostalAddress>"
        "<cbc:CountrySubentityCode>BE100</cbc:CountrySubentityCode><cac:Country><cbc:IdentificationCode>BEL"
        "</cbc:IdentificationCode></cac:Country></cac:PostalAddress></efac:Company></efac:Organization>"
    )


def _winners(lots: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, str, str | None]]:
    """Place of the lot, a name, the size: one for each winner of each lot."""
    for place, lot in enumerate(lots, start=1):
        for order, size in enumerate(lot.get("winners", ()), start=1):
            yield place, f"{place}x{order}", size


def _lot(lot: Mapping[str, Any], name: str, language: str) -> str:
    return (
        f'<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">{name}</cbc:ID>'
        f"<cac:TenderingTerms>{_terms(lot, language)}</cac:TenderingTerms>"
        f"<cac:ProcurementProject>{_project(lot, language)}</cac:ProcurementProject></cac:ProcurementProjectLot>"
    )


def _terms(lot: Mapping[str, Any], language: str) -> str:
    selection = "".join(
        "<efac:SelectionCriteria><cbc:TendererRequirementTypeCode listName='selection-criterion'>"
        f"{code}</cbc:TendererRequirementTypeCode>{_text('Description', words, language)}</efac:SelectionCriteria>"
        for code, words in lot.get("selection", {}).items()
    )
    criteria = "".join(_criterion(kind, weight) for each in lot.get("criteria", ()) for kind, weight in each.items())
    awarding = f"<cac:AwardingTerms><cac:AwardingCriterion>{criteria}</cac:AwardingCriterion></cac:AwardingTerms>"
    payment = lot.get("payment")
    paid = f"<cac:PaymentTerms>{_text('Note', payment, language)}</cac:PaymentTerms>" if payment else ""
    return f"{_extension(selection)}{awarding if criteria else ''}{paid}"


def _criterion(kind: str, weight: float | None) -> str:
    parameter = (
        "<efac:AwardCriterionParameter><efbc:ParameterCode listName='number-weight'>per-exa</efbc:ParameterCode>"
        f"<efbc:ParameterNumeric>{weight}</efbc:ParameterNumeric></efac:AwardCriterionParameter>"
    )
    return (
        f"<cac:SubordinateAwardingCriterion>{_extension(parameter if weight is not None else '')}"
        f"<cbc:AwardingCriterionTypeCode>{kind}</cbc:AwardingCriterionTypeCode></cac:SubordinateAwardingCriterion>"
    )


def _project(lot: Mapping[str, Any], language: str) -> str:
    declared = "".join(
        f'<cac:ProcurementAdditionalType><cbc:ProcurementTypeCode listName="{codes}">{code}</cbc:ProcurementTypeCode>'
        "</cac:ProcurementAdditionalType>"
        for key, codes in _DECLARED.items()
        for code in lot.get(key, ())
    )
    suitable = f"<cbc:SMESuitableIndicator>{str(lot['sme']).lower()}</cbc:SMESuitableIndicator>" if "sme" in lot else ""
    amount = (
        f'<cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID="{lot.get("currency", "EUR")}">'
        f"{lot['value']}</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal>"
        if "value" in lot
        else ""
    )
    cpv = (
        "<cac:MainCommodityClassification><cbc:ItemClassificationCode listName='cpv'>"
        f"{lot['cpv']}</cbc:ItemClassificationCode></cac:MainCommodityClassification>"
        if "cpv" in lot
        else ""
    )
    return (
        f"{_text('Name', lot.get('title', 'Lot fictif'), language)}{_text('Description', lot.get('text', '–'), language)}"
        f"<cbc:ProcurementTypeCode>{lot.get('nature', 'services')}</cbc:ProcurementTypeCode>"
        f"{suitable}{declared}{amount}{cpv}"
    )


def _result(lots: Sequence[Mapping[str, Any]]) -> str:
    names: dict[int, list[str]] = {}
    for place, name, _ in _winners(lots):
        names.setdefault(place, []).append(name)
    decisions = [_decision(lot, place, names.get(place, [])) for place, lot in enumerate(lots, start=1)]
    tenders = [_tender(name, place, lots[place - 1]) for place, name, _ in _winners(lots)]
    return f"<efac:NoticeResult>{''.join(decisions)}{''.join(tenders)}</efac:NoticeResult>"


def _decision(lot: Mapping[str, Any], place: int, won: Sequence[str]) -> str:
    status = lot.get("status", "selec-w" if won else None)
    counts = [(code, lot[key]) for key, code in (("tenders", "tenders"), ("sme_tenders", "t-sme")) if key in lot]
    received = "".join(
        f"<efac:ReceivedSubmissionsStatistics><efbc:StatisticsCode listName='received-submission-type'>{code}"
        f"</efbc:StatisticsCode><efbc:StatisticsNumeric>{count}</efbc:StatisticsNumeric></efac:ReceivedSubmissionsStatistics>"
        for code, count in counts
    )
    reason = (
        "<efac:DecisionReason><efbc:DecisionReasonCode listName='non-award-justification'>"
        f"{lot['reason']}</efbc:DecisionReasonCode></efac:DecisionReason>"
        if "reason" in lot
        else ""
    )
    told = f"<cbc:TenderResultCode listName='winner-selection-status'>{status}</cbc:TenderResultCode>" if status else ""
    tenders = "".join(_ref("LotTender", "tender", f"TEN-{name}", "efac") for name in won)
    contracts = "".join(_ref("SettledContract", "contract", f"CON-{name}", "efac") for name in won)
    return (
        f'<efac:LotResult><cbc:ID schemeName="result">RES-{place:04}</cbc:ID>{told}{reason}{tenders}{received}'
        f"{contracts}{_ref('TenderLot', 'Lot', f'LOT-{place:04}', 'efac')}</efac:LotResult>"
    )


def _tender(name: str, place: int, given: Mapping[str, Any]) -> str:
    lot = f"LOT-{place:04}"
    price = (
        f'<cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="{given.get("currency", "EUR")}">{given["price"]}'
        "</cbc:PayableAmount></cac:LegalMonetaryTotal>"
        if "price" in given
        else ""
    )
    return (
        f'<efac:LotTender><cbc:ID schemeName="tender">TEN-{name}</cbc:ID>'
        f"{price}{_ref('TenderingParty', 'tendering-party', f'TPA-{name}', 'efac')}{_ref('TenderLot', 'Lot', lot, 'efac')}</efac:LotTender>"
        f'<efac:SettledContract><cbc:ID schemeName="contract">CON-{name}</cbc:ID>'
        f"{_ref('LotTender', 'tender', f'TEN-{name}', 'efac')}</efac:SettledContract>"
        f'<efac:TenderingParty><cbc:ID schemeName="tendering-party">TPA-{name}</cbc:ID>'
        f"{_ref('Tenderer', 'organization', f'ORG-{name}', 'efac')}</efac:TenderingParty>"
    )
