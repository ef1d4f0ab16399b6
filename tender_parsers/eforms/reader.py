"""eForms notices (UBL, SDK 1.0 to 1.15 and national variants): root element in, one `Notice` out."""

from collections.abc import Iterator

from lxml import etree

from tender_parsers.eforms.changes import CHANGES
from tender_parsers.eforms.conversion import moment
from tender_parsers.eforms.leaves import code, codes, identifier, texts
from tender_parsers.eforms.lots import lot_of, take_lot
from tender_parsers.eforms.outcome import RESULT, Outcome
from tender_parsers.eforms.parties import BUYER, ORGANISATIONS, Directory
from tender_parsers.eforms.privacy import PRIVACY
from tender_parsers.eforms.process import PROCESS
from tender_parsers.eforms.project import PROJECT
from tender_parsers.eforms.table import (
    Context,
    Element,
    Spec,
    Take,
    Values,
    compiled,
    extension,
    frozen,
    into,
    record,
    walk,
)
from tender_parsers.eforms.terms import TERMS
from tender_parsers.notice import WITHHELD, Lot, LotLimits, Moment, Notice
from tender_parsers.reading import Source

ROOTS = frozenset(
    {"ContractNotice", "ContractAwardNotice", "PriorInformationNotice", "BusinessRegistrationInformationNotice"}
)


def _notice_type(_path: str) -> Take:
    def take(element: Element, values: Values, _context: Context) -> None:
        values.setdefault("notice_type", (element.text or "").strip() or None)
        values.setdefault("form_type", element.get("listName"))

    return take


def _justification(own: Values, parent: Values, _context: Context) -> None:
    name, value = own.get("list"), own.get("code")
    if name == "accelerated-procedure":
        parent["accelerated"] = value in ("true", "1")
    elif name == "direct-award-justification" and value:
        parent.setdefault("direct_award_reasons", []).append(value)
    parent.setdefault("direct_award_justification", []).extend(own.get("texts", ()))


def _reason_code(_path: str) -> Take:
    def take(element: Element, values: Values, _context: Context) -> None:
        values["list"], values["code"] = element.get("listName"), (element.text or "").strip()

    return take


_JUSTIFICATION = record(
    _justification,
    {
        "cbc:ProcessReasonCode": _reason_code,
        "cbc:ProcessReason": texts("texts", "BT-135"),
        "cbc:Description": texts(None, "BT-1252"),
        "ext:UBLExtensions": extension({"efac:FieldsPrivacy": PRIVACY}),
    },
)
_ALL_REQUIRED = into("limits", code("presentation"))
_WHOLE_PROCESS: Spec = {
    **PROCESS,
    "cbc:ProcedureCode": into("procedure", code("procedure_type")),
    "cbc:Description": into("procedure", texts("procedure_description", "BT-88")),
    "cbc:PartPresentationCode": _ALL_REQUIRED,
    "cac:ProcessJustification": into("procedure", _JUSTIFICATION),
    "ext:UBLExtensions": extension({"efac:FieldsPrivacy": PRIVACY}),
}
_NOTICE: Spec = {
    "cbc:UBLVersionID": None,
    "cbc:RequestedPublicationDate": None,
    "cbc:PlannedDate": None,
    "cbc:CustomizationID": identifier("version"),
    "cbc:ID": identifier("notice_id"),
    "cbc:VersionID": identifier("notice_version"),
    "cbc:ContractFolderID": identifier("procedure_id"),
    "cbc:RegulatoryDomain": code("legal_basis"),
    "cbc:NoticeTypeCode": _notice_type,
    "cbc:NoticeLanguageCode": identifier("language"),
    "cac:AdditionalNoticeLanguage": {"cbc:ID": codes("other_languages")},
    "cbc:IssueDate": identifier("day"),
    "cbc:IssueTime": identifier("time"),
    "cbc:Note": texts(None, "BT-300"),
    "cac:ContractingParty": BUYER,
    "cac:ProcurementProject": into("whole", lambda path: walk(compiled(PROJECT, path))),
    "cac:TenderingProcess": into("whole", lambda path: walk(compiled(_WHOLE_PROCESS, path))),
    "cac:TenderingTerms": into("whole", lambda path: walk(compiled(TERMS, path))),
    "cac:ProcurementProjectLot": take_lot,
    "ext:UBLExtensions": extension(
        {
            **CHANGES,
            "efac:NoticeResult": RESULT,
            "efbc:TransmissionDate": None,
            "efbc:TransmissionTime": None,
            "efac:Organizations": ORGANISATIONS,
            "efac:NoticeSubType": {"cbc:SubTypeCode": code("subtype")},
            "efac:Publication": {
                "efbc:GazetteID": None,
                "efbc:NoticePublicationID": identifier("publication_id"),
                "efbc:PublicationDate": identifier("published_day"),
            },
            "efac:FieldsPrivacy": PRIVACY,
        }
    ),
    "cac:SenderParty": None,
    "cac:TenderResult": None,
    "cac:BusinessParty": None,
    "cac:AdditionalDocumentReference": None,
}
_READ = walk(compiled(_NOTICE))


def read(source: Source) -> Iterator[Notice]:
    """The one notice of an eForms document."""
    yield notice_of(source.root(), source.name)


def notice_of(root: etree._Element, name: str | None = None) -> Notice:
    """The `Notice` of a root element."""
    context = Context()
    values: Values = {}
    _READ(root, values, context)
    whole = values.pop("whole", {})
    procedure = whole.pop("procedure", {})
    values.update(procedure)
    _previous(values, whole)
    _limits(values, whole)
    values["whole"] = lot_of({"kind": "whole", **whole}, context, "")
    _lots(values, context)
    _parties(values, context, name or "")
    _moments(values, context)
    values["texts"], values["withheld"], values["remarks"] = context.texts, context.withheld, context.remarks
    tag = root.tag
    return Notice("eforms", root=tag[tag.rfind("}") + 1 :], source=name, **frozen(values))


def _previous(values: Values, whole: Values) -> None:
    found = [*whole.pop("previous_notices", ()), *values.get("previous_notices", ())]
    if found:
        values["previous_notices"] = list(dict.fromkeys(found))


def _limits(values: Values, whole: Values) -> None:
    limits = whole.pop("limits", None)
    if limits:
        presentation = limits.pop("presentation", None)
        if presentation is not None and presentation is not WITHHELD:
            limits["all_required"] = presentation == "all"
        values["lot_limits"] = LotLimits(**frozen(limits))


def _lots(values: Values, context: Context) -> None:
    by_kind: dict[str, list[Lot]] = {"lot": [], "part": [], "group": []}
    seen: set[tuple[str, str]] = set()
    for lot in values.pop("all_lots", ()):
        if lot.id is not None and (lot.kind, lot.id) in seen:
            context.remark("ProcurementProjectLot/ID", lot.id, "the identifier stands on more than one lot")
        seen.add((lot.kind, lot.id or ""))
        by_kind[lot.kind].append(lot)
    values["lots"], values["parts"], values["lot_groups"] = by_kind["lot"], by_kind["part"], by_kind["group"]


def _parties(values: Values, context: Context, source: str) -> None:
    directory = Directory(values)
    buyers = []
    for own in values.pop("buyers", ()):
        for each in own.pop("providers", ()):
            directory.role(each, "service_provider")
        if not own.get("id") and "name" not in own:
            context.remark("ContractingParty/Party", "", "a buyer without identifier and name")
        if not own:
            continue
        name = own.pop("id", None)
        identifier = directory.id_of(name) if name else name
        directory.role(identifier, "buyer")
        directory.add_facts(identifier, frozen(own))
        buyers.append((identifier, own))
    outcome = Outcome(values, directory, source)
    directory.settle()
    values["buyers"] = tuple(directory.buyer(*each) for each in buyers)
    outcome.into(values)
    values["organisations"] = directory.all()
    first = values["buyers"][0].address if buyers else None
    values["country"] = first.country if first else None


def _moments(values: Values, context: Context) -> None:
    values["dispatched"] = _moment(values.pop("day", None), values.pop("time", None), context, "IssueDate")
    values["published"] = _moment(values.pop("published_day", None), None, context, "PublicationDate")


def _moment(day: str | None, time: str | None, context: Context, path: str) -> Moment | None:
    try:
        return moment(day, time)
    except ValueError as error:
        context.remark(path, f"{day} {time}", str(error))
        return None
