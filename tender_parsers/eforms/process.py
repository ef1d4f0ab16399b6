"""`cac:TenderingProcess`: framework, deadlines, candidates, electronic means, of the whole and of each lot."""

from tender_parsers.eforms.conversion import indicator_of, integer_of
from tender_parsers.eforms.leaves import code, codes, converted, identifier, texts
from tender_parsers.eforms.table import Context, Element, Part, Spec, Take, Values, into, record

_FRAMEWORKS = ("fa-mix", "fa-w-rc", "fa-wo-rc")


def period(key: str) -> Spec:
    """The end of a period as a `Moment` of the lot."""

    def part(name: str) -> Part:
        def at(_path: str) -> Take:
            def take(element: Element, values: Values, _context: Context) -> None:
                own = values.setdefault("moments", {}).setdefault(key, {})
                own.setdefault(name, (element.text or "").strip())

            return take

        return at

    return {"cbc:EndDate": part("day"), "cbc:EndTime": part("time")}


def _by_list(own_list: dict[str, Part], by_code: dict[str, str]) -> Part:
    """A code whose list says what it is; where the list is wrong or missing, the code itself does if it is of one list only."""

    def at(path: str) -> Take:
        known = {name: part(path) for name, part in own_list.items()}

        def take(element: Element, values: Values, context: Context) -> None:
            found = known.get(element.get("listName", ""))
            if found is None:
                found = known.get(by_code.get((element.text or "").strip(), ""))
            if found is not None:
                found(element, values, context)

        return take

    return at


_SYSTEM = _by_list(
    {
        "framework-agreement": into("framework", code("type", empty="")),
        "dps-usage": into("framework", code("dynamic_purchasing")),
    },
    dict.fromkeys(_FRAMEWORKS, "framework-agreement") | {"dps-list": "dps-usage", "dps-nlist": "dps-usage"},
)


def _buyer_categories(own: Values, parent: Values, _context: Context) -> None:
    if own.get("name") == "buyer-categories" and "texts" in own:
        parent.setdefault("framework", {}).setdefault("buyer_categories", []).extend(own["texts"])


PROCESS: Spec = {
    "cbc:GovernmentAgreementConstraintIndicator": None,
    "cbc:CandidateReductionConstraintIndicator": None,
    "cac:ProcessJustification": {
        "cbc:Description": texts(None),
        "cbc:ProcessReason": texts(None),
        "cbc:ProcessReasonCode": None,
    },
    "cbc:SubmissionMethodCode": code("electronic_submission"),
    "cac:AuctionTerms": {
        "cbc:AuctionConstraintIndicator": converted("electronic_auction", indicator_of),
        "cbc:Description": texts(None, "BT-122"),
    },
    "cac:ContractingSystem": {"cbc:ContractingSystemTypeCode": _SYSTEM},
    "cac:FrameworkAgreement": {
        "cbc:MaximumOperatorQuantity": into("framework", converted("maximum_participants", integer_of)),
        "cbc:Justification": into("framework", texts("duration_justification", "BT-109")),
        "cac:SubsequentProcessTenderRequirement": record(
            _buyer_categories, {"cbc:Name": identifier("name"), "cbc:Description": texts("texts", "BT-111")}
        ),
    },
    "cac:EconomicOperatorShortList": {
        "cbc:LimitationDescription": converted("candidates_limited", indicator_of),
        "cbc:MaximumQuantity": converted("candidates_maximum", integer_of),
        "cbc:MinimumQuantity": converted("candidates_minimum", integer_of),
        "cac:PreSelectedParty": None,
    },
    "cac:TenderSubmissionDeadlinePeriod": period("tender_deadline"),
    "cac:ParticipationRequestReceptionPeriod": period("request_deadline"),
    "cac:AdditionalInformationRequestPeriod": period("question_deadline"),
    "cac:InvitationSubmissionPeriod": None,
    "cac:OpenTenderEvent": {
        "cbc:OccurrenceDate": None,
        "cbc:OccurrenceTime": None,
        "cbc:Description": texts(None, "BT-134"),
        "cac:OccurenceLocation": {"cbc:Description": texts(None, "BT-133")},
    },
    "cac:NoticeDocumentReference": {"cbc:ID": codes("previous_notices")},
    "cac:AdditionalDocumentReference": None,
    "cbc:AccessToolsURI": None,
    "ext:UBLExtensions": None,
}
